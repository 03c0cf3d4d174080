import assert from 'node:assert/strict';
import type {Frame, Page} from 'puppeteer-core';
import {readyFrame, typeCard, typeInto, valueOf} from '../e2e/shopper.ts';
import type {Stage} from '../e2e/stage.ts';
import * as attack from './attacker.ts';
import {standMutants} from './mutant.ts';
import {inEngines} from './suite.ts';
import {assertQuiet, consoleOf} from './witness.ts';

const without = standMutants('frameGuard', 'frameSource');

/** Frames of these origins flood every window from before ours exists. */
async function attackBySiblings(page: Page, on: Stage, ...origins: string[]): Promise<Frame[]> {
  await attack.openShop(page, on, attack.attackers(origins));
  await attack.insertVictim(page);
  return origins.map((origin) => attack.attackerAt(page, origin));
}

inEngines({}, (scene) => {
  scene.prove(
    'P01',
    'an advertiser’s frame and one of the shop’s own origin are told nothing',
    async (page) => {
      const {stage} = scene;
      const logged = consoleOf(page);
      const attackers = await attackBySiblings(page, stage, stage.evil, stage.page);
      assert.deepEqual(await attack.sealVictim(page, stage), attack.READ);
      for (const attacker of attackers) assert.deepEqual(await attack.lootOf(attacker), attack.NOTHING);
      await assertQuiet(page);
      assert.deepEqual(logged, []);
    },
  );

  if (scene.engine !== 'webkit')
    // there the advertiser comes too late more often than not
    scene.prove(
      'P01',
      'without the frame’s guard an advertiser gets the handshake and the port',
      async (page) => {
        await attack.untilWon(async () => {
          const on = without.frameGuard;
          const [advertiser] = await attackBySiblings(page, on, on.evil);
          assert.ok(advertiser);
          await attack.winBy(advertiser, 'messages', /handshake-reply/, 5000);
          await attack.winBy(advertiser, 'ports', /"ready"/, 5000);
        });
      },
    );

  scene.prove('P01', 'without the check of the window a sibling of the shop gets the port', async (page) => {
    await attack.untilWon(async () => {
      const on = without.frameSource;
      const [twin] = await attackBySiblings(page, on, on.page);
      assert.ok(twin);
      await attack.winBy(twin, 'ports', /"ready"/, 10_000);
    });
  });

  scene.prove(
    'P09',
    'a seal is carried through 50,000 messages of 1 KB, and typing goes on',
    async (page) => {
      const {stage} = scene;
      stage.pages.set('/flood', {html: attack.FLOOD});
      await attack.openShop(page, stage, '');
      await attack.insertVictim(page);
      const frame = await readyFrame(page, stage);
      await typeCard(page, frame, attack.CARD);
      await page.evaluate(`
      window.heard = 0;
      addEventListener('message', () => { heard += 1; });
      document.body.append(Object.assign(document.createElement('iframe'), {src: '${stage.evil}/flood'}));`);
      await page.waitForFunction('heard > 1000');
      const [isSealed, milliseconds] = (await page.evaluate(`(async () => {
      const start = performance.now();
      const {ok} = await document.querySelector('sealed-fields').seal();
      return [ok, performance.now() - start];
    })()`)) as [boolean, number];
      assert.ok(isSealed);
      assert.ok(milliseconds < 3000, `${milliseconds} ms`);
      await page.waitForFunction('heard >= 25_000');
      await page.keyboard.press('Backspace');
      await typeInto(page, frame, 'securityCode', '8');
      assert.equal(await valueOf(frame, 'securityCode'), '998');
    },
  );
});
