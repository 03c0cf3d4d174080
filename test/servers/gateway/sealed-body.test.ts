import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {fingerprint} from '../../../widget/publish/source.ts';
import {type JweOptions, sealJwe} from '../../support/openssl.ts';
import {countDecryptions} from './count-decryptions.ts';
import {
  badRequest,
  bodyOf,
  CHECK,
  CHECK_SALE,
  CUSTOMER,
  CUSTOMER_SALE,
  errorsOf,
  KEYED_SALE,
  NOON,
  openSandbox,
  PLAIN_SALE,
  sealedSale,
} from './sandbox.ts';

const {credit_card: card, csc, ...ORDER} = PLAIN_SALE;
const FIELDS = {
  cardNumber: card.number,
  expirationMonth: card.expiration_month,
  expirationYear: card.expiration_year,
  securityCode: csc,
};
const BANK = {routingNumber: '325070760', accountNumber: '0012345678', accountType: 'checking'};

/** A submission id. */
const id = (count: number) => count.toString(16).padStart(32, '0');

/** A gateway with one merchant, and a function that seals for it. */
function open() {
  const sandbox = openSandbox({merchants: {demo: ['https://shop.example']}});
  let ids = 0;
  const seal = (fields: object, payload: object = {}, header: object = {}, options: JweOptions = {}) => {
    ids += 1;
    const claims = {v: 1, merchant: 'demo', origin: 'https://shop.example', iat: NOON / 1000, jti: id(ids)};
    return sealJwe(JSON.stringify({...claims, fields, ...payload}), sandbox.pair.publicKeyPem, {
      header: {alg: 'RSA-OAEP-256', enc: 'A256GCM', kid: '2026-11', ...header},
      ...options,
    });
  };
  return {...sandbox, seal};
}

describe('a sale with `sealed`', () => {
  it('gets the same response as one with separately sealed values', async () => {
    const {sell, seal} = open();
    const answer = bodyOf(await sell({...ORDER, sealed: seal(FIELDS)}));
    assert.deepEqual(
      [answer['success'], answer['response_code'], answer['masked_card_number'], answer['csc_response']],
      [true, 101, 'xxxxxxxxxxxx5439', 'Match'],
    );
  });

  it('is approved again with a new envelope of the same card', async () => {
    const {sell, seal} = open();
    for (let times = 0; times < 2; times += 1)
      assert.equal((await sell({...ORDER, sealed: seal(FIELDS)})).statusCode, 200);
    for (let times = 0; times < 2; times += 1)
      assert.equal((await sell({amount: 1, sealed: seal(BANK)}, CHECK_SALE)).statusCode, 200);
  });

  it('may name the key by its SHA-256', async () => {
    const {sell, seal, pair} = open();
    const kid = fingerprint(pair.publicKeyPem);
    assert.equal((await sell({...ORDER, sealed: seal(FIELDS, {}, {kid})})).statusCode, 200);
  });

  it('is treated as one without it if `sealed` is null', async () => {
    const {sell, pair} = open();
    for (const sale of [PLAIN_SALE, sealedSale(pair)])
      assert.equal(bodyOf(await sell({...sale, sealed: null}))['csc_response'], 'Match');
  });

  it('may also have card details that are null', async () => {
    const {sell, seal} = open();
    const sale = {...ORDER, sealed: seal(FIELDS), credit_card: null, csc: null};
    assert.equal((await sell(sale)).statusCode, 200);
  });

  it('validates the decrypted values like any others', async () => {
    const {sell, seal} = open();
    const wrong = await sell({...ORDER, sealed: seal({...FIELDS, cardNumber: '4012000098765438'})});
    assert.deepEqual([wrong.statusCode, errorsOf(wrong)], [400, ['35']]);
    const month = await sell({...ORDER, sealed: seal({...FIELDS, expirationMonth: '13'})});
    assert.deepEqual(errorsOf(month), ['43']);
    const code = bodyOf(await sell({...ORDER, sealed: seal({...FIELDS, securityCode: '998'})}));
    assert.equal(code['csc_response'], 'No Match');
  });

  it('may have several envelopes of one submission', async () => {
    const {sell, seal} = open();
    const {securityCode, ...rest} = FIELDS;
    const sealed = [seal(rest, {jti: id(0)}), seal({securityCode}, {jti: id(0)})];
    assert.equal(bodyOf(await sell({...ORDER, sealed}))['csc_response'], 'Match');
  });

  it('pays with a card on file and its code', async () => {
    const {sell, seal} = open();
    const sale = {...ORDER, customer_id: 'isoline-1', sealed: seal({securityCode: '999'})};
    assert.equal(bodyOf(await sell(sale, CUSTOMER_SALE))['csc_response'], 'Match');
    assert.deepEqual(errorsOf(await sell(sale, CUSTOMER_SALE)), ['csc'], 'a replay');
  });

  it('pays with a bank account', async () => {
    const {sell, seal} = open();
    assert.equal(bodyOf(await sell({amount: '1.00', sealed: seal(BANK)}, CHECK_SALE))['response_code'], 120);
    const again = await sell({amount: '1.00', sealed: 'x'}, CHECK_SALE);
    assert.deepEqual(errorsOf(again), ['45', '46']);
  });

  describe('that is rejected', () => {
    type Seal = ReturnType<typeof open>['seal'];
    const RSA1_5 = {padding: ['rsa_padding_mode:pkcs1']};
    const faults: [what: string, sale: (seal: Seal) => object][] = [
      ['words', () => ({sealed: 'words'})],
      ['nothing', () => ({sealed: ''})],
      ['a list that holds null', () => ({sealed: [null]})],
      ['a number', () => ({sealed: 1})],
      ['an empty list', () => ({sealed: []})],
      ['a list with something else in it', (seal) => ({sealed: [seal(FIELDS), 1]})],
      ['nine envelopes', (seal) => ({sealed: Array.from({length: 9}, () => seal(FIELDS))})],
      ['RSA1_5', (seal) => ({sealed: seal(FIELDS, {}, {alg: 'RSA1_5'}, RSA1_5)})],
      ['another enc', (seal) => ({sealed: seal(FIELDS, {}, {enc: 'A128GCM'})})],
      ['an unknown kid', (seal) => ({sealed: seal(FIELDS, {}, {kid: 'unknown'})})],
      ['zip', (seal) => ({sealed: seal(FIELDS, {}, {zip: 'DEF'})})],
      ['an unknown crit', (seal) => ({sealed: seal(FIELDS, {}, {crit: ['x'], x: 1})})],
      ['bad padding', (seal) => ({sealed: seal(FIELDS, {}, {}, RSA1_5)})],
      ['a wrong tag', (seal) => ({sealed: seal(FIELDS).replace(/.{4}$/, 'AAAA')})],
      ['another merchant', (seal) => ({sealed: seal(FIELDS, {merchant: 'other'})})],
      ['another origin', (seal) => ({sealed: seal(FIELDS, {origin: 'https://evil.example'})})],
      ['ten minutes and a second ago', (seal) => ({sealed: seal(FIELDS, {iat: NOON / 1000 - 601})})],
      ['ten minutes and a second ahead', (seal) => ({sealed: seal(FIELDS, {iat: NOON / 1000 + 601})})],
      ['the id of an earlier sale', (seal) => ({sealed: seal(FIELDS, {jti: id(0)})})],
      ['a plaintext card in addition', (seal) => ({sealed: seal(FIELDS), credit_card: card})],
      ['a code in addition', (seal) => ({sealed: seal(FIELDS), csc})],
      ['a sealed code in addition', (seal) => ({sealed: seal(FIELDS), encrypted_csc: 'x'})],
    ];
    const wrongNumbers: typeof faults = [
      ['a wrong number', (seal) => ({sealed: seal({...FIELDS, cardNumber: '4012000098765438'})})],
      ['no number', (seal) => ({sealed: seal({...FIELDS, cardNumber: undefined})})],
    ];
    const wrongNumber = badRequest({35: ['Please provide a valid Credit Card Number.']});
    for (const [what, sale] of [...faults, ...wrongNumbers])
      it(`gets the response to an invalid number: ${what}`, async () => {
        const {sell, seal, lines} = open();
        assert.equal((await sell({...ORDER, sealed: seal(FIELDS, {jti: id(0)})})).statusCode, 200);
        const answer = await sell({...ORDER, ...sale(seal)}, KEYED_SALE);
        assert.equal(answer.statusCode, 400);
        assert.deepEqual(bodyOf(answer), wrongNumber);
        assert.ok(lines.every((line) => !line.includes('4012')));
      });

    const noCode = badRequest({csc: ['Please provide a valid CSC.']});
    for (const [what, sale] of faults)
      it(`does not charge a card on file, and gets the response to an invalid code: ${what}`, async () => {
        const {sell, ask, seal} = open();
        const first = await sell({...CUSTOMER, sealed: seal(FIELDS, {jti: id(0)})}, CUSTOMER_SALE);
        assert.equal(first.statusCode, 200);
        for (const kind of ['sale', 'authorization']) {
          const answer = await ask(`transactions/${kind}/by_customer`, {...CUSTOMER, ...sale(seal)});
          assert.deepEqual(answer, {http: 400, ...noCode});
        }
        assert.equal(bodyOf(await sell({}, '/v1/transactions/settle'))['transaction_count'], 1);
      });

    it('does not debit an account on file', async () => {
      const {ask} = open();
      const customer_id = 'by-check';
      assert.equal((await ask('customer/create', {...CHECK, customer_id})).response_code, 160);
      for (const kind of ['sale', 'hold']) {
        const {errors = {}} = await ask(`checks/${kind}/by_customer`, {...CHECK, customer_id, sealed: 'x'});
        assert.deepEqual(Object.keys(errors), ['45', '46']);
      }
    });

    it('gets errors of the amount or the customer as well', async () => {
      const {sell} = open();
      assert.deepEqual(errorsOf(await sell({...ORDER, amount: 'much', sealed: 'x'})), ['35', '51']);
      const unknown = {...CUSTOMER, customer_id: 'unknown', sealed: 'x'};
      assert.deepEqual(errorsOf(await sell(unknown, CUSTOMER_SALE)), ['30', 'csc']);
      assert.deepEqual(errorsOf(await sell(unknown, '/v1/checks/sale/by_customer')), ['30', '45', '46']);
    });

    for (const url of [KEYED_SALE, CUSTOMER_SALE])
      it(`costs as many decryptions as one that is accepted: ${url}`, async () => {
        const {sell, seal} = open();
        const count = (sale: object) => countDecryptions(() => sell({...ORDER, ...CUSTOMER, ...sale}, url));
        const expected = await count({sealed: seal(FIELDS)});
        assert.ok(expected > 0);
        const single = faults
          .map(([what, make]) => [what, make(seal)] as const)
          .filter(([, sale]) => Object.values(sale).every((value) => typeof value === 'string'))
          .filter(([, sale]) => Object.keys(sale).length === 1);
        for (const [what, sale] of single) assert.equal(await count(sale), expected, what);
      });
  });
});
