import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {accountNumber, accountNumberConfirmation} from '../../../widget/fields/account-number.ts';
import {type Entry, NOVEMBER_2026, press, show} from './text-input.ts';

const CONTEXT = {brands: [], today: NOVEMBER_2026};

describe('accountNumber', () => {
  const entries: Entry[] = [
    ['', '', 'empty'],
    ['none', '', 'empty'],
    ['12 34-56', '123456', 'valid'],
    ['0012345678', '0012345678', 'valid'],
    ['１２３４', '1234', 'valid'],
    ['۱۲۳۴', '1234', 'valid'],
    ['DE89', '89', 'incomplete', 'incomplete'],
    ['1234567890123456789012345', '123456789012345678901234', 'invalid', 'too-long'],
  ];
  for (const [entered, shown, status, problem] of entries)
    it(`shows '${entered}' as '${shown}': ${problem ?? status}`, () => {
      assert.equal(show(accountNumber, `${entered}|`), `${shown}|`);
      assert.deepEqual(accountNumber.validate(shown, CONTEXT), problem ? {status, problem} : {status});
    });

  it('accepts four to seventeen digits, leading zeros included', () => {
    for (let length = 1; length <= 24; length += 1) {
      const expected =
        length < 4
          ? {status: 'incomplete', problem: 'incomplete'}
          : length > 17
            ? {status: 'invalid', problem: 'too-long'}
            : {status: 'valid'};
      assert.deepEqual(accountNumber.validate('0'.repeat(length), CONTEXT), expected, `${length} digits`);
    }
  });

  it('keeps the caret in place when the user edits the text', () => {
    assert.equal(press(accountNumber, '12[34]56', '9⌫0'), '120|56');
  });
});

describe('accountNumberConfirmation', () => {
  const rows = [
    ['001234', '001234', 'valid'],
    ['００１２３４', '001234', 'valid'],
    ['1234', '001234', 'invalid', 'mismatch'],
    ['001235', '001234', 'invalid', 'mismatch'],
    ['0012345', '001234', 'invalid', 'mismatch'],
    ['0012', '001234', 'incomplete', 'incomplete'],
    ['0013', '001234', 'invalid', 'mismatch'],
    ['', '', 'empty'],
    ['1234', '', 'invalid', 'mismatch'],
    ['1234', undefined, 'invalid', 'mismatch'],
  ] as const;
  for (const [text, expected, status, problem] of rows)
    it(`returns ${problem ?? status} for '${text}' if the account number is '${expected ?? ''}'`, () => {
      const verdict = accountNumberConfirmation.validate(text, {...CONTEXT, accountNumber: expected});
      assert.deepEqual(verdict, problem ? {status, problem} : {status});
    });
});
