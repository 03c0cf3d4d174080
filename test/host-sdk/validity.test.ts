import {expect} from '@open-wc/testing';
import {maySkip, validityOf, validityWithout} from '../../host-sdk/validity.ts';
import type {FieldsState} from '../../widget/protocol/frame-events.ts';
import type {FieldStatus} from '../../widget/protocol/names.ts';

function state(cardNumber: FieldStatus, expiry: FieldStatus): FieldsState {
  const rest = {focused: false, visited: true};
  const complete = cardNumber === 'valid' && expiry === 'valid';
  return {
    fields: {cardNumber: {status: cardNumber, ...rest}, expiry: {status: expiry, ...rest}},
    complete,
    sealed: false,
  };
}

describe('validity', () => {
  it('has no flags once the fields are complete', () => {
    expect(validityOf(state('valid', 'valid'), false)).to.deep.equal({flags: {}, message: ''});
  });

  it('misses a value as long as a field is empty, and names the fields at fault', () => {
    const {flags, message} = validityOf(state('incomplete', 'empty'), false);
    expect(flags).to.deep.equal({valueMissing: true});
    expect(message)
      .to.contain('card number')
      .and.to.contain('expiry date')
      .and.not.to.contain('security code');
  });

  it('has bad input when nothing is empty', () => {
    const {flags, message} = validityOf(state('valid', 'invalid'), false);
    expect(flags).to.deep.equal({badInput: true});
    expect(message).to.contain('expiry date').and.not.to.contain('card number');
  });

  it('lets an optional card be left out whole, and not in part', () => {
    expect(validityOf(state('empty', 'empty'), true).flags).to.deep.equal({});
    expect(validityOf(state('valid', 'empty'), true).flags).to.deep.equal({valueMissing: true});
    expect(maySkip(state('empty', 'empty'), true)).to.equal(true);
    expect(maySkip(state('empty', 'empty'), false)).to.equal(false);
    expect(maySkip(state('empty', 'incomplete'), true)).to.equal(false);
  });

  it('holds the form while there are no fields', () => {
    for (const status of ['loading', 'failed'] as const) {
      const {flags, message} = validityWithout(status, false);
      expect(flags).to.deep.equal({customError: true});
      expect(message).to.not.equal('');
    }
  });

  it('lets a form go on without an optional card that could not be loaded, and holds it while it loads', () => {
    expect(validityWithout('failed', true).flags).to.deep.equal({});
    expect(validityWithout('loading', true).flags).to.deep.equal({customError: true});
  });
});
