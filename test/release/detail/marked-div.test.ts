import assert from 'node:assert/strict';
import type {Page} from 'puppeteer-core';
import {texts as de} from '../../../widget/locales/de.ts';
import {readyFrame, typeInto, typeWholeCard} from '../../support/browser.ts';
import {inEngines} from '../../support/engines.ts';
import {CARD, CARD_NAMES, CARD_VALUES, openCard} from '../../support/payment.ts';
import {poll} from '../../support/poll.ts';
import {snippet} from '../../support/servers.ts';

/** Scripts refer to an element by its id. The response loads in a frame. */
const FORM = `<form id="form" method="post" action="/received" target="sink">
  <div id="place"></div><button>Pay</button></form><iframe name="sink" hidden></iframe>`;

inEngines('a marked div', (suite) => {
  /** Opens the form once the script has run, so that no div is marked when it does. */
  const open = async (page: Page) => {
    const {servers} = suite;
    servers.received.length = 0;
    servers.pages.set('/', snippet(servers, FORM, 'data-upgrade="any"'));
    servers.pages.set('/received', {html: 'Received.'});
    await page.goto(servers.page);
    await page.waitForFunction('customElements.get("sealed-fields")');
  };
  /** Changes the page. @returns the frame of its one element. */
  const change = async (page: Page, script: string) => {
    await page.evaluate(`{${script}}`);
    const frame = await readyFrame(page, suite.servers);
    const elements = await page.$$eval('sealed-fields', (all) =>
      all.map((element) =>
        [element.parentElement, ...element.children].map((node) => node?.tagName).join(' '),
      ),
    );
    assert.deepEqual(elements, ['DIV IFRAME']);
    return frame;
  };
  const pay = async (page: Page) => {
    const count = suite.servers.received.length;
    await poll(() => page.evaluate('form.checkValidity()'), true); // the page knows of the last key
    await page.click('button');
    return (await suite.servers.nextReceived(count)).form;
  };

  suite.onPage(
    'has an element once it is marked, and a new one when the page has emptied it',
    async (page) => {
      await open(page);
      await change(page, `place.setAttribute('data-sealed-fields', '')`);
      const frame = await change(page, 'place.replaceChildren()');
      await typeWholeCard(page, frame, CARD);
      assert.deepEqual(openCard(suite.servers, await pay(page)), CARD_VALUES);
    },
  );

  suite.onPage('loads a new frame with other fields when the mark names them', async (page) => {
    await open(page);
    const card = await change(page, `place.dataset.sealedFields = 'card'`);
    await typeInto(page, card, 'expiry', '11/30');
    const frame = await change(page, `place.dataset.sealedFields = 'expiry'`);
    assert.deepEqual(await frame.$$eval('input', (inputs) => inputs.map(({id, value}) => [id, value])), [
      ['expiry', ''],
    ]);
    await page.evaluate(`place.dataset.locale = 'de'`);
    const message = () => page.$eval('sealed-fields', ({validationMessage}) => validationMessage);
    await poll(message, de.problems.expiry.required);
    await typeInto(page, frame, 'expiry', CARD.expiry);
    const form = await pay(page);
    assert.deepEqual(
      CARD_NAMES.map((name) => name in form),
      [false, true, true, false],
    );
    assert.deepEqual(suite.servers.open(CARD_NAMES.slice(1, 3).map((name) => form[name] ?? '')), [
      '12',
      '2031',
    ]);
  });

  suite.onPage('keeps an element that the page has put into it when the mark is removed', async (page) => {
    await open(page);
    await change(page, `place.append(document.createElement('sealed-fields'))`);
    await change(page, `place.dataset.sealedFields = 'card'`);
    const frame = await change(page, `place.removeAttribute('data-sealed-fields')`);
    await typeWholeCard(page, frame, CARD);
    assert.deepEqual(openCard(suite.servers, await pay(page)), CARD_VALUES);
  });
});
