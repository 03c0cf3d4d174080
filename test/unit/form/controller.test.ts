import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {attempt, edit, startForm} from '../../../widget/form/state.ts';
import {PRESETS} from '../../../widget/protocol/names.ts';
import {FakeComponent, formController} from './form-controller.ts';

const EMPTY = startForm(PRESETS.card);

describe('FormController', () => {
  it('replaces its state by the result of a transition', () => {
    const controller = formController(EMPTY);
    controller.apply(edit, 'expiry', '12 / 31');
    assert.deepEqual(controller.state, edit(EMPTY, 'expiry', '12 / 31'));
    assert.equal(EMPTY.fields.expiry.text, '');
  });

  it('dispatches state-change synchronously, after it has replaced the state', () => {
    const component = new FakeComponent();
    const controller = formController(EMPTY, component);
    const outcomes: string[] = [];
    component.addEventListener('state-change', () => outcomes.push(controller.state.outcome));
    controller.apply(attempt);
    assert.deepEqual(outcomes, ['refused']);
  });

  it('requests an update of its component', () => {
    const component = new FakeComponent();
    const controller = formController(EMPTY, component);
    const before = component.updates;
    controller.apply(attempt);
    assert.equal(component.updates, before + 1);
  });
});
