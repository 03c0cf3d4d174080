import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {createLedger} from '../../../demo/gateway/ledger.ts';
import {createSpent} from '../../../demo/gateway/spent.ts';
import {keyPair, seal} from './openssl.ts';
import {
  bodyOf,
  CARD_V3,
  CHECK_SALE,
  CHECK_V3,
  errorsOf,
  KEYED_SALE,
  NOON,
  openSandbox,
  PLAIN_SALE,
  sealedCardV3,
  sealedCheck,
  sealedCheckV3,
  sealedSale,
} from './sandbox.ts';

const {pair, sell, ask} = openSandbox();

const AUTHORIZATION = '/v1/transactions/authorization/keyed';
const HOLD = '/v1/checks/hold/by_account';

/** Every call that charges a sealed number, and the error for a number that does not decrypt. */
const CHARGES: readonly [url: string, build: () => object, error: string][] = [
  [KEYED_SALE, () => sealedSale(pair), '35'],
  [AUTHORIZATION, () => sealedSale(pair), '35'],
  [CHECK_SALE, () => sealedCheck(pair), '45'],
  [HOLD, () => sealedCheck(pair), '45'],
  [CARD_V3, () => sealedCardV3(pair), '35'],
  [CHECK_V3, () => sealedCheckV3(pair), '45'],
];

describe('a ciphertext that has paid', () => {
  for (const [url, build, error] of CHARGES)
    it(`is rejected at ${url} like one that does not decrypt`, async () => {
      const body = build();
      const first = await sell(body, url);
      assert.equal(bodyOf(first)['success'], true);
      const again = await sell(body, url);
      assert.deepEqual(errorsOf(again), [error]);
      const mangled = JSON.stringify(body).replaceAll(
        /"(encrypted_)?(account_)?number":"[^"]{300,}"/g,
        (member) => member.replace(/:"/, ':"A'),
      );
      const undecryptable = await sell(JSON.parse(mangled) as object, url);
      assert.deepEqual([again.statusCode, again.payload], [undecryptable.statusCode, undecryptable.payload]);
    });

  it('is rejected by every other call that charges', async () => {
    const {credit_card: card} = sealedSale(pair);
    const v3 = {...sealedCardV3(pair), card: {...sealedCardV3(pair).card, number: card.encrypted_number}};
    assert.equal((await ask('transactions/sale/keyed', {amount: 1, credit_card: card})).success, true);
    assert.deepEqual(errorsOf(await sell({amount: 2, credit_card: card}, AUTHORIZATION)), ['35']);
    assert.deepEqual(errorsOf(await sell({amount: 0, credit_card: card}, AUTHORIZATION)), ['35']);
    assert.deepEqual(errorsOf(await sell(v3, CARD_V3)), ['35']);
    const {check} = sealedCheck(pair);
    assert.equal((await ask('checks/hold/by_account', {amount: 1, check})).success, true);
    assert.deepEqual(errorsOf(await sell({amount: 1, check}, CHECK_SALE)), ['45']);
  });

  it('is reported together with all other errors', async () => {
    const sale = sealedSale(pair);
    await sell(sale);
    assert.deepEqual(errorsOf(await sell({...sale, amount: '-1'})), ['35', '51']);
  });

  it('does not stop another ciphertext of the same number, nor the number in plaintext', async () => {
    await sell(sealedSale(pair));
    for (const sale of [sealedSale(pair), PLAIN_SALE, PLAIN_SALE])
      assert.equal(bodyOf(await sell(sale))['success'], true);
  });

  it('may create customers before and after it pays, and they can be charged', async () => {
    const {credit_card} = sealedSale(pair);
    const create = async (customer_id: string) =>
      (await ask('customer/create', {customer_id, credit_card})).response_code;
    assert.equal(await create('before'), 160);
    assert.equal((await ask('transactions/sale/keyed', {amount: 1, credit_card})).success, true);
    assert.equal(await create('after'), 160);
    for (const customer_id of ['before', 'after', 'after'])
      assert.equal((await ask('transactions/sale/by_customer', {amount: 1, customer_id})).success, true);
    const {check} = sealedCheck(pair);
    assert.equal((await ask('checks/sale/by_account', {amount: 1, check})).success, true);
    assert.equal((await ask('customer/create', {customer_id: 'bank', check})).response_code, 160);
  });

  it('counts as a number only: a repeated code or expiry is accepted with a new number', async () => {
    const sale = sealedSale(pair);
    await sell(sale);
    const encrypted_number = seal(pair, '4012000098765439');
    const again = await sell({...sale, credit_card: {...sale.credit_card, encrypted_number}});
    assert.equal(bodyOf(again)['csc_response'], 'Match');
  });
});

describe('a ciphertext that has not paid', () => {
  it('is accepted after a decline', async () => {
    const sale = sealedSale(pair);
    assert.equal(bodyOf(await sell({...sale, amount: '0.29'}))['response_code'], 102);
    assert.equal(bodyOf(await sell(sale))['response_code'], 101);
    const check = sealedCheck(pair);
    assert.equal(bodyOf(await sell({...check, amount: '0.29'}, CHECK_SALE))['response_code'], 125);
    assert.equal(bodyOf(await sell(check, CHECK_SALE))['response_code'], 120);
  });

  it('is accepted after a request with an error', async () => {
    const sale = sealedSale(pair);
    assert.deepEqual(errorsOf(await sell({...sale, amount: 'x'})), ['51']);
    assert.equal(bodyOf(await sell(sale))['response_code'], 101);
  });

  it('is accepted after an authorization of 0.00, which checks the card only', async () => {
    const sale = sealedSale(pair);
    for (const amount of ['0.00', '0.00', '1.00'])
      assert.equal(bodyOf(await sell({...sale, amount}, AUTHORIZATION))['response_code'], 101);
  });

  it('is accepted after its charge was voided, and rejected again after the next charge', async () => {
    const sale = sealedSale(pair);
    for (let times = 0; times < 2; times += 1) {
      const {transaction_id} = await ask('transactions/authorization/keyed', sale);
      assert.deepEqual(errorsOf(await sell(sale)), ['35']);
      assert.equal((await ask('transactions/void', {transaction_id})).response_code, 109);
    }
    assert.equal(bodyOf(await sell(sale))['response_code'], 101);
  });

  it('is not accepted because its charge was settled and refunded', async () => {
    const sale = sealedSale(pair);
    const {transaction_id} = await ask('transactions/sale/keyed', sale);
    await ask('transactions/settle');
    assert.equal((await ask('transactions/refund/for_transaction', {transaction_id})).response_code, 106);
    assert.deepEqual(errorsOf(await sell(sale)), ['35']);
  });
});

describe('the memory for ciphertexts', () => {
  const paid = (ledger: ReturnType<typeof createLedger>) =>
    ledger.begin({
      kind: 'sale',
      means: {by: 'check', masked: 'xxxx', arrival: 'sealed'},
      state: 'captured',
      cents: 100,
    });

  it('is limited: the oldest is forgotten first', () => {
    const ledger = createLedger(() => NOON);
    const spent = createSpent(ledger, 2);
    const texts = ['1', '2', '3'].map((text) => seal(keyPair(), text));
    for (const text of texts) spent.add(text, paid(ledger));
    assert.deepEqual(
      texts.map((text) => spent.has(text)),
      [false, true, true],
    );
  });

  it('outlives the transaction', () => {
    const ledger = createLedger(() => NOON, 1);
    const spent = createSpent(ledger);
    spent.add('AAAA', paid(ledger));
    paid(ledger);
    assert.equal(spent.has('AAAA'), true);
  });

  it('knows a ciphertext in any spelling of base64', () => {
    const ledger = createLedger(() => NOON);
    const spent = createSpent(ledger);
    spent.add('+/+/AA==', paid(ledger));
    for (const text of ['+/+/AA==', '+/+/AA', '+/+/AB==', '-_-_AA==', '+/+/\r\nAA=='])
      assert.ok(spent.has(text), text);
    assert.equal(spent.has('+/+/AAA='), false);
  });
});
