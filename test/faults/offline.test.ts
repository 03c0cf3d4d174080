import assert from 'node:assert/strict';
import {beforeEach} from 'node:test';
import type {Page as Tab} from 'puppeteer-core';
import {inEngines} from '../e2e/scene.ts';
import {settle} from '../e2e/settle.ts';
import {readyFrame, typeInto, untilFetched, valueOf} from '../e2e/shopper.ts';
import {snippet} from '../e2e/stage.ts';
import {after, hang, notFound, withHeaders} from '../e2e/weather.ts';
import {CARD, FORM, openShop} from './shop.ts';

/** Three times a second there and back, and one packet of twenty comes late: the worst that a train has. */
const TRAIN = {roundTrip: 400, bytesPerSecond: 50_000, lost: 0.05, seed: 7};

inEngines({}, (scene) => {
  const {engine, onPage} = scene;

  const clearUp = async () => {
    await scene.stage.weather.clear();
    scene.stage.weather.set('/v1/', withHeaders({'cache-control': 'no-store'})); // nothing from a test before
  };
  beforeEach(clearUp);

  /** Takes the network from the browser and the host from the network, or gives both back; WebKit's driver can but say so. */
  const setOnline = async (tab: Tab, isOnline: boolean) => {
    await (isOnline ? clearUp() : scene.stage.weather.down());
    if (engine === 'webkit')
      await tab.evaluate(`dispatchEvent(new Event('${isOnline ? 'online' : 'offline'}'))`);
    else await tab.setOfflineMode(!isOnline);
  };

  onPage('F07 fields that came in a dead zone open by themselves when the network is back', async (tab) => {
    const {stage} = scene;
    const shop = await openShop(tab, stage, snippet(stage, FORM));
    await setOnline(tab, false);
    await shop.mount();
    await shop.hears('sealed-error frame-unreachable');
    assert.ok(await shop.showsFailure());
    await shop.setClock({rate: 1});
    await setOnline(tab, true);
    await shop.hears('sealed-ready');
    assert.equal(await shop.showsFailure(), false);
    await shop.pay();
  });

  onPage('F07 fields of a host that hung open by themselves when the network is back', async (tab) => {
    const {stage} = scene;
    const shop = await openShop(tab, stage, snippet(stage, FORM), {isPatient: false});
    stage.weather.set('/', hang);
    await shop.mount();
    await shop.hears('sealed-error frame-timeout');
    await shop.setClock({rate: 1});
    await clearUp();
    await shop.run("dispatchEvent(new Event('online'))");
    await shop.hears('sealed-ready');
  });

  onPage('F07 a refused frame is no matter of the network: its return opens nothing', async (tab) => {
    const {stage} = scene;
    const shop = await openShop(tab, stage, snippet(stage, FORM));
    stage.weather.set('/v1/m/', notFound);
    await shop.mount();
    await shop.hears('sealed-error frame-refused');
    await shop.run("dispatchEvent(new Event('online'))");
    assert.equal(await tab.$('iframe'), null);
    assert.ok(await shop.showsFailure());
  });

  onPage(
    'F07 what is typed while the network goes and comes stays, is sealed without it, and is paid',
    async (tab) => {
      const {stage} = scene;
      const shop = await openShop(tab, stage, snippet(stage, FORM), {rate: 1});
      await shop.mount();
      const frame = await readyFrame(tab, stage);
      await typeInto(tab, frame, 'cardNumber', CARD.cardNumber);
      assert.ok(await shop.run('element().seal().then(({ok}) => !ok)'));
      await untilFetched(frame, 'seal', 'paytrace');
      await setOnline(tab, false);
      await typeInto(tab, frame, 'expiry', CARD.expiry);
      await typeInto(tab, frame, 'securityCode', CARD.securityCode);
      await settle(() => shop.run('element().state.complete'), true);
      assert.ok(await shop.run('element().seal().then(({ok}) => ok)'));
      await setOnline(tab, true);
      assert.equal(await valueOf(frame, 'cardNumber'), '4012 0000 9876 5439');
      assert.deepEqual(await shop.told(), ['sealed-ready']);
      await shop.send();
    },
  );

  onPage(
    'F07 over a slow line that loses packets a card is typed as soon as it can be, and is paid',
    async (tab) => {
      const {stage} = scene;
      const shop = await openShop(tab, stage, snippet(stage, FORM), {rate: 1});
      stage.weather.slow(TRAIN);
      await shop.mount();
      await shop.pay();
    },
  );

  onPage('F07 a frame that is late is called so at 10 seconds, in sight, and welcome at 15', async (tab) => {
    const {stage} = scene;
    const shop = await openShop(tab, stage, snippet(stage, FORM), {until: 10_000, isPatient: false});
    let come = () => {};
    stage.weather.set('/v1/m/', after(new Promise<void>((resolve) => (come = resolve))));
    await shop.mount();
    await shop.hears('sealed-warning slow');
    const line = await tab.$('sealed-fields >>> [role=status]');
    assert.ok(await line?.isVisible());
    assert.equal(await line?.evaluate((node) => node.textContent), 'The payment fields are still loading.');
    await shop.setClock({until: 15_000});
    await settle(() => shop.run('clock'), 15_000);
    come();
    await shop.hears('sealed-ready');
    assert.equal(await line?.evaluate((node) => node.textContent), '');
    assert.deepEqual(await shop.told(), ['sealed-warning slow', 'sealed-ready']);
    await shop.pay();
  });
});
