import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {createLedger} from '../../../../demo/gateway/ledger.ts';
import {createProfiles} from '../../../../demo/gateway/profiles.ts';
import {readCardOnFile} from '../../../../demo/gateway/read/customer.ts';
import {createSpent} from '../../../../demo/gateway/spent.ts';
import {keyPair, seal} from '../openssl.ts';
import {badRequest, bodyOf, CUSTOMER, CUSTOMER_SALE, errorsOf, NOON, openSandbox} from '../sandbox.ts';

const {clock, pair, sell: sellAt} = openSandbox();
const sell = (sale: object) => sellAt(sale, CUSTOMER_SALE);

const UNKNOWN = badRequest({30: ['Customer ID was not found or is incomplete.']});

describe('a sale on a card on file', () => {
  it('is approved with a sealed code, with the response of a keyed sale', async () => {
    const response = await sell({...CUSTOMER, encrypted_csc: seal(pair, '999')});
    assert.equal(response.statusCode, 200);
    const {transaction_id: id, approval_code: code, ...rest} = response.json<Record<string, unknown>>();
    assert.deepEqual(rest, {
      success: true,
      response_code: 101,
      status_message: 'Your transaction was successfully approved.',
      approval_message: '  NO  MATCH - Approved and completed',
      avs_response: 'No Match',
      csc_response: 'Match',
      external_transaction_id: '',
      masked_card_number: 'xxxxxxxxxxxx5439',
    });
    assert.equal(typeof id, 'number');
    assert.match(String(code), /^TAS\d{3}$/);
  });

  it('is declined for 0.29, with the reason', async () => {
    const answer = bodyOf(await sell({...CUSTOMER, amount: '0.29', csc: '999'}));
    assert.equal(answer['response_code'], 102);
    assert.equal(answer['approval_message'], '    DECLINE - Do not honor');
    assert.equal(answer['masked_card_number'], 'xxxxxxxxxxxx5439');
    assert.equal(answer['csc_response'], 'Match');
  });

  it('is approved in any year, because the card on file never expires', async () => {
    const other = openSandbox({pair});
    other.clock.now = Date.UTC(2199, 0, 1);
    assert.equal(bodyOf(await other.sell(CUSTOMER, CUSTOMER_SALE))['response_code'], 101);
    assert.equal(clock.now, NOON);
  });

  const codes: [string, object, string][] = [
    ['the card’s code', {csc: '999'}, 'Match'],
    ['another code', {csc: '123'}, 'No Match'],
    ['another code, sealed', {encrypted_csc: seal(pair, '123')}, 'No Match'],
    ['an empty code', {csc: ''}, 'No Match'],
    ['no code', {}, ''],
    ['a code that does not decrypt', {encrypted_csc: seal(keyPair('other'), '999')}, 'No Match'],
    ['a code both plain and sealed', {csc: '999', encrypted_csc: seal(pair, '999')}, 'No Match'],
  ];
  for (const [what, code, expected] of codes) {
    it(`never declines for the code: ${what} is "${expected}"`, async () => {
      const answer = bodyOf(await sell({...CUSTOMER, ...code}));
      assert.equal(answer['response_code'], 101);
      assert.equal(answer['csc_response'], expected);
    });
  }
});

describe('an invalid sale on a card on file', () => {
  for (const id of [
    'isoline-2',
    'isoline-1 ',
    'ISOLINE-1',
    '',
    '__proto__',
    'constructor',
    1,
    null,
    undefined,
  ]) {
    it(`is rejected for the customer ${JSON.stringify(id)}`, async () => {
      const response = await sell({...CUSTOMER, customer_id: id});
      assert.equal(response.statusCode, 400);
      assert.deepEqual(response.json(), UNKNOWN);
    });
  }

  it('gets all errors at once', async () => {
    const response = await sell({amount: '-1', customer_id: 'unknown'});
    assert.deepEqual(errorsOf(response), ['30', '51']);
    assert.deepEqual(errorsOf(await sell({})), ['30', '51']);
    assert.deepEqual(errorsOf(await sell({csc: 999})), ['30', '51', 'csc']);
    assert.deepEqual(errorsOf(await sell({...CUSTOMER, csc: 999})), ['csc']);
    assert.deepEqual(errorsOf(await sell({...CUSTOMER, encrypted_csc: {}})), ['csc']);
  });

  it('costs as many decryptions for an unknown customer as for a known one', () => {
    for (const customer_id of ['isoline-1', 'unknown']) {
      const opened: string[] = [];
      const open = (sealed: string) => {
        opened.push(sealed);
        return '999';
      };
      const now = () => NOON;
      const ledger = createLedger(now);
      const rest = {ledger, profiles: createProfiles(), spent: createSpent(ledger), now};
      readCardOnFile({customer_id, encrypted_csc: 'code'}, {open, ...rest});
      assert.deepEqual(opened, ['code'], customer_id);
    }
  });
});
