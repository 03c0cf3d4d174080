import assert from 'node:assert/strict';
import type {Page} from 'puppeteer-core';
import {ensureKeys} from '../../demo/gateway/keys.ts';
import {createSeller} from '../../demo/merchant/gateway.ts';
import type {Envelope} from '../../widget/protocol/envelope.ts';
import {typeCard} from '../e2e/shopper.ts';
import type {Stage} from '../e2e/stage.ts';
import {sealJwe} from '../openssl.ts';
import {CARD} from './attacker.ts';
import {openByHand, sealByHand} from './by-hand.ts';
import {inEngines} from './suite.ts';

const path = '/v1/m/jwe/';
const HEADER = {alg: 'RSA-OAEP-256', enc: 'A256GCM', kid: 'stage'};
const WRONG_NUMBER = {35: ['Please provide a valid Credit Card Number.']};

/** What an attacker would like better. */
const OTHERS: readonly [what: string, header: object, padding?: string[]][] = [
  ['RSA1_5', {alg: 'RSA1_5'}, ['rsa_padding_mode:pkcs1']],
  ['RSA1_5 under another name', {}, ['rsa_padding_mode:pkcs1']],
  ['RSA-OAEP', {alg: 'RSA-OAEP'}, ['rsa_padding_mode:oaep']],
  ['a key in the open', {alg: 'dir'}],
  ['A128GCM', {enc: 'A128GCM'}],
  ['no kid', {kid: undefined}],
  ['another kid', {kid: 'attacker'}],
  ['zip', {zip: 'DEF'}],
  ['crit', {crit: ['attack'], attack: true}],
];

async function sealed(page: Page, request: number, submission: string): Promise<string> {
  const {event, payload} = await sealByHand(page, request, submission);
  assert.equal(event, 'sealed');
  return (payload['envelope'] as Envelope).values['sealed'] ?? '';
}

function askGateway({gateway}: Stage, envelopes: string | string[]) {
  const account = {gatewayOrigin: gateway, username: 'demo', password: 'demo'};
  return createSeller(account, Date.now)('transactions/sale/keyed', {amount: '1.00', sealed: envelopes});
}

inEngines({merchants: {jwe: {profile: 'jwe'}}}, (scene) => {
  scene.prove('K03', 'the header of a JWE is the record’s', async (page) => {
    const frame = await openByHand(page, scene.stage, {path, model: HEADER});
    await typeCard(page, frame, CARD);
    const given = {
      alg: 'RSA1_5',
      enc: 'A128GCM',
      kid: 'attacker',
      zip: 'DEF',
      profile: 'paytrace',
      request: 1,
    };
    await page.evaluate(`speak('seal', ${JSON.stringify({...given, submission: 'a'.repeat(32)})})`);
    const {header} = scene.stage.openJwe(await sealed(page, 2, 'b'.repeat(32)));
    assert.deepEqual(header, HEADER);
    const all = (await page.evaluate(`heard.filter(({event}) => event === 'sealed')`)) as {
      payload: {envelope: Envelope};
    }[];
    for (const {payload} of all) {
      assert.deepEqual(Object.keys(payload.envelope.values), ['sealed']);
      assert.deepEqual(scene.stage.openJwe(payload.envelope.values['sealed'] ?? '').header, HEADER);
    }
  });

  scene.prove('K12', 'two JWEs of one card share nothing but their header', async (page) => {
    await typeCard(page, await openByHand(page, scene.stage, {path}), CARD);
    const one = await sealed(page, 1, 'a'.repeat(32));
    const two = await sealed(page, 2, 'b'.repeat(32));
    const parts = [...one.split('.').slice(1), ...two.split('.').slice(1)];
    assert.equal(new Set(parts).size, 8);
    const [first, second] = [one, two].map((jwe) => scene.stage.openJwe(jwe).payload);
    assert.deepEqual(first?.fields, second?.fields);
    assert.notEqual(first?.jti, second?.jti);
  });

  scene.prove('K13', 'by the sandbox, which takes those of one submission', async (page) => {
    const {cardNumber, expiry, securityCode} = CARD;
    const seal = async (typed: Partial<typeof CARD>, submission: string) => {
      const fields = Object.keys(typed).join();
      await typeCard(page, await openByHand(page, scene.stage, {path, fields}), typed as typeof CARD);
      return sealed(page, 1, submission);
    };
    const number = await seal({cardNumber, expiry}, 'a'.repeat(32));
    const foreign = await seal({securityCode}, 'b'.repeat(32));
    assert.deepEqual((await askGateway(scene.stage, [number, foreign]))['errors'], WRONG_NUMBER);
    const own = await seal({securityCode}, 'a'.repeat(32));
    assert.equal((await askGateway(scene.stage, [number, own]))['success'], true);
  });

  scene.prove('K14', 'by the sandbox', async (page) => {
    const {publicKeyPem} = await ensureKeys();
    await typeCard(page, await openByHand(page, scene.stage, {path}), CARD);
    const jwe = await sealed(page, 1, 'c'.repeat(32));
    const {text} = scene.stage.openJwe(jwe);
    for (const [what, header, padding] of OTHERS) {
      const other = sealJwe(text, publicKeyPem, {header: {...HEADER, ...header}, ...(padding && {padding})});
      const {errors, success} = await askGateway(scene.stage, other);
      assert.deepEqual([success, errors], [false, WRONG_NUMBER], what);
    }
    assert.equal((await askGateway(scene.stage, jwe))['success'], true);
    assert.deepEqual((await askGateway(scene.stage, jwe))['errors'], WRONG_NUMBER, 'once more');
  });
});
