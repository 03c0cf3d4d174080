import {expect} from '@open-wc/testing';
import * as fc from 'fast-check';
import {encrypt} from '../../../widget/crypto/paytrace.ts';
import * as sealing from '../../../widget/crypto/seal.ts';
import {SealedFieldsError} from '../../../widget/protocol/errors.ts';
import {type MerchantRecord, parseRecord} from '../../../widget/record.ts';
import {makeKey, openAll, publicPem} from './openssl.ts';

const {warm} = sealing;
const ID = '0123456789abcdef0123456789abcdef';
const NOW = new Date('2026-11-23T12:00:00.000Z');
const CARD = {
  cardNumber: '378282246310005',
  securityCode: '1234',
  expiry: {month: '12', year: '2031'},
} satisfies sealing.SealableValues;

/** By the cipher of `paytrace`, which has tests of its own, as `jwe` has. */
function seal(values: sealing.SealableValues, by: MerchantRecord, now = NOW) {
  return sealing.seal(encrypt, values, by, {id: ID, origin: 'https://shop.example'}, now);
}

describe('seal', () => {
  let pem = '';
  let otherPem = '';

  before(async () => {
    pem = await publicPem();
    otherPem = (await makeKey('-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048')).publicPem;
  });

  const record = (changes: object = {}): MerchantRecord =>
    parseRecord({id: 'demo', origins: [], keys: [{kid: '2026-11', pem}], expiry: 'sealed', ...changes});

  async function refusalOf(
    values: sealing.SealableValues,
    by: MerchantRecord,
    now = NOW,
  ): Promise<SealedFieldsError> {
    const outcome: unknown = await seal(values, by, now).catch((error: unknown) => error);
    if (outcome instanceof SealedFieldsError) return outcome;
    throw outcome instanceof Error ? outcome : new Error('the values were sealed');
  }

  it('makes one envelope of a card that OpenSSL reads', async () => {
    const {values, ...rest} = await seal(CARD, record());
    expect(rest).to.deep.equal({keyId: '2026-11', id: ID, sealedAt: '2026-11-23T12:00:00.000Z'});
    const names = [
      'encrypted_number',
      'encrypted_csc',
      'encrypted_expiration_month',
      'encrypted_expiration_year',
    ];
    expect(values).to.have.all.keys(names);
    const plain = await openAll(names.map((name) => values[name] ?? ''));
    expect(plain).to.deep.equal(['378282246310005', '1234', '12', '2031']);
  });

  it('seals a security code alone', async () => {
    const {values} = await seal({securityCode: '000'}, record());
    expect(values).to.have.all.keys('encrypted_csc');
    expect(await openAll([values['encrypted_csc'] ?? ''])).to.deep.equal(['000']);
  });

  describe('refuses what no gateway could read', () => {
    const unreadable: [what: string, values: object][] = [
      ['an empty number', {cardNumber: ''}],
      ['full-width digits', {cardNumber: '４１１１１１１１１１１１１１１１'}],
      ['Arabic digits', {cardNumber: '٤١١١١١١١١١١١١١١١'}],
      ['one foreign digit', {cardNumber: '411111111111111１'}],
      ['spaces', {cardNumber: '4111 1111 1111 1111'}],
      ['a space behind', {cardNumber: '4111111111111111 '}],
      ['a line break behind', {cardNumber: '4111111111111111\n'}],
      ['hyphens', {cardNumber: '4111-1111-1111-1111'}],
      ['twenty digits', {cardNumber: '41111111111111111111'}],
      ['eleven digits', {cardNumber: '41111111111'}],
      ['a zero character', {cardNumber: '4111111111111111\0'}],
      ['an empty code', {securityCode: ''}],
      ['a code of five', {securityCode: '12345'}],
      ['a code of letters', {securityCode: 'abc'}],
      ['a foreign code', {securityCode: '１２３'}],
      ['a month 0', {expiry: {month: '00', year: '2031'}}],
      ['a month 13', {expiry: {month: '13', year: '2031'}}],
      ['a month of one digit', {expiry: {month: '1', year: '2031'}}],
      ['a year of two digits', {expiry: {month: '12', year: '31'}}],
      ['an empty year', {expiry: {month: '12', year: ''}}],
    ];
    for (const [what, values] of unreadable)
      it(what, async () => {
        expect((await refusalOf({...CARD, ...values}, record())).code).to.equal('seal-failed');
      });

    it('whatever is no number, and never tells it', async () => {
      const withKey = record();
      await fc.assert(
        fc.asyncProperty(fc.string({minLength: 3, unit: 'binary'}), async (text) => {
          fc.pre(!/^[0-9]{12,19}$/.test(text) && !/^[a-zA-Z :]*$/.test(text));
          const {code, message, hint, cause} = await refusalOf({cardNumber: text}, withKey);
          expect(code).to.equal('seal-failed');
          expect(`${message}${hint}${String(cause)}`).not.to.include(text);
        }),
      );
    });
  });

  describe('takes the newest usable key', () => {
    const key = (kid: string, notBefore?: string, notAfter?: string) => ({kid, pem, notBefore, notAfter});
    const table: [what: string, keys: () => object[], kid: string][] = [
      ['the later of two', () => [key('a', '2026-01-01T00:00:00Z'), key('b', '2026-11-01T00:00:00Z')], 'b'],
      ['in any order', () => [key('b', '2026-11-01T00:00:00Z'), key('a', '2026-01-01T00:00:00Z')], 'b'],
      ['a dated one before an undated', () => [key('a'), key('b', '2026-11-01T00:00:00Z')], 'b'],
      [
        'not one that is past',
        () => [key('a'), key('b', '2026-11-01T00:00:00Z', '2026-11-22T00:00:00Z')],
        'a',
      ],
      ['not one that begins tomorrow', () => [key('a'), key('b', '2026-11-24T00:00:00Z')], 'a'],
      ['one that begins this second', () => [key('a'), key('b', '2026-11-23T12:00:00Z')], 'b'],
      ['one that ends this second', () => [key('a', undefined, '2026-11-23T12:00:00Z')], 'a'],
      ['one that begins in 48 hours, if it is alone', () => [key('a', '2026-11-25T12:00:00Z')], 'a'],
      [
        'one that ended 48 hours ago, if it is alone',
        () => [key('a', undefined, '2026-11-21T12:00:00Z')],
        'a',
      ],
    ];
    for (const [what, keys, kid] of table)
      it(what, async () => {
        expect((await seal(CARD, record({keys: keys()}))).keyId).to.equal(kid);
      });

    it('and seals with that one, not the other', async () => {
      const keys = [
        {kid: 'a', pem: otherPem, notBefore: '2026-01-01T00:00:00Z'},
        {kid: 'b', pem, notBefore: '2026-11-01T00:00:00Z'},
      ];
      const {values} = await seal({securityCode: '737'}, record({keys}));
      expect(await openAll([values['encrypted_csc'] ?? ''])).to.deep.equal(['737']);
    });

    it('or throws key-expired', async () => {
      for (const out of [{notBefore: '2026-11-25T12:00:01Z'}, {notAfter: '2026-11-21T11:59:59Z'}]) {
        const expired = record({keys: [{kid: 'a', pem, ...out}]});
        expect((await refusalOf(CARD, expired)).code).to.equal('key-expired');
      }
    });
  });

  it('throws what the gate says of a key', async () => {
    const keys = (text: string) => ({keys: [{kid: 'a', pem: text}]});
    expect((await refusalOf(CARD, record(keys(`${pem}x`)))).code).to.equal('key-invalid');
    expect((await refusalOf(CARD, record(keys('-----BEGIN PRIVATE KEY-----')))).code).to.equal(
      'private-key-supplied',
    );
  });

  it('throws no-secure-random where the browser has none, and seals nothing', async () => {
    Object.defineProperty(crypto, 'getRandomValues', {value: undefined, configurable: true});
    try {
      expect((await refusalOf(CARD, record())).code).to.equal('no-secure-random');
    } finally {
      Reflect.deleteProperty(crypto, 'getRandomValues');
    }
  });

  it('throws seal-failed with its cause for what nobody foresaw', async () => {
    const {code, message, cause} = await refusalOf(CARD, record(), new Date(NaN));
    expect(code).to.equal('seal-failed');
    expect(message).to.equal('the values could not be sealed');
    expect(cause).to.be.instanceOf(RangeError);
  });

  describe('reveals', () => {
    const table: [reveal: string[], number: string, shown: object][] = [
      [[], '4111111111111111', {}],
      [['bin'], '4111111111111111', {card_bin: '411111'}],
      [['last4'], '4111111111111111', {card_last4: '1111'}],
      [['bin', 'last4'], '6304000000000000000', {card_bin: '630400', card_last4: '0000'}],
      [['bin', 'last4'], '378282246310005', {card_bin: '378282', card_last4: '0005'}],
      [['bin', 'last4'], '30569309025904', {card_last4: '5904'}],
    ];
    for (const [reveal, cardNumber, shown] of table)
      it(`${reveal.join(' and ') || 'nothing'} of ${cardNumber.length} digits: ${JSON.stringify(shown)}`, async () => {
        const {values} = await seal({cardNumber}, record({reveal}));
        const {encrypted_number: sealed, ...rest} = values;
        expect(sealed).to.have.length(344);
        expect(rest).to.deep.equal(shown);
      });

    it('nothing where there is no number', async () => {
      const {values} = await seal({securityCode: '123'}, record({reveal: ['bin', 'last4']}));
      expect(values).to.have.all.keys('encrypted_csc');
    });
  });

  describe('warm', () => {
    it('throws what sealing would', async () => {
      const keys = (key: object) => record({keys: [{kid: 'a', pem, ...key}]});
      const codeOf = async (by: MerchantRecord) => {
        const outcome: unknown = await warm(encrypt, by, NOW).catch((error: unknown) => error);
        return outcome instanceof SealedFieldsError ? outcome.code : outcome;
      };
      expect(await codeOf(keys({pem: 'x'.padStart(9, '-')}))).to.equal('key-invalid');
      expect(await codeOf(keys({notAfter: '2020-01-01T00:00:00Z'}))).to.equal('key-expired');
    });

    it('encrypts once', async () => {
      const original = crypto.getRandomValues.bind(crypto);
      let draws = 0;
      const counting = (bytes: Uint8Array<ArrayBuffer>) => {
        draws += 1;
        return original(bytes);
      };
      Object.defineProperty(crypto, 'getRandomValues', {value: counting, configurable: true});
      try {
        await warm(encrypt, record(), NOW);
      } finally {
        Reflect.deleteProperty(crypto, 'getRandomValues');
      }
      expect(draws).to.be.greaterThan(0);
    });
  });
});
