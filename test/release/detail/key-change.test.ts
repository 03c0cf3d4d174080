import assert from 'node:assert/strict';
import type {Page} from 'puppeteer-core';
import {clickInto, readyFrame, typeInto, valueOf} from '../../support/browser.ts';
import {inEngines} from '../../support/engines.ts';
import {allReady, typeWhole} from '../../support/frames.ts';
import {type KeyPair, makeKeyPair, open, openJwe} from '../../support/openssl.ts';
import {CARD} from '../../support/payment.ts';
import {poll} from '../../support/poll.ts';
import {type Received, snippet} from '../../support/servers.ts';

const [earlier, later] = [makeKeyPair(), makeKeyPair()];
const EARLIER = {kid: 'earlier', pem: earlier.publicPem, notBefore: '2026-01-01T00:00:00Z'};
const LATER = {kid: 'later', pem: later.publicPem, notBefore: '2026-10-01T00:00:00Z'};

/** The response loads in a frame, so the page stays open. */
const FORM = `<form method="post" action="/received" target="sink">
    <sealed-fields data-fields="securityCode"></sealed-fields><button>Pay</button></form>
  <input id="elsewhere"><iframe name="sink"></iframe>`;

const HOUR_MS = 3_600_000;

/** In the frame: moves the clock forward by an hour. */
const HOUR_LATER = `{
  const Real = Date;
  const now = () => Real.now() + ${HOUR_MS};
  window.Date = class extends Real {
    constructor(...parts) {
      super(...(parts.length === 0 ? [now()] : parts));
    }
    static now = now;
  };
}`;

/** The security code in a form of a profile, decrypted with a private key. */
const CODE_IN: Record<string, (form: Received['form'], key: KeyPair) => unknown> = {
  paytrace: ({encrypted_csc = ''}, {privatePem}) => open([encrypted_csc], privatePem)[0],
  jwe: ({sealed = ''}, {privatePem}) => openJwe(sealed, privatePem).payload.fields,
};
const EXPECTED: Record<string, unknown> = {paytrace: '999', jwe: {securityCode: '999'}};

inEngines('a change of the key in an open page', (suite) => {
  for (const [profile, codeIn] of Object.entries(CODE_IN)) {
    const publish = (...keys: object[]) => suite.servers.publishAnew({record: {profile, keys}});
    const visit = async (page: Page) => {
      const {servers} = suite;
      servers.pages.set('/', snippet(servers, FORM));
      servers.pages.set('/received', {html: 'Received.'});
      await page.goto(servers.page);
    };
    const type = async (page: Page) => {
      await typeInto(page, await readyFrame(page, suite.servers), 'securityCode', '999');
      await poll(() => page.$eval('sealed-fields', ({state}) => state.complete), true);
    };
    const assertPaysWith = async (page: Page, kid: string, key: KeyPair) => {
      const {servers} = suite;
      servers.received.length = 0;
      await page.click('button');
      const {form} = await servers.nextReceived();
      assert.equal(form['sealed_key_id'], kid);
      assert.deepEqual(codeIn(form, key), EXPECTED[profile]);
    };

    suite.onPage(`takes effect when the fields are mounted again (${profile})`, async (page) => {
      await publish(EARLIER);
      await visit(page);
      await type(page);
      await publish(EARLIER, LATER);
      await assertPaysWith(page, 'earlier', earlier);
      await page.evaluate(() => {
        const element = document.querySelector('sealed-fields');
        if (element !== null) document.querySelector('form')?.prepend(element);
      });
      await type(page);
      await assertPaysWith(page, 'later', later);
    });

    suite.onPage(`takes effect at notBefore of a key that the page knows (${profile})`, async (page) => {
      const notBefore = new Date(Date.now() + HOUR_MS).toJSON().replace(/\.\d+/, '');
      await publish({...LATER, notBefore}, EARLIER);
      await visit(page);
      await type(page);
      await assertPaysWith(page, 'earlier', earlier);
      const frame = await readyFrame(page, suite.servers);
      await frame.evaluate(HOUR_LATER);
      await page.click('#elsewhere');
      await clickInto(frame, 'securityCode'); // after an hour the fields are wiped
      await poll(() => valueOf(frame, 'securityCode'), '');
      await type(page);
      await assertPaysWith(page, 'later', later);
    });
  }

  suite.onPage('asks again for a card whose frames know different keys, and sends nothing', async (page) => {
    const {servers} = suite;
    servers.received.length = 0;
    const [first = '', second = ''] = ['cardNumber', 'securityCode'].map(
      (name) => `<sealed-fields data-fields="${name}"></sealed-fields>`,
    );
    servers.pages.set('/split', snippet(servers, `<form method="post">${first}<button>Pay</button></form>`));
    await servers.publishAnew({record: {keys: [EARLIER]}});
    await page.goto(`${servers.page}/split`);
    await allReady(page);
    await servers.publishAnew({record: {keys: [EARLIER, LATER]}});
    await page.evaluate((html) => {
      document.forms[0]?.insertAdjacentHTML('beforeend', html);
    }, second);
    await allReady(page);
    await typeWhole(page, {cardNumber: CARD.cardNumber, securityCode: CARD.securityCode});
    await page.evaluate(`
      window.codes = [];
      addEventListener('sealed-error', ({detail: {code}}) => codes.push(code));`);
    await page.click('button');
    const after = () =>
      page.evaluate(() => ({
        statuses: [...document.querySelectorAll('sealed-fields')].flatMap(({state}) =>
          Object.values(state.fields).map(({status, visited}) => visited && status),
        ),
        isFirstFocused: document.activeElement === document.querySelector('iframe'),
      }));
    await poll(after, {statuses: ['empty', 'empty'], isFirstFocused: true});
    assert.deepEqual(await page.evaluate('codes'), ['seal-failed', 'seal-failed']);
    assert.deepEqual(servers.received, []);
  });
});
