import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {
  attempt,
  blur,
  brandOf,
  clear,
  configure,
  edit,
  faults,
  firstAtFault,
  focus,
  type FormState,
  isWhole,
  markFailed,
  markSealed,
  shownProblem,
  startForm,
  summary,
  verdictOf,
} from '../../widget/form-state.ts';
import {parseFieldsState} from '../../widget/protocol/frame-events.ts';
import type {Brand, FieldName} from '../../widget/protocol/names.ts';

const CARD = ['cardNumber', 'expiry', 'securityCode'] as const;
const VISA = '4111 1111 1111 1111';
const AMEX = '3782 822463 10005';

function start(names: readonly FieldName[] = CARD, brands: readonly Brand[] = []) {
  return startForm(names, brands, () => ({year: 2026, month: 11}));
}

/** Enters the field, types the text and leaves it. */
function fill(state: FormState, name: FieldName, text: string) {
  return blur(edit(focus(state, name), name, text), name);
}

function fillCard(state: FormState, number = VISA, expiry = '12 / 27', code = '123') {
  return fill(fill(fill(state, 'cardNumber', number), 'expiry', expiry), 'securityCode', code);
}

function freeze<T extends object>(value: T): T {
  for (const each of Object.values(value)) if (typeof each === 'object' && each !== null) freeze(each);
  return Object.freeze(value);
}

describe('form state', () => {
  it('starts empty, with no problem on display', () => {
    const state = start();
    for (const name of CARD) {
      expect(verdictOf(state, name)).to.deep.equal({status: 'empty'});
      expect(shownProblem(state, name)).to.equal(undefined);
    }
  });

  it('asks the clock at every verdict', () => {
    let month = 11;
    const state = edit(
      startForm(CARD, [], () => ({year: 2026, month})),
      'expiry',
      '11 / 26',
    );
    expect(verdictOf(state, 'expiry').status).to.equal('valid');
    month = 12;
    expect(verdictOf(state, 'expiry')).to.deep.equal({status: 'invalid', problem: 'past'});
  });

  it('takes the month that this computer had two days ago where no clock is given', () => {
    const then = new Date();
    then.setDate(then.getDate() - 2);
    expect(startForm(CARD).today()).to.deep.equal({year: then.getFullYear(), month: then.getMonth() + 1});
  });

  it('returns a new object from every transition and never touches the old', () => {
    const state = freeze(fillCard(start()));
    const transitions = [
      () => edit(state, 'cardNumber', '4'),
      () => focus(state, 'expiry'),
      () => blur(state, 'expiry'),
      () => attempt(state),
      () => clear(state),
      () => configure(state, {brand: 'visa', optional: true}),
      () => markSealed(state),
      () => markFailed(state),
    ];
    for (const transition of transitions) expect(transition()).not.to.equal(state);
    const {text} = state.fields.cardNumber;
    expect(edit(state, 'cardNumber', text), 'no edit').to.equal(state);
  });

  it('clears every text and every blame, and leaves the caret', () => {
    const state = clear(focus(attempt(fillCard(start(), '4111')), 'expiry'));
    const blank = {status: 'empty', focused: false, visited: false};
    expect(summary(state).fields).to.deep.equal({
      cardNumber: blank,
      expiry: {...blank, focused: true},
      securityCode: blank,
    });
    for (const name of CARD) expect(state.fields[name].text).to.equal('');
  });
});

describe('brandOf', () => {
  it('is that of the number in the form, whatever the host says', () => {
    const state = configure(start(), {brand: 'american-express', optional: false});
    expect(brandOf(state)).to.equal(undefined);
    expect(brandOf(edit(state, 'cardNumber', '41'))).to.equal('visa');
  });

  it('is that of the host where the form has no number, until the host takes it back', () => {
    const state = configure(start(['securityCode']), {brand: 'american-express', optional: false});
    expect(brandOf(state)).to.equal('american-express');
    expect(brandOf(configure(state, {optional: false}))).to.equal(undefined);
  });
});

describe('verdictOf', () => {
  it('judges the security code by the number in the form, also when the number changes later', () => {
    const state = fillCard(start());
    expect(verdictOf(state, 'securityCode').status).to.equal('valid');
    const amex = edit(focus(state, 'cardNumber'), 'cardNumber', AMEX);
    expect(verdictOf(amex, 'securityCode').status).to.equal('incomplete');
    expect(shownProblem(amex, 'securityCode')).to.equal('incomplete');
  });

  it('judges a security code that stands alone by the brand that the host gives', () => {
    const state = fill(start(['securityCode']), 'securityCode', '123');
    expect(verdictOf(state, 'securityCode').status).to.equal('valid');
    const amex = configure(state, {brand: 'american-express', optional: false});
    expect(verdictOf(amex, 'securityCode').status).to.equal('incomplete');
  });

  it('refuses a brand that the record does not accept', () => {
    const state = edit(start(CARD, ['visa']), 'cardNumber', AMEX);
    expect(verdictOf(state, 'cardNumber')).to.deep.equal({status: 'invalid', problem: 'brand-refused'});
  });
});

describe('shownProblem', () => {
  it('is silent while a field is typed for the first time, whatever stands in it', () => {
    let state = focus(start(), 'expiry');
    for (const text of ['1', '13', '13 / 1', '13 / 10']) {
      state = edit(state, 'expiry', text);
      expect(shownProblem(state, 'expiry'), text).to.equal(undefined);
    }
  });

  it('speaks when the field is left', () => {
    expect(shownProblem(fill(start(), 'cardNumber', '4111'), 'cardNumber')).to.equal('incomplete');
    expect(shownProblem(fill(start(), 'expiry', '10 / 26'), 'expiry')).to.equal('past');
  });

  it('is silent when an untouched field is left, and when it is left emptied', () => {
    expect(shownProblem(blur(focus(start(), 'cardNumber'), 'cardNumber'), 'cardNumber')).to.equal(undefined);
    const typed = edit(focus(start(), 'cardNumber'), 'cardNumber', '4');
    expect(shownProblem(fill(typed, 'cardNumber', ''), 'cardNumber')).to.equal(undefined);
  });

  it('stays while the fault is being mended and goes as soon as it is', () => {
    let state = focus(fill(start(), 'cardNumber', '4111 1111 1111'), 'cardNumber');
    expect(shownProblem(state, 'cardNumber')).to.equal('incomplete');
    state = edit(state, 'cardNumber', '4111 1111 1111 1');
    expect(shownProblem(state, 'cardNumber')).to.equal('incomplete');
    state = edit(state, 'cardNumber', VISA);
    expect(shownProblem(state, 'cardNumber')).to.equal(undefined);
  });

  it('is silent on a field at fault that is emptied to be typed anew', () => {
    const state = focus(fill(start(), 'cardNumber', '4111'), 'cardNumber');
    expect(shownProblem(edit(state, 'cardNumber', ''), 'cardNumber')).to.equal(undefined);
  });

  it('is silent again while a field that was right is typed anew, until that is left', () => {
    let state = focus(fill(start(), 'cardNumber', VISA), 'cardNumber');
    state = edit(state, 'cardNumber', '4111 1111 1111 111');
    expect(shownProblem(state, 'cardNumber')).to.equal(undefined);
    expect(shownProblem(blur(state, 'cardNumber'), 'cardNumber')).to.equal('incomplete');
  });

  it('is silent on a visited field that is right', () => {
    for (const name of CARD) expect(shownProblem(fillCard(start()), name)).to.equal(undefined);
  });

  it('shows every problem after a try to submit, also of fields never entered', () => {
    const state = attempt(fill(start(), 'expiry', '13'));
    expect(CARD.map((name) => shownProblem(state, name))).to.deep.equal(['required', 'invalid', 'required']);
  });

  it('does not call a required field incomplete while it is typed for the first time', () => {
    const state = focus(attempt(start()), 'cardNumber');
    expect(shownProblem(state, 'cardNumber')).to.equal('required');
    expect(shownProblem(edit(state, 'cardNumber', ''), 'cardNumber')).to.equal('required');
    expect(shownProblem(edit(state, 'cardNumber', '4'), 'cardNumber')).to.equal(undefined);
  });

  it('speaks at once of a field that was filled without being entered', () => {
    expect(shownProblem(edit(start(), 'expiry', '10 / 26'), 'expiry')).to.equal('past');
  });
});

describe('faults', () => {
  it('are all fields of an empty form, in its order', () => {
    expect(faults(start(['expiry', 'cardNumber']))).to.deep.equal([
      {field: 'expiry', problem: 'required'},
      {field: 'cardNumber', problem: 'required'},
    ]);
  });

  it('name each problem, on display or not', () => {
    const state = edit(edit(start(), 'cardNumber', VISA), 'expiry', '01 / 46');
    expect(faults(state)).to.deep.equal([
      {field: 'expiry', problem: 'too-far'},
      {field: 'securityCode', problem: 'required'},
    ]);
    expect(firstAtFault(state)).to.equal('expiry');
  });

  it('are none in a complete form', () => {
    const state = fillCard(start());
    expect(faults(state)).to.deep.equal([]);
    expect(firstAtFault(state)).to.equal(undefined);
  });

  it('are none in an optional form left empty, and the usual ones in a partly filled one', () => {
    const optional = attempt(configure(start(), {optional: true}));
    expect(faults(optional)).to.deep.equal([]);
    for (const name of CARD) expect(shownProblem(optional, name)).to.equal(undefined);
    expect(faults(edit(optional, 'securityCode', '123')).map(({field}) => field)).to.deep.equal([
      'cardNumber',
      'expiry',
    ]);
  });

  it('show no blame for fields that a try to submit skipped, once one of them is typed', () => {
    const state = attempt(configure(start(), {optional: true}));
    const typing = edit(focus(state, 'cardNumber'), 'cardNumber', '4');
    for (const name of CARD) expect(shownProblem(typing, name)).to.equal(undefined);
  });
});

describe('isWhole', () => {
  const rows: [name: FieldName, text: string, isWhole: boolean][] = [
    ['cardNumber', '4012 0000 9876 5439', true],
    ['cardNumber', '4012 0000 9876 543', false],
    ['expiry', '12 / 31', true],
    ['expiry', '2027-1', false],
    ['securityCode', '123', false],
    ['securityCode', '1234', true],
    ['routingNumber', '325070760', true],
    ['accountNumber', '1234', false],
    ['accountNumber', '1234567890123456', false],
    ['accountNumber', '12345678901234567', true],
    ['cardholderName', 'Anna', false],
    ['cardholderName', 'Anna 1234', false],
    ['cardholderName', 'x'.repeat(100), false],
  ];
  for (const [name, text, expected] of rows)
    it(`is ${expected} of ${name} ${text}`, () => {
      expect(isWhole(edit(start([name]), name, text), name)).to.equal(expected);
    });

  it('goes by the brand of a code', () => {
    const state = fill(start(), 'cardNumber', VISA);
    expect(isWhole(edit(state, 'securityCode', '123'), 'securityCode')).to.equal(true);
  });
});

describe('summary', () => {
  it('tells status, problem, focus and visit of each field, the brand and that all is not complete', () => {
    const state = focus(fill(start(), 'cardNumber', '5555 5555 5555 4445'), 'expiry');
    expect(summary(state)).to.deep.equal({
      fields: {
        cardNumber: {status: 'invalid', problem: 'invalid', focused: false, visited: true},
        expiry: {status: 'empty', focused: true, visited: false},
        securityCode: {status: 'empty', focused: false, visited: false},
      },
      brand: 'mastercard',
      empty: false,
      complete: false,
      sealed: false,
    });
  });

  it('tells only of the fields that the form has', () => {
    expect(Object.keys(summary(start(['expiry'])).fields)).to.deep.equal(['expiry']);
  });

  it('is complete when every field is valid, and not when an optional form is empty', () => {
    expect(summary(fillCard(start())).complete).to.equal(true);
    expect(summary(fillCard(start(), AMEX, '12 / 27', '1234')).complete).to.equal(true);
    expect(summary(fillCard(start(), AMEX)).complete).to.equal(false);
    expect(summary(configure(start(), {optional: true})).complete).to.equal(false);
  });

  it('says sealed until a text changes or is cleared', () => {
    const state = markSealed(fillCard(start()));
    const ways = [
      [focus(state, 'expiry'), true],
      [blur(state, 'expiry'), true],
      [edit(state, 'cardNumber', VISA), true],
      [edit(state, 'cardNumber', '4'), false],
      [clear(state), false],
      [markFailed(state), false],
    ] as const;
    for (const [next, sealed] of ways) expect(summary(next).sealed).to.equal(sealed);
  });

  it('knows of a failure to seal until a text changes or is cleared', () => {
    const state = markFailed(fillCard(start()));
    expect(focus(state, 'expiry').outcome).to.equal('failed');
    for (const next of [edit(state, 'cardNumber', '4'), clear(state)]) expect(next.outcome).to.equal('none');
  });

  it('does not give back to the host the brand that the host gave', () => {
    const state = configure(start(['securityCode']), {brand: 'visa', optional: false});
    expect(summary(state).brand).to.equal(undefined);
  });

  it('is taken by the parser of the protocol and carries no digit, whatever was typed', () => {
    const texts = fc.stringMatching(/^[0-9 /]{0,20}$/);
    fc.assert(
      fc.property(texts, texts, texts, fc.boolean(), (number, expiry, code, tried) => {
        const filled = fillCard(start(), number, expiry, code);
        const state = tried ? attempt(filled) : filled;
        const told = summary(state);
        expect(parseFieldsState(JSON.parse(JSON.stringify(told)))).to.deep.equal(parseFieldsState(told));
        expect(JSON.stringify(told)).not.to.match(/\d/);
        expect(told.complete).to.equal(faults(state).length === 0);
      }),
    );
  });
});
