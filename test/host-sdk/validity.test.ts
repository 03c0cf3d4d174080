import {expect} from '@open-wc/testing';
import {TEXTS} from '../../host-sdk/texts.ts';
import {isSkipped, setCustomState, showsProblem, type Standing, validityOf} from '../../host-sdk/validity.ts';
import type {FieldStatus} from '../../widget/protocol/names.ts';

function ready(cardNumber: FieldStatus, expiry: FieldStatus, visited = true): Standing {
  const rest = {focused: false, visited};
  const complete = cardNumber === 'valid' && expiry === 'valid';
  return {
    status: 'ready',
    state: {
      fields: {cardNumber: {status: cardNumber, ...rest}, expiry: {status: expiry, ...rest}},
      empty: cardNumber === 'empty' && expiry === 'empty',
      complete,
      sealed: false,
      ...(!complete && {message: 'Say why.'}),
    },
  };
}

const without = (status: 'loading' | 'failed'): Standing => ({
  status,
  state: {fields: {}, empty: true, complete: false, sealed: false},
});

describe('validity', () => {
  it('has no flags once the fields are complete', () => {
    expect(validityOf(ready('valid', 'valid'), false, TEXTS.en)).to.deep.equal({flags: {}, message: ''});
  });

  it('misses a value as long as a field is empty, and says what the frame says', () => {
    const {flags, message} = validityOf(ready('incomplete', 'empty'), false, TEXTS.en);
    expect(flags).to.deep.equal({valueMissing: true});
    expect(message).to.equal('Say why.');
  });

  it('has bad input when nothing is empty', () => {
    const {flags, message} = validityOf(ready('valid', 'invalid'), false, TEXTS.en);
    expect(flags).to.deep.equal({badInput: true});
    expect(message).to.equal('Say why.');
  });

  it('has a message as long as the frame has none, for the browser takes no flags without', () => {
    const {status, state} = ready('empty', 'empty');
    const {flags, message} = validityOf({status, state: {...state, message: undefined}}, false, TEXTS.en);
    expect(flags).to.deep.equal({valueMissing: true});
    expect(message).to.not.equal('');
  });

  it('lets an optional card be left out whole, and not in part', () => {
    expect(validityOf(ready('empty', 'empty'), true, TEXTS.en).flags).to.deep.equal({});
    expect(validityOf(ready('valid', 'empty'), true, TEXTS.en).flags).to.deep.equal({valueMissing: true});
    expect(isSkipped(ready('empty', 'empty'), true)).to.equal(true);
    expect(isSkipped(ready('empty', 'empty'), false)).to.equal(false);
    expect(isSkipped(ready('empty', 'incomplete'), true)).to.equal(false);
  });

  it('holds the form while there are no fields, and says so in the language of the page', () => {
    for (const status of ['loading', 'failed'] as const) {
      for (const texts of [TEXTS.en, TEXTS.de])
        expect(validityOf(without(status), false, texts)).to.deep.equal({
          flags: {customError: true},
          message: texts[status],
        });
    }
  });

  it('lets a form go on without an optional card that could not be loaded, and holds it while it loads', () => {
    expect(validityOf(without('failed'), true, TEXTS.en).flags).to.deep.equal({});
    expect(validityOf(without('loading'), true, TEXTS.en).flags).to.deep.equal({customError: true});
  });

  it('shows a problem once the shopper was at a field that is not valid', () => {
    expect(showsProblem(ready('invalid', 'empty', false), false)).to.equal(false);
    expect(showsProblem(ready('invalid', 'empty'), false)).to.equal(true);
    expect(showsProblem(ready('valid', 'empty'), false)).to.equal(true);
    expect(showsProblem(ready('valid', 'valid'), false)).to.equal(false);
    expect(showsProblem(ready('empty', 'empty'), true)).to.equal(false);
    expect(showsProblem(without('failed'), false)).to.equal(false);
  });

  it('sets a custom state where the engine has them, and does without where it has none', () => {
    const states = new Set<string>();
    const internals = {states} as unknown as ElementInternals;
    setCustomState(internals, 'user-invalid', true);
    expect([...states]).to.deep.equal(['user-invalid']);
    setCustomState(internals, 'user-invalid', false);
    expect([...states]).to.deep.equal([]);
    setCustomState({} as ElementInternals, 'user-invalid', true);
  });
});
