import assert from 'node:assert/strict';
import {it} from 'node:test';
import {inEngines} from '../support/engines.ts';
import {payAt, SUBMISSION} from '../support/payment.ts';

inEngines('paying with a card on file', (suite) => {
  it('seals the security code and nothing else', async () => {
    const {servers, browser, engine} = suite;
    const {received, answer, own} = await payAt(browser, engine, servers, '/security-code', {
      securityCode: '999',
    });
    const names = new Set([...own, 'encrypted_csc', ...SUBMISSION]);
    assert.deepEqual(Object.keys(received).sort(), [...names].sort());
    assert.deepEqual(servers.open([received['encrypted_csc'] ?? '']), ['999']);
    const {success, csc_response, masked_card_number} = answer;
    assert.deepEqual([success, csc_response, masked_card_number], [true, 'Match', 'xxxxxxxxxxxx5439']);
  });
});
