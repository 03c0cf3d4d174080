import assert from 'node:assert/strict';
import {constants, createPrivateKey, privateDecrypt} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Frame, Page} from 'puppeteer-core';
import {ensureKeys, KEY_FOLDER} from '../../../demo/gateway/keys.ts';
import {createSeller} from '../../../demo/merchant/gateway.ts';
import type {Envelope} from '../../../widget/protocol/envelope.ts';
import {clickInto, typeInto} from '../../support/browser.ts';
import {sealJwe} from '../../support/openssl.ts';
import type {Servers} from '../../support/servers.ts';
import {CARD} from './attacks/attacker-page.ts';
import {envelopeOf, openHostileHost, requestSeal} from './attacks/hostile-host.ts';
import {CANARY} from './canary.ts';
import {setValues} from './pages.ts';
import {inEngines} from './suite.ts';

const {card, bank} = CANARY;
const FIELDS = [...Object.keys(card), ...Object.keys(bank)].join();

/** What the gateway decrypts of them. */
const PLAINTEXTS: Readonly<Record<string, string>> = {
  encrypted_account_number: bank.accountNumber,
  encrypted_csc: card.securityCode,
  encrypted_expiration_month: '12',
  encrypted_expiration_year: '2031',
  encrypted_number: card.cardNumber,
  encrypted_routing_number: bank.routingNumber,
};

const COUNT = 200;
const MODULUS_BYTES = 256;

/** In the page: requests one seal after the other, below the rate limit of the frame. */
const SEAL_MANY = `(async () => {
  for (let request = 1; request <= ${COUNT}; request += 1) {
    const answer = () => heard.find(({event, payload}) => event === 'sealed' && payload.request === request);
    send('seal', {request, submission: request.toString(16).padStart(32, '0')});
    do await new Promise((resolve) => setTimeout(resolve, 10)); while (!answer());
  }
  return heard.filter(({event}) => event === 'sealed').map(({payload}) => payload.envelope);
})()`;

/**
 * Decrypts with the OpenSSL of this process: a process per ciphertext would take too long. The padding is
 * checked here (RFC 8017 §7.2.2), because Node rejects PKCS#1 v1.5 (CVE-2023-46809).
 */
function decryptAll(ciphertexts: readonly Buffer[]): string[] {
  const key = createPrivateKey(readFileSync(join(KEY_FOLDER, 'private.pem')));
  return ciphertexts.map((ciphertext) => {
    const block = privateDecrypt({key, padding: constants.RSA_NO_PADDING}, ciphertext);
    const separator = block.indexOf(0, 2);
    assert.deepEqual([block[0], block[1], separator >= 10], [0, 2, true], 'expected PKCS#1 v1.5 padding');
    return block.subarray(separator + 1).toString('latin1');
  });
}

/** The digits of another script, given its zero. */
const inScript = (zero: string) => (text: string) =>
  text.replace(/\d/g, (digit) => String.fromCodePoint((zero.codePointAt(0) ?? 0) + Number(digit)));
/** A separator at both ends and after every fourth digit. */
const separatedBy = (separator: string) => (text: string) =>
  separator + text.replace(/(\d{4})(?=\d)/g, `$1${separator}`) + separator;

const WRITTEN: readonly [what: string, write: (text: string) => string, outcome: 'sealed' | 'refused'][] = [
  ['full-width', inScript('０'), 'sealed'],
  ['Arabic-Indic', inScript('٠'), 'sealed'],
  ['extended Arabic-Indic', inScript('۰'), 'sealed'],
  ['Devanagari', inScript('०'), 'sealed'],
  ['mathematical bold', inScript('𝟎'), 'sealed'],
  ['no-break spaces', separatedBy('\u00a0'), 'sealed'],
  ['thin spaces', separatedBy('\u2009'), 'sealed'],
  ['zero-width spaces', separatedBy('\u200b'), 'sealed'],
  ['zero-width joiners', separatedBy('\u200d'), 'sealed'],
  ['byte order marks', separatedBy('\ufeff'), 'sealed'],
  ['direction marks', separatedBy('\u200f'), 'sealed'],
  ['en dashes', separatedBy('–'), 'sealed'],
  ['Arabic-Indic with dashes', (text) => separatedBy('–')(inScript('٠')(text)), 'sealed'],
  [
    'circled',
    (text) => text.replace(/[1-9]/g, (digit) => String.fromCodePoint(0x245f + Number(digit))),
    'refused',
  ],
  ['superscript', inScript('⁰'), 'refused'],
  [
    'Chinese',
    (text) => text.replace(/\d/g, (digit) => '〇一二三四五六七八九'[Number(digit)] ?? ''),
    'refused',
  ],
];

/** Replaces the text of each field by an edit of the browser. One of the fields has the focus. */
async function insertAll(frame: Frame, texts: Readonly<Record<string, string>>): Promise<void> {
  await frame.evaluate(`for (const [name, text] of Object.entries(${JSON.stringify(texts)})) {
    const input = document.getElementById(name);
    input.focus();
    input.select();
    document.execCommand('insertText', false, text);
  }`);
}

const JWE_PATH = '/v1/m/demo-jwe/';
const HEADER = {alg: 'RSA-OAEP-256', enc: 'A256GCM', kid: 'test'};
const WRONG_NUMBER = {35: ['Please provide a valid Credit Card Number.']};

/** Headers that an attacker would prefer. */
const OTHER_HEADERS: readonly [what: string, header: object, padding?: string[]][] = [
  ['RSA1_5', {alg: 'RSA1_5'}, ['rsa_padding_mode:pkcs1']],
  ['RSA1_5 under another name', {}, ['rsa_padding_mode:pkcs1']],
  ['RSA-OAEP', {alg: 'RSA-OAEP'}, ['rsa_padding_mode:oaep']],
  ['a key that is not encrypted', {alg: 'dir'}],
  ['A128GCM', {enc: 'A128GCM'}],
  ['no kid', {kid: undefined}],
  ['another kid', {kid: 'attacker'}],
  ['zip', {zip: 'DEF'}],
  ['crit', {crit: ['attack'], attack: true}],
];

async function jweOf(page: Page, request: number, submission: string, more: object = {}): Promise<string> {
  const {values} = envelopeOf(await requestSeal(page, request, submission, more));
  assert.deepEqual(Object.keys(values), ['sealed']);
  return values['sealed'] ?? '';
}

function askGateway({gateway}: Servers, envelopes: string | string[]) {
  const account = {gatewayOrigin: gateway, username: 'demo', password: 'demo'};
  return createSeller(account, Date.now)('transactions/sale/keyed', {amount: '1.00', sealed: envelopes});
}

inEngines('security: ciphertexts', (suite) => {
  const {prove} = suite;

  prove(
    ['K05', 'K12'],
    `${COUNT} envelopes of one card and one bank account`,
    async (page) => {
      const frame = await openHostileHost(page, suite.servers, {fields: FIELDS});
      for (const [name, text] of Object.entries({...card, ...bank})) await typeInto(page, frame, name, text);
      const envelopes = (await page.evaluate(SEAL_MANY)) as Envelope[];
      assert.equal(envelopes.length, COUNT);
      assert.equal(new Set(envelopes.map(({id}) => id)).size, COUNT);
      const names = Object.keys(PLAINTEXTS);
      for (const {values} of envelopes) assert.deepEqual(Object.keys(values).sort(), names);
      const all = envelopes.flatMap(({values}) =>
        names.map((name) => Buffer.from(values[name] ?? '', 'base64')),
      );
      assert.deepEqual([...new Set(all.map(({length}) => length))], [MODULUS_BYTES]);
      assert.equal(new Set(all.map((bytes) => bytes.toString('hex'))).size, all.length);
      const expected = envelopes.flatMap(() => Object.values(PLAINTEXTS));
      assert.deepEqual(decryptAll(all), expected);
    },
    180_000,
  );

  prove('K17', 'a card and a bank account', async (page) => {
    const frame = await openHostileHost(page, suite.servers, {fields: FIELDS});
    await clickInto(frame, 'cardNumber');
    for (const [index, [what, write, outcome]] of WRITTEN.entries()) {
      const texts = Object.entries({...card, ...bank}).map(([name, text]) => [name, write(text)]);
      await insertAll(frame, Object.fromEntries(texts) as Record<string, string>);
      const answer = await requestSeal(page, index + 1);
      assert.equal(answer.event, outcome, what);
      if (outcome === 'refused') {
        const refused = (answer.payload['fields'] as {field: string}[]).map(({field}) => field);
        for (const name of ['cardNumber', 'securityCode', 'routingNumber', 'accountNumber'])
          assert.ok(refused.includes(name), `${what}: ${name}`);
        continue;
      }
      const {values} = envelopeOf(answer);
      const found = Object.keys(PLAINTEXTS).map((name) => Buffer.from(values[name] ?? '', 'base64'));
      assert.deepEqual(decryptAll(found), Object.values(PLAINTEXTS), what);
    }
  });

  prove(
    ['K03', 'K12', 'K14'],
    'a JWE has the header of the record, and the gateway accepts no other',
    async (page) => {
      const {servers} = suite;
      const frame = await openHostileHost(page, servers, {path: JWE_PATH, model: HEADER});
      await setValues(frame, CARD);
      const wishes = {alg: 'RSA1_5', enc: 'A128GCM', kid: 'attacker', zip: 'DEF', profile: 'paytrace'};
      const jwes = [await jweOf(page, 1, 'a'.repeat(32), wishes), await jweOf(page, 2, 'b'.repeat(32))];
      const [first, second] = jwes.map((jwe) => servers.openJwe(jwe));
      assert.deepEqual([first?.header, second?.header], [HEADER, HEADER]);
      assert.deepEqual(first?.payload.fields, second?.payload.fields);
      assert.notEqual(first?.payload.jti, second?.payload.jti);
      const parts = jwes.flatMap((jwe) => jwe.split('.').slice(1));
      assert.equal(new Set(parts).size, 8, 'they share nothing but their header');

      const {publicKeyPem} = await ensureKeys();
      const jwe = await jweOf(page, 3, 'c'.repeat(32));
      const {text} = servers.openJwe(jwe);
      for (const [what, header, padding] of OTHER_HEADERS) {
        const other = sealJwe(text, publicKeyPem, {
          header: {...HEADER, ...header},
          ...(padding && {padding}),
        });
        const {errors, success} = await askGateway(servers, other);
        assert.deepEqual([success, errors], [false, WRONG_NUMBER], what);
      }
      assert.equal((await askGateway(servers, jwe))['success'], true);
      assert.deepEqual((await askGateway(servers, jwe))['errors'], WRONG_NUMBER, 'a second time');
    },
  );

  prove('K13', 'the gateway accepts number and code of one submission only', async (page) => {
    const {servers} = suite;
    const {cardNumber, expiry, securityCode} = CARD;
    const open = async (values: Record<string, string>) => {
      const fields = Object.keys(values).join();
      await setValues(await openHostileHost(page, servers, {path: JWE_PATH, fields}), values);
    };
    await open({cardNumber, expiry});
    const number = await jweOf(page, 1, 'a'.repeat(32));
    await open({securityCode});
    const foreign = await jweOf(page, 1, 'b'.repeat(32));
    const own = await jweOf(page, 2, 'a'.repeat(32));
    assert.deepEqual((await askGateway(servers, [number, foreign]))['errors'], WRONG_NUMBER);
    assert.equal((await askGateway(servers, [number, own]))['success'], true);
  });
});
