import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {SPECS} from '../../../widget/fields/specs.ts';
import {FIELD_NAMES, FIELD_PROBLEMS, FIELD_STATUSES, PRESETS} from '../../../widget/protocol/names.ts';

const CONTEXT = {brands: [], accountNumber: '123456', today: {year: 2026, month: 11}};
const TYPED = FIELD_NAMES.filter((name) => SPECS[name].choices === undefined);
const IN_DIGITS = TYPED.filter((name) => SPECS[name].isText !== true);

describe('SPECS', () => {
  it('has a spec under its own name for each field of the protocol', () => {
    expect(Object.keys(SPECS).sort()).to.deep.equal([...FIELD_NAMES].sort());
    for (const name of FIELD_NAMES) expect(SPECS[name].name).to.equal(name);
  });

  it('gives browsers the autofill tokens of a card', () => {
    const tokens = PRESETS.card.map((name) => SPECS[name].autocomplete);
    expect(tokens).to.deep.equal(['cc-number', 'cc-exp', 'cc-csc']);
  });

  it('and of the name on it, which alone is typed in letters', () => {
    expect(SPECS.cardholderName.autocomplete).to.equal('cc-name');
    expect(TYPED.filter((name) => SPECS[name].isText)).to.deep.equal(['cardholderName']);
  });

  it('asks them to leave a bank account alone, and onlookers too', () => {
    for (const name of PRESETS.bank) expect(SPECS[name].autocomplete).to.equal('off');
    const masked = FIELD_NAMES.filter((name) => SPECS[name].isMasked);
    expect(masked).to.deep.equal(['accountNumber', 'accountNumberConfirmation']);
  });

  it('keeps the code and an account’s number from being copied; a slip in the others is mended by it', () => {
    const secret = FIELD_NAMES.filter((name) => SPECS[name].isSecret);
    expect(secret).to.deep.equal(['securityCode', 'accountNumber', 'accountNumberConfirmation']);
  });

  it('has nothing to choose from but the kinds of an account, checking first', () => {
    expect(TYPED).to.deep.equal(FIELD_NAMES.filter((name) => name !== 'accountType'));
    expect(SPECS.accountType.choices).to.deep.equal(['checking', 'savings']);
    expect(SPECS.accountType.validate('checking', CONTEXT)).to.deep.equal({status: 'valid'});
  });

  it('calls an empty text empty, and nothing else that it shows', () => {
    for (const name of TYPED) {
      expect(SPECS[name].validate('', CONTEXT)).to.deep.equal({status: 'empty'});
      expect(SPECS[name].validate('1', CONTEXT).status).to.equal('incomplete');
    }
  });

  it('takes any text without throwing, keeps the caret inside, and says only what the protocol knows', () => {
    const texts = fc.oneof(fc.string({unit: 'binary'}), fc.stringMatching(/^[0-9 /-]{0,40}$/));
    fc.assert(
      fc.property(texts, fc.nat(60), fc.constantFrom(...TYPED), (text, at, name) => {
        const edited = SPECS[name].format(text, Math.min(at, text.length));
        expect(edited.caret).to.be.within(0, edited.text.length);
        if (IN_DIGITS.includes(name)) expect(edited.text).to.match(/^[0-9 /-]{0,40}$/);
        const verdict = SPECS[name].validate(edited.text, CONTEXT);
        expect(FIELD_STATUSES).to.include(verdict.status);
        if ('problem' in verdict) expect(FIELD_PROBLEMS[name]).to.include(verdict.problem);
        expect(verdict.status === 'empty').to.equal(edited.text === '');
      }),
    );
  });
});
