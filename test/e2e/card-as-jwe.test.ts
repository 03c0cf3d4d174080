import assert from 'node:assert/strict';
import {it} from 'node:test';
import {inEngines} from '../support/engines.ts';
import {assertNoDigits, payAt, SUBMISSION} from '../support/payment.ts';

const CARD = {cardNumber: '371449635392376', expiry: '2028-11', securityCode: '9997'};

inEngines('paying by card with the profile jwe', (suite) => {
  it('sends one value, bound to the merchant, the page, the time and the submission', async () => {
    const {servers, browser, engine} = suite;
    const before = Math.floor(Date.now() / 1000);
    const {received, own, answer, seen} = await payAt(browser, engine, servers, '/card-jwe', CARD);
    assert.deepEqual(Object.keys(received).sort(), [...new Set([...own, 'sealed', ...SUBMISSION])].sort());
    const {header, payload} = servers.openJwe(received['sealed'] ?? '');
    assert.deepEqual(header, {alg: 'RSA-OAEP-256', enc: 'A256GCM', kid: 'test'});
    const {iat, ...rest} = payload;
    assert.ok(iat >= before && iat <= Date.now() / 1000);
    assert.deepEqual(rest, {
      v: 1,
      merchant: 'demo-jwe',
      origin: servers.shop,
      jti: received['sealed_id'],
      fields: {
        cardNumber: CARD.cardNumber,
        securityCode: CARD.securityCode,
        expirationMonth: '11',
        expirationYear: '2028',
      },
    });
    assert.equal(received['sealed_key_id'], 'test');
    assert.deepEqual([answer['success'], answer['csc_response']], [true, 'Match']);
    for (const text of seen) assertNoDigits(text, CARD.cardNumber);
  });
});
