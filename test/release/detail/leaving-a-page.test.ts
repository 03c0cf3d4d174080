import assert from 'node:assert/strict';
import type {Frame, JSHandle, Page} from 'puppeteer-core';
import {clickInto, goBack, readyFrame, typeWholeCard, untilEdited} from '../../support/browser.ts';
import {inEngines} from '../../support/engines.ts';
import {CARD} from '../../support/payment.ts';
import {poll} from '../../support/poll.ts';
import {snippet} from '../../support/servers.ts';

const FORM =
  '<form method="post" action="/received"><sealed-fields></sealed-fields><button>Pay</button></form>';

/** In the frame: posts `sealed` only when its page is restored. */
const SEAL_LATE = `{
  const {postMessage} = MessagePort.prototype;
  MessagePort.prototype.postMessage = function (message) {
    if (message.event !== 'sealed') postMessage.call(this, message);
    else addEventListener('pageshow', () => postMessage.call(this, message));
  };
}`;

/** Journeys through the back/forward cache and reloads are in test/e2e/coming-back.test.ts. */
inEngines('leaving a page', (suite) => {
  const open = async (page: Page): Promise<Frame> => {
    const {servers} = suite;
    servers.received.length = 0;
    servers.pages.set('/', snippet(servers, FORM));
    servers.pages.set('/elsewhere', {html: '<!doctype html><title>Elsewhere</title>'});
    await page.goto(servers.page);
    return readyFrame(page, servers);
  };

  suite.onPage('during a seal sends nothing when the user comes back', async (page) => {
    const {servers} = suite;
    const frame = await open(page);
    await typeWholeCard(page, frame, CARD);
    await frame.evaluate(SEAL_LATE);
    await page.click('button');
    await page.goto(`${servers.page}/elsewhere`);
    await goBack(page);
    const isBack = () =>
      page.evaluate(`location.pathname === '/' && document.readyState === 'complete'`).catch(() => false);
    await poll(isBack, true);
    // Answered after everything that the frame has posted since.
    const result = await page.evaluate(`customElements.whenDefined('sealed-fields')
      .then(() => document.querySelector('sealed-fields').seal())`);
    const fields = ['cardNumber', 'expiry', 'securityCode'].map((field) => ({field, problem: 'required'}));
    assert.deepEqual(result, {ok: false, fields});
    assert.deepEqual(servers.received, []);
    assert.deepEqual(await page.$$('sealed-fields input'), []);
    assert.equal(await isBack(), true);
  });

  suite.onPage(
    'unattended clears the fields and the sealed values ten minutes after the last edit or submit',
    async (page) => {
      const frame = await open(page);
      const sent = await page.evaluateHandle(() => {
        const ids: FormDataEntryValue[] = [];
        window.addEventListener('submit', (event) => {
          event.preventDefault();
          ids.push(...new FormData(event.target as HTMLFormElement).getAll('sealed_id'));
        });
        return ids;
      });
      const untilSent = async (count: number) => {
        await page.click('button');
        await page.waitForFunction((ids, wanted) => ids.length === wanted, {}, sent, count);
      };
      const timers = await holdLongTimers(frame);
      /** The only long timer that is running. */
      const running = async () => {
        const all = await timers.evaluate((held) => [...held].map(([id, {delay}]) => ({id, delay})));
        assert.deepEqual(
          all.map(({delay}) => delay),
          [600_000],
        );
        return all[0]?.id;
      };
      const ids = [];

      await typeWholeCard(page, frame, CARD);
      ids.push(await running());
      await untilSent(1);
      ids.push(await running());
      assert.equal((await page.$$('sealed-fields input')).length, 6);
      await clickInto(frame, 'securityCode');
      await page.keyboard.press('Backspace');
      await page.keyboard.type('9');
      await untilEdited(page);
      ids.push(await running());
      await untilSent(2);
      ids.push(await running());
      assert.equal(new Set(ids).size, 4, 'each edit and each submit restarts the timer');

      await timers.evaluate((held) => {
        for (const {run} of [...held.values()]) run(); // may start the next one
      });
      assert.deepEqual(await frame.$$eval('input', (inputs) => inputs.map(({value}) => value)), ['', '', '']);
      const state = () =>
        page.$eval('sealed-fields', ({state: {empty, sealed}, children}) => [empty, sealed, children.length]);
      await poll(state, [true, false, 1]); // the frame is the one child
      await typeWholeCard(page, frame, CARD);
      await untilSent(3);
      assert.equal(new Set(await sent.jsonValue()).size, 3);
    },
  );
});

interface Timer {
  run: () => void;
  delay: number;
}

/** Keeps timers of a minute or more from running. @returns those that were started and not cleared, by id. */
async function holdLongTimers(frame: Frame): Promise<JSHandle<Map<number, Timer>>> {
  return frame.evaluateHandle(() => {
    const held = new Map<number, {run: () => void; delay: number}>();
    const start = window.setTimeout.bind(window);
    const stop = window.clearTimeout.bind(window);
    const ids = {last: 1_000_000};
    Object.assign(window, {
      setTimeout(run: () => void, delay = 0) {
        if (delay < 60_000) return start(run, delay);
        ids.last += 1;
        held.set(ids.last, {run, delay});
        return ids.last;
      },
      clearTimeout(id: number) {
        if (!held.delete(id)) stop(id);
      },
    });
    return held;
  });
}
