import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {securityCode} from '../../../widget/fields/security-code.ts';
import {type Brand, BRANDS} from '../../../widget/protocol/names.ts';

function statusOf(text: string, brand?: Brand) {
  return securityCode.validate(text, {brand, brands: [], today: {year: 2026, month: 11}}).status;
}

describe('securityCode.format', () => {
  const rows = [
    ['|', '|'],
    ['1|', '1|'],
    ['1|23', '1|23'],
    ['12 3|', '123|'],
    ['1a|2', '1|2'],
    ['１２३|', '123|'],
    ['𝟗|𝟖𝟕', '9|87'],
    ['12345|', '12345|'],
    ['1234567|', '123456|'],
    ['abc|', '|'],
  ] as const;
  for (const [typed, shown] of rows)
    it(`shows ${typed} as ${shown}`, () => {
      const {text, caret} = securityCode.format(typed.replace('|', ''), typed.indexOf('|'));
      expect(`${text.slice(0, caret)}|${text.slice(caret)}`).to.equal(shown);
    });

  it('keeps all digits in order up to six, and changes nothing when it formats twice', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9 /x]{0,12}$/), fc.nat(12), (text, at) => {
        const caret = Math.min(at, text.length);
        const once = securityCode.format(text, caret);
        expect(once.text).to.equal(text.replace(/[ /x]/g, '').slice(0, 6));
        expect(once.text.slice(0, once.caret)).to.equal(
          text.slice(0, caret).replace(/[ /x]/g, '').slice(0, 6),
        );
        expect(securityCode.format(once.text, once.caret)).to.deep.equal(once);
      }),
    );
  });
});

describe('securityCode.validate', () => {
  /** By the number of digits, from none to five. */
  const THREE = ['empty', 'incomplete', 'incomplete', 'valid', 'invalid', 'invalid'];
  const FOUR = ['empty', 'incomplete', 'incomplete', 'incomplete', 'valid', 'invalid'];
  const EITHER = ['empty', 'incomplete', 'incomplete', 'valid', 'valid', 'invalid'];

  for (const brand of [undefined, ...BRANDS]) {
    const expected =
      brand === 'american-express' ? FOUR : brand === undefined || brand === 'unknown' ? EITHER : THREE;
    it(`judges no to five digits on ${brand ?? 'a card not yet known'} as ${expected.join(', ')}`, () => {
      expect(expected.map((_, length) => statusOf('12345'.slice(0, length), brand))).to.deep.equal(expected);
    });
  }

  it('reads the digits of other scripts', () => {
    expect(statusOf('１２३', 'visa')).to.equal('valid');
    expect(statusOf('١٢٣٤', 'american-express')).to.equal('valid');
  });

  it('names the problem by the status', () => {
    const context = {brands: [], today: {year: 2026, month: 11}};
    expect(securityCode.validate('1', context)).to.deep.equal({status: 'incomplete', problem: 'incomplete'});
    expect(securityCode.validate('12345', context)).to.deep.equal({status: 'invalid', problem: 'invalid'});
  });
});
