import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Browser, Frame, Page} from 'puppeteer-core';
import * as attack from './attacker.ts';
import {type Mutants, setMutants} from './mutant.ts';
import {
  type Card,
  ALONE,
  RELEASE_ENGINES,
  openBrowser,
  readyFrame,
  typeCard,
  unlessWebKit,
} from './shopper.ts';
import {setStage, snippet, type Stage} from './stage.ts';

const CARD: Card = {cardNumber: '4012000098765439', expiry: '12/31', securityCode: '999'};
const CHANNEL = '0123456789abcdef'.repeat(2);
const PATH = `/v1/m/demo/#channel=${CHANNEL}&protocol=1&fields=cardNumber&layout=stacked&locale=en&colorScheme=light`;

const NOTHING: attack.Loot = {messages: [], ports: []};

const stages: {product?: Stage; without?: Mutants} = {};
before(async () => {
  stages.without = await setMutants();
  stages.product = await setStage();
});
after(async () => {
  for (const stage of [stages.product, ...Object.values(stages.without ?? {})]) await stage?.close();
});

for (const engine of RELEASE_ENGINES) {
  describe(`the guards in ${engine}${ALONE}`, () => {
    let stage: Stage;
    let without: Mutants;
    let browser: Browser;
    let page: Page;
    before(async () => {
      ({product: stage, without} = stages as Required<typeof stages>);
      browser = await openBrowser(engine);
    });
    after(() => browser.close());

    /** A test in a tab of its own. */
    const inTab = (name: string, test: () => Promise<void>, notInWebKit?: string) => {
      const [title, {skip}] = notInWebKit ? unlessWebKit(engine, name, notInWebKit) : [name, {skip: false}];
      it(title, {timeout: 60_000, skip}, async () => {
        const tab = (page = await browser.newPage());
        await test().finally(() => tab.close());
      });
    };

    /** Types a card into the element under attack and seals it. @returns what the gateway reads. */
    async function pay(): Promise<string[]> {
      await page.$eval('#victim sealed-fields', (element) => element.ready);
      const frame = await (await page.$('#victim iframe'))?.contentFrame();
      assert.ok(frame);
      await typeCard(page, frame, CARD);
      const result = await page.$eval('#victim sealed-fields', (element) => element.seal());
      assert.ok(result.ok);
      const {encrypted_number: number = '', encrypted_csc: code = ''} = result.values;
      return stage.open([number, code]);
    }

    describe('against frames beside ours, which flood every window from before ours exists', () => {
      /** An advertiser's frame, and one of the shop's own origin. */
      async function attackBySiblings(on: Stage, ...origins: string[]): Promise<Frame[]> {
        await attack.openShop(page, on, attack.attackers(origins));
        await attack.insertVictim(page);
        return origins.map((origin) => attack.attackerAt(page, origin));
      }

      inTab('let a card be typed and sealed, and tell the attackers nothing', async () => {
        const logged = attack.consoleOf(page);
        const attackers = await attackBySiblings(stage, stage.evil, stage.page);
        assert.deepEqual(await pay(), ['4012000098765439', '999']);
        for (const attacker of attackers) assert.deepEqual(await attack.lootOf(attacker), NOTHING);
        for (const frame of page.frames()) {
          assert.deepEqual(await attack.noiseOf(frame), []);
          assert.equal(await attack.isPolluted(frame), false);
        }
        assert.deepEqual(logged, []);
      });

      inTab(
        'fail without the frame’s guard: an advertiser gets the handshake and the port',
        async () => {
          await attack.untilWon(async () => {
            const [advertiser] = await attackBySiblings(without.frameGuard, without.frameGuard.evil);
            assert.ok(advertiser);
            await attack.winBy(advertiser, 'messages', /handshake-reply/, 5000);
            await attack.winBy(advertiser, 'ports', /"ready"/, 5000);
          });
        },
        'there it comes too late more often than not',
      );

      inTab('fail without its `source` check: a sibling of the shop’s own origin gets the port', async () => {
        await attack.untilWon(async () => {
          const [twin] = await attackBySiblings(without.frameSource, without.frameSource.page);
          assert.ok(twin);
          await attack.winBy(twin, 'ports', /"ready"/, 10_000);
        });
      });

      inTab('do not tire: a seal is carried through 50,000 messages of 1 KB', async () => {
        stage.pages.set('/flood', {html: attack.FLOOD});
        await attack.openShop(page, stage, '');
        await attack.insertVictim(page);
        await typeCard(page, await readyFrame(page, stage), CARD);
        await page.evaluate(`
          const flood = document.createElement('iframe');
          window.heard = 0;
          addEventListener('message', () => { heard += 1; });
          document.body.append(Object.assign(flood, {src: '${stage.evil}/flood'}));`);
        await page.waitForFunction('heard > 1000');
        const {ok} = await page.$eval('sealed-fields', (element) => element.seal());
        assert.ok(ok); // within the element's own deadline of five seconds
        await page.waitForFunction('heard >= 25_000');
      });
    });

    describe('against documents of the widget’s own origin', () => {
      /** The frame of another element on the page: the one window that the host’s guard lets pass. */
      async function attackByNeighbor(on: Stage): Promise<{neighbor: Frame; port: RegExp}> {
        await attack.openShop(page, on, '<sealed-fields data-fields="cardNumber"></sealed-fields>');
        const neighbor = await readyFrame(page, on);
        await attack.attackFrom(neighbor);
        await attack.insertVictim(page);
        await neighbor.waitForFunction('handed');
        return {neighbor, port: RegExp(`"port".*${(await neighbor.evaluate('handed')) as string}`)};
      }

      /** A document that no element opened. */
      async function attackByStranger(on: Stage): Promise<Frame> {
        await attack.openShop(page, on, `<iframe src="${on.widget}${PATH}"></iframe>`);
        const [, stranger] = page.frames();
        assert.ok(stranger);
        await attack.attackFrom(stranger);
        await attack.insertVictim(page);
        return stranger;
      }

      inTab('keep the port from the frame of another element', async () => {
        const {neighbor, port} = await attackByNeighbor(stage);
        assert.deepEqual(await pay(), ['4012000098765439', '999']);
        const {messages, ports} = await attack.lootOf(neighbor);
        assert.deepEqual([messages.filter((data) => port.test(data)), ports], [[], []]);
      });

      inTab('fail without the host’s `source` check: the port goes to whoever says hello first', async () => {
        const {neighbor, port} = await attackByNeighbor(without.hostSource);
        await attack.winBy(neighbor, 'messages', port);
      });

      inTab('keep a stranger from the page’s Postmate', async () => {
        const stranger = await attackByStranger(stage);
        assert.deepEqual(await pay(), ['4012000098765439', '999']);
        assert.deepEqual(await attack.noiseOf(page.mainFrame()), []);
        assert.deepEqual((await attack.lootOf(stranger)).ports, []);
      });

      inTab(
        'fail without the host’s guard: Postmate runs what the stranger names, and throws in the shop’s page',
        async () => {
          await attackByStranger(without.hostGuard);
          await page.waitForFunction('noise.length > 0');
        },
      );
    });

    describe('against the shop’s own page', () => {
      inTab('let Postmate answer one handshake, and nothing after it', async () => {
        await attack.openShop(page, stage, '');
        await attack.insertVictim(page);
        const frame = await readyFrame(page, stage);
        await page.evaluate((url) => {
          Object.assign(window, {handed: new URL(url).hash.slice(9, 41)});
        }, frame.url());
        const before = (await attack.lootOf(page.mainFrame())).messages;
        assert.equal(before.filter((data) => data.includes('handshake-reply')).length, 1);
        await attack.attackFrom(page.mainFrame());
        await attack.letAttack(page.mainFrame());
        await typeCard(page, frame, CARD);
        assert.ok((await page.$eval('sealed-fields', (element) => element.seal())).ok);
        assert.deepEqual(await attack.lootOf(page.mainFrame()), {messages: before, ports: []});
        for (const each of page.frames()) assert.equal(await attack.isPolluted(each), false);
      });
    });

    describe('against pages that the record does not name', () => {
      /** What stands in each frame of the page once all of it is loaded: our fields, our neutral line, or neither. */
      async function shownAt(url: string): Promise<string[]> {
        await page.goto(url);
        return Promise.all(page.frames().slice(1).map(attack.shownIn));
      }

      inTab('start no fields outside a frame', async () => {
        await page.goto(stage.widget + PATH);
        assert.equal(await attack.shownIn(page.mainFrame()), 'neutral');
      });

      inTab(
        'start no fields in a tab that an attacker opened',
        async () => {
          stage.pages.set('/opener', {html: 'Opener'});
          await page.goto(`${stage.evil}/opener`);
          const [opened] = await Promise.all([
            browser.waitForTarget((target) => target.url() === stage.widget + PATH),
            page.evaluate((url) => {
              open(url);
            }, stage.widget + PATH),
          ]);
          const tab = await opened.page();
          assert.ok(tab);
          await tab.waitForFunction(() => document.readyState === 'complete');
          assert.equal(await attack.shownIn(tab.mainFrame()), 'neutral');
          await tab.close();
        },
        'its driver tells of no tab that a page opens',
      );

      inTab('would start them there without the check of the ancestors', async () => {
        await page.goto(without.frameAnywhere.widget + PATH);
        assert.equal(await attack.shownIn(page.mainFrame()), 'fields');
      });

      inTab(
        'show nothing in an attacker’s frame, in a shop within one, or at an origin that looks alike',
        async () => {
          const {port} = new URL(stage.page);
          const shop = `${stage.page}/shop`;
          stage.pages.set('/shop', snippet(stage, '<form><sealed-fields></sealed-fields></form>'));
          stage.pages.set('/around-frame', {html: `<iframe src="${stage.widget}${PATH}"></iframe>`});
          stage.pages.set('/around-shop', {html: `<iframe src="${shop}"></iframe>`});
          assert.deepEqual(await shownAt(shop), ['fields']);
          assert.deepEqual(await shownAt(shop.replace('localhost', 'LOCALHOST')), ['fields']); // the same origin
          assert.deepEqual(await shownAt(`${stage.evil}/around-frame`), ['nothing']);
          assert.deepEqual(await shownAt(`${stage.evil}/around-shop`), ['nothing', 'nothing']);
          const unknown = engine === 'webkit'; // WebKitGTK resolves neither
          const hosts = ['127.0.0.1', ...(unknown ? [] : ['localhost.', 'shop.localhost'])];
          const others = hosts.map((host) => `http://${host}:${port}`);
          others.push(stage.evil.replace('//', '//localhost:80@'));
          for (const other of others) assert.deepEqual(await shownAt(`${other}/shop`), ['nothing'], other);
        },
      );

      inTab('hold even where the frame is served without its headers', async () => {
        const url = (await attack.serveWithoutHeaders(stage)) + PATH;
        const frame = await attack.openAround(page, stage, url, CHANNEL);
        assert.equal(await attack.shownIn(frame), 'neutral');
        await attack.letAttack(page.mainFrame());
        assert.deepEqual(await attack.lootOf(page.mainFrame()), NOTHING);
      });

      inTab('hold by the frame’s check of the origin alone, and by nothing without it', async () => {
        for (const on of [without.frameAnywhere, without.frameOrigin]) {
          const url = (await attack.serveWithoutHeaders(on)) + PATH;
          const frame = await attack.openAround(page, on, url, CHANNEL);
          assert.equal(await attack.shownIn(frame), 'fields');
          if (on === without.frameOrigin) {
            await attack.winBy(page.mainFrame(), 'messages', /handshake-reply/);
            await attack.winBy(page.mainFrame(), 'ports', /"ready"/);
          } else {
            await attack.letAttack(page.mainFrame());
            assert.deepEqual(await attack.lootOf(page.mainFrame()), NOTHING);
          }
        }
      });
    });
  });
}
