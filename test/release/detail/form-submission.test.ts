import assert from 'node:assert/strict';
import type {Frame, Page} from 'puppeteer-core';
import {clickInto, readyFrame, typeWholeCard, untilEdited, valueOf} from '../../support/browser.ts';
import {inEngines} from '../../support/engines.ts';
import {CARD, CARD_NAMES, CARD_VALUES, openCard, SUBMISSION} from '../../support/payment.ts';
import {type Received, snippet} from '../../support/servers.ts';

const FIELDS = '<input name="item" value="ridge"><sealed-fields></sealed-fields>';
const PIXEL = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

/** Every kind of submit control. The page stays, as the server answers with 204, unless a control says otherwise. */
const CONTROLS = `<form method="post" action="/stay">${FIELDS}
    <button id="plain" name="way" value="fast">Pay</button>
    <button id="disabled-later" name="way" value="once"
      onclick="setTimeout(() => (this.disabled = true))">Pay once</button>
    <button id="by-script" name="way" value="script"
      onclick="this.disabled = true; this.form.submit()">Pay by script</button>
    <input id="image" type="image" name="go" alt="Pay" width="40" height="30" src="${PIXEL}">
    <button id="new-tab" formtarget="_blank" formaction="/received">Pay in a new tab</button>
    <button id="without-card" name="way" value="later" formnovalidate>Pay later</button>
    <button id="by-get" name="way" value="get" formmethod="get" formaction="/received">Pay by GET</button>
  </form>
  <script>
    const seen = [];
    const listen = (place, target, capture) => target.addEventListener('submit', ({submitter}) => {
      seen.push({place, form: Object.fromEntries(new FormData(document.forms[0], submitter))});
    }, capture);
    listen('document, capture', document, true);
    listen('form', document.forms[0], false);
    listen('document', document, false);
    listen('window', window, false);
  </script>`;

const FORM = `<form method="post" action="/received">${FIELDS}<button>Pay</button></form>`;

/** A page that submits its form with `fetch`, and stays open. */
const SENT_BY_SCRIPT = `${FORM}<script>
  let enters = 0;
  addEventListener('sealed-submit', () => (enters += 1));
  onsubmit = (event) => {
    event.preventDefault();
    fetch('/received', {method: 'POST', body: new URLSearchParams(new FormData(event.target))});
  };
</script>`;

/**
 * Presses Pay by script while the server handles the form, once `/arrival` is answered, and reports to `/pressed` how
 * many submits there were. A driver's clicks would wait for the server: Chromium accepts no commands while a page
 * loads. WebKit's driver does, but there the page cannot fetch, so the test calls `arrived()`.
 */
const pressWhileServerWorks = (engine: string) => `<script>
  let submits = 0, arrived;
  const pressOften = async () => {
    for (let presses = 0; presses < 4; presses += 1) {
      document.querySelector('button').click();
      await new Promise((resolve) => setTimeout(resolve));
    }
    await document.querySelector('sealed-fields').seal(); // answered after anything that the clicks started
  };
  onsubmit = async () => {
    if ((submits += 1) > 1) return;
    const arrival = () => fetch('/arrival').catch(arrival); // Firefox aborts it when it begins to load the next page
    await ${engine === 'webkit' ? 'new Promise((resolve) => (arrived = resolve))' : 'arrival()'};
    await pressOften();
    history.replaceState({}, '', '#paying'); // Chromium then reports the navigation as failed, although it continues
    await pressOften();
    navigator.sendBeacon('/pressed', new URLSearchParams({submits}));
  };
</script>`;

/** In the frame: defers its `sealed` messages until `release()`. */
const HOLD_SEALED = `{
  const {postMessage} = MessagePort.prototype;
  window.held = [];
  MessagePort.prototype.postMessage = function (message) {
    if (message.event === 'sealed') held.push(() => postMessage.call(this, message));
    else postMessage.call(this, message);
  };
  window.release = () => {
    MessagePort.prototype.postMessage = postMessage;
    for (const post of held) post();
  };
}`;

inEngines('submitting a form', (suite) => {
  /** Opens a page with only `body`, and types a card. */
  const openPaying = async (page: Page, body: string): Promise<Frame> => {
    const {servers} = suite;
    servers.received.length = 0;
    servers.pages.set('/', snippet(servers, body));
    servers.pages.set('/received', {html: '<!doctype html><title>Received</title>'});
    await page.goto(servers.page);
    const frame = await readyFrame(page, servers);
    await typeWholeCard(page, frame, CARD);
    return frame;
  };

  const replaceLastDigit = async (page: Page, frame: Frame, digit: string) => {
    await clickInto(frame, 'securityCode');
    await page.keyboard.press('End');
    await page.keyboard.press('Backspace');
    await page.keyboard.type(digit);
    await untilEdited(page);
  };

  /** Asserts that these forms have cards with these security codes, and that no sealed value is in two of them. */
  const assertDistinct = (received: readonly Received[], codes: readonly string[]) => {
    const forms = received.map(({form}) => form);
    assert.deepEqual(
      forms.map((form) => openCard(suite.servers, form)),
      codes.map((code) => [...CARD_VALUES.slice(0, 3), code]),
    );
    for (const name of ['sealed_id', ...CARD_NAMES])
      assert.equal(new Set(forms.map((form) => form[name])).size, codes.length, name);
  };

  suite.onPage('posts the sealed card once through every kind of submit control', async (page) => {
    const {servers, engine} = suite;
    servers.pages.set('/stay', {html: '', status: 204});
    const frame = await openPaying(page, CONTROLS);
    const edit = () => replaceLastDigit(page, frame, '9');
    const sealed: Received[] = [];
    /** Asserts that the next form received has the sealed card, `item` and `adds`, and nothing else. */
    const assertReceived = async (adds: Record<string, string>) => {
      const received = await servers.nextReceived(sealed.length);
      sealed.push(received);
      const {form} = received;
      const rest = Object.entries(form).filter(([name]) => ![...CARD_NAMES, ...SUBMISSION].includes(name));
      assert.deepEqual(Object.fromEntries(rest), {item: 'ridge', ...adds});
      assert.match(form['sealed_id'] ?? '', /^[0-9a-f]{32}$/);
      assert.equal(form['sealed_key_id'], 'test');
    };

    await page.click('#plain');
    await assertReceived({way: 'fast'});
    const places = ['document, capture', 'form', 'document', 'window'];
    assert.deepEqual(
      await page.evaluate('seen'),
      places.map((place) => ({place, form: sealed[0]?.form})),
    );
    await page.click('#plain'); // without an edit: ignored, or the next form received would be this one
    await page.$eval('sealed-fields', (element) => element.seal());
    await edit();
    await page.click('#disabled-later');
    await assertReceived({way: 'once'});
    await edit();
    await page.click('#by-script');
    await assertReceived({});
    await edit();
    await page.click('#image', {offset: {x: 7, y: 5}});
    await assertReceived({'go.x': '7', 'go.y': '5'});
    await edit();
    if (engine !== 'webkit') {
      // WebKit's driver opens no tab.
      const tab = suite.browser.waitForTarget((target) => target.url() === `${servers.page}/received`);
      const [opened] = await Promise.all([tab, page.click('#new-tab')]);
      await assertReceived({});
      await (await opened.page())?.close();
      const texts = await Promise.all(Object.keys(CARD).map((name) => valueOf(frame, name)));
      assert.deepEqual([page.url(), ...texts], [`${servers.page}/`, '4012 0000 9876 5439', '12 / 31', '999']);
      await edit();
    }
    assertDistinct(sealed, Array<string>(sealed.length).fill('999'));

    await page.click('#without-card');
    const withoutCard = await servers.nextReceived(sealed.length);
    assert.deepEqual(withoutCard.form, {item: 'ridge', way: 'later'});
    await Promise.all([page.waitForNavigation(), page.click('#by-get')]);
    const {pathname, searchParams} = new URL(page.url());
    const {item, way, ...values} = Object.fromEntries(searchParams);
    assert.deepEqual(
      [pathname, item, way, openCard(servers, values)],
      ['/received', 'ridge', 'get', CARD_VALUES],
    );
    assert.equal(servers.received.length, sealed.length + 1);
  });

  suite.onPage(
    'ignores Enter and clicks while the card is sealed and while the server handles it',
    async (page) => {
      const {servers, engine} = suite;
      const arrival = gate();
      const answer = gate();
      const frame = await openPaying(page, FORM + pressWhileServerWorks(engine));
      servers.pages.set('/arrival', {html: '', delay: arrival.passed});
      servers.pages.set('/received', {html: '<!doctype html><title>Received</title>', delay: answer.passed});
      try {
        await frame.evaluate(HOLD_SEALED);
        for (let repeats = 0; repeats < 3; repeats += 1) {
          if (engine === 'webkit') await page.keyboard.up('Enter'); // its driver does not repeat a key that is held down
          await page.keyboard.down('Enter');
        }
        await frame.waitForFunction('held.length > 0');
        await page.keyboard.up('Enter');
        await page.keyboard.press('Enter');
        for (let clicks = 0; clicks < 3; clicks += 1) await page.click('button');
        await frame.evaluate('release()');
        await servers.nextReceived();
        arrival.open();
        if (engine === 'webkit') await page.evaluate('arrived()');
        await servers.nextReceived(1);
      } finally {
        answer.open();
      }
      await page.waitForFunction(() => document.title === 'Received');
      assert.deepEqual(servers.received.map(({path}) => path).sort(), ['/pressed', '/received']);
      // Of two posts at once, a browser may send only the last: the page counts as well.
      assert.equal(servers.received.find(({path}) => path === '/pressed')?.form['submits'], '1');
    },
  );

  suite.onPage('seals again for each submit of a page that uses fetch', async (page) => {
    const {servers, engine} = suite;
    const frame = await openPaying(page, SENT_BY_SCRIPT);
    servers.pages.set('/received', {html: '', status: 402});

    await page.keyboard.down('Enter');
    await servers.nextReceived();
    // WebKit's driver does not repeat a key that is held down.
    if (engine !== 'webkit')
      for (let repeats = 0; repeats < 3; repeats += 1) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    await page.$eval('sealed-fields', (element) => element.seal());
    assert.equal(await page.evaluate('enters'), 1);

    await page.click('button'); // after a decline, without an edit
    await servers.nextReceived(1);
    assertDistinct(servers.received, ['999', '999']);

    await frame.evaluate(HOLD_SEALED);
    await page.click('button');
    await frame.waitForFunction('held.length > 0');
    await replaceLastDigit(page, frame, '8');
    await frame.evaluate('release()');
    await page.$eval('sealed-fields', (element) => element.seal());
    assert.equal(servers.received.length, 2); // cancelled by the edit
    await page.click('button');
    await servers.nextReceived(2);

    await frame.evaluate(HOLD_SEALED);
    await replaceLastDigit(page, frame, '7');
    await page.click('button');
    await frame.waitForFunction('held.length > 0');
    await replaceLastDigit(page, frame, '6');
    await page.click('button'); // an attempt after the edit
    await frame.evaluate('release()');
    await servers.nextReceived(3);
    assertDistinct(servers.received, ['999', '999', '998', '996']);

    const pay = async (form = {}) => {
      const body = new URLSearchParams({name: 'Sample Shopper', ...form});
      return (await fetch(`${servers.shop}/pay`, {method: 'POST', body})).status;
    };
    for (const {form} of servers.received.slice(0, 2))
      assert.deepEqual([await pay(form), await pay(form)], [200, 409]);
  });

  if (suite.engine === 'chromium')
    suite.onPage(
      'submits again, without an edit, after the shopper stopped the load (only Chromium reports that)',
      async (page) => {
        const {servers} = suite;
        await openPaying(page, FORM);
        await page.evaluate(`navigation.onnavigateerror = () => (document.title = 'Stopped')`);
        const answer = gate();
        servers.pages.set('/received', {html: '', delay: answer.passed});
        const click = page.click('button'); // may resolve only when the load has ended
        try {
          await servers.nextReceived();
          const session = await page.createCDPSession();
          await session.send('Page.stopLoading');
          await click;
          await page.waitForFunction(() => document.title === 'Stopped');
        } finally {
          answer.open();
        }
        await page.click('button');
        await servers.nextReceived(1);
        assertDistinct(servers.received, ['999', '999']);
      },
    );

  suite.onPage(
    'keeps its values through moveBefore, and loads again empty on any other insertion',
    async (page) => {
      const {servers} = suite;
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(String(error)));
      const body = `<form method="post" action="/received"><div>${FIELDS}</div><p></p><button>Pay</button></form>`;
      let frame = await openPaying(page, body);
      const values = async () => Promise.all(Object.keys(CARD).map((name) => valueOf(frame, name)));
      const reopened = async () => {
        await page.waitForFunction(() => document.querySelector('sealed-fields')?.ready.then(() => true));
        frame = await readyFrame(page, servers);
      };
      if (await page.evaluate(() => 'moveBefore' in Element.prototype)) {
        const before = await values();
        await page.evaluate(
          `document.querySelector('p').moveBefore(document.querySelector('sealed-fields'), null)`,
        );
        assert.deepEqual(await values(), before);
        assert.equal(await page.$eval('sealed-fields', ({state}) => state.complete), true);
      }

      await page.evaluate(
        `void document.querySelector('p').appendChild(document.querySelector('sealed-fields'))`,
      );
      await reopened();
      assert.deepEqual(await values(), ['', '', '']);

      await page.evaluate(`(async () => {
      const [form] = document.forms;
      const element = document.querySelector('sealed-fields');
      for (let times = 0; times < 20; times += 1) {
        form.prepend(element);
        if (times % 2 === 0) await new Promise((resolve) => setTimeout(resolve)); // some frames begin to load
      }
    })()`);
      await reopened();
      assert.deepEqual(
        await page.evaluate('[document.querySelectorAll("iframe").length, frames.length]'),
        [1, 1],
      );
      await typeWholeCard(page, frame, CARD);
      await page.click('button');
      assertDistinct([await servers.nextReceived()], ['999']);
      assert.deepEqual(errors, []);
    },
  );
});

/** A promise that stays pending until `open` is called. */
function gate() {
  let open = () => {};
  const passed = new Promise<void>((resolve) => (open = resolve));
  return {passed, open};
}
