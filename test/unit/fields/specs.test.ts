import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {readAccount} from '../../../demo/gateway/read/account.ts';
import {readCard} from '../../../demo/gateway/read/card.ts';
import {expiryOf} from '../../../widget/fields/expiry.ts';
import {SPECS} from '../../../widget/fields/specs.ts';
import {
  FIELD_NAMES,
  FIELD_PROBLEMS,
  FIELD_STATUSES,
  type FieldName,
  PRESETS,
} from '../../../widget/protocol/names.ts';
import {anyText, runs} from '../../support/properties.ts';
import {deleteKey, NOVEMBER_2026, replace, type TextInput} from './text-input.ts';

const CONTEXT = {brands: [], accountNumber: '123456', today: NOVEMBER_2026};
const TYPED = FIELD_NAMES.filter((name) => SPECS[name].choices === undefined);
const IN_DIGITS = TYPED.filter((name) => SPECS[name].isText !== true);

/** How many digits each field keeps. For the expiry, which can add or drop digits, see {@link assertSameDate}. */
const LIMITS: Readonly<Partial<Record<FieldName, number>>> = {
  cardNumber: 32,
  securityCode: 6,
  routingNumber: 17,
  accountNumber: 24,
  accountNumberConfirmation: 24,
};

/** Texts that are valid or nearly valid in some field. */
const ALMOST = [
  '4012000098765439',
  '371449635392376',
  '4111111111111111110',
  '6304000000000000',
  '12/27',
  '2027-01',
  '012027',
  '10/26',
  '01/46',
  '1327',
  '12/1999',
  '9997',
  '325070760',
  '325070765',
  '800000006',
  '123456',
  '12345678901234567',
];

/** A text of {@link ALMOST}, cut off and continued by any digits. */
const almostValid = fc
  .tuple(fc.constantFrom(...ALMOST), fc.nat(19), fc.stringMatching(/^[0-9]{0,3}$/))
  .map(([text, length, more]) => text.slice(0, length) + more);

/** The zero of some scripts. The last two are outside the basic multilingual plane. */
const ZEROS = [0x30, 0x30, 0x30, 0x660, 0x966, 0xff10, 0x1d7ce, 0x1d7d8];

/** An entered or pasted text, and the ASCII digits in it: digits of mixed scripts with any characters between them. */
const insertion = fc
  .array(
    fc.oneof(
      {
        weight: 3,
        arbitrary: fc
          .tuple(fc.constantFrom(...ZEROS), fc.nat(9))
          .map(([zero, value]) => ({text: String.fromCodePoint(zero + value), digits: `${value}`})),
      },
      fc
        .constantFrom(' ', '-', '/', '\u00a0', '\u200f', '\0', 'x', '½', '四', '🂡', '\ud835')
        .map((text) => ({text, digits: ''})),
    ),
    {minLength: 1, maxLength: 20},
  )
  .map((parts) => ({
    text: parts.map(({text}) => text).join(''),
    digits: parts.map(({digits}) => digits).join(''),
  }));

const edits = fc.array(
  fc.oneof(
    insertion.map((inserted) => ({kind: 'insert', inserted}) as const),
    fc.constantFrom({kind: 'delete', direction: -1} as const, {kind: 'delete', direction: 1} as const),
    fc.constant({kind: 'cut'} as const),
    fc.tuple(fc.nat(24), fc.nat(24)).map(([from, to]) => ({kind: 'select', from, to}) as const),
  ),
  {maxLength: 12},
);

const asciiDigits = (text: string) => text.replace(/\D/g, '');

describe('SPECS', () => {
  it('has a spec for each field of the protocol, by name', () => {
    assert.deepEqual(Object.keys(SPECS).sort(), [...FIELD_NAMES].sort());
    for (const name of FIELD_NAMES) assert.equal(SPECS[name].name, name);
  });

  it('has autofill tokens for card fields only', () => {
    const tokens = Object.fromEntries(FIELD_NAMES.map((name) => [name, SPECS[name].autocomplete]));
    assert.deepEqual(tokens, {
      cardNumber: 'cc-number',
      expiry: 'cc-exp',
      securityCode: 'cc-csc',
      routingNumber: 'off',
      accountNumber: 'off',
      accountNumberConfirmation: 'off',
      accountType: 'off',
      cardholderName: 'cc-name',
    });
  });

  it('accepts letters only in the cardholder name', () => {
    assert.deepEqual(
      TYPED.filter((name) => SPECS[name].isText),
      ['cardholderName'],
    );
  });

  it('masks the account numbers', () => {
    const masked = FIELD_NAMES.filter((name) => SPECS[name].isMasked);
    assert.deepEqual(masked, ['accountNumber', 'accountNumberConfirmation']);
  });

  it('prevents copying the security code and the account numbers', () => {
    const secret = FIELD_NAMES.filter((name) => SPECS[name].isSecret);
    assert.deepEqual(secret, ['securityCode', 'accountNumber', 'accountNumberConfirmation']);
  });

  it('has choices only for the account type, with checking first', () => {
    assert.deepEqual(
      TYPED,
      FIELD_NAMES.filter((name) => name !== 'accountType'),
    );
    assert.deepEqual(SPECS.accountType.choices, ['checking', 'savings']);
    assert.deepEqual(SPECS.accountType.validate('checking', CONTEXT), {status: 'valid'});
  });
});

describe('every field', () => {
  it('is empty without text, and incomplete with one digit', () => {
    for (const name of TYPED) {
      assert.deepEqual(SPECS[name].validate('', CONTEXT), {status: 'empty'});
      assert.equal(SPECS[name].validate('1', CONTEXT).status, 'incomplete');
    }
    for (const name of PRESETS.card) assert.equal(SPECS[name].validate('x', CONTEXT).status, 'empty');
  });

  it('accepts any text: does not throw, formats idempotently, and returns a verdict of the protocol', () => {
    const texts = fc.oneof(
      anyText(20),
      fc.stringMatching(/^[0-9 /-]{0,40}$/),
      fc.constantFrom('7'.repeat(10_000), ' '.repeat(300) + '1227'),
    );
    fc.assert(
      fc.property(texts, fc.nat(60), fc.boolean(), fc.constantFrom(...TYPED), (text, at, isLeft, name) => {
        const caret = isLeft ? Infinity : Math.min(at, text.length);
        const edited = SPECS[name].format(text, caret);
        assert.ok(edited.caret >= 0 && edited.caret <= edited.text.length, `${edited.caret}`);
        if (isLeft) assert.equal(edited.caret, edited.text.length);
        if (IN_DIGITS.includes(name)) assert.match(edited.text, /^[0-9 /-]{0,64}$/);
        assert.deepEqual(SPECS[name].format(edited.text, edited.caret), edited);
        const verdict = SPECS[name].validate(edited.text, CONTEXT);
        assert.ok(FIELD_STATUSES.includes(verdict.status));
        if ('problem' in verdict)
          assert.ok(FIELD_PROBLEMS[name].some((problem) => problem === verdict.problem));
        assert.equal(verdict.status === 'empty', edited.text === '');
      }),
      runs(500),
    );
  });

  for (const name of IN_DIGITS)
    it(`keeps the digits, their order and the place of the caret among them: ${name}`, () => {
      fc.assert(
        fc.property(edits, (all) => {
          all.reduce<TextInput>((input, edit) => applyAndCheck(name, input, edit), {
            text: '',
            start: 0,
            end: 0,
          });
        }),
        runs(200),
      );
    });

  it('is not invalid if one more digit makes it valid', () => {
    fc.assert(
      fc.property(almostValid, fc.constantFrom(...IN_DIGITS), (entered, name) => {
        const spec = SPECS[name];
        const {text} = spec.format(entered, entered.length);
        // December 2002 is invalid, although the next digit can make it January 2027.
        if (spec.validate(text, CONTEXT).status !== 'invalid' || text === '12 / 02') return;
        for (const digit of '0123456789') {
          const longer = spec.format(text + digit, text.length + 1).text;
          assert.notEqual(spec.validate(longer, CONTEXT).status, 'valid', `${text}, then ${longer}`);
        }
      }),
      runs(1000),
    );
  });

  it('is accepted by the demo’s gateway when it is valid', () => {
    fc.assert(
      fc.property(almostValid, fc.constantFrom(...IN_DIGITS), (entered, name) => {
        const {text} = SPECS[name].format(entered, Infinity);
        if (SPECS[name].validate(text, CONTEXT).status === 'valid')
          assert.ok('value' in readByGateway(name, text), `${name} ${text}`);
      }),
      runs(1000),
    );
  });
});

type AnyEdit = typeof edits extends fc.Arbitrary<(infer T)[]> ? T : never;

function applyAndCheck(name: FieldName, input: TextInput, edit: AnyEdit): TextInput {
  const {text, start, end} = input;
  if (edit.kind === 'select') {
    const [from, to] = [Math.min(edit.from, text.length), Math.min(edit.to, text.length)];
    return {text, start: Math.min(from, to), end: Math.max(from, to)};
  }
  if (edit.kind === 'cut' && start === end) return input;
  const [head, selected, tail] = [text.slice(0, start), text.slice(start, end), text.slice(end)].map(
    asciiDigits,
  );
  if (head === undefined || selected === undefined || tail === undefined) return input;
  let [before, after] = [head, tail];
  let result: TextInput;
  if (edit.kind === 'insert') {
    before += edit.inserted.digits;
    result = replace(SPECS[name], input, edit.inserted.text, 'insertFromPaste');
  } else if (edit.kind === 'cut') {
    result = replace(SPECS[name], input, '', 'deleteByCut');
  } else {
    // Backspace and Delete skip separators, so they always remove a digit.
    if (selected === '' && edit.direction < 0) before = before.slice(0, -1);
    if (selected === '' && edit.direction > 0) after = after.slice(1);
    result = deleteKey(SPECS[name], input, edit.direction);
    if (result === input) return input;
  }
  assertShows(name, result, before, after);
  return result;
}

/** Asserts that the text shows these digits before and after the caret, up to the limit of the field. */
function assertShows(name: FieldName, {text, start, end}: TextInput, before: string, after: string): void {
  assert.equal(start, end);
  assert.deepEqual(SPECS[name].format(text, start), {text, caret: start}, 'formatting is not idempotent');
  const limit = LIMITS[name];
  if (limit === undefined) {
    assertSameDate(asciiDigits(text), before + after);
    return;
  }
  assert.equal(asciiDigits(text), (before + after).slice(0, limit));
  assert.equal(asciiDigits(text.slice(0, start)), before.slice(0, limit));
  assert.match(text, name === 'cardNumber' ? /^(\d+( \d+)*)?$/ : /^\d*$/);
}

/**
 * Asserts that an expiry shows the entered digits. It may add the zero of a month, drop the century, swap year and month,
 * and drop digits after the sixth.
 */
function assertSameDate(shown: string, entered: string): void {
  const added = without(shown, entered);
  const lost = without(entered, shown);
  assert.ok(shown.length <= 8, shown);
  assert.match(added, /^0?$/, `${entered} is shown as ${shown}`);
  if (entered.length <= 6) assert.match(lost, /^0{0,2}2?$/, `${entered} is shown as ${shown}`);
}

/** The digits of `from` without those of `removed`, sorted. */
function without(from: string, removed: string): string {
  return Array.from(removed).reduce(
    (left, digit) => left.replace(digit, ''),
    Array.from(from).sort().join(''),
  );
}

/** Validates one value with the code of the demo's gateway, together with valid other values. */
function readByGateway(name: FieldName, text: string) {
  const digits = (field: FieldName, other: string) => (name === field ? asciiDigits(text) : other);
  const {month, year} = (name === 'expiry' && expiryOf(text)) || {month: '12', year: '2027'};
  const desk = {open: () => undefined};
  if (['routingNumber', 'accountNumber'].includes(name)) {
    const routing = digits('routingNumber', '011000015');
    const account = digits('accountNumber', '1234');
    return readAccount({check: {routing_number: routing, account_number: account}}, desk);
  }
  const card = {
    number: digits('cardNumber', '4012000098765439'),
    expiration_month: month,
    expiration_year: year,
  };
  return readCard({credit_card: card, csc: digits('securityCode', '999')}, desk);
}
