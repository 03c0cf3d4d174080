import assert from 'node:assert/strict';
import type {Page} from 'puppeteer-core';
import type {Envelope} from '../../../widget/protocol/envelope.ts';
import {readyFrame} from '../../support/browser.ts';
import {instead} from '../../support/network-faults.ts';
import {open, sharedKeyPair} from '../../support/openssl.ts';
import {snippet, type Servers} from '../../support/servers.ts';
import {CARD, shownIn} from './attacks/attacker-page.ts';
import {stampRecord, withRecord} from './attacks/documents.ts';
import {CONFIGURE, envelopeOf, heardBy, openHostileHost, requestSeal} from './attacks/hostile-host.ts';
import {sealWithPrivateKey, sealWithWeakKey} from './attacks/keys.ts';
import {NOISE, noiseOf} from './attacks/noise.ts';
import {type Key, makeKeys} from './keys.ts';
import {assertDecrypts, fill, openFields, seal, setValues} from './pages.ts';
import {inEngines} from './suite.ts';

/** A valid key of the attacker's, in every form in which someone could try to introduce it. */
const {publicPem: pem, privatePem} = sharedKeyPair();
const KEY = {kid: 'attacker', pem};
const RECORD = {
  id: 'attacker',
  origins: [],
  profile: 'paytrace',
  keys: [KEY],
  expiry: 'plain',
  reveal: ['bin', 'last4'],
};
const GIVEN = {
  ...RECORD,
  key: KEY,
  pem,
  publicKey: pem,
  keyId: KEY.kid,
  kid: KEY.kid,
  record: RECORD,
  crypto: RECORD,
};
const ATTRIBUTES = {
  'data-key': pem,
  'data-keys': JSON.stringify([KEY]),
  'data-pem': pem,
  'data-public-key': pem,
  'data-key-url': 'https://evil.example/key.pem',
  'data-key-id': KEY.kid,
  'data-record': JSON.stringify(RECORD),
  'data-profile': 'none',
  'data-names': '{}',
};
const IN_MARKUP = Object.entries(ATTRIBUTES)
  .map(([name, text]) => `${name}='${text}'`)
  .join(' ');

/** In the page: sets these attributes on element and script, and these properties on the element. */
const INTRODUCE_LATER = `{
  const element = document.querySelector('sealed-fields');
  for (const each of [element, document.querySelector('script')])
    for (const [name, text] of Object.entries(${JSON.stringify(ATTRIBUTES)})) each.setAttribute(name, text);
  for (const [name, given] of Object.entries(${JSON.stringify(GIVEN)}))
    try { element[name] = given; } catch {}
}`;

/** Sends all of it over the port, and to the window as a second handshake and as Postmate's calls. */
const SEND_EVERYWHERE = (given: object, widget: string) => `{
  const given = ${JSON.stringify(given)};
  const configure = ${JSON.stringify(CONFIGURE)};
  const frame = document.querySelector('iframe').contentWindow;
  const type = 'application/x-postmate-v1+json';
  for (const [event, payload] of [['configure', configure], ['focus', {}], ['attempt', {}]]) {
    port.postMessage({event, payload, ...given});
    send(event, {...payload, ...given});
  }
  for (const event of ['key', 'keys', 'record', 'model', 'profile']) send(event, given);
  frame.postMessage({postmate: 'handshake', type, model: given}, '${widget}');
  for (const property of Object.keys(given))
    frame.postMessage({postmate: 'call', type, property, data: given[property]}, '${widget}');
  frame.postMessage({sealed: 'port', channel: '', ...given}, '${widget}');
}`;

const NAMES = [
  'encrypted_csc',
  'encrypted_expiration_month',
  'encrypted_expiration_year',
  'encrypted_number',
];

/** The key of the record encrypted it, in the form of the record: no plaintext, and no other names. */
function assertOwnKey(servers: Servers, {values, keyId}: Envelope): void {
  assert.equal(keyId, 'test');
  assert.deepEqual(Object.keys(values).sort(), NAMES);
  assertDecrypts(servers, values, CARD);
}

/** Replacements of the browser's random generator, in a frame that has this field. */
const GENERATORS: Readonly<Record<string, string>> = {
  accountNumber: `Object.defineProperty(window, 'crypto', {configurable: true, value: undefined})`,
  accountType: `Crypto.prototype.getRandomValues = undefined`,
  cardNumber: `Crypto.prototype.getRandomValues = () => { throw new DOMException('no', 'OperationError'); }`,
  expiry: `Crypto.prototype.getRandomValues = (bytes) => bytes.fill(0)`,
  routingNumber: `Crypto.prototype.getRandomValues = (bytes) => bytes`,
  securityCode: `Crypto.prototype.getRandomValues = (bytes) => bytes.fill(0xa5)`,
};

/** Before all scripts of a frame: replaces its generator according to the field in its address. */
const BREAK_GENERATORS = `if (window !== top) {
  const field = new URLSearchParams(location.hash.slice(1)).get('fields');
  const generators = {${Object.entries(GENERATORS)
    .map(([field, script]) => `${field}() { ${script}; }`)
    .join()}};
  generators[field]?.();
}`;

inEngines('security: key substitution', (suite) => {
  const {prove} = suite;

  prove(['K01', 'K02'], 'attributes and properties, at once, later and before a retry', async (page) => {
    const {servers} = suite;
    const {html} = snippet(servers, `<form><sealed-fields ${IN_MARKUP}></sealed-fields></form>`);
    const card = async () => {
      await fill(page, await readyFrame(page, servers), CARD);
      const result = await seal(page);
      assert.ok(result.ok);
      assertOwnKey(servers, result);
    };
    servers.pages.set('/keys', {html: html.replace('data-merchant', `${IN_MARKUP} data-merchant`)});
    await page.goto(`${servers.page}/keys`);
    await card();

    await openFields(page, servers);
    await page.evaluate(INTRODUCE_LATER);
    await card();
    await page.evaluate(`${INTRODUCE_LATER} document.querySelector('sealed-fields').retry()`);
    await card();
  });

  prove(['K01', 'K02', 'K03'], 'messages of a hostile host, before and after a seal', async (page) => {
    const {servers} = suite;
    const frame = await openHostileHost(page, servers, {model: GIVEN});
    assert.equal(await page.evaluate('replies.length'), 2); // of two handshakes one was answered
    await page.evaluate(SEND_EVERYWHERE(GIVEN, servers.widget));
    await setValues(frame, CARD);
    let request = 0;
    const assertOwn = async (given: object) => {
      request += 1;
      assertOwnKey(servers, envelopeOf(await requestSeal(page, request, 'd'.repeat(32), given)));
    };
    await assertOwn({});
    await page.evaluate(SEND_EVERYWHERE(GIVEN, servers.widget));
    const more = new URLSearchParams({keys: JSON.stringify([KEY]), key: pem, kid: KEY.kid}).toString();
    await page.evaluate(`document.querySelector('iframe').src += '&${more}'`);
    await assertOwn(GIVEN);
    await assertOwn({});
    for (const name of ['RSA1_5', 'none', 'sha1', 'RSA-OAEP', 'jwe', 'plain']) {
      const properties = ['profile', 'alg', 'algorithm', 'scheme', 'enc', 'hash'];
      const given = {...Object.fromEntries(properties.map((each) => [each, name])), expiry: 'plain'};
      await page.evaluate(SEND_EVERYWHERE(given, servers.widget));
      await assertOwn(given);
    }
  });

  prove(['K04', 'K06', 'K07', 'K08', 'K10', 'K11'], 'keys in a changed frame document', async (page) => {
    const {servers} = suite;
    const keys = makeKeys();
    const rejected = keys.filter(({outcome}) => outcome !== 'accepted' && outcome !== 'no fields');
    const {codes, reported} = await codesOf(page, servers, rejected);
    assert.deepEqual(
      codes,
      rejected.map(({what, outcome}) => `${what}: ${outcome}`),
    );
    for (const line of privatePem.split('\n').slice(1, -2)) assert.ok(!reported.includes(line.slice(0, 16)));

    for (const {what, entry} of keys.filter(({outcome}) => outcome === 'no fields')) {
      await stampRecord(servers, {keys: [{kid: 'given', ...entry}]});
      servers.pages.set('/invalid', snippet(servers, '<sealed-fields></sealed-fields>'));
      await page.goto(`${servers.page}/invalid`);
      const [, frame] = page.frames();
      assert.ok(frame);
      assert.equal(await shownIn(frame), 'neutral', what);
    }
    for (const {what, entry} of keys.filter(({outcome}) => outcome === 'accepted')) {
      await stampRecord(servers, {keys: [{kid: 'given', ...entry}]});
      const frame = await openHostileHost(page, servers, {fields: 'securityCode'});
      await setValues(frame, {securityCode: '999'});
      const {values} = envelopeOf(await requestSeal(page, 1));
      assert.deepEqual(open(Object.values(values), privatePem), ['999'], what);
    }
    await servers.networkFaults.clear();
  });

  prove('K04', 'a page that requests a seal with a weak key gets no ciphertext', async (page) => {
    assert.deepEqual(await sealWithWeakKey(page, suite.servers), []);
    assert.ok((await heardBy(page)).every(({event}) => event !== 'sealed'));
    await suite.servers.networkFaults.clear();
  });

  prove('K07', 'a page that requests a seal with a private key gets no ciphertext', async (page) => {
    assert.deepEqual(await sealWithPrivateKey(page, suite.servers), []);
    await suite.servers.networkFaults.clear();
  });

  prove('K15', 'the page gets no-secure-random, with each broken generator', async (page) => {
    const {servers} = suite;
    const fields = Object.keys(GENERATORS);
    await page.evaluateOnNewDocument(`${BREAK_GENERATORS} if (window === top) {
      window.codes = [];
      addEventListener('sealed-error', ({detail, target}) => codes.push(target.dataset.fields + ' ' + detail.code));
    }`);
    servers.pages.set('/random', snippet(servers, ''));
    await page.goto(`${servers.page}/random`);
    // One after the other: puppeteer may lose one of several frames that load at once, and run no script in it.
    for (const field of fields) {
      await page.evaluate(`{
        const element = document.createElement('sealed-fields');
        element.dataset.fields = '${field}';
        document.body.append(element);
      }`);
      await page.waitForFunction(`codes.some((each) => each.startsWith('${field} '))`);
    }
    const expected = fields.map((field) => `${field} no-secure-random`);
    assert.deepEqual([...new Set((await page.evaluate('codes')) as string[])].sort(), expected);
    const outcomes = await page.evaluate(
      `Promise.all(Array.from(document.querySelectorAll('sealed-fields'), (element) =>
        element.seal().then(() => 'sealed', ({code}) => element.dataset.fields + ' ' + code)))`,
    );
    assert.deepEqual(outcomes, expected);
  });

  for (const path of ['/v1/m/demo/', '/v1/m/demo-jwe/'])
    prove('K15', `a page that requests a seal anyway gets no ciphertext, at ${path}`, async (page) => {
      await page.evaluateOnNewDocument(`if (window !== top) {
        const {getRandomValues} = Crypto.prototype;
        const {get} = Object.getOwnPropertyDescriptor(window, 'crypto') ?? Object.getOwnPropertyDescriptor(Window.prototype, 'crypto');
        window.repair = () => {
          Crypto.prototype.getRandomValues = getRandomValues;
          Object.defineProperty(window, 'crypto', {configurable: true, get});
        };
        ${GENERATORS['expiry'] ?? ''};
      }`);
      const options = {path, fields: 'securityCode', until: 'failed'};
      const frame = await openHostileHost(page, suite.servers, options);
      await setValues(frame, {securityCode: '999'});
      for (const [index, script] of Object.values(GENERATORS).entries()) {
        await frame.evaluate(`repair(); ${script}; 0`);
        const {event, payload} = await requestSeal(page, index + 1);
        assert.deepEqual([event, payload['code']], ['failed', 'no-secure-random'], script);
      }
      assert.ok((await heardBy(page)).every(({event}) => event !== 'sealed'));
      await frame.evaluate('repair(); 0');
      assert.equal((await requestSeal(page, 100)).event, 'sealed', 'the generator was the only obstacle');
    });
});

/** Opens one element for each key. @returns the outcomes of their seals, and every text that was reported. */
async function codesOf(
  page: Page,
  servers: Servers,
  keys: readonly Key[],
): Promise<{codes: string[]; reported: string}> {
  const reply = await fetch(`${servers.widget}/v1/m/demo/`);
  const html = await reply.text();
  const headers = Object.fromEntries([...reply.headers].filter(([name]) => /policy|type|agent/.test(name)));
  for (const [index, {entry}] of keys.entries()) {
    const changed = withRecord(html, {id: `key-${index}`, keys: [{kid: 'given', ...entry}]});
    servers.networkFaults.set(`/v1/m/key-${index}/`, instead(200, headers, changed));
  }
  // The field is a list with a default, so such an element could be sealed at once.
  const elements = keys.map(
    (_, index) => `<sealed-fields data-merchant="key-${index}" data-fields="accountType"></sealed-fields>`,
  );
  servers.pages.set('/keys', snippet(servers, elements.join('')));
  await page.evaluateOnNewDocument(`${NOISE} if (window === top) {
    Object.assign(window, {codes: [], reports: []});
    window.note = (error) => reports.push(JSON.stringify(error), error.message, error.stack, error.hint);
    addEventListener('sealed-error', ({detail}) => { codes.push(detail.code); note(detail); });
  }`);
  await page.goto(`${servers.page}/keys`);
  await page.waitForFunction(`customElements.get('sealed-fields')`);
  const codes = (await page.evaluate(
    `Promise.all(Array.from(document.querySelectorAll('sealed-fields'), (element) =>
      element.seal().then(() => 'sealed', (error) => { note(error); return error.code; })))`,
  )) as string[];
  await page.waitForFunction(`codes.length === ${keys.length}`); // each reported its key before it was sealed
  assert.deepEqual(((await page.evaluate('codes')) as string[]).sort(), [...codes].sort());
  const reported = [
    await page.evaluate('reports'),
    await noiseOf(page.mainFrame()),
    await page.content(),
    servers.log,
  ];
  return {
    codes: keys.map(({what}, index) => `${what}: ${codes[index] ?? ''}`),
    reported: JSON.stringify(reported),
  };
}
