import assert from 'node:assert/strict';
import {createPrivateKey} from 'node:crypto';
import {before, describe, it} from 'node:test';
import fc from 'fast-check';
import {createJweOpener, createOpener} from '../../../demo/gateway/open-envelope.ts';
import type {SealableValues} from '../../../widget/seal/seal.ts';
import {SPECS} from '../../../widget/fields/specs.ts';
import {edit, findFaults, startForm} from '../../../widget/form/state.ts';
import {parseEnvelope} from '../../../widget/protocol/envelope.ts';
import type {SealedFieldsError} from '../../../widget/protocol/errors.ts';
import type {FieldName, Profile} from '../../../widget/protocol/names.ts';
import {type MerchantRecord, parseRecord} from '../../../widget/merchant-record.ts';
import {makeKeyPair, open, sharedKeyPair} from '../../support/openssl.ts';
import {anyText, runs} from '../../support/properties.ts';
import {type SealingBuild, sealingBuild} from '../../support/sealing-build.ts';
import {formController} from '../form/form-controller.ts';
import {withCrypto} from './with-crypto.ts';

const ID = '0123456789abcdef0123456789abcdef';
const SUBMISSION = {id: ID, origin: 'https://shop.example'};
const NOW = new Date('2026-11-23T12:00:00.000Z');
const CARD = {
  cardNumber: '378282246310005',
  securityCode: '1234',
  expiry: {month: '12', year: '2031'},
} satisfies SealableValues;

describe('sealValues', () => {
  const {publicPem: pem, privatePem} = sharedKeyPair();
  let build = {} as SealingBuild;
  before(async () => {
    build = await sealingBuild();
  });

  /** Seals with the profile `paytrace`. */
  const seal = (values: SealableValues, by: MerchantRecord, now = NOW) =>
    build.sealValues(build.encryptPaytrace, values, by, SUBMISSION, now);

  const record = (changes: object = {}): MerchantRecord =>
    parseRecord({id: 'demo', origins: [], keys: [{kid: '2026-11', pem}], expiry: 'sealed', ...changes});

  /** The error for these values. */
  async function rejectionOf(
    values: SealableValues,
    by: MerchantRecord,
    now = NOW,
  ): Promise<SealedFieldsError> {
    try {
      await seal(values, by, now);
    } catch (error) {
      return error as SealedFieldsError;
    }
    return assert.fail('the values were sealed');
  }

  it('encrypts a card into one envelope that OpenSSL decrypts', async () => {
    const {values, ...rest} = await seal(CARD, record());
    assert.deepEqual(rest, {keyId: '2026-11', id: ID, sealedAt: '2026-11-23T12:00:00.000Z'});
    assert.deepEqual(Object.keys(values).sort(), [
      'encrypted_csc',
      'encrypted_expiration_month',
      'encrypted_expiration_year',
      'encrypted_number',
    ]);
    const ciphertexts = Object.keys(values)
      .sort()
      .map((name) => values[name] ?? '');
    assert.deepEqual(open(ciphertexts, privatePem), ['1234', '12', '2031', '378282246310005']);
  });

  it('encrypts a security code alone', async () => {
    const {values} = await seal({securityCode: '000'}, record());
    assert.deepEqual(Object.keys(values), ['encrypted_csc']);
    assert.deepEqual(open([values['encrypted_csc'] ?? ''], privatePem), ['000']);
  });

  describe('with values that no gateway accepts', () => {
    const unreadable: [what: string, values: object][] = [
      ['an empty number', {cardNumber: ''}],
      ['full-width digits', {cardNumber: '４１１１１１１１１１１１１１１１'}],
      ['Arabic digits', {cardNumber: '٤١١١١١١١١١١١١١١١'}],
      ['one full-width digit', {cardNumber: '411111111111111１'}],
      ['spaces', {cardNumber: '4111 1111 1111 1111'}],
      ['a trailing space', {cardNumber: '4111111111111111 '}],
      ['a trailing line break', {cardNumber: '4111111111111111\n'}],
      ['hyphens', {cardNumber: '4111-1111-1111-1111'}],
      ['twenty digits', {cardNumber: '41111111111111111111'}],
      ['eleven digits', {cardNumber: '41111111111'}],
      ['a zero character', {cardNumber: '4111111111111111\0'}],
      ['an empty code', {securityCode: ''}],
      ['a code of five digits', {securityCode: '12345'}],
      ['a code of letters', {securityCode: 'abc'}],
      ['a code in full-width digits', {securityCode: '１２３'}],
      ['a month 0', {expiry: {month: '00', year: '2031'}}],
      ['a month 13', {expiry: {month: '13', year: '2031'}}],
      ['a month of one digit', {expiry: {month: '1', year: '2031'}}],
      ['a year of two digits', {expiry: {month: '12', year: '31'}}],
      ['an empty year', {expiry: {month: '12', year: ''}}],
    ];
    for (const [what, values] of unreadable)
      it(`rejects ${what}`, async () => {
        assert.equal((await rejectionOf({...CARD, ...values}, record())).code, 'seal-failed');
      });

    it('rejects any text that is not a card number, without quoting it', async () => {
      const withKey = record();
      await fc.assert(
        fc.asyncProperty(anyText(40), async (text) => {
          fc.pre(text.length > 2 && !/^[0-9]{12,19}$/.test(text) && !/^[a-zA-Z :]*$/.test(text));
          const {code, message, hint, cause} = await rejectionOf({cardNumber: text}, withKey);
          assert.equal(code, 'seal-failed');
          assert.ok(!`${message}${hint}${String(cause)}`.includes(text));
        }),
        runs(),
      );
    });
  });

  describe('with several keys', () => {
    const key = (kid: string, notBefore?: string, notAfter?: string) => ({kid, pem, notBefore, notAfter});
    const table: [what: string, keys: () => object[], kid: string][] = [
      [
        'uses the one with the later notBefore',
        () => [key('a', '2026-01-01T00:00:00Z'), key('b', '2026-11-01T00:00:00Z')],
        'b',
      ],
      [
        'uses it in any order of the keys',
        () => [key('b', '2026-11-01T00:00:00Z'), key('a', '2026-01-01T00:00:00Z')],
        'b',
      ],
      [
        'prefers a key with notBefore to a key without',
        () => [key('a'), key('b', '2026-11-01T00:00:00Z')],
        'b',
      ],
      [
        'does not use an expired key',
        () => [key('a'), key('b', '2026-11-01T00:00:00Z', '2026-11-22T00:00:00Z')],
        'a',
      ],
      [
        'does not use a key that is valid from tomorrow',
        () => [key('a'), key('b', '2026-11-24T00:00:00Z')],
        'a',
      ],
      ['uses a key that is valid from this second', () => [key('a'), key('b', '2026-11-23T12:00:00Z')], 'b'],
      [
        'uses a key that is valid until this second',
        () => [key('a', undefined, '2026-11-23T12:00:00Z')],
        'a',
      ],
      ['uses the only key if it is valid from 48 hours later', () => [key('a', '2026-11-25T12:00:00Z')], 'a'],
      [
        'uses the only key if it expired 48 hours ago',
        () => [key('a', undefined, '2026-11-21T12:00:00Z')],
        'a',
      ],
    ];
    for (const [what, keys, kid] of table)
      it(what, async () => {
        assert.equal((await seal(CARD, record({keys: keys()}))).keyId, kid);
      });

    it('encrypts with the selected key', async () => {
      const keys = [
        {kid: 'a', pem: makeKeyPair().publicPem, notBefore: '2026-01-01T00:00:00Z'},
        {kid: 'b', pem, notBefore: '2026-11-01T00:00:00Z'},
      ];
      const {values} = await seal({securityCode: '737'}, record({keys}));
      assert.deepEqual(open([values['encrypted_csc'] ?? ''], privatePem), ['737']);
    });

    it('rejects with key-expired if no key is usable', async () => {
      for (const out of [{notBefore: '2026-11-25T12:00:01Z'}, {notAfter: '2026-11-21T11:59:59Z'}]) {
        const expired = record({keys: [{kid: 'a', pem, ...out}]});
        assert.equal((await rejectionOf(CARD, expired)).code, 'key-expired');
      }
    });
  });

  it('rejects with the error of the key gate', async () => {
    const keys = (text: string) => ({keys: [{kid: 'a', pem: text}]});
    assert.equal((await rejectionOf(CARD, record(keys(`${pem}x`)))).code, 'key-invalid');
    assert.equal(
      (await rejectionOf(CARD, record(keys('-----BEGIN PRIVATE KEY-----')))).code,
      'private-key-supplied',
    );
  });

  it('rejects with no-secure-random if the browser has no random generator', async () => {
    await withCrypto('getRandomValues', undefined, async () => {
      assert.equal((await rejectionOf(CARD, record())).code, 'no-secure-random');
    });
  });

  it('rejects with seal-failed and the cause on an unexpected error', async () => {
    const {code, message, cause} = await rejectionOf(CARD, record(), new Date(NaN));
    assert.equal(code, 'seal-failed');
    assert.equal(message, 'the values could not be sealed');
    assert.ok(cause instanceof RangeError);
  });

  describe('with a record that reveals digits', () => {
    const table: [reveal: string[], number: string, shown: object][] = [
      [[], '4111111111111111', {}],
      [['bin'], '4111111111111111', {card_bin: '411111'}],
      [['last4'], '4111111111111111', {card_last4: '1111'}],
      [['bin', 'last4'], '6304000000000000000', {card_bin: '630400', card_last4: '0000'}],
      [['bin', 'last4'], '378282246310005', {card_bin: '378282', card_last4: '0005'}],
      [['bin', 'last4'], '30569309025904', {card_last4: '5904'}],
    ];
    for (const [reveal, cardNumber, shown] of table)
      it(`returns ${JSON.stringify(shown)} of ${cardNumber.length} digits for ${reveal.join(' and ') || 'no reveal'}`, async () => {
        const {values} = await seal({cardNumber}, record({reveal}));
        const {encrypted_number: sealed, ...rest} = values;
        assert.equal(sealed?.length, 344);
        assert.deepEqual(rest, shown);
      });

    it('reveals nothing without a card number', async () => {
      const {values} = await seal({securityCode: '123'}, record({reveal: ['bin', 'last4']}));
      assert.deepEqual(Object.keys(values).sort(), ['encrypted_csc'].sort());
    });
  });

  describe('warmUp', () => {
    const warmUp = (by: MerchantRecord) => build.warmUp(build.encryptPaytrace, by, NOW);

    it('rejects with the errors of sealValues', async () => {
      const keys = (key: object) => record({keys: [{kid: 'a', pem, ...key}]});
      await assert.rejects(warmUp(keys({pem: '--------x'})), {code: 'key-invalid'});
      await assert.rejects(warmUp(keys({notAfter: '2020-01-01T00:00:00Z'})), {code: 'key-expired'});
    });

    it('encrypts a dummy value', async () => {
      const original = crypto.getRandomValues.bind(crypto);
      const draws: number[] = [];
      const count = (bytes: Uint8Array<ArrayBuffer>) => {
        draws.push(bytes.length);
        return original(bytes);
      };
      await withCrypto('getRandomValues', count, () => warmUp(record()));
      assert.ok(draws.length > 0);
    });
  });
});

// ---- from entered texts to decrypted values ------------------------------------------------------------

const SEPARATORS = fc.constantFrom('', '', '', ' ', '-', '\u00a0', '\u200b', '–');
/** Zeros of the scripts that keyboards can enter. */
const ZEROS = fc.constantFrom('0', '0', '0', '０', '٠', '۰', '०');

/** The same digits with separators between them, and sometimes in another script. */
const withSeparators = (digits: string) =>
  fc
    .tuple(ZEROS, fc.array(SEPARATORS, {minLength: digits.length, maxLength: digits.length}))
    .map(([zero, gaps]) =>
      Array.from(
        digits,
        (digit, at) => String.fromCodePoint((zero.codePointAt(0) ?? 0) + Number(digit)) + (gaps[at] ?? ''),
      ).join(''),
    );

const digitString = (minLength: number, maxLength = minLength) =>
  fc.array(fc.nat(9), {minLength, maxLength}).map((digits) => digits.join(''));

/** Appends the check digit that makes the weighted sum of all digits a multiple of ten. */
const withCheckDigit = (digits: string, weighted: (digit: number, fromRight: number) => number) => {
  const sum = Array.from(digits).reduce(
    (total, digit, at) => total + weighted(Number(digit), digits.length - at),
    0,
  );
  return `${digits}${(10 - (sum % 10)) % 10}`;
};

/** Weights of the Luhn check (ISO/IEC 7812-1, annex B). */
const luhn = (digit: number, fromRight: number) =>
  fromRight % 2 === 0 ? digit : 2 * digit - (digit > 4 ? 9 : 0);
/** Weights of the ABA checksum: 3, 7, 1 from the left; the check digit has weight 1. */
const aba = (digit: number, fromRight: number) => digit * ([1, 7, 3][fromRight % 3] ?? 0);

interface Entered {
  text: string;
  value: string;
}

const entered = (value: fc.Arbitrary<string>) =>
  value.chain((digits) => withSeparators(digits).map((text): Entered => ({text, value: digits})));

const CARDS = fc.record({
  cardNumber: entered(digitString(14).map((rest) => withCheckDigit(`4${rest}`, luhn))),
  expiry: fc
    .tuple(
      fc.integer({min: 1, max: 12}),
      fc.integer({min: 2027, max: 2045}),
      fc.boolean(),
      fc.constantFrom(' / ', '/', '-', ''),
    )
    .map(([month, year, isLong, between]): Entered => {
      const padded = `${month}`.padStart(2, '0');
      return {text: `${padded}${between}${isLong ? year : year % 100}`, value: `${padded}${year}`};
    }),
  securityCode: entered(digitString(3)),
});

const ACCOUNTS = fc.record({
  routingNumber: entered(
    fc
      .tuple(fc.integer({min: 1, max: 12}), digitString(6))
      .map(([district, rest]) => withCheckDigit(`${district}`.padStart(2, '0') + rest, aba)),
  ),
  accountNumber: entered(digitString(4, 17)),
  accountType: fc.constantFrom('checking', 'savings').map((word): Entered => ({text: word, value: word})),
});

describe('sealForm', () => {
  const {publicPem, privatePem} = sharedKeyPair();
  const openPaytrace = createOpener(privatePem);
  const openJwe = createJweOpener(new Map([['run', createPrivateKey(privatePem)]]));

  /** Enters the values into a form, seals it and decrypts the envelope as the gateway does. */
  async function sealAndOpen(values: Readonly<Record<string, Entered>>, profile: Profile): Promise<object> {
    const {EncryptionCode, sealForm} = await sealingBuild();
    const names = Object.keys(values) as FieldName[];
    const state = names.reduce(
      (form, name) => {
        const {text} = values[name] ?? {text: ''};
        return edit(form, name, SPECS[name].choices ? text : SPECS[name].format(text, text.length).text);
      },
      startForm(names, [], () => ({year: 2026, month: 11})),
    );
    assert.deepEqual(findFaults(state), []);
    const record = parseRecord({
      id: 'demo',
      origins: [],
      profile,
      expiry: 'sealed',
      keys: [{kid: 'run', pem: publicPem}],
    });
    const form = formController(state);
    const result = await sealForm(form, record, SUBMISSION, new EncryptionCode(profile));
    assert.ok('envelope' in result);
    assert.equal(form.state.outcome, 'sealed');
    const {values: sealed} = parseEnvelope(result.envelope);
    if (profile === 'jwe') {
      const {fields} = JSON.parse(openJwe(sealed['sealed'] ?? '') ?? '{}') as {
        fields: Record<string, string>;
      };
      return fields;
    }
    const opened = Object.entries(sealed).map(([name, value]) => [
      PAYTRACE_NAMES[name],
      name === 'account_type' ? value : openPaytrace(value),
    ]);
    return Object.fromEntries(opened) as object;
  }

  for (const profile of ['paytrace', 'jwe'] as const) {
    it(`seals an entered card so that the gateway decrypts it, with the profile ${profile}`, async () => {
      await fc.assert(
        fc.asyncProperty(CARDS, async ({cardNumber, expiry, securityCode}) => {
          assert.deepEqual(await sealAndOpen({cardNumber, expiry, securityCode}, profile), {
            cardNumber: cardNumber.value,
            securityCode: securityCode.value,
            expirationMonth: expiry.value.slice(0, 2),
            expirationYear: expiry.value.slice(2),
          });
        }),
        runs(50),
      );
    });

    it(`seals an entered bank account so that the gateway decrypts it, with the profile ${profile}`, async () => {
      await fc.assert(
        fc.asyncProperty(ACCOUNTS, async ({routingNumber, accountNumber, accountType}) => {
          const account = {
            routingNumber,
            accountNumber,
            accountNumberConfirmation: accountNumber,
            accountType,
          };
          assert.deepEqual(await sealAndOpen(account, profile), {
            routingNumber: routingNumber.value,
            accountNumber: accountNumber.value,
            accountType: accountType.value,
          });
        }),
        runs(50),
      );
    });
  }
});

const PAYTRACE_NAMES: Readonly<Record<string, string>> = {
  encrypted_number: 'cardNumber',
  encrypted_csc: 'securityCode',
  encrypted_expiration_month: 'expirationMonth',
  encrypted_expiration_year: 'expirationYear',
  encrypted_routing_number: 'routingNumber',
  encrypted_account_number: 'accountNumber',
  account_type: 'accountType',
};
