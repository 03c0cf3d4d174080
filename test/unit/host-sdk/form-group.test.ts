import assert from 'node:assert/strict';
import {beforeEach, describe, it} from 'node:test';
import {FormGroup, type Member} from '../../../host-sdk/form/form-group.ts';
import {type Brand, type FieldName, PRESETS} from '../../../widget/protocol/names.ts';

class FakeMember implements Member {
  element = {} as HTMLElement; // not used by these tests
  changes = 0;
  brand: Brand | undefined;
  empty = true;
  optional = false;
  disabled = false;

  constructor(private readonly names: readonly FieldName[]) {}

  get connection() {
    const {brand, empty} = this;
    return {status: 'ready', state: {fields: {}, brand, empty, complete: false, sealed: false}} as const;
  }

  fields = () => this.names;
  isOptional = () => this.optional;
  isDisabled = () => this.disabled;
  onGroupChange = () => (this.changes += 1);
  seal = () => Promise.reject(new Error('not used'));
  allowsAction = () => true;
  refuseAction = () => undefined;
  reportInvalid = () => false;
  reportError = () => undefined;
  reopen = () => undefined;
}

describe('FormGroup', () => {
  let group: FormGroup;
  let number: FakeMember;
  let code: FakeMember;

  beforeEach(() => {
    group = new FormGroup();
    number = new FakeMember(['cardNumber']);
    code = new FakeMember(['securityCode']);
    group.add(number);
    group.add(code);
    number.changes = code.changes = 0;
  });

  it('notifies the other elements when one joins, changes or leaves, but no other form', () => {
    group.add(new FakeMember(['expiry']));
    assert.deepEqual([number.changes, code.changes], [1, 1]);
    group.notifyOthers(code);
    assert.deepEqual([number.changes, code.changes], [2, 1]);
    group.delete(number);
    assert.deepEqual([number.changes, code.changes], [2, 2]);
    new FormGroup().add(new FakeMember(['expiry']));
    assert.deepEqual([number.changes, code.changes], [2, 2]);
  });

  it('shares the brand of an enabled card number', () => {
    assert.equal(group.brandFor(code), undefined);
    number.brand = 'american-express';
    assert.equal(group.brandFor(code), 'american-express');
    assert.equal(group.brandFor(number), undefined);
    number.disabled = true;
    assert.equal(group.brandFor(code), undefined);
    number.disabled = false;
    group.delete(number);
    assert.equal(group.brandFor(code), undefined);
  });

  it('makes an optional card required once one of its elements is filled', () => {
    assert.equal(group.isOptional(code), false);
    number.optional = code.optional = true;
    assert.deepEqual([group.isOptional(number), group.isOptional(code)], [true, true]);
    number.empty = false;
    assert.deepEqual([group.isOptional(number), group.isOptional(code)], [true, false]);
    number.disabled = true;
    assert.equal(group.isOptional(code), true);
  });

  it('keeps a bank account optional next to a filled card, and a code optional next to a required number', () => {
    const bank = new FakeMember([...PRESETS.bank]);
    group.add(bank);
    bank.optional = number.optional = true;
    number.empty = false;
    assert.equal(group.isOptional(bank), true);
    number.optional = false;
    code.optional = true;
    assert.equal(group.isOptional(code), true);
  });
});
