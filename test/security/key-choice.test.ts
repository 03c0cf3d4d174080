import assert from 'node:assert/strict';
import type {Page} from 'puppeteer-core';
import type {Envelope} from '../../widget/protocol/envelope.ts';
import {makeKeyPair} from '../openssl.ts';
import {readyFrame, typeCard} from '../e2e/shopper.ts';
import {snippet, type Stage} from '../e2e/stage.ts';
import {CARD} from './attacker.ts';
import {CONFIGURE, openByHand, type Said, sealByHand} from './by-hand.ts';
import {inEngines} from './suite.ts';

/** A sound key that an attacker holds, in every form in which somebody could think of giving it. */
const {publicPem: pem} = makeKeyPair();
const key = {kid: 'attacker', pem};
const RECORD = {
  id: 'attacker',
  origins: [],
  profile: 'paytrace',
  keys: [key],
  expiry: 'plain',
  reveal: ['bin', 'last4'],
};
const GIVEN = {
  ...RECORD,
  key,
  pem,
  publicKey: pem,
  keyId: key.kid,
  kid: key.kid,
  record: RECORD,
  crypto: RECORD,
};

const ATTRIBUTES = {
  'data-key': pem,
  'data-keys': JSON.stringify([key]),
  'data-pem': pem,
  'data-public-key': pem,
  'data-key-url': 'https://evil.example/key.pem',
  'data-key-id': key.kid,
  'data-record': JSON.stringify(RECORD),
  'data-profile': 'none',
  'data-names': '{}',
};

const SEAL = {submission: 'd'.repeat(32)};

/** The record's key sealed it, in the record's form: nothing plain, nothing under another name. */
function assertOwn(stage: Stage, {values, keyId}: Envelope): void {
  assert.equal(keyId, 'stage');
  assert.deepEqual(Object.keys(values).sort(), [
    'encrypted_csc',
    'encrypted_expiration_month',
    'encrypted_expiration_year',
    'encrypted_number',
  ]);
  assert.deepEqual(stage.open([values['encrypted_number'] ?? '', values['encrypted_csc'] ?? '']), [
    CARD.cardNumber,
    CARD.securityCode,
  ]);
}

function envelopeOf({event, payload}: Said): Envelope {
  assert.equal(event, 'sealed');
  return payload['envelope'] as Envelope;
}

/** Says it all over the port, and at the window as a second handshake and by Postmate’s calls. */
async function give(page: Page, stage: Stage, given: object): Promise<void> {
  await page.evaluate(`{
    const given = ${JSON.stringify(given)};
    const configure = ${JSON.stringify(CONFIGURE)};
    const frame = document.querySelector('iframe').contentWindow;
    const type = 'application/x-postmate-v1+json';
    for (const [event, payload] of [['configure', configure], ['focus', {}], ['attempt', {}]]) {
      port.postMessage({event, payload, ...given});
      speak(event, {...payload, ...given});
    }
    for (const event of ['key', 'keys', 'record', 'model', 'profile']) speak(event, given);
    frame.postMessage({postmate: 'handshake', type, model: given}, '${stage.widget}');
    for (const property of Object.keys(given))
      frame.postMessage({postmate: 'call', type, property, data: given[property]}, '${stage.widget}');
    frame.postMessage({sealed: 'port', channel: '', ...given}, '${stage.widget}');
  }`);
}

/** Asks for a seal in a message that holds more than the request. */
async function sealGiving(page: Page, request: number, given: object): Promise<Said> {
  await page.evaluate(`speak('seal', ${JSON.stringify({...given, ...SEAL, request})})`);
  const handle = await page.waitForFunction(
    `heard.find(({event, payload}) => ['sealed', 'refused', 'failed'].includes(event) && payload.request === ${request})`,
  );
  return (await handle.jsonValue()) as Said;
}

inEngines({}, (scene) => {
  scene.prove('K01', 'by the attributes of element and script', async (page) => {
    const {stage} = scene;
    const attributes = Object.entries(ATTRIBUTES).map(([name, text]) => `${name}='${text}'`);
    const {html} = snippet(stage, `<form><sealed-fields ${attributes.join(' ')}></sealed-fields></form>`);
    stage.pages.set('/shop', {html: html.replace('data-merchant', `${attributes.join(' ')} data-merchant`)});
    await page.goto(`${stage.page}/shop`);
    await typeCard(page, await readyFrame(page, stage), CARD);
    const result = await page.$eval('sealed-fields', (element) => element.seal());
    assert.ok(result.ok);
    assertOwn(stage, result);
  });

  scene.prove('K01', 'by the handshake’s model, a second handshake and every message', async (page) => {
    const {stage} = scene;
    const frame = await openByHand(page, stage, {model: GIVEN});
    assert.equal(await page.evaluate('told.length'), 2); // of two handshakes, one was answered
    await give(page, stage, GIVEN);
    await typeCard(page, frame, CARD);
    assertOwn(stage, envelopeOf(await sealByHand(page, 1)));
    assertOwn(stage, envelopeOf(await sealGiving(page, 2, GIVEN)));
  });

  scene.prove(
    'K02',
    'by attributes and properties once the fields are ready, and by opening them anew',
    async (page) => {
      const {stage} = scene;
      stage.pages.set('/shop', snippet(stage, '<form><sealed-fields></sealed-fields></form>'));
      await page.goto(`${stage.page}/shop`);
      const bring = `{
      const element = document.querySelector('sealed-fields');
      for (const each of [element, document.querySelector('script')])
        for (const [name, text] of Object.entries(${JSON.stringify(ATTRIBUTES)})) each.setAttribute(name, text);
      for (const [name, given] of Object.entries(${JSON.stringify(GIVEN)}))
        try { element[name] = given; } catch {}
    }`;
      for (const again of ['', `document.querySelector('sealed-fields').retry()`]) {
        await readyFrame(page, stage);
        await page.evaluate(bring + again);
        const frame = await readyFrame(page, stage);
        await typeCard(page, frame, CARD);
        const result = await page.$eval('sealed-fields', (element) => element.seal());
        assert.ok(result.ok);
        assertOwn(stage, result);
        await page.$eval('sealed-fields', (element) => {
          element.clear();
        });
      }
    },
  );

  scene.prove('K02', 'by messages and another fragment, after a card was sealed', async (page) => {
    const {stage} = scene;
    const frame = await openByHand(page, stage);
    await typeCard(page, frame, CARD);
    assertOwn(stage, envelopeOf(await sealByHand(page, 1)));
    await give(page, stage, GIVEN);
    const more = new URLSearchParams({keys: JSON.stringify([key]), key: pem, kid: key.kid}).toString();
    await page.evaluate(`document.querySelector('iframe').src += '&${more}'`);
    assertOwn(stage, envelopeOf(await sealGiving(page, 2, GIVEN)));
    assertOwn(stage, envelopeOf(await sealByHand(page, 3)));
  });

  scene.prove('K03', 'RSA1_5, none, SHA-1, OAEP, other profiles', async (page) => {
    const {stage} = scene;
    const frame = await openByHand(page, stage);
    await typeCard(page, frame, CARD);
    for (const [index, name] of ['RSA1_5', 'none', 'sha1', 'RSA-OAEP', 'jwe', 'plain'].entries()) {
      const given = {
        profile: name,
        alg: name,
        algorithm: name,
        scheme: name,
        enc: name,
        hash: name,
        expiry: 'plain',
      };
      await give(page, stage, given);
      assertOwn(stage, envelopeOf(await sealGiving(page, index + 1, given)));
    }
  });
});
