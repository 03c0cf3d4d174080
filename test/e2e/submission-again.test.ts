import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, it} from 'node:test';
import type {Browser, Frame, Page} from 'puppeteer-core';
import type {Engine} from '../browsers.ts';
import {
  ALONE,
  clickInto,
  onlyInChromium,
  openBrowser,
  readyFrame,
  RELEASE_ENGINES,
  typeWholeCard,
  unlessWebKit,
  untilEdited,
  valueOf,
} from './shopper.ts';
import {settle} from './settle.ts';
import {setStage, snippet, type Stage} from './stage.ts';

const CARD = {cardNumber: '4012000098765439', expiry: '12/31', securityCode: '999'};
const FORM =
  '<form method="post" action="/received"><sealed-fields></sealed-fields><button>Pay</button></form>';
const RECEIVED = '<!doctype html><title>Received</title>';

/** A page that sends its form by itself, and stays. */
const SENDS = `${FORM}<script>onsubmit = (event) => {
  event.preventDefault();
  fetch('/received', {method: 'POST', body: new URLSearchParams(new FormData(event.target))});
}</script>`;

/** What a page does while its server works. */
const MEANWHILE: Record<string, string> = {
  'while the server works': '',
  'while the server works and a script writes the history': 'history.replaceState({}, "", "#paying");',
};

/** Holds back in the frame what it has sealed, until `release()`. */
const HOLD_SEALED = `
  const held = [], {postMessage} = MessagePort.prototype;
  MessagePort.prototype.postMessage = function (message) {
    if (message.event === 'sealed') held.push(() => postMessage.call(this, message));
    else postMessage.call(this, message);
  };
  const release = () => {
    MessagePort.prototype.postMessage = postMessage;
    for (const post of held) post();
  };`;

for (const engine of RELEASE_ENGINES) {
  describe(`submitting again in ${engine}${ALONE}`, () => {
    let stage: Stage;
    let browser: Browser;
    let page: Page;
    /** What the server waits for where a test says so. */
    let answer: ReturnType<typeof gate>;
    before(async () => {
      stage = await setStage();
      browser = await openBrowser(engine);
    });
    after(async () => {
      await browser.close();
      await stage.close();
    });
    beforeEach(async () => {
      stage.received.length = 0;
      stage.pages.set('/received', {html: RECEIVED});
      answer = gate();
      page = await browser.newPage();
    });
    afterEach(async () => {
      answer.open(); // also where the test failed before it
      await page.close();
    });

    /** Opens a page of nothing but `body`, and types a whole card. */
    const openPaying = async (body: string): Promise<Frame> => {
      stage.pages.set('/', snippet(stage, body));
      await page.goto(stage.page);
      const frame = await readyFrame(page, stage);
      await typeWholeCard(page, frame, CARD);
      return frame;
    };

    /** Asserts that the forms received hold whole cards with these codes, and that no value came twice. */
    const assertDistinct = (codes: readonly string[]) => {
      const forms = stage.received.map(({form}) => form);
      assert.deepEqual(stage.open(forms.map((form) => form['encrypted_csc'] ?? '')), codes);
      const entries = forms.flatMap((form) => Object.entries(form));
      const values = entries.filter(([name]) => name !== 'sealed_key_id').map(([, value]) => value);
      assert.deepEqual([values.length, new Set(values).size], [5 * codes.length, 5 * codes.length]);
    };

    for (const [moment, script] of Object.entries(MEANWHILE)) {
      it(`does nothing while the card is sealed, and nothing ${moment}`, async () => {
        const arrival = gate();
        stage.pages.set('/arrival', {html: '', delay: arrival.passed});
        stage.pages.set('/received', {html: RECEIVED, delay: answer.passed});
        const frame = await openPaying(FORM + pressOnAndOn(script, engine));
        await frame.evaluate(HOLD_SEALED);
        for (let repeats = 0; repeats < 3; repeats += 1) {
          if (engine === 'webkit') await page.keyboard.up('Enter'); // its driver repeats no key that is held down
          await page.keyboard.down('Enter');
        }
        await frame.waitForFunction('held.length > 0');
        await page.keyboard.up('Enter');
        await page.keyboard.press('Enter');
        for (let clicks = 0; clicks < 3; clicks += 1) await page.click('button');
        await frame.evaluate('release()');
        await stage.nextReceived();
        arrival.open();
        if (engine === 'webkit') await page.evaluate('arrived()');
        await stage.nextReceived(1);
        answer.open();
        await page.waitForFunction(() => document.title === 'Received');
        assert.deepEqual(stage.received.map(({path}) => path).sort(), ['/pressed', '/received']);
        // Of two at once the browser may post the last alone.
        assert.equal(stage.received.find(({path}) => path === '/pressed')?.form['submits'], '1');
      });
    }

    it(
      ...unlessWebKit(
        engine,
        'does nothing for Enter that is still held down once the page has sent',
        'its driver repeats no key',
      ),
      async () => {
        await openPaying(`${SENDS}<script>
        let enters = 0;
        addEventListener('sealed-submit', () => (enters += 1));
      </script>`);
        await page.keyboard.down('Enter');
        await stage.nextReceived();
        for (let repeats = 0; repeats < 3; repeats += 1) await page.keyboard.down('Enter');
        await page.keyboard.up('Enter');
        await untilHeard(page);
        assert.equal(await page.evaluate('enters'), 1);
        assertDistinct([CARD.securityCode]);
      },
    );

    it('after a decline seals anew, and the shop takes each of the forms once', async () => {
      await openPaying(SENDS);
      stage.pages.set('/received', {html: '', status: 402});
      for (let tries = 0; tries < 3; tries += 1) {
        await page.click('button');
        await stage.nextReceived(tries);
      }
      assertDistinct([CARD.securityCode, CARD.securityCode, CARD.securityCode]);
      const pay = async (form = {}) => {
        const body = new URLSearchParams({item: 'ridge', name: 'Sample Shopper', ...form});
        return (await fetch(`${stage.shop}/pay`, {method: 'POST', body})).status;
      };
      for (const {form} of stage.received) assert.deepEqual([await pay(form), await pay(form)], [200, 409]);
    });

    it('after an answer by nothing (204) does nothing until an edit, and then seals anew', async () => {
      const frame = await openPaying(FORM);
      stage.pages.set('/received', {html: '', status: 204});
      await page.click('button');
      await stage.nextReceived();
      await page.click('button');
      await untilHeard(page);
      await clickInto(frame, 'securityCode');
      await page.keyboard.press('End');
      await page.keyboard.press('Backspace');
      await page.keyboard.type('8');
      await untilEdited(page);
      await page.click('button');
      await stage.nextReceived(1);
      assertDistinct([CARD.securityCode, '998']);
    });

    const stopped = 'after the shopper stopped the load seals anew without an edit';
    it(...onlyInChromium(engine, stopped, 'no other browser tells that a load was stopped'), async () => {
      await openPaying(FORM);
      await page.evaluate(`navigation.onnavigateerror = () => (document.title = 'Stopped')`);
      stage.pages.set('/received', {html: RECEIVED, delay: answer.passed});
      const click = page.click('button'); // it may return when the load has ended
      await stage.nextReceived();
      const session = await page.createCDPSession();
      await session.send('Page.stopLoading');
      await click;
      await page.waitForFunction(() => document.title === 'Stopped');
      answer.open();
      await page.click('button');
      await stage.nextReceived(1);
      assertDistinct([CARD.securityCode, CARD.securityCode]);
    });

    it('to a frame seals anew without an edit, but not within one task', {timeout: 60_000}, async () => {
      await openPaying(`${FORM.replace('>', ' target="sink">')}<iframe name="sink"></iframe><script>
        let submits = 0;
        addEventListener('submit', () => (submits += 1));
      </script>`);
      await page.evaluate(() => {
        for (let clicks = 0; clicks < 2; clicks += 1) document.querySelector('button')?.click();
      });
      await untilHeard(page);
      assert.equal(await page.evaluate('submits'), 1);
      await stage.nextReceived();
      await page.waitForFunction(`frames.sink.document.title === 'Received'`);
      while (stage.received.length < 2) await page.click('button');
      assertDistinct(stage.received.map(() => CARD.securityCode));
    });

    it(
      ...unlessWebKit(
        engine,
        'to a new tab finds the page and its fields as they were',
        'its driver opens none',
      ),
      async () => {
        const frame = await openPaying(FORM.replace('<button', '<button formtarget="_blank"'));
        const tab = browser.waitForTarget((target) => target.url() === `${stage.page}/received`);
        const [opened] = await Promise.all([tab, page.click('button')]);
        await stage.nextReceived();
        await (await opened.page())?.close();
        const texts = await Promise.all(Object.keys(CARD).map((name) => valueOf(frame, name)));
        assert.deepEqual([page.url(), ...texts], [`${stage.page}/`, '4012 0000 9876 5439', '12 / 31', '999']);
        assertDistinct([CARD.securityCode]);
      },
    );

    for (const [when, isTriedMeanwhile] of [
      ['by the next click alone', false],
      ['once it was tried meanwhile', true],
    ] as const)
      it(`sends what was typed over the card while it was sealed, ${when}`, async () => {
        const frame = await openPaying(FORM);
        await frame.evaluate(HOLD_SEALED);
        await page.click('button');
        await frame.waitForFunction('held.length > 0');
        await clickInto(frame, 'securityCode');
        await page.keyboard.press('Backspace');
        await page.keyboard.type('8');
        await untilEdited(page);
        if (isTriedMeanwhile) await page.click('button');
        await frame.evaluate('release()');
        if (!isTriedMeanwhile) {
          await untilHeard(page);
          assert.deepEqual(stage.received, []);
          await page.click('button');
        }
        await stage.nextReceived();
        assertDistinct(['998']);
      });

    it('after a dialog that its form closes, and a decline, seals anew without an edit', async () => {
      await openPaying(`<dialog open>${FORM.replace('post', 'dialog')}</dialog><script>
        addEventListener('submit', ({target}) =>
          fetch('/received', {method: 'POST', body: new URLSearchParams(new FormData(target))}));
        const pay = () => {
          const dialog = document.querySelector('dialog');
          if (!dialog.open) dialog.show();
          document.querySelector('button').click();
        };
      </script>`);
      await page.evaluate('pay()');
      await stage.nextReceived();
      await settle(async () => {
        await page.evaluate('pay()');
        return stage.received.length > 1;
      }, true);
      assertDistinct(stage.received.map(() => CARD.securityCode));
    });

    const moved = 'is left to the form to which the card moved while it was sealed';
    it(unlessWebKit(engine, moved, 'it has no moveBefore')[0], async (test) => {
      stage.pages.set('/received', {html: '', status: 204});
      const second = '<form id="second" method="post" action="/second"><button>Pay</button></form>';
      const frame = await openPaying(FORM + second);
      if (!(await page.evaluate(() => 'moveBefore' in Element.prototype))) {
        test.skip('This browser has no moveBefore.');
        return;
      }
      await frame.evaluate(HOLD_SEALED);
      await page.click('button');
      await frame.waitForFunction('held.length > 0');
      await page.evaluate(`second.moveBefore(document.querySelector('sealed-fields'), null)`);
      await frame.evaluate('release()');
      await untilHeard(page);
      await page.click('#second button');
      assert.equal((await stage.nextReceived()).path, '/second');
      assertDistinct([CARD.securityCode]);
    });
  });
}

/**
 * Presses Pay by script, in tasks of its own, once `/arrival` is answered, and tells `/pressed` how many submits there
 * were. A driver’s clicks would wait for the server: Chromium takes no commands while a page is loading. WebKit does,
 * and lets the page fetch nothing then: there it is told by `arrived()`.
 */
function pressOnAndOn(first: string, engine: Engine): string {
  return `<script>
    let submits = 0, arrived;
    onsubmit = async () => {
      if ((submits += 1) > 1) return;
      const arrival = () => fetch('/arrival').catch(arrival); // Firefox stops it as it begins to load the next page
      await ${engine === 'webkit' ? 'new Promise((resolve) => (arrived = resolve))' : 'arrival()'};
      ${first}
      for (let presses = 0; presses < 5; presses += 1) {
        document.querySelector('button').click();
        await new Promise((resolve) => setTimeout(resolve));
      }
      await document.querySelector('sealed-fields').seal(); // what was asked before is sealed before
      navigator.sendBeacon('/pressed', new URLSearchParams({submits}));
    };
  </script>`;
}

/** Waits until the page has heard, and acted on, all that its frame has said by now or was asked. */
async function untilHeard(page: Page): Promise<void> {
  await page.evaluate(() => document.querySelector('sealed-fields')?.seal());
}

/** A promise for others to wait for, until it is opened. */
function gate() {
  let open = () => {};
  const passed = new Promise<void>((resolve) => (open = resolve));
  return {passed, open};
}
