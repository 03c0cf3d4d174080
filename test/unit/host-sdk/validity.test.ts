import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {TEXTS} from '../../../host-sdk/texts.ts';
import {
  isSkipped,
  setCustomState,
  showsProblem,
  type FieldsStatus,
  validityOf,
} from '../../../host-sdk/form/validity.ts';
import type {FieldStatus} from '../../../widget/protocol/names.ts';

function ready(cardNumber: FieldStatus, expiry: FieldStatus, visited = true): FieldsStatus {
  const rest = {focused: false, visited};
  const complete = cardNumber === 'valid' && expiry === 'valid';
  return {
    status: 'ready',
    state: {
      fields: {cardNumber: {status: cardNumber, ...rest}, expiry: {status: expiry, ...rest}},
      empty: cardNumber === 'empty' && expiry === 'empty',
      complete,
      sealed: false,
      ...(!complete && {message: 'Enter the expiry date.'}),
    },
  };
}

const without = (status: 'loading' | 'failed'): FieldsStatus => ({
  status,
  state: {fields: {}, empty: true, complete: false, sealed: false},
});

describe('validity', () => {
  it('has no flags once the fields are complete', () => {
    assert.deepEqual(validityOf(ready('valid', 'valid'), false, TEXTS.en), {flags: {}, message: ''});
  });

  it('is valueMissing while a field is empty, with the message of the frame', () => {
    const {flags, message} = validityOf(ready('incomplete', 'empty'), false, TEXTS.en);
    assert.deepEqual(flags, {valueMissing: true});
    assert.equal(message, 'Enter the expiry date.');
  });

  it('is badInput if no field is empty and one is not valid', () => {
    const {flags, message} = validityOf(ready('valid', 'invalid'), false, TEXTS.en);
    assert.deepEqual(flags, {badInput: true});
    assert.equal(message, 'Enter the expiry date.');
  });

  it('has a message before the frame sends one, because setValidity requires one', () => {
    const {status, state} = ready('empty', 'empty');
    const {flags, message} = validityOf({status, state: {...state, message: undefined}}, false, TEXTS.en);
    assert.deepEqual(flags, {valueMissing: true});
    assert.notEqual(message, '');
  });

  it('accepts an optional card that is empty, but not one that is partly filled', () => {
    assert.deepEqual(validityOf(ready('empty', 'empty'), true, TEXTS.en).flags, {});
    assert.deepEqual(validityOf(ready('valid', 'empty'), true, TEXTS.en).flags, {valueMissing: true});
    assert.equal(isSkipped(ready('empty', 'empty'), true), true);
    assert.equal(isSkipped(ready('empty', 'empty'), false), false);
    assert.equal(isSkipped(ready('empty', 'incomplete'), true), false);
  });

  it('is customError while there are no fields, with a message in the language of the page', () => {
    for (const status of ['loading', 'failed'] as const) {
      for (const texts of [TEXTS.en, TEXTS.de])
        assert.deepEqual(validityOf(without(status), false, texts), {
          flags: {customError: true},
          message: texts[status],
        });
    }
  });

  it('does not accept an optional card that has failed with values in it', () => {
    const fields = {...without('failed'), hasLostValues: true};
    assert.equal(isSkipped(fields, true), false);
    assert.deepEqual(validityOf(fields, true, TEXTS.en).flags, {customError: true});
  });

  it('accepts an optional card that has failed to load, but not one that is loading', () => {
    assert.deepEqual(validityOf(without('failed'), true, TEXTS.en).flags, {});
    assert.deepEqual(validityOf(without('loading'), true, TEXTS.en).flags, {customError: true});
  });

  it('shows a problem after the shopper has visited a field that is not valid', () => {
    assert.equal(showsProblem(ready('invalid', 'empty', false), false), false);
    assert.equal(showsProblem(ready('invalid', 'empty'), false), true);
    assert.equal(showsProblem(ready('valid', 'empty'), false), true);
    assert.equal(showsProblem(ready('valid', 'valid'), false), false);
    assert.equal(showsProblem(ready('empty', 'empty'), true), false);
    assert.equal(showsProblem(without('failed'), false), false);
  });

  it('sets a custom state if the engine supports them, and does not throw otherwise', () => {
    const states = new Set<string>();
    const internals = {states} as unknown as ElementInternals;
    setCustomState(internals, 'user-invalid', true);
    assert.deepEqual([...states], ['user-invalid']);
    setCustomState(internals, 'user-invalid', false);
    assert.deepEqual([...states], []);
    setCustomState({} as ElementInternals, 'user-invalid', true);
  });
});
