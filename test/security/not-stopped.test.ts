import assert from 'node:assert/strict';
import type {Engine} from '../browsers.ts';
import {setCallTrap, tryToCall} from './calls.ts';
import {CONNECTIONS, NAVIGATIONS, openFields, tryAll, until, withTrap} from './exfiltration.ts';
import {inEngines} from './suite.ts';
import type {Trap} from './trap.ts';

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

inEngines({}, (scene) => {
  const {engine, prove} = scene;
  const not = NOT_STOPPED[engine];

  /** Tries each in a page and with a trap of its own: something comes of those that are expected, and of no other. */
  async function assertComing(
    ways: Readonly<Record<string, string>>,
    expected: readonly string[],
    hasCome: (trap: Trap) => boolean,
    headers: Record<string, string> = {},
  ): Promise<void> {
    const come: string[] = [];
    for (const [name, script] of Object.entries(ways))
      await withTrap(async (trap) => {
        const page = await scene.browser.newPage();
        const frame = await openFields(page, scene.stage, headers);
        void tryAll(frame, {[name]: script}, trap).catch(() => undefined); // it may go before it answers
        await until(() => hasCome(trap), expected.includes(name));
        if (hasCome(trap)) come.push(name);
        await page.close();
      });
    assert.deepEqual(come, expected);
  }

  prove(
    'C01',
    'where the frame goes itself, the page’s frame-src stops, and no policy of the frame’s own',
    async () => {
      const hasCome = ({caught}: Trap) => caught.length > 0;
      await assertComing(NAVIGATIONS, not.navigations, hasCome);
      const away = Object.fromEntries(AWAY.map((name) => [name, NAVIGATIONS[name] ?? '']));
      const strict = {'Content-Security-Policy': `frame-src ${scene.stage.widget}`};
      await assertComing(away, [], hasCome, strict);
    },
    240_000,
  );

  prove(
    'C01',
    'a connection without a request comes where browsers make it ahead of the policy',
    async () => {
      const hasCome = ({connections}: Trap) => connections() > 0;
      await assertComing(CONNECTIONS, not.connections, hasCome);
    },
  );

  prove(
    'C01',
    'a call goes out wherever there are calls, for no engine knows the directive',
    async (page) => {
      const frame = await openFields(page, scene.stage);
      const trap = await setCallTrap();
      try {
        await tryToCall(frame, trap);
        await until(() => trap.calls() > 0, not.calls);
        assert.equal(trap.calls() > 0, not.calls);
        assert.equal(await frame.evaluate(`'RTCPeerConnection' in window`), not.calls);
      } finally {
        trap.close();
      }
    },
  );
});
