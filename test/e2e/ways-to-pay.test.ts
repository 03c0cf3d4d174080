import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Browser} from 'puppeteer-core';
import {assertNoDigits, type Payment, payAt, SUBMISSION} from './payment.ts';
import {ENGINES, openBrowser} from './shopper.ts';
import {OF_THE_SHOP, setStage, type Stage} from './stage.ts';

const ACCOUNT = '0012345678';
const BANK = {routingNumber: '325070760', accountNumber: ACCOUNT, accountNumberConfirmation: ACCOUNT};
const CARD = {cardNumber: '371449635392376', expiry: '2028-11', securityCode: '9997'};

for (const engine of ENGINES) {
  describe(`paying in ${engine}`, () => {
    let stage: Stage;
    let browser: Browser;
    before(async () => {
      stage = await setStage({merchants: OF_THE_SHOP});
      browser = await openBrowser(engine);
    });
    after(async () => {
      await browser.close();
      await stage.close();
    });

    const pay = (path: string, typed: object) => payAt(browser, engine, stage, path, typed);

    /** What came beside the page's own inputs is these values, sealed each, under one submission. */
    function assertSealed({received, own}: Payment, values: Record<string, string>): void {
      const names = Object.keys(values);
      const expected = new Set([...own, ...names, ...SUBMISSION]);
      assert.deepEqual(Object.keys(received).sort(), [...expected].sort());
      assert.deepEqual(stage.open(names.map((name) => received[name] ?? '')), Object.values(values));
      assert.equal(received['sealed_key_id'], 'stage');
      assert.match(received['sealed_id'] ?? '', /^[0-9a-f]{32}$/);
    }

    it('by bank account seals both numbers, and the repeated one once', async () => {
      const payment = await pay('/bank', BANK);
      assertSealed(payment, {
        encrypted_routing_number: BANK.routingNumber,
        encrypted_account_number: ACCOUNT,
      });
      assert.deepEqual([payment.answer['success'], payment.answer['response_code']], [true, 120]);
      for (const text of payment.seen) {
        assertNoDigits(text, BANK.routingNumber);
        assertNoDigits(text, ACCOUNT);
      }
    });

    it('by bank account is refused where the gateway refuses it', async () => {
      const {answer} = await pay('/bank?item=decline', BANK);
      assert.deepEqual([answer['success'], answer['response_code']], [false, 125]);
    });

    it('with a card in one value binds it to merchant, page, moment and submission', async () => {
      const before = Math.floor(Date.now() / 1000);
      const payment = await pay('/card-jwe', CARD);
      const {received, own, answer} = payment;
      assert.deepEqual(Object.keys(received).sort(), [...new Set([...own, 'sealed', ...SUBMISSION])].sort());
      const {header, payload} = stage.openJwe(received['sealed'] ?? '');
      assert.deepEqual(header, {alg: 'RSA-OAEP-256', enc: 'A256GCM', kid: 'stage'});
      const {iat, ...rest} = payload;
      assert.ok(iat >= before && iat <= Date.now() / 1000);
      assert.deepEqual(rest, {
        v: 1,
        merchant: 'demo-jwe',
        origin: stage.shop,
        jti: received['sealed_id'],
        fields: {
          cardNumber: CARD.cardNumber,
          securityCode: CARD.securityCode,
          expirationMonth: '11',
          expirationYear: '2028',
        },
      });
      assert.equal(received['sealed_key_id'], 'stage');
      assert.deepEqual([answer['success'], answer['csc_response']], [true, 'Match']);
      for (const text of payment.seen) assertNoDigits(text, CARD.cardNumber);
    });

    it('with a card in three frames is one submission', async () => {
      const payment = await pay('/split', CARD);
      assertSealed(payment, {
        encrypted_number: CARD.cardNumber,
        encrypted_expiration_month: '11',
        encrypted_expiration_year: '2028',
        encrypted_csc: CARD.securityCode,
      });
      assert.equal(payment.answer['success'], true);
      for (const text of payment.seen) assertNoDigits(text, CARD.cardNumber);
    });

    it('with a card on file seals the security code, and nothing else', async () => {
      const payment = await pay('/security-code', {securityCode: '999'});
      assertSealed(payment, {encrypted_csc: '999'});
      const {success, csc_response, masked_card_number} = payment.answer;
      assert.deepEqual([success, csc_response, masked_card_number], [true, 'Match', 'xxxxxxxxxxxx5439']);
    });
  });
}
