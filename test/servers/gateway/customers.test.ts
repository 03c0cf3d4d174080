import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {createProfiles} from '../../../demo/gateway/profiles.ts';
import {keyPair, seal} from './openssl.ts';
import {CHECK, openSandbox, PLAIN_SALE, sealedCheck, sealedSale} from './sandbox.ts';

const {pair, ask} = openSandbox();
const {credit_card, billing_address} = PLAIN_SALE;
const {check} = CHECK;

const CREATE = 'customer/create';
const DELETE = 'customer/delete';
const NOT_UNIQUE = {171: ['Please provide a unique customer ID.']};
const NOT_FOUND = {30: ['Customer ID was not found or is incomplete.']};

describe('a customer', () => {
  it('is created with a plaintext or sealed card, pays with it, and can be deleted', async () => {
    for (const [customer_id, card] of [
      ['by-card', credit_card],
      ['by-sealed-card', sealedSale(pair).credit_card],
    ] as const) {
      assert.deepEqual(await ask(CREATE, {customer_id, credit_card: card, billing_address}), {
        http: 200,
        success: true,
        response_code: 160,
        status_message: `The customer profile for ${customer_id}/Sample Shopper was successfully created.`,
        customer_id,
        masked_card_number: 'xxxxxxxxxxxx5439',
      });
      const sale = {customer_id, amount: '5.00', csc: '999'};
      assert.equal((await ask('transactions/sale/by_customer', sale)).response_code, 101);
      assert.equal((await ask('transactions/authorization/by_customer', sale)).response_code, 101);
      assert.deepEqual((await ask('checks/sale/by_customer', sale)).errors, NOT_FOUND);
      assert.deepEqual((await ask('checks/hold/by_customer', sale)).errors, NOT_FOUND);
      assert.deepEqual(await ask(DELETE, {customer_id}), {
        http: 200,
        success: true,
        response_code: 162,
        status_message: `The customer profile for ${customer_id}/Sample Shopper was successfully deleted.`,
        customer_id,
      });
      assert.deepEqual((await ask('transactions/sale/by_customer', sale)).errors, NOT_FOUND);
      assert.deepEqual((await ask(DELETE, {customer_id})).errors, NOT_FOUND);
    }
  });

  it('is created with a plaintext or sealed bank account, and pays only by check', async () => {
    for (const [customer_id, account] of [
      ['by-check', check],
      ['by-sealed-check', sealedCheck(pair).check],
    ] as const) {
      assert.deepEqual(await ask(CREATE, {customer_id, check: account, billing_address}), {
        http: 200,
        success: true,
        response_code: 160,
        status_message: `The customer profile for ${customer_id}/Sample Shopper was successfully created.`,
        customer_id,
      });
      const sale = {customer_id, amount: '5.00'};
      assert.equal((await ask('checks/sale/by_customer', sale)).response_code, 120);
      assert.equal((await ask('checks/hold/by_customer', sale)).response_code, 120);
      assert.equal((await ask('checks/hold/by_customer', {...sale, amount: 0.29})).response_code, 125);
      assert.deepEqual((await ask('transactions/sale/by_customer', sale)).errors, NOT_FOUND);
      assert.deepEqual((await ask('transactions/authorization/by_customer', sale)).errors, NOT_FOUND);
    }
  });

  it('has a unique id', async () => {
    const one = {customer_id: 'one', credit_card};
    assert.equal((await ask(CREATE, one)).response_code, 160);
    assert.deepEqual((await ask(CREATE, one)).errors, NOT_UNIQUE);
    assert.deepEqual((await ask(CREATE, {customer_id: 'one', check})).errors, NOT_UNIQUE);
    assert.deepEqual((await ask(CREATE, {...one, customer_id: 'isoline-1'})).errors, NOT_UNIQUE);
    assert.equal((await ask(CREATE, {...one, customer_id: 'ONE'})).response_code, 160);
    await ask(DELETE, {customer_id: 'one'});
    assert.equal((await ask(CREATE, one)).response_code, 160);
  });

  for (const customer_id of ['', ' ', 'a\n', '\u202ea', 'x'.repeat(51), 1, null, undefined, {}]) {
    it(`is not created with the id ${JSON.stringify(customer_id)}`, async () => {
      assert.deepEqual((await ask(CREATE, {customer_id, credit_card})).errors, NOT_UNIQUE);
    });
  }

  const refused: [string, object, string[]][] = [
    ['nothing to pay with', {}, ['35', '45']],
    ['both a card and an account', {credit_card, check}, ['35', '45']],
    ['a bad card', {credit_card: {...credit_card, number: '4012000098765438'}}, ['35']],
    ['no expiry', {credit_card: {number: credit_card.number}}, ['43', '44']],
    ['a bad account', {check: {...check, routing_number: '325070761'}}, ['46']],
    [
      'a number that does not decrypt',
      {
        credit_card: {
          ...credit_card,
          number: null,
          encrypted_number: seal(keyPair('other'), credit_card.number),
        },
      },
      ['35'],
    ],
    [
      'an account that does not decrypt',
      {check: {...check, account_number: null, encrypted_account_number: 'AAAA'}},
      ['45'],
    ],
    ['an address that is a text', {credit_card, billing_address: 'x'}, ['billing_address']],
    ['an id in use and a bad account', {customer_id: 'isoline-1', check: {}}, ['45', '46', '171']],
  ];
  for (const [what, body, keys] of refused) {
    it(`is not created with ${what}`, async () => {
      const reply = await ask(CREATE, {customer_id: 'new', ...body});
      assert.equal(reply.http, 400);
      assert.deepEqual(Object.keys(reply.errors ?? {}), keys);
      assert.deepEqual((await ask(DELETE, {customer_id: 'new'})).errors, NOT_FOUND);
    });
  }
});

describe('the customers', () => {
  it('are limited in number: the oldest is dropped first, but never the predefined one', () => {
    const profiles = createProfiles();
    const pays = {by: 'card', number: '4012000098765439'} as const;
    for (let number = 0; number < 10_005; number += 1) profiles.keep({id: `c${number}`, name: '', pays});
    assert.ok(profiles.find('isoline-1'));
    assert.equal(profiles.find('c5'), undefined);
    assert.ok(profiles.find('c6'));
    assert.ok(profiles.find('c10004'));
  });
});
