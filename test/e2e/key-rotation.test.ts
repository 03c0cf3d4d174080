import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {join} from 'node:path';
import type {Page} from 'puppeteer-core';
import {KEY_FOLDER} from '../../demo/gateway/keys.ts';
import {readyFrame, typeWholeCard} from '../support/browser.ts';
import {inEngines} from '../support/engines.ts';
import {makeKeyPair, open} from '../support/openssl.ts';
import {CARD, CARD_VALUES, openCard, textOf} from '../support/payment.ts';

const {publicPem, privatePem} = makeKeyPair();

/** The key that the gateway decrypts with, and a newer key without a kid, which the gateway does not have. */
const FIRST = {kid: 'first', file: join(KEY_FOLDER, 'public.pem'), notBefore: '2026-01-01T00:00:00Z'};
const SECOND = {pem: publicPem, notBefore: '2026-10-01T00:00:00Z'};

/** The kid of a key without one: the hash of its SubjectPublicKeyInfo, the content of its PEM (RFC 7468 §13). */
const SECOND_NAME = createHash('sha256')
  .update(Buffer.from(publicPem.replace(/-----.*-----/g, ''), 'base64'))
  .digest('base64url');

inEngines('a key that is published while a page is open', (suite) => {
  const pay = async (page: Page) => {
    await typeWholeCard(page, await readyFrame(page, suite.servers), CARD);
    await Promise.all([page.waitForNavigation(), page.click('form button:last-of-type')]);
    const form = JSON.parse(await textOf(page, '#received')) as Record<string, string>;
    const answer = JSON.parse(await textOf(page, '#answer')) as Record<string, unknown>;
    return {form, answer, keyShown: await textOf(page, '.wire strong')};
  };

  suite.onPage('is used by the next page; the open one pays with the key that it loaded', async (page) => {
    const {servers} = suite;
    await servers.publishAnew({record: {keys: [FIRST]}});
    await page.goto(`${servers.shop}/card`);
    await readyFrame(page, servers);
    await servers.publishAnew({record: {keys: [FIRST, SECOND]}});
    const before = await pay(page);
    assert.deepEqual([before.keyShown, before.answer['response_code']], ['first', 101]);
    assert.deepEqual(openCard(servers, before.form), CARD_VALUES);
    await page.goto(`${servers.shop}/card`);
    const after = await pay(page);
    assert.deepEqual([after.keyShown, after.form['sealed_key_id']], [SECOND_NAME, SECOND_NAME]);
    assert.deepEqual(open([after.form['encrypted_number'] ?? ''], privatePem), [CARD.cardNumber]);
  });
});
