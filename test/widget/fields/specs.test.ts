import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {SPECS} from '../../../widget/fields/specs.ts';
import {FIELD_NAMES, FIELD_PROBLEMS, FIELD_STATUSES} from '../../../widget/protocol/names.ts';

describe('SPECS', () => {
  it('has a spec under its own name for each field of the protocol', () => {
    expect(Object.keys(SPECS).sort()).to.deep.equal([...FIELD_NAMES].sort());
    for (const name of FIELD_NAMES) expect(SPECS[name].name).to.equal(name);
  });

  it('gives browsers the autofill tokens of a card', () => {
    expect(FIELD_NAMES.map((name) => SPECS[name].autocomplete)).to.deep.equal([
      'cc-number',
      'cc-exp',
      'cc-csc',
    ]);
  });

  it('calls an empty text empty, and nothing else that it shows', () => {
    const context = {brands: [], today: {year: 2026, month: 11}};
    for (const name of FIELD_NAMES) {
      expect(SPECS[name].validate('', context)).to.deep.equal({status: 'empty'});
      expect(SPECS[name].validate('1', context).status).to.equal('incomplete');
    }
  });

  it('takes any text without throwing, keeps the caret inside, and says only what the protocol knows', () => {
    const texts = fc.oneof(fc.string({unit: 'binary'}), fc.stringMatching(/^[0-9 /-]{0,40}$/));
    fc.assert(
      fc.property(texts, fc.nat(60), fc.constantFrom(...FIELD_NAMES), (text, at, name) => {
        const edited = SPECS[name].format(text, Math.min(at, text.length));
        expect(edited.caret).to.be.within(0, edited.text.length);
        expect(edited.text).to.match(/^[0-9 /]{0,40}$/);
        const verdict = SPECS[name].validate(edited.text, {brands: [], today: {year: 2026, month: 11}});
        expect(FIELD_STATUSES).to.include(verdict.status);
        if ('problem' in verdict) expect(FIELD_PROBLEMS[name]).to.include(verdict.problem);
        expect(verdict.status === 'empty').to.equal(edited.text === '');
      }),
    );
  });
});
