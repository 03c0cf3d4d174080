import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {
  attempt,
  blur,
  brandOf,
  canReveal,
  clear,
  configure,
  edit,
  findFaults,
  firstInvalidField,
  focus,
  type FormState,
  isFullyEntered,
  markFailed,
  markSealed,
  showsFailure,
  shownProblem,
  startForm,
  summary,
  verdictOf,
} from '../../../widget/form/state.ts';
import {FRAME_EVENTS} from '../../../widget/protocol/messages.ts';
import {type Brand, FIELD_NAMES, type FieldName, PRESETS} from '../../../widget/protocol/names.ts';
import {runs} from '../../support/properties.ts';

const CARD = PRESETS.card;
const VISA = '4111 1111 1111 1111';
const AMEX = '3782 822463 10005';

function start(names: readonly FieldName[] = CARD, brands: readonly Brand[] = []) {
  return startForm(names, brands, () => ({year: 2026, month: 11}));
}

/** Focuses a field, enters a text and leaves the field. */
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

/** Every transition, with any valid arguments. */
const transitions = fc.array(
  fc.oneof(
    fc
      .tuple(
        fc.constantFrom(...FIELD_NAMES.filter((name) => name !== 'accountType')),
        fc.constantFrom('', '4', VISA, AMEX, '12 / 27', '10 / 26', '123', '1234', '325070760', '99', 'Anna'),
      )
      .map(
        ([name, text]) =>
          (state: FormState) =>
            state.names.includes(name) ? edit(state, name, text) : state,
      ),
    fc.constantFrom(...FIELD_NAMES).chain((name) =>
      fc.constantFrom(
        (state: FormState) => (state.names.includes(name) ? focus(state, name) : state),
        (state: FormState) => (state.names.includes(name) ? blur(state, name) : state),
      ),
    ),
    fc.constantFrom(attempt, clear, markSealed, markFailed),
    fc.tuple(fc.constantFrom<(Brand | undefined)[]>(undefined, 'visa', 'american-express'), fc.boolean()).map(
      ([brand, optional]) =>
        (state: FormState) =>
          configure(state, {brand, optional}),
    ),
  ),
  {maxLength: 20},
);

const forms = fc.constantFrom<(readonly FieldName[])[]>(
  ['securityCode'],
  CARD,
  [...CARD, 'cardholderName'],
  PRESETS.bank,
  ['accountType', ...PRESETS.bank],
);

describe('form state', () => {
  it('starts empty and without problems', () => {
    const state = start();
    for (const name of CARD) {
      assert.deepEqual(verdictOf(state, name), {status: 'empty'});
      assert.equal(shownProblem(state, name), undefined);
    }
  });

  it('uses the current month for every verdict', () => {
    let month = 11;
    const state = edit(
      startForm(CARD, [], () => ({year: 2026, month})),
      'expiry',
      '11 / 26',
    );
    assert.equal(verdictOf(state, 'expiry').status, 'valid');
    month = 12;
    assert.deepEqual(verdictOf(state, 'expiry'), {status: 'invalid', problem: 'past'});
  });

  it('uses the month of two days ago by default', () => {
    const then = new Date();
    then.setDate(then.getDate() - 2);
    assert.deepEqual(startForm(CARD).today(), {year: then.getFullYear(), month: then.getMonth() + 1});
  });

  it('is not changed by a transition, which returns a new object', () => {
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
    for (const transition of transitions) assert.notEqual(transition(), state);
    const {text} = state.fields.cardNumber;
    assert.equal(edit(state, 'cardNumber', text), state, 'the same text is not an edit');
  });

  it('has no texts and problems after clear, and keeps the focus', () => {
    const state = clear(focus(attempt(fillCard(start(), '4111')), 'expiry'));
    const blank = {status: 'empty', focused: false, visited: false};
    assert.deepEqual(summary(state).fields, {
      cardNumber: blank,
      expiry: {...blank, focused: true},
      securityCode: blank,
    });
    for (const name of CARD) assert.equal(state.fields[name].text, '');
  });

  it('has the first choice after clear', () => {
    const state = edit(start(['accountType']), 'accountType', 'savings');
    assert.equal(clear(state).fields.accountType.text, 'checking');
  });
});

describe('brandOf', () => {
  it('returns the brand of the card number, even if the host configures another one', () => {
    const state = configure(start(), {brand: 'american-express', optional: false});
    assert.equal(brandOf(state), undefined);
    assert.equal(brandOf(edit(state, 'cardNumber', '41')), 'visa');
  });

  it('returns the configured brand in a form without a card number, until the host removes it', () => {
    const state = configure(start(['securityCode']), {brand: 'american-express', optional: false});
    assert.equal(brandOf(state), 'american-express');
    assert.equal(brandOf(configure(state, {optional: false})), undefined);
  });
});

describe('verdictOf', () => {
  it('validates the security code by the card number, even if the number changes later', () => {
    const state = fillCard(start());
    assert.equal(verdictOf(state, 'securityCode').status, 'valid');
    const amex = edit(focus(state, 'cardNumber'), 'cardNumber', AMEX);
    assert.equal(verdictOf(amex, 'securityCode').status, 'incomplete');
    assert.equal(shownProblem(amex, 'securityCode'), 'incomplete');
  });

  it('validates a security code by the configured brand if there is no card number', () => {
    const state = fill(start(['securityCode']), 'securityCode', '123');
    assert.equal(verdictOf(state, 'securityCode').status, 'valid');
    const amex = configure(state, {brand: 'american-express', optional: false});
    assert.equal(verdictOf(amex, 'securityCode').status, 'incomplete');
  });

  it('rejects a brand that the record does not accept', () => {
    const state = edit(start(CARD, ['visa']), 'cardNumber', AMEX);
    assert.deepEqual(verdictOf(state, 'cardNumber'), {status: 'invalid', problem: 'brand-refused'});
  });

  it('compares the confirmation with the account number, even if the number changes later', () => {
    const state = fill(
      fill(start(PRESETS.bank), 'accountNumber', '0012345678'),
      'accountNumberConfirmation',
      '0012345678',
    );
    assert.equal(verdictOf(state, 'accountNumberConfirmation').status, 'valid');
    const changed = edit(state, 'accountNumber', '0012345679');
    assert.equal(shownProblem(changed, 'accountNumberConfirmation'), 'mismatch');
  });
});

describe('shownProblem', () => {
  it('is undefined while a field is filled in for the first time, with any text', () => {
    let state = focus(start(), 'expiry');
    for (const text of ['1', '13', '13 / 1', '13 / 10']) {
      state = edit(state, 'expiry', text);
      assert.equal(shownProblem(state, 'expiry'), undefined, text);
    }
  });

  it('is defined once the field loses the focus', () => {
    assert.equal(shownProblem(fill(start(), 'cardNumber', '4111'), 'cardNumber'), 'incomplete');
    assert.equal(shownProblem(fill(start(), 'cardNumber', '4111111111111112'), 'cardNumber'), 'invalid');
    assert.equal(shownProblem(fill(start(), 'expiry', '10 / 26'), 'expiry'), 'past');
    assert.equal(shownProblem(fill(start(), 'expiry', '13 / 27'), 'expiry'), 'invalid');
  });

  it('is undefined after tabbing through an empty field, and after emptying a field', () => {
    const passed = blur(focus(start(), 'cardNumber'), 'cardNumber');
    assert.equal(shownProblem(passed, 'cardNumber'), undefined);
    assert.equal(passed.fields.cardNumber.visited, false);
    const typed = edit(focus(start(), 'cardNumber'), 'cardNumber', '4');
    assert.equal(shownProblem(fill(typed, 'cardNumber', ''), 'cardNumber'), undefined);
  });

  it('changes with the text while the user corrects it, and is undefined once it is valid', () => {
    let state = focus(fill(start(), 'cardNumber', '4111 1111 1111 1112'), 'cardNumber');
    for (const [text, problem] of [
      ['4111 1111 1111 1112', 'invalid'],
      ['4111 1111 1111 111', 'incomplete'],
      [VISA, undefined],
    ] as const) {
      state = edit(state, 'cardNumber', text);
      assert.equal(shownProblem(state, 'cardNumber'), problem, text);
    }
  });

  it('is undefined after an invalid field is emptied', () => {
    const state = focus(fill(start(), 'cardNumber', '4111'), 'cardNumber');
    assert.equal(shownProblem(edit(state, 'cardNumber', ''), 'cardNumber'), undefined);
  });

  it('is undefined while a valid field is edited, until the field loses the focus', () => {
    let state = focus(fill(start(), 'cardNumber', VISA), 'cardNumber');
    state = edit(state, 'cardNumber', '4111 1111 1111 111');
    assert.equal(shownProblem(state, 'cardNumber'), undefined);
    assert.equal(shownProblem(blur(state, 'cardNumber'), 'cardNumber'), 'incomplete');
  });

  it('is undefined for valid fields', () => {
    for (const name of CARD) assert.equal(shownProblem(fillCard(start()), name), undefined);
  });

  it('is defined for every invalid field after a submit attempt, even if the field never had the focus', () => {
    const state = attempt(fill(start(), 'expiry', '13'));
    assert.deepEqual(
      CARD.map((name) => shownProblem(state, name)),
      ['required', 'invalid', 'required'],
    );
  });

  it('does not change from required to incomplete while a field is filled in for the first time', () => {
    const state = focus(attempt(start()), 'cardNumber');
    assert.equal(shownProblem(state, 'cardNumber'), 'required');
    assert.equal(shownProblem(edit(state, 'cardNumber', ''), 'cardNumber'), 'required');
    assert.equal(shownProblem(edit(state, 'cardNumber', '4'), 'cardNumber'), undefined);
  });

  it('is defined at once for a field that is filled without the focus', () => {
    assert.equal(shownProblem(edit(start(), 'expiry', '10 / 26'), 'expiry'), 'past');
  });
});

describe('showsFailure', () => {
  it('is true after sealing has failed, unless a problem is shown', () => {
    const failed = markFailed(fillCard(start()));
    assert.equal(showsFailure(failed), true);
    assert.equal(showsFailure(fillCard(start())), false);
    assert.equal(showsFailure(markFailed(fillCard(start(), '4111'))), false);
  });
});

describe('findFaults', () => {
  it('returns all fields of an empty form, in display order', () => {
    assert.deepEqual(findFaults(start(['expiry', 'cardNumber'])), [
      {field: 'expiry', problem: 'required'},
      {field: 'cardNumber', problem: 'required'},
    ]);
  });

  it('returns each problem, shown or not', () => {
    const state = edit(edit(start(), 'cardNumber', VISA), 'expiry', '01 / 46');
    assert.deepEqual(findFaults(state), [
      {field: 'expiry', problem: 'too-far'},
      {field: 'securityCode', problem: 'required'},
    ]);
    assert.equal(firstInvalidField(state), 'expiry');
  });

  it('returns nothing for a complete form', () => {
    const state = fillCard(start());
    assert.deepEqual(findFaults(state), []);
    assert.equal(firstInvalidField(state), undefined);
  });

  it('returns nothing for an optional form that is empty, and the empty fields if it is partly filled', () => {
    const optional = attempt(configure(start(), {optional: true}));
    assert.deepEqual(findFaults(optional), []);
    for (const name of CARD) assert.equal(shownProblem(optional, name), undefined);
    assert.deepEqual(
      findFaults(edit(optional, 'securityCode', '123')).map(({field}) => field),
      ['cardNumber', 'expiry'],
    );
  });

  it('causes no shown problem for fields that a submit attempt has skipped', () => {
    const state = attempt(configure(start(), {optional: true}));
    const typing = edit(focus(state, 'cardNumber'), 'cardNumber', '4');
    for (const name of CARD) assert.equal(shownProblem(typing, name), undefined);
  });
});

describe('isFullyEntered', () => {
  const rows: [name: FieldName, text: string, expected: boolean][] = [
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
    it(`is ${expected} for ${name} ${text}`, () => {
      assert.equal(isFullyEntered(edit(start([name]), name, text), name), expected);
    });

  it('depends on the brand for a security code', () => {
    const state = fill(start(), 'cardNumber', VISA);
    assert.equal(isFullyEntered(edit(state, 'securityCode', '123'), 'securityCode'), true);
  });
});

describe('canReveal', () => {
  /** Numbers that are valid, the first of them as the beginning of the last. */
  const [SHORT, LONG] = ['6767 7012 3450', '6767 7012 3450 6783'];
  const number = (state: FormState, text: string) => edit(state, 'cardNumber', text);
  const typing = focus(start(), 'cardNumber');

  it('is true of a number that was filled in or left', () => {
    assert.equal(canReveal(number(start(), VISA)), true);
    assert.equal(canReveal(blur(number(typing, VISA), 'cardNumber')), true);
  });

  it('is false while the caret is in a number that can grow', () => {
    for (const [text, expected] of [
      [SHORT, false],
      [VISA, false],
      ['4000 0000 0000 0000 006', true], // 19 digits
      ['3714 496353 98431', true],
    ] as const)
      assert.equal(canReveal(number(typing, text)), expected, text);
  });

  it('stays true of the same number, and is false of each other one until the field is empty', () => {
    const sealed = markSealed(number(start(), VISA));
    assert.equal(canReveal(sealed), true);
    assert.equal(canReveal(markFailed(sealed)), true);
    const other = number(sealed, LONG);
    assert.equal(canReveal(other), false);
    assert.equal(canReveal(markSealed(other)), false);
    assert.equal(canReveal(number(markSealed(other), VISA)), true);
    for (const empty of [number(other, ''), clear(other)]) assert.equal(canReveal(number(empty, LONG)), true);
  });

  it('counts no seal that revealed nothing', () => {
    const sealed = markSealed(number(typing, SHORT));
    assert.equal(canReveal(blur(number(sealed, LONG), 'cardNumber')), true);
  });
});

describe('summary', () => {
  it('contains status, problem, focused and visited of each field, the brand, and complete', () => {
    const state = focus(fill(start(), 'cardNumber', '5555 5555 5555 4445'), 'expiry');
    assert.deepEqual(summary(state), {
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

  it('contains only the fields of the form', () => {
    assert.deepEqual(Object.keys(summary(start(['expiry'])).fields), ['expiry']);
  });

  it('is complete if every field is valid, but not if an optional form is empty', () => {
    assert.equal(summary(fillCard(start())).complete, true);
    assert.equal(summary(fillCard(start(), AMEX, '12 / 27', '1234')).complete, true);
    assert.equal(summary(fillCard(start(), AMEX)).complete, false);
    assert.equal(summary(configure(start(), {optional: true})).complete, false);
  });

  it('is empty until a text or another choice is entered', () => {
    const bank = start(['accountType', 'accountNumber']);
    assert.equal(summary(bank).empty, true);
    assert.equal(summary(edit(bank, 'accountType', 'savings')).empty, false);
    assert.equal(summary(edit(bank, 'accountNumber', '1')).empty, false);
  });

  it('is sealed until a text changes or is cleared', () => {
    const state = markSealed(fillCard(start()));
    const ways = [
      [focus(state, 'expiry'), true],
      [blur(state, 'expiry'), true],
      [edit(state, 'cardNumber', VISA), true],
      [edit(state, 'cardNumber', '4'), false],
      [clear(state), false],
      [markFailed(state), false],
    ] as const;
    for (const [next, sealed] of ways) assert.equal(summary(next).sealed, sealed);
  });

  it('has the outcome failed until a text changes or is cleared', () => {
    const state = markFailed(fillCard(start()));
    assert.equal(focus(state, 'expiry').outcome, 'failed');
    for (const next of [edit(state, 'cardNumber', '4'), clear(state)]) assert.equal(next.outcome, 'none');
  });

  it('does not contain the configured brand', () => {
    const state = configure(start(['securityCode']), {brand: 'visa', optional: false});
    assert.equal(summary(state).brand, undefined);
  });

  it('does not reveal the number of entered digits', () => {
    const texts: [name: FieldName, digits: string, from: number, to: number][] = [
      ['cardNumber', VISA.replaceAll(' ', ''), 2, 15],
      ['cardNumber', '3'.repeat(32), 20, 32],
      ['securityCode', '123', 1, 2],
      ['securityCode', '1234', 3, 4],
      ['securityCode', '123456', 5, 6],
      ['routingNumber', '32507076', 1, 8],
      ['routingNumber', '3'.repeat(17), 10, 17],
      ['accountNumber', '123', 1, 3],
      ['accountNumber', '1'.repeat(17), 4, 17],
      ['accountNumber', '1'.repeat(24), 18, 24],
    ];
    for (const [name, digits, from, to] of texts) {
      const found = new Set<string>();
      for (let length = from; length <= to; length += 1)
        found.add(JSON.stringify(summary(fill(start([name]), name, digits.slice(0, length)))));
      assert.equal(found.size, 1, `${name}: ${[...found].join()}`);
    }
  });

  it('is valid for the protocol’s parser, contains no digit, and matches findFaults and shownProblem', () => {
    fc.assert(
      fc.property(forms, transitions, (names, all) => {
        const state = all.reduce((each, transition) => transition(each), start(names));
        const result = summary(state);
        assert.doesNotMatch(JSON.stringify(result), /\d/);
        const sent: unknown = JSON.parse(JSON.stringify(result));
        assert.deepEqual(JSON.parse(JSON.stringify(FRAME_EVENTS.change(sent))), sent);
        const statuses = names.map((name) => result.fields[name]?.status);
        assert.equal(
          result.complete,
          statuses.every((status) => status === 'valid'),
        );
        const isSkipped = state.optional && result.empty;
        const expected = names.filter((_, index) => {
          const status = statuses[index];
          return status !== 'valid' && !(status === 'empty' && isSkipped);
        });
        const found = findFaults(state);
        assert.deepEqual(
          found.map(({field}) => field),
          expected,
        );
        for (const {field, problem} of found) {
          assert.equal(problem === 'required', result.fields[field]?.status === 'empty');
          assert.equal(shownProblem(state, field), state.fields[field].visited ? problem : undefined);
        }
      }),
      runs(200),
    );
  });
});
