import {expect} from '@open-wc/testing';
import {accountNumber, accountNumberConfirmation} from '../../../widget/fields/account-number.ts';
import type {FieldContext} from '../../../widget/fields/field.ts';

const CONTEXT: FieldContext = {brands: [], today: {year: 2026, month: 11}};

describe('accountNumber', () => {
  it('takes four to seventeen digits, leading zeros counted', () => {
    for (let length = 1; length <= 24; length += 1) {
      const expected =
        length < 4
          ? {status: 'incomplete', problem: 'incomplete'}
          : length > 17
            ? {status: 'invalid', problem: 'too-long'}
            : {status: 'valid'};
      expect(accountNumber.validate('0'.repeat(length), CONTEXT), `${length}`).to.deep.equal(expected);
    }
  });

  it('shows every digit that counts, and enough of those beyond', () => {
    expect(accountNumber.format('00-12 34', 8)).to.deep.equal({text: '001234', caret: 6});
    expect(accountNumber.format('1'.repeat(99), 99).text).to.equal('1'.repeat(24));
  });
});

describe('accountNumberConfirmation', () => {
  const judge = (text: string, expected: string) =>
    accountNumberConfirmation.validate(text, {...CONTEXT, accountNumber: expected});

  it('matches the same digits, of whatever script, and no others', () => {
    expect(judge('001234', '001234')).to.deep.equal({status: 'valid'});
    expect(judge('００１２３４', '001234')).to.deep.equal({status: 'valid'});
    expect(judge('1234', '001234')).to.deep.equal({status: 'invalid', problem: 'mismatch'});
    expect(judge('0012345', '001234')).to.deep.equal({status: 'invalid', problem: 'mismatch'});
  });

  it('is incomplete as long as it goes the same way', () => {
    expect(judge('0012', '001234')).to.deep.equal({status: 'incomplete', problem: 'incomplete'});
    expect(judge('0013', '001234')).to.deep.equal({status: 'invalid', problem: 'mismatch'});
  });

  it('matches nothing where there is no number yet', () => {
    expect(judge('', '')).to.deep.equal({status: 'empty'});
    expect(judge('1234', '')).to.deep.equal({status: 'invalid', problem: 'mismatch'});
    expect(accountNumberConfirmation.validate('1234', CONTEXT).status).to.equal('invalid');
  });
});
