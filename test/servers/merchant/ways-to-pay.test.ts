import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {keyPair, seal} from '../gateway/openssl.ts';
import {BANK, CARD, CARD_IN_ONE, CARD_ON_FILE, openShop, type Payment, readPre} from './shop.ts';

const {form, lines, pair, pay} = await openShop();

/** The gateway's logged sales, with their status, since `lines` was last cleared. */
function sales(): string[] {
  return lines
    .filter((line) => line.startsWith('gateway POST /v1/'))
    .map((line) => line.replace(/^gateway POST (.*) \d+ ms$/, '$1'));
}

interface Way {
  what: string;
  payment: Payment;
  endpoint: string;
  paid: [code: number, words: RegExp];
  unpaid: [code: number, words: RegExp];
  sealed: string;
  page: string;
  /** Member of the gateway's response that has the transaction number. */
  number: string;
}

const WAYS: Way[] = [
  {
    what: 'an entered card',
    payment: CARD,
    endpoint: '/v1/transactions/sale/keyed',
    paid: [101, /Approved: \$42\.00 for Twin Ridge/],
    unpaid: [102, /Declined by the bank: Do not honor\. You were not charged\./],
    sealed: 'The card in it was sealed with the key <strong>2026-11</strong>',
    page: '/card',
    number: 'transaction_id',
  },
  {
    what: 'a card in one value',
    payment: CARD_IN_ONE,
    endpoint: '/v1/transactions/sale/keyed',
    paid: [101, /Approved: \$42\.00 for Twin Ridge/],
    unpaid: [102, /Declined by the bank: Do not honor\. You were not charged\./],
    sealed: 'The card in it was sealed with the key <strong>2026-11</strong>',
    page: '/card-jwe',
    number: 'transaction_id',
  },
  {
    what: 'a card on file',
    payment: CARD_ON_FILE,
    endpoint: '/v1/transactions/sale/by_customer',
    paid: [101, /Approved: \$42\.00 for Twin Ridge/],
    unpaid: [102, /Declined by the bank: Do not honor\. You were not charged\./],
    sealed: 'The security code in it was sealed with the key <strong>2026-11</strong>',
    page: '/security-code',
    number: 'transaction_id',
  },
  {
    what: 'a bank account',
    payment: BANK,
    endpoint: '/v1/checks/sale/by_account',
    paid: [120, /the debit is under way.*Accepted: \$42\.00 for Twin Ridge will leave your bank account/s],
    unpaid: [125, /Declined by the bank: the account could not be debited\. .*You were not charged\./],
    sealed: 'The bank account in it was sealed with the key <strong>2026-11</strong>',
    page: '/bank',
    number: 'check_transaction_id',
  },
];

for (const {what, payment, endpoint, paid, unpaid, sealed, page, number} of WAYS) {
  describe(`paying with ${what}`, () => {
    it('makes one call of the gateway, and shows the result', async () => {
      const fields = form(payment);
      lines.length = 0;
      const {statusCode, payload} = await pay(fields);
      assert.equal(statusCode, 200);
      assert.deepEqual(sales(), [`${endpoint} 200`]);
      assert.deepEqual(readPre(payload, 'received'), fields);
      const answer = readPre(payload, 'answer');
      assert.equal(answer['response_code'], paid[0]);
      assert.match(payload, paid[1]);
      assert.ok(payload.includes(sealed));
      assert.ok(payload.includes(`<strong>${String(answer[number])}</strong>`));
      assert.doesNotMatch(payload, /Try again|not charged|undefined/);
    });

    it('shows why it was declined, and links back to the same pay page', async () => {
      const {statusCode, payload} = await pay(form(payment, {item: 'decline'}));
      assert.equal(statusCode, 200);
      const answer = readPre(payload, 'answer');
      assert.equal(answer['response_code'], unpaid[0]);
      assert.match(payload, unpaid[1]);
      assert.ok(payload.includes(`<a class="action" href="${page}?item=decline">Try again</a>`));
      assert.ok(payload.includes(`<strong>${String(answer[number])}</strong>`));
      assert.doesNotMatch(payload, /Approved|Accepted|Thank you|undefined/);
    });

    for (const name of Object.keys(payment.sealed)) {
      for (const value of [undefined, '']) {
        it(`rejects a form ${value === '' ? 'with an empty' : 'without'} ${name}, and posts nothing`, async () => {
          const fields = form(payment, {[name]: value});
          lines.length = 0;
          const {statusCode, payload} = await pay(fields);
          assert.equal(statusCode, 400);
          assert.match(payload, /No payment was made/);
          assert.deepEqual(sales(), []);
          const {sealed_id} = fields;
          assert.equal((await pay(form(payment, {sealed_id}))).statusCode, 200, 'the id is still usable');
        });
      }
    }

    it('is rejected without an id, and with an id that any payment method has used', async () => {
      lines.length = 0;
      assert.equal((await pay(form(payment, {sealed_id: undefined}))).statusCode, 400);
      const {sealed_id} = form(payment);
      assert.deepEqual(sales(), []);
      assert.equal((await pay(form(payment, {sealed_id}))).statusCode, 200);
      for (const other of WAYS) assert.equal((await pay(form(other.payment, {sealed_id}))).statusCode, 409);
      assert.deepEqual(sales(), [`${endpoint} 200`]);
    });

    for (const name of Object.keys(payment.sealed))
      it(`is rejected with an ${name} that was used with another id, and posts nothing`, async () => {
        const fields = form(payment);
        assert.equal((await pay(fields)).statusCode, 200);
        lines.length = 0;
        assert.equal((await pay(form(payment, {[name]: fields[name]}))).statusCode, 409);
        assert.deepEqual(sales(), []);
      });
  });
}

describe('the payment method', () => {
  for (const name of ['', 'cheque', 'card', 'Bank', 'bank ', '__proto__', 'constructor', 'undefined']) {
    it(`is rejected if it is unknown: ${JSON.stringify(name)}`, async () => {
      const all = {sealed: {...CARD.sealed, ...BANK.sealed}};
      lines.length = 0;
      const {statusCode, payload} = await pay(form(all, {pay_with: name}));
      assert.equal(statusCode, 400);
      assert.match(payload, /No payment was made/);
      assert.deepEqual(sales(), []);
    });
  }

  it('is never guessed from the fields of the form', async () => {
    lines.length = 0;
    assert.equal((await pay(form(BANK, {pay_with: undefined}))).statusCode, 400);
    assert.equal((await pay(form(CARD_ON_FILE, {pay_with: undefined}))).statusCode, 400);
    assert.equal((await pay(form(CARD, {pay_with: 'bank'}))).statusCode, 400);
    assert.equal((await pay(form(BANK, {pay_with: 'card-on-file'}))).statusCode, 400);
    assert.deepEqual(sales(), []);
    assert.equal((await pay(form(CARD, {pay_with: 'card-on-file'}))).statusCode, 200);
    assert.deepEqual(sales(), ['/v1/transactions/sale/by_customer 200']);
  });

  it('is rejected if the form has two', async () => {
    lines.length = 0;
    const twice = `${new URLSearchParams(form(BANK)).toString()}&pay_with=card-on-file`;
    assert.equal((await pay(twice)).statusCode, 400);
    assert.deepEqual(sales(), []);
  });

  it('charges the signed-in customer’s card, whichever customer the form names', async () => {
    const {statusCode, payload} = await pay(form(CARD_ON_FILE, {customer_id: 'isoline-2', customer: 'x'}));
    assert.equal(statusCode, 200);
    assert.equal(readPre(payload, 'answer')['masked_card_number'], 'xxxxxxxxxxxx5439');
  });

  it('passes on the code, right or wrong', async () => {
    const {payload} = await pay(form(CARD_ON_FILE, {encrypted_csc: seal(pair, '123')}));
    assert.equal(readPre(payload, 'answer')['csc_response'], 'No Match');
  });

  it('shows which number of a bank account is rejected, and links back to the pay page', async () => {
    const lost = seal(keyPair('other'), '0012345678');
    const {statusCode, payload} = await pay(form(BANK, {encrypted_account_number: lost}));
    assert.equal(statusCode, 200);
    assert.match(
      payload,
      /The gateway rejected the payment details: Please provide a valid Checking Account Number\. You were/,
    );
    assert.ok(payload.includes('href="/bank?item=ridge"'));
    assert.doesNotMatch(payload, /transaction number|card details/);
    const swapped = await pay(form(BANK, {encrypted_routing_number: seal(pair, '325070761')}));
    assert.match(swapped.payload, /Please provide a valid Transit Routing Number\./);
  });
});
