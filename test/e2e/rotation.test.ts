import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {join} from 'node:path';
import type {Page} from 'puppeteer-core';
import {KEY_FOLDER} from '../../demo/gateway/keys.ts';
import {type KeyPair, makeKeyPair, open, openJwe} from '../openssl.ts';
import {allReady, typeWhole} from './frames.ts';
import {textOf} from './payment.ts';
import {inEngines} from './scene.ts';
import {clickInto, readyFrame, typeWholeCard, valueOf} from './shopper.ts';
import {settle} from './settle.ts';
import {type Received, snippet} from './stage.ts';

const CARD = {cardNumber: '4012000098765439', expiry: '12/31', securityCode: '999'};

const [earlier, later] = [makeKeyPair(), makeKeyPair()];
const EARLIER = {kid: 'earlier', pem: earlier.publicPem, notBefore: '2026-01-01T00:00:00Z'};
const LATER = {kid: 'later', pem: later.publicPem, notBefore: '2026-10-01T00:00:00Z'};

/** The answer goes to a frame beside, and the page stays. */
const FORM = `<form method="post" action="/received" target="beside"><sealed-fields></sealed-fields><button>Pay</button></form>
  <input id="elsewhere"><iframe name="beside"></iframe>`;

/** In the frame: puts the clock on by an hour. */
const HOUR = 3_600_000;
const HOUR_LATER = `{
  const Real = Date;
  const now = () => Real.now() + ${HOUR};
  window.Date = class extends Real {
    constructor(...parts) {
      super(...(parts.length === 0 ? [now()] : parts));
    }
    static now = now;
  };
}`;

/** The number that a form brings, by OpenSSL and this private key. */
const NUMBER_IN: Record<string, (form: Received['form'], key: KeyPair) => unknown> = {
  paytrace: ({encrypted_number = ''}, {privatePem}) => open([encrypted_number], privatePem)[0],
  jwe({sealed = ''}, {privatePem}) {
    const {header, payload} = openJwe(sealed, privatePem);
    assert.ok(header['kid'] === EARLIER.kid || header['kid'] === LATER.kid);
    return Reflect.get(payload.fields, 'cardNumber') as unknown;
  },
};

for (const [profile, numberIn] of Object.entries(NUMBER_IN))
  inEngines({record: {profile, keys: [EARLIER]}}, (scene) => {
    const type = async (page: Page) => {
      await typeWholeCard(page, await readyFrame(page, scene.stage), CARD);
    };
    const pay = async (page: Page): Promise<Received['form']> => {
      const {stage} = scene;
      stage.received.length = 0;
      stage.pages.set('/received', {html: '<!doctype html><title>Received</title>'});
      await page.click('button');
      return (await stage.nextReceived()).form;
    };
    const assertSealedBy = (form: Received['form'], kid: string, key: KeyPair) => {
      assert.equal(form['sealed_key_id'], kid);
      assert.equal(numberIn(form, key), CARD.cardNumber);
    };

    scene.onPage(
      `${profile}: a page that was open while a key was published pays with the one before, and with the new one once its fields are mounted anew`,
      async (page) => {
        const {stage} = scene;
        await stage.publishAnew({});
        stage.pages.set('/', snippet(stage, FORM));
        await page.goto(stage.page);
        await type(page);
        await stage.publishAnew({record: {profile, keys: [EARLIER, LATER]}});
        assertSealedBy(await pay(page), 'earlier', earlier);
        await page.evaluate(() => {
          const element = document.querySelector('sealed-fields');
          if (element !== null) document.querySelector('form')?.prepend(element);
        });
        await type(page);
        assertSealedBy(await pay(page), 'later', later);
      },
    );

    scene.onPage(
      `${profile}: a page that knows a key for later takes it from its first moment on, at the next submission`,
      async (page) => {
        const {stage} = scene;
        const from = new Date(Date.now() + HOUR);
        const notBefore = from.toJSON().replace(/\.\d+/, '');
        await stage.publishAnew({record: {profile, keys: [{...LATER, notBefore}, EARLIER]}});
        stage.pages.set('/', snippet(stage, FORM));
        await page.goto(stage.page);
        await type(page);
        assertSealedBy(await pay(page), 'earlier', earlier);
        const frame = await readyFrame(page, stage);
        await frame.evaluate(HOUR_LATER);
        await page.click('#elsewhere');
        await clickInto(frame, 'cardNumber'); // after an hour nothing stands there any more
        await settle(() => valueOf(frame, 'cardNumber'), '');
        await type(page);
        assertSealedBy(await pay(page), 'later', later);
      },
    );
  });

/** What stands between the lines of the later key's PEM: its SubjectPublicKeyInfo (RFC 7468 §13). */
const spki = Buffer.from(later.publicPem.replace(/-----.*-----/g, ''), 'base64');

/** The key that the gateway opens with, and one without a name that it has not got yet. */
const FIRST = {kid: 'first', file: join(KEY_FOLDER, 'public.pem'), notBefore: '2026-01-01T00:00:00Z'};
const SECOND = {pem: later.publicPem, notBefore: '2026-10-01T00:00:00Z'};

inEngines({record: {keys: [FIRST]}}, (scene) => {
  const payInShop = async (page: Page) => {
    await typeWholeCard(page, await readyFrame(page, scene.stage), CARD);
    await Promise.all([page.waitForNavigation(), page.click('form button:last-of-type')]);
    return {
      form: JSON.parse(await textOf(page, '#received')) as Received['form'],
      answer: JSON.parse(await textOf(page, '#answer')) as Record<string, unknown>,
      shown: await textOf(page, '.wire strong'),
    };
  };

  scene.onPage(
    'the shop is paid from a page that was open while a key was published, and shows the name of whichever sealed',
    async (page) => {
      const {stage} = scene;
      await page.goto(`${stage.shop}/card`);
      await readyFrame(page, stage);
      await stage.publishAnew({record: {keys: [FIRST, SECOND]}});
      const before = await payInShop(page);
      assert.deepEqual([before.shown, before.answer['response_code']], ['first', 101]);
      await page.goto(`${stage.shop}/card`);
      const after = await payInShop(page);
      assert.equal(after.shown, createHash('sha256').update(spki).digest('base64url'));
      assert.equal(after.form['sealed_key_id'], after.shown);
      assert.equal(NUMBER_IN['paytrace']?.(after.form, later), CARD.cardNumber);
    },
  );

  scene.onPage(
    'a card in two frames that know different keys is asked for anew, and not sent',
    async (page) => {
      const {stage} = scene;
      stage.received.length = 0;
      const [first, second] = ['cardNumber', 'securityCode'].map(
        (name) => `<sealed-fields data-fields="${name}"></sealed-fields>`,
      );
      stage.pages.set('/split', snippet(stage, `<form method="post">${first}<button>Pay</button></form>`));
      await stage.publishAnew({record: {keys: [FIRST]}});
      await page.goto(`${stage.page}/split`);
      await allReady(page);
      await stage.publishAnew({record: {keys: [FIRST, SECOND]}});
      await page.evaluate(`document.forms[0].insertAdjacentHTML('beforeend', '${second}')`);
      await allReady(page);
      const {cardNumber, securityCode} = CARD;
      await typeWhole(page, {cardNumber, securityCode});
      await page.evaluate(`
      window.codes = [];
      addEventListener('sealed-error', ({detail: {code}}) => codes.push(code));`);
      await page.click('button');
      const seen = () =>
        page.evaluate(() => ({
          told: [...document.querySelectorAll('sealed-fields')].flatMap(({state}) =>
            Object.values(state.fields).map(({status, visited}) => visited && status),
          ),
          focused: document.activeElement === document.querySelector('iframe'),
        }));
      await settle(seen, {told: ['empty', 'empty'], focused: true});
      assert.deepEqual(await page.evaluate('codes'), ['seal-failed', 'seal-failed']);
      assert.deepEqual(stage.received, []);
    },
  );
});
