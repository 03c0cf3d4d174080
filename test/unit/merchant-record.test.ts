import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {SealedFieldsError} from '../../widget/protocol/errors.ts';
import {keyForShopper, parseRecord, rename, usableKey} from '../../widget/merchant-record.ts';
import {runs} from '../support/properties.ts';

const KEY = {kid: '2026-11', pem: '-----BEGIN PUBLIC KEY-----'};

const valid = (changes: object = {}): object => ({
  id: 'demo',
  origins: ['https://shop.example'],
  keys: [KEY],
  expiry: 'sealed',
  ...changes,
});

/** The error message of `parseRecord` for invalid data. */
function rejectionOf(data: unknown): string {
  try {
    parseRecord(data);
  } catch (error) {
    if (error instanceof SealedFieldsError && error.code === 'config-invalid') return error.message;
    throw error;
  }
  throw new Error('the record was accepted');
}

describe('parseRecord', () => {
  it('fills in defaults', () => {
    assert.deepEqual(parseRecord(valid()), {
      id: 'demo',
      origins: ['https://shop.example'],
      profile: 'paytrace',
      keys: [{...KEY, notBefore: undefined, notAfter: undefined}],
      expiry: 'sealed',
      names: {
        cardNumber: 'encrypted_number',
        securityCode: 'encrypted_csc',
        expirationMonth: 'encrypted_expiration_month',
        expirationYear: 'encrypted_expiration_year',
        routingNumber: 'encrypted_routing_number',
        accountNumber: 'encrypted_account_number',
        accountType: 'account_type',
      },
      reveal: [],
      brands: [],
    });
  });

  it('returns its own result unchanged', () => {
    const record = parseRecord(
      valid({
        names: {cardNumber: 'ccNumber'},
        expiry: 'plain',
        reveal: ['last4'],
        brands: ['visa', 'rupay', 'unknown'],
      }),
    );
    assert.deepEqual(parseRecord(JSON.parse(JSON.stringify(record))), record);
  });

  it('uses names without a prefix for a plaintext expiry', () => {
    const {cardNumber, expirationMonth, expirationYear} = parseRecord(valid({expiry: 'plain'})).names;
    assert.deepEqual(
      [cardNumber, expirationMonth, expirationYear],
      ['encrypted_number', 'expiration_month', 'expiration_year'],
    );
  });

  describe('with the profile jwe', () => {
    it('returns one form value', () => {
      const record = parseRecord(valid({profile: 'jwe'}));
      assert.deepEqual(record.names, {sealed: 'sealed'});
      assert.deepEqual(parseRecord(JSON.parse(JSON.stringify(record))), record);
    });

    it('accepts a name that paytrace uses by default', () => {
      const {names} = parseRecord(valid({profile: 'jwe', names: {sealed: 'encrypted_number'}}));
      assert.deepEqual(names, {sealed: 'encrypted_number'});
    });

    const rejected: [what: string, changes: object, message: RegExp][] = [
      ['a plaintext expiry', {expiry: 'plain'}, /^expiry: expected one of sealed$/],
      [
        'a name for a value that the profile does not have',
        {names: {cardNumber: 'x'}},
        /^names: cardNumber: unknown entry; expected sealed$/,
      ],
      [
        'a reserved name',
        {names: {sealed: 'sealed_id'}},
        /^names: expected every value to have its own name/,
      ],
      ['an empty name', {names: {sealed: ''}}, /^names: sealed: expected a letter/],
    ];
    for (const [what, changes, message] of rejected)
      it(`rejects ${what}`, () => {
        assert.match(rejectionOf(valid({profile: 'jwe', ...changes})), message);
      });

    it('is the only profile with the value sealed', () => {
      assert.match(
        rejectionOf(valid({names: {sealed: 'x'}})),
        /^names: sealed: unknown entry; expected cardNumber/,
      );
    });
  });

  const origins = [
    'https://shop.example',
    'https://pay.shop.example:8443',
    'https://xn--bcher-kva.example',
    'https://192.168.0.5',
    'https://localhost',
    'http://localhost',
    'http://localhost:4100',
    'http://127.0.0.1:4100',
    'http://127.255.0.9',
  ];
  for (const origin of origins)
    it(`accepts the origin ${origin}`, () => {
      assert.deepEqual(parseRecord(valid({origins: [origin]})).origins, [origin]);
    });

  it('accepts an empty list of origins', () => {
    assert.deepEqual(parseRecord(valid({origins: []})).origins, []);
  });

  it('accepts ids of 1 to 64 characters from a-z, 0-9 and hyphen', () => {
    for (const id of ['a', '7', 'shop-2', 'x'.repeat(64)]) assert.equal(parseRecord(valid({id})).id, id);
  });

  const rejected: [entry: string, values: unknown[], message: RegExp][] = [
    [
      'origins',
      [
        ['https://shop.example/'],
        ['https://shop.example/pay'],
        ['https://shop.example?x'],
        ['https://me@shop.example'],
        ['https://SHOP.example'],
        ['https://shop.example:443'],
        ['https://bücher.example'],
        ['https://*.shop.example'],
        ['https://a;b'],
        ['https://a,b'],
        ["https://a'b"],
        ['https://a b'],
        ['https://a\nb'],
        ['https://a_b.example'],
        ['https://256.1.1.1'],
        ['https://'],
        ['https:shop.example'],
        ['http://shop.example'],
        ['http://localhost.example'],
        ['http://127.1'],
        ['http://128.0.0.1'],
        ['http://127.0.0.256'],
        ['http://[::1]:4100'],
        ['https://[2001:db8::1]'],
        ['ws://localhost'],
        ['null'],
        ['*'],
        ["'self'"],
        [''],
        [null],
        [['https://shop.example']],
      ],
      /^origins\[0\]: expected an origin such as https:\/\/shop\.example/,
    ],
    ['origins', [['https://a.example', 'https://b.example/']], /^origins\[1\]: /],
    ['origins', [['https://a.example', 'https://a.example']], /^origins: expected each item once$/],
    ['origins', [undefined, null, {}, 'https://shop.example', {length: 0}], /^origins: expected a list/],
    [
      'id',
      [undefined, null, 7, '', '-a', 'A', 'a_b', 'a/b', 'a b', 'a\n', '..', 'x'.repeat(65)],
      /^id: expected 1 to 64/,
    ],
    ['profile', [null, 'JWE', 'PayTrace', ['paytrace'], 0], /^profile: expected one of paytrace, jwe$/],
    [
      'expiry',
      [undefined, null, true, 'SEALED', 'clear', ['sealed']],
      /^expiry: expected one of sealed, plain$/,
    ],
    ['names', [null, [], 'x', 1], /^names: expected an object$/],
    ['names', [{number: 'x'}, {constructor: 'x'}], /^names: (number|constructor): unknown entry; expected/],
    [
      'names',
      [
        {cardNumber: ''},
        {cardNumber: '1a'},
        {cardNumber: 'a b'},
        {cardNumber: 'a'.repeat(65)},
        {cardNumber: 1},
      ],
      /^names: cardNumber: expected a letter/,
    ],
    [
      'names',
      [
        {cardNumber: 'sealed_id'},
        {cardNumber: 'card_bin'},
        {cardNumber: 'x', securityCode: 'x'},
        {cardNumber: 'encrypted_csc'},
      ],
      /^names: expected every value to have its own name/,
    ],
    [
      'reveal',
      [
        ['bin', 'bin'],
        ['bin', 'last4', 'bin'],
      ],
      /^reveal: expected/,
    ],
    ['reveal', [['last6'], [1]], /^reveal\[0\]: expected one of bin, last4$/],
    ['reveal', ['bin', null, {}], /^reveal: expected a list/],
    ['brands', [['amex'], ['Visa'], [null]], /^brands\[0\]: expected one of visa, /],
    ['brands', [['visa', 'visa']], /^brands: expected each item once$/],
    [
      'keys',
      [undefined, null, {}, Array.from({length: 9}, () => KEY)],
      /^keys: expected a list of at most 8$/,
    ],
    ['keys', [[]], /^keys: expected at least one$/],
    ['keys', [[KEY, KEY]], /^keys: expected each kid once$/],
    ['keys', [[null], ['x'], [[]]], /^keys\[0\]: expected an object$/],
    [
      'keys',
      [[{...KEY, file: 'a.pem'}]],
      /^keys\[0\]: file: unknown entry; expected kid, pem, notBefore, notAfter$/,
    ],
    [
      'keys',
      [
        [{pem: KEY.pem}],
        [{...KEY, kid: ''}],
        [{...KEY, kid: 'a b'}],
        [{...KEY, kid: 'k'.repeat(129)}],
        [{...KEY, kid: 1}],
      ],
      /^keys\[0\]: kid: expected/,
    ],
    [
      'keys',
      [[{kid: 'k'}], [{...KEY, pem: ''}], [{...KEY, pem: 1}], [{...KEY, pem: null}]],
      /^keys\[0\]: pem: expected/,
    ],
    [
      'keys',
      [
        '2026-11-01',
        '2026-11-01T00:00:00',
        '2026-11-01T00:00:00+01:00',
        '2026-11-01T00:00Z',
        '2026-02-30T00:00:00Z',
        '2026-13-01T00:00:00Z',
        '2026-11-01T00:00:00.000Z',
        '+012026-11-01T00:00:00Z',
        'yesterday',
        '',
        1793491200000,
        null,
      ].map((notBefore) => [{...KEY, notBefore}]),
      /^keys\[0\]: notBefore: expected a time in UTC/,
    ],
    ['keys', [[KEY, {...KEY, kid: 'b', notAfter: 'never'}]], /^keys\[1\]: notAfter: expected a time in UTC/],
    ['merchant', ['x'], /^merchant: unknown entry; expected id, origins, /],
  ];
  for (const [entry, values, message] of rejected)
    it(`rejects ${entry} with ${message.source}`, () => {
      for (const value of values)
        assert.match(rejectionOf(valid({[entry]: value})), message, JSON.stringify(value));
    });

  it('rejects anything but a plain object with the required entries', () => {
    for (const data of [undefined, null, 'demo', 7, [], new Map(), Object.create({id: 'demo'})])
      assert.match(
        rejectionOf(data),
        /^(expected an? (plain )?object|origins: expected|id: expected|expiry: expected)/,
      );
  });

  it('rejects an own key __proto__', () => {
    assert.match(
      rejectionOf(JSON.parse('{"__proto__": {"id": "demo"}}')),
      /^__proto__: unknown entry; expected/,
    );
  });

  it('throws no error but config-invalid, for any value of an entry', () => {
    fc.assert(
      fc.property(
        fc.anything(),
        fc.constantFrom('id', 'origins', 'keys', 'names', 'reveal', 'brands', 'x'),
        (value, entry) => {
          try {
            parseRecord(valid({[entry]: value}));
          } catch (error) {
            assert.ok(error instanceof SealedFieldsError && error.code === 'config-invalid');
          }
        },
      ),
      runs(300),
    );
  });

  it('never quotes a PEM in its message', () => {
    for (const key of [
      {...KEY, kid: 'a b', pem: 'SECRET'},
      {kid: 'a', pem: 'SECRET'},
    ])
      assert.ok(!rejectionOf(valid({keys: [key]})).includes('SECRET'));
  });
});

describe('usableKey', () => {
  const NOW = new Date('2026-11-23T12:00:00Z');
  const key = (kid: string, notBefore?: string, notAfter?: string) => ({...KEY, kid, notBefore, notAfter});

  it('returns the valid key with the latest notBefore', () => {
    const keys = [
      key('old', '2025-01-01T00:00:00Z'),
      key('new', '2026-11-01T00:00:00Z'),
      key('always'),
      key('next', '2026-11-23T12:00:01Z'),
      key('past', '2026-11-02T00:00:00Z', '2026-11-23T11:59:59Z'),
    ];
    assert.equal(usableKey(keys, NOW)?.kid, 'new');
    assert.deepEqual(
      keys.map(({kid}) => kid),
      ['old', 'new', 'always', 'next', 'past'],
    );
  });

  it('returns the first of two keys with the same notBefore', () => {
    assert.equal(usableKey([key('one'), key('two')], NOW)?.kid, 'one');
  });

  it('returns undefined if no key is valid within the tolerance', () => {
    const keys = [key('next', '2026-11-23T13:00:00Z')];
    assert.equal(usableKey(keys, NOW), undefined);
    assert.equal(usableKey(keys, NOW, 3_599_999), undefined);
    assert.equal(usableKey(keys, NOW, 3_600_000)?.kid, 'next');
  });
});

describe('keyForShopper', () => {
  const key = (kid: string, notBefore: string, notAfter: string) => ({...KEY, kid, notBefore, notAfter});
  const past = key('past', '2026-01-01T00:00:00Z', '2026-11-21T12:00:00Z');
  const current = key('current', '2026-11-20T00:00:00Z', '2026-12-31T00:00:00Z');
  const at = (keys: (typeof past)[], now: string) => keyForShopper({keys}, new Date(now))?.kid;

  it('prefers a key that is valid by the clock', () => {
    assert.equal(at([past, current], '2026-11-22T00:00:00Z'), 'current');
  });

  it('returns a key up to 48 hours outside its validity period if no other is valid', () => {
    assert.equal(at([past], '2026-11-23T12:00:00Z'), 'past');
    assert.equal(at([past], '2026-11-23T12:00:01Z'), undefined);
    assert.equal(at([past], '2025-12-30T00:00:00Z'), 'past');
    assert.equal(at([past], '2025-12-29T23:59:59Z'), undefined);
  });
});

describe('rename', () => {
  const record = parseRecord(valid({names: {securityCode: 'ccCSC'}}));

  it('overrides names of the record and keeps everything else', () => {
    assert.deepEqual(rename(record, {cardNumber: 'ccNumber'}), {
      ...record,
      names: {...record.names, cardNumber: 'ccNumber'},
    });
  });

  it('rejects the name of another value', () => {
    assert.equal(rename(record, {cardNumber: 'ccCSC'}), undefined);
    assert.equal(rename(record, {cardNumber: 'x', securityCode: 'x'}), undefined);
  });

  it('rejects a name for a value that the profile does not have', () => {
    assert.equal(rename(record, {sealed: 'x'}), undefined);
    const jwe = parseRecord(valid({profile: 'jwe'}));
    assert.deepEqual(rename(jwe, {sealed: 'card'})?.names, {sealed: 'card'});
    assert.equal(rename(jwe, {sealed: 'card', cardNumber: 'x'}), undefined);
  });
});
