import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Page} from 'puppeteer-core';
import {KEY_FOLDER} from '../../demo/gateway/keys.ts';
import type {Envelope} from '../../widget/protocol/envelope.ts';
import {typeInto} from '../e2e/shopper.ts';
import {openByHand} from './by-hand.ts';
import {CANARY} from './canary.ts';
import {inEngines} from './suite.ts';

const COUNT = 200;
const BYTES = 256;

const WAYS = {
  card: {
    typed: CANARY.card,
    read: {
      encrypted_number: CANARY.card.cardNumber,
      encrypted_csc: CANARY.card.securityCode,
      encrypted_expiration_month: '12',
      encrypted_expiration_year: '2031',
    },
  },
  bank: {
    typed: CANARY.bank,
    read: {
      encrypted_routing_number: CANARY.bank.routingNumber,
      encrypted_account_number: CANARY.bank.accountNumber,
    },
  },
} as const;

/** In the page: asks for one seal after the other, no faster than the frame listens. */
const SEAL = `(async () => {
  for (let request = 1; request <= ${COUNT}; request += 1) {
    const answer = () => heard.find(({event, payload}) => event === 'sealed' && payload.request === request);
    speak('seal', {request, submission: request.toString(16).padStart(32, '0')});
    do await new Promise((resolve) => setTimeout(resolve, 10)); while (!answer());
  }
  return heard.filter(({event}) => event === 'sealed').map(({payload}) => payload.envelope.values);
})()`;

async function sealMany(page: Page): Promise<Envelope['values'][]> {
  return (await page.evaluate(SEAL)) as Envelope['values'][];
}

/** Opens all of them by OpenSSL, from one shell: each costs a process. */
function openAll(ciphertexts: readonly Buffer[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'sealed-fields-ciphertexts-'));
  try {
    for (const [index, bytes] of ciphertexts.entries()) writeFileSync(join(folder, `${index}.sealed`), bytes);
    const command = `openssl pkeyutl -decrypt -inkey "$1" -pkeyopt rsa_padding_mode:pkcs1`;
    const loop = `for each in *.sealed; do ${command} -in $each -out $each.open || exit 1; done`;
    execFileSync('sh', ['-c', loop, 'sh', join(KEY_FOLDER, 'private.pem')], {cwd: folder});
    return ciphertexts.map((_, index) => readFileSync(join(folder, `${index}.sealed.open`), 'latin1'));
  } finally {
    rmSync(folder, {recursive: true});
  }
}

inEngines({}, (scene) => {
  for (const [way, {typed, read}] of Object.entries(WAYS))
    scene.prove(
      'K05',
      `of a ${way}`,
      async (page) => {
        const frame = await openByHand(page, scene.stage, {fields: Object.keys(typed).join()});
        for (const [name, text] of Object.entries(typed)) await typeInto(page, frame, name, text);
        const sealed = await sealMany(page);
        assert.equal(sealed.length, COUNT);
        const all: Buffer[] = [];
        for (const values of sealed) {
          assert.deepEqual(Object.keys(values).sort(), Object.keys(read).sort());
          for (const name of Object.keys(read)) all.push(Buffer.from(values[name] ?? '', 'base64'));
        }
        assert.deepEqual([...new Set(all.map(({length}) => length))], [BYTES]);
        assert.equal(new Set(all.map((bytes) => bytes.toString('hex'))).size, all.length);
        const expected = sealed.flatMap(() => Object.values(read));
        assert.deepEqual(openAll(all), expected);
      },
      180_000,
    );
});
