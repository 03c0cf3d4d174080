import {expect} from '@open-wc/testing';
import * as fc from 'fast-check';
import {SealedFieldsError} from '../../widget/protocol/errors.ts';
import {parseRecord, rename, usableKey} from '../../widget/record.ts';

const KEY = {kid: '2026-11', pem: '-----BEGIN PUBLIC KEY-----'};

const sound = (changes: object = {}): object => ({
  id: 'demo',
  origins: ['https://shop.example'],
  keys: [KEY],
  expiry: 'sealed',
  ...changes,
});

function refusalOf(data: unknown): string {
  try {
    parseRecord(data);
  } catch (error) {
    if (error instanceof SealedFieldsError && error.code === 'config-invalid') return error.message;
    throw error;
  }
  throw new Error('the record was taken');
}

describe('parseRecord', () => {
  it('fills in what was left out', () => {
    expect(parseRecord(sound())).to.deep.equal({
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

  it('reads its own result to the same', () => {
    const record = parseRecord(
      sound({names: {cardNumber: 'ccNumber'}, expiry: 'plain', reveal: ['last4'], brands: ['visa']}),
    );
    expect(parseRecord(JSON.parse(JSON.stringify(record)))).to.deep.equal(record);
  });

  it('names an expiry in clear by its plain names', () => {
    expect(parseRecord(sound({expiry: 'plain'})).names).to.include({
      cardNumber: 'encrypted_number',
      expirationMonth: 'expiration_month',
      expirationYear: 'expiration_year',
    });
  });

  describe('of the profile jwe', () => {
    it('has one form value', () => {
      const record = parseRecord(sound({profile: 'jwe'}));
      expect(record.names).to.deep.equal({sealed: 'sealed'});
      expect(parseRecord(JSON.parse(JSON.stringify(record)))).to.deep.equal(record);
    });

    it('renames that value, also to what PayTrace calls one of its own', () => {
      const {names} = parseRecord(sound({profile: 'jwe', names: {sealed: 'encrypted_number'}}));
      expect(names).to.deep.equal({sealed: 'encrypted_number'});
    });

    const refused: [what: string, changes: object, message: RegExp][] = [
      ['an expiry in clear', {expiry: 'plain'}, /^expiry: expected one of sealed$/],
      [
        'a name for a value of its own',
        {names: {cardNumber: 'x'}},
        /^names: cardNumber: expected none but sealed$/,
      ],
      [
        'a reserved name',
        {names: {sealed: 'sealed_id'}},
        /^names: expected every value to have its own name/,
      ],
      ['no name', {names: {sealed: ''}}, /^names: sealed: expected a letter/],
    ];
    for (const [what, changes, message] of refused)
      it(`refuses ${what}`, () => {
        expect(refusalOf(sound({profile: 'jwe', ...changes}))).to.match(message);
      });

    it('has no value that the profile paytrace would name', () => {
      expect(refusalOf(sound({names: {sealed: 'x'}}))).to.match(
        /^names: sealed: expected none but cardNumber/,
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
    it(`takes the origin ${origin}`, () => {
      expect(parseRecord(sound({origins: [origin]})).origins).to.deep.equal([origin]);
    });

  it('takes no origin at all, and each id of the form', () => {
    expect(parseRecord(sound({origins: []})).origins).to.deep.equal([]);
    for (const id of ['a', '7', 'shop-2', 'x'.repeat(64)]) expect(parseRecord(sound({id})).id).to.equal(id);
  });

  const refused: [entry: string, values: unknown[], message: RegExp][] = [
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
    ['names', [{number: 'x'}, {constructor: 'x'}], /^names: (number|constructor): expected none but/],
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
    ['brands', [['unknown'], ['Visa'], [null]], /^brands\[0\]: expected one of visa, /],
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
      /^keys\[0\]: file: expected none but kid, pem, notBefore, notAfter$/,
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
    ['merchant', ['x'], /^merchant: expected none but id, origins, /],
  ];
  for (const [entry, values, message] of refused)
    it(`refuses ${entry} with ${message.source}`, () => {
      for (const value of values)
        expect(refusalOf(sound({[entry]: value})), JSON.stringify(value)).to.match(message);
    });

  it('refuses what is no record', () => {
    for (const data of [undefined, null, 'demo', 7, [], new Map(), Object.create({id: 'demo'})])
      expect(refusalOf(data)).to.match(
        /^(expected an? (plain )?object|origins: expected|id: expected|expiry: expected)/,
      );
  });

  it('refuses a key that JSON smuggles past a prototype', () => {
    expect(refusalOf(JSON.parse('{"__proto__": {"id": "demo"}}'))).to.match(/^__proto__: expected none but/);
  });

  it('throws nothing but config-invalid, whatever it is given, and never tells a pem', () => {
    fc.assert(
      fc.property(
        fc.anything(),
        fc.constantFrom('id', 'origins', 'keys', 'names', 'reveal', 'brands', 'x'),
        (value, entry) => {
          try {
            parseRecord(sound({[entry]: value}));
          } catch (error) {
            expect(error).to.be.instanceOf(SealedFieldsError).with.property('code', 'config-invalid');
          }
        },
      ),
    );
    expect(refusalOf(sound({keys: [{...KEY, kid: 'a b', pem: 'SECRET'}]}))).not.to.include('SECRET');
    expect(refusalOf(sound({keys: [{kid: 'a', pem: 'SECRET'}]}))).not.to.include('SECRET');
  });
});

describe('usableKey', () => {
  const NOW = new Date('2026-11-23T12:00:00Z');
  const key = (kid: string, notBefore?: string, notAfter?: string) => ({...KEY, kid, notBefore, notAfter});

  it('is the key in force whose notBefore is latest', () => {
    const keys = [
      key('old', '2025-01-01T00:00:00Z'),
      key('new', '2026-11-01T00:00:00Z'),
      key('always'),
      key('next', '2026-11-23T12:00:01Z'),
      key('past', '2026-11-02T00:00:00Z', '2026-11-23T11:59:59Z'),
    ];
    expect(usableKey(keys, NOW)?.kid).to.equal('new');
    expect(keys.map(({kid}) => kid)).to.deep.equal(['old', 'new', 'always', 'next', 'past']);
  });

  it('is the first of two that began together', () => {
    expect(usableKey([key('one'), key('two')], NOW)?.kid).to.equal('one');
  });

  it('is none where none is in force, by more than the tolerance', () => {
    const keys = [key('next', '2026-11-23T13:00:00Z')];
    expect(usableKey(keys, NOW)).to.be.undefined;
    expect(usableKey(keys, NOW, 3_599_999)).to.be.undefined;
    expect(usableKey(keys, NOW, 3_600_000)?.kid).to.equal('next');
  });
});

describe('rename', () => {
  const record = parseRecord(sound({names: {securityCode: 'ccCSC'}}));

  it('puts a page’s names over those of the record, and leaves the rest', () => {
    expect(rename(record, {cardNumber: 'ccNumber'})).to.deep.equal({
      ...record,
      names: {...record.names, cardNumber: 'ccNumber'},
    });
  });

  it('lets no value lose its name to another', () => {
    expect(rename(record, {cardNumber: 'ccCSC'})).to.equal(undefined);
    expect(rename(record, {cardNumber: 'x', securityCode: 'x'})).to.equal(undefined);
  });

  it('names no value that the profile does not have', () => {
    expect(rename(record, {sealed: 'x'})).to.equal(undefined);
    const jwe = parseRecord(sound({profile: 'jwe'}));
    expect(rename(jwe, {sealed: 'card'})?.names).to.deep.equal({sealed: 'card'});
    expect(rename(jwe, {sealed: 'card', cardNumber: 'x'})).to.equal(undefined);
  });
});
