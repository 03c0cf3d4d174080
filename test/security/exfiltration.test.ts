import assert from 'node:assert/strict';
import {after, before} from 'node:test';
import type {Frame, Page} from 'puppeteer-core';
import type {Engine} from '../browsers.ts';
import {readyFrame} from '../e2e/shopper.ts';
import {setStage, snippet, type Stage} from '../e2e/stage.ts';
import {setCallTrap, tryToCall} from './calls.ts';
import {arrivedAt, CONNECTIONS, NAVIGATIONS, tryAll, WAYS} from './exfiltration.ts';
import {editHeaders} from './publication.ts';
import {inEngines} from './suite.ts';
import {setTrap, type Trap} from './trap.ts';

/** One way for each directive that is about loading: without the policy, these arrive in every engine. */
const SURE = ['fetch', 'image', 'script', 'link-stylesheet', 'font-face', 'object', 'iframe', 'beacon'];

const AWAY = ['location', 'replace', 'link', 'meta-refresh'];
const ELSEWHERE = ['open', 'link-blank', 'top', 'link-top'];

/**
 * What no policy of the frame's own stops, as measured. Puppeteer's Firefox makes no connection ahead of a request;
 * WebKit's driver opens no window without a shopper's hand, and WebKitGTK knows no calls.
 */
const NOT_STOPPED: Record<Engine, {navigations: string[]; connections: string[]; calls: boolean}> = {
  chromium: {navigations: [...AWAY, ...ELSEWHERE], connections: ['preconnect', 'iframe'], calls: true},
  firefox: {navigations: [...AWAY, ...ELSEWHERE], connections: [], calls: true},
  webkit: {navigations: AWAY, connections: [], calls: false},
};

/** Publishes the frame's documents without their policy. */
const dropPolicy = (out: string) =>
  editHeaders(out, (path, headers) => {
    if (path.startsWith('/v1/m/')) delete headers['Content-Security-Policy'];
  });

async function openFrame(page: Page, stage: Stage, headers: Record<string, string> = {}): Promise<Frame> {
  stage.pages.set('/shop', {...snippet(stage, '<form><sealed-fields></sealed-fields></form>'), headers});
  await page.goto(`${stage.page}/shop`);
  return readyFrame(page, stage);
}

async function withTrap<T>(test: (trap: Trap) => Promise<T>): Promise<T> {
  const trap = await setTrap();
  return test(trap).finally(() => trap.close());
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Waits until it has come, for two seconds at the most. */
async function until(hasCome: () => boolean): Promise<void> {
  for (let looks = 0; looks < 40 && !hasCome(); looks += 1) await pause(50);
}

/** Waits until all that is sure has come, and then nothing more for a second. @returns when the last came. */
async function untilQuiet(trap: Trap): Promise<number> {
  const start = Date.now();
  let [last, known] = [0, 0];
  const missing = () => SURE.filter((name) => !arrivedAt(trap).has(name));
  while (missing().length > 0 || Date.now() - start - last < 1000) {
    assert.ok(Date.now() - start < 30_000, `did not arrive: ${missing().join()}`);
    await pause(25);
    if (trap.caught.length > known) last = Date.now() - start;
    known = trap.caught.length;
  }
  return last;
}

/** Twice as long as the slowest took where it arrived; and the way to the trap is open. */
async function untilAllWouldHaveCome(trap: Trap, slowest: number): Promise<void> {
  await pause(2 * slowest + 500);
  await fetch(`${trap.origin}/marker`);
  while (!arrivedAt(trap).has('marker')) await pause(10);
}

inEngines({}, (scene) => {
  const {engine, prove} = scene;
  const not = NOT_STOPPED[engine];
  let bare: Stage;
  before(async () => {
    bare = await setStage({edit: dropPolicy});
  });
  after(() => bare.close());

  prove(
    'C01',
    'without the policy, one way at least for each directive arrives; with it, none',
    async (page) => {
      const slowest = await withTrap(async (trap) => {
        await tryAll(await openFrame(page, bare), WAYS, trap);
        return untilQuiet(trap);
      });
      await withTrap(async (trap) => {
        await tryAll(await openFrame(page, scene.stage), WAYS, trap);
        await untilAllWouldHaveCome(trap, slowest);
        assert.deepEqual([...arrivedAt(trap)], ['marker']);
        assert.equal(trap.datagrams(), 0);
      });
    },
  );

  /** Tries each in a page and with a trap of its own. @returns the names of those of which something comes. */
  async function thoseThatCome(
    ways: Readonly<Record<string, string>>,
    headers: Record<string, string>,
    hasCome: (trap: Trap) => boolean,
  ): Promise<string[]> {
    const come: string[] = [];
    for (const [name, script] of Object.entries(ways))
      await withTrap(async (trap) => {
        const page = await scene.browser.newPage();
        const frame = await openFrame(page, scene.stage, headers);
        void tryAll(frame, {[name]: script}, trap).catch(() => undefined); // it may go before it answers
        await until(() => hasCome(trap));
        if (hasCome(trap)) come.push(name);
        await page.close();
      });
    return come;
  }

  prove(
    'C01',
    'where the frame goes itself, the page’s frame-src stops, and no policy of the frame’s own',
    async () => {
      const hasCome = ({caught}: Trap) => caught.length > 0;
      assert.deepEqual(await thoseThatCome(NAVIGATIONS, {}, hasCome), not.navigations);
      const away = Object.fromEntries(AWAY.map((name) => [name, NAVIGATIONS[name] ?? '']));
      const strict = {'Content-Security-Policy': `frame-src ${scene.stage.widget}`};
      assert.deepEqual(await thoseThatCome(away, strict, hasCome), []);
    },
    240_000,
  );

  prove(
    'C01',
    'a connection without a request comes where browsers make it ahead of the policy',
    async () => {
      const hasCome = ({connections}: Trap) => connections() > 0;
      assert.deepEqual(await thoseThatCome(CONNECTIONS, {}, hasCome), not.connections);
    },
  );

  prove(
    'C01',
    'a call goes out wherever there are calls, for no engine knows the directive',
    async (page) => {
      const frame = await openFrame(page, scene.stage);
      const trap = await setCallTrap();
      try {
        await tryToCall(frame, trap);
        await until(() => trap.calls() > 0);
        assert.equal(trap.calls() > 0, not.calls);
        assert.equal(await frame.evaluate(`'RTCPeerConnection' in window`), not.calls);
      } finally {
        trap.close();
      }
    },
  );
});
