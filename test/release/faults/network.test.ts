import assert from 'node:assert/strict';
import {beforeEach, it} from 'node:test';
import type {HTTPRequest, Page as Tab} from 'puppeteer-core';
import type {ErrorCode} from '../../../widget/protocol/errors.ts';
import {readyFrame, typeInto, unlessWebKit, untilFetched, valueOf} from '../../support/browser.ts';
import {inEngines, type Scene} from '../../support/engines.ts';
import {after, hang, instead, notFound, reset, withHeaders} from '../../support/network-faults.ts';
import {settle} from '../../support/poll.ts';
import {type Page, serveModule, snippet, type Stage} from '../../support/servers.ts';
import {CARD, type Clock, FORM, type MerchantPage, openMerchantPage, SHOWN_NUMBER} from './merchant-page.ts';

const DOCUMENT = '/v1/m/demo/';
const ENTRY = '/v1/assets/index-';

/** A reason why a frame does not load. */
interface Reason {
  code: ErrorCode;
  /** Headers of the merchant's page. They end when the page is loaded again. */
  headers?: (stage: Stage) => Record<string, string>;
  /** The merchant's page, if it is not the documented one. */
  page?: (stage: Stage) => Page;
  /** Attributes of the element. */
  attributes?: string;
  /** Runs once the page is loaded, before its element exists. */
  begin?: (stage: Stage, tab: Tab) => unknown;
  /** Ends it, together with clearing the network faults. */
  end?: (stage: Stage, merchantPage: MerchantPage, tab: Tab) => unknown;
  clock?: Clock;
  /** Why WebKit's driver cannot do it. */
  notInWebKit?: string;
}

const byFault = (code: ErrorCode, begin: NonNullable<Reason['begin']>): Reason => ({code, begin});

const byPolicy = (code: ErrorCode, directives: (stage: Stage) => string): Reason => ({
  code,
  headers: (stage) => ({'Content-Security-Policy': directives(stage)}),
});

/** A page that loads the npm module. */
function pageWithModule(stage: Stage): Page {
  return {html: `<!doctype html><title>Test</title>${serveModule(stage)}${FORM}`};
}

/** Blocks requests by address, as an extension does. */
const block =
  ({widget}: Stage) =>
  (request: HTTPRequest) => {
    if (request.url().startsWith(widget)) void request.abort('blockedbyclient');
    else void request.continue();
  };

const REASONS: Record<string, Reason> = {
  'frame-src of the page': byPolicy('frame-blocked', () => "frame-src 'none'"),
  'child-src of the page': byPolicy('frame-blocked', () => "child-src 'none'"),
  'default-src of the page': byPolicy(
    'frame-blocked',
    (stage) => `default-src 'none'; script-src ${stage.widget}`,
  ),
  'connections that are reset': byFault('frame-unreachable', ({weather}) => {
    weather.set('/', reset);
  }),
  'a host that is down': byFault('frame-unreachable', ({weather}) => weather.down()),
  'a name that does not resolve': {
    code: 'frame-unreachable',
    page: pageWithModule,
    attributes: 'data-merchant="demo" data-origin="http://nowhere.invalid"',
    end: (stage, {run}) => run(`element().dataset.origin = '${stage.widget}'`),
  },
  'an extension that blocks the host': {
    code: 'frame-unreachable',
    async begin(stage, tab) {
      await tab.setRequestInterception(true);
      tab.on('request', block(stage));
    },
    async end(_stage, _merchantPage, tab) {
      tab.removeAllListeners('request');
      await tab.setRequestInterception(false);
    },
    notInWebKit: 'its driver intercepts no request',
  },
  'frame-ancestors with another page': byFault('frame-refused', ({weather, evil}) => {
    weather.set(DOCUMENT, withHeaders({'content-security-policy': `frame-ancestors ${evil}`}));
  }),
  'a missing document': byFault('frame-refused', ({weather}) => {
    weather.set(DOCUMENT, notFound);
  }),
  'a document without its headers, in an isolated page': {
    code: 'frame-refused',
    headers: () => ({'Cross-Origin-Embedder-Policy': 'require-corp'}),
    begin: ({weather}) => {
      const without = {'cross-origin-embedder-policy': undefined, 'cross-origin-resource-policy': undefined};
      weather.set(DOCUMENT, withHeaders(without));
    },
  },
  'a captive portal': byFault('frame-refused', ({weather, pages, evil}) => {
    pages.set('/portal', {html: '<!doctype html><title>Welcome</title><h1>Accept our terms</h1>'});
    weather.set('/', instead(302, {Location: `${evil}/portal`}));
  }),
  'a missing entry script': byFault('frame-refused', ({weather}) => {
    weather.set(ENTRY, notFound);
  }),
  'an entry script with another hash': byFault('frame-refused', ({weather}) => {
    weather.set(ENTRY, instead(200, {'Content-Type': 'text/javascript'}, 'changed'));
  }),
  'an HTML page in place of the entry script': byFault('frame-refused', ({weather}) => {
    weather.set(ENTRY, instead(200, {'Content-Type': 'text/html'}, '<!doctype html><title>Portal</title>'));
  }),
  'a host that never answers': {
    ...byFault('frame-timeout', ({weather}) => {
      weather.set('/', hang);
    }),
    clock: {isPatient: false},
  },
  'a missing document whose reason connect-src hides': {
    ...byPolicy('frame-timeout', () => "connect-src 'self'"),
    begin: ({weather}) => {
      weather.set(DOCUMENT, notFound);
    },
  },
};

/** Without faults, and nothing comes from the cache. */
async function clearFaults({weather}: Stage): Promise<void> {
  await weather.clear();
  weather.set('/v1/', withHeaders({'cache-control': 'no-store'}));
}

inEngines('a frame that cannot load', (scene) => {
  beforeEach(() => clearFaults(scene.stage));

  for (const [what, reason] of Object.entries(REASONS)) {
    const name = `fails with ${reason.code} because of ${what}, and pays once that has ended`;
    const [named, {skip}] = reason.notInWebKit
      ? unlessWebKit(scene.engine, name, reason.notInWebKit)
      : [name, {skip: false}];
    if (skip) void it(named, {skip});
    else scene.onPage(named, (tab) => failAndRecover(scene, tab, reason));
  }
});

async function failAndRecover({stage}: Scene, tab: Tab, reason: Reason): Promise<void> {
  const {attributes = '', headers = () => undefined, clock = {}} = reason;
  const page = reason.page?.(stage) ?? snippet(stage, FORM);
  const merchantPage = await openMerchantPage(tab, stage, {...page, headers: headers(stage) ?? {}}, clock);
  await reason.begin?.(stage, tab);
  await merchantPage.insert(attributes);
  await settle(
    async () => (await merchantPage.events()).some((event) => event.startsWith('sealed-error')),
    true,
  );
  await assertFailed(merchantPage, tab, reason.code);

  await clearFaults(stage);
  await reason.end?.(stage, merchantPage, tab);
  await merchantPage.setClock({rate: 1});
  if (reason.headers === undefined) await merchantPage.pressRetry();
  else {
    stage.pages.set('/shop', page);
    await tab.reload();
    await merchantPage.insert(attributes);
  }
  await merchantPage.pay();
}

/** The page gets the code once and in time, the shopper sees the failure, and no form is sent, validated or not. */
async function assertFailed(merchantPage: MerchantPage, tab: Tab, code: ErrorCode): Promise<void> {
  const events = await merchantPage.events();
  assert.deepEqual(
    events.filter((event) => event !== 'sealed-warning slow'),
    [`sealed-error ${code}`],
  );
  assert.equal(await merchantPage.run('element().ready.catch(({code}) => code)'), code);
  assert.ok((await merchantPage.run<number>('failedAt')) <= 20_000);
  assert.ok(await merchantPage.showsFailure());
  assert.equal(await tab.$('iframe'), null);
  await tab.click('form > button');
  await merchantPage.run('document.forms[0].noValidate = true');
  await tab.click('form > button');
  assert.deepEqual(await merchantPage.run('[attempted, submitted]'), [1, 0]);
  await merchantPage.run('document.forms[0].noValidate = false');
}

/** 400 ms for each round trip, and one packet of twenty arrives late: the worst that a train offers. */
const TRAIN = {roundTrip: 400, bytesPerSecond: 50_000, lost: 0.05, seed: 7};

inEngines('a network that comes and goes', (scene) => {
  const {engine, onPage} = scene;
  beforeEach(() => clearFaults(scene.stage));

  /** Stops the widget host and takes the browser offline, or reverts both. WebKit's driver can only dispatch the event. */
  const setOnline = async (tab: Tab, isOnline: boolean) => {
    await (isOnline ? clearFaults(scene.stage) : scene.stage.weather.down());
    if (engine === 'webkit')
      await tab.evaluate(`dispatchEvent(new Event('${isOnline ? 'online' : 'offline'}'))`);
    else await tab.setOfflineMode(!isOnline);
  };

  onPage('opens fields by itself that were inserted without a network', async (tab) => {
    const merchantPage = await openMerchantPage(tab, scene.stage);
    await setOnline(tab, false);
    await merchantPage.insert();
    await merchantPage.untilEvent('sealed-error frame-unreachable');
    assert.ok(await merchantPage.showsFailure());
    await merchantPage.setClock({rate: 1});
    await setOnline(tab, true);
    await merchantPage.untilEvent('sealed-ready');
    assert.equal(await merchantPage.showsFailure(), false);
    await merchantPage.pay();
  });

  onPage('opens fields by itself whose host did not answer', async (tab) => {
    const {stage} = scene;
    const merchantPage = await openMerchantPage(tab, stage, snippet(stage, FORM), {isPatient: false});
    stage.weather.set('/', hang);
    await merchantPage.insert();
    await merchantPage.untilEvent('sealed-error frame-timeout');
    await merchantPage.setClock({rate: 1});
    await clearFaults(stage);
    await merchantPage.run("dispatchEvent(new Event('online'))");
    await merchantPage.untilEvent('sealed-ready');
  });

  onPage('does not open a frame again that was refused', async (tab) => {
    const {stage} = scene;
    const merchantPage = await openMerchantPage(tab, stage);
    stage.weather.set('/v1/m/', notFound);
    await merchantPage.insert();
    await merchantPage.untilEvent('sealed-error frame-refused');
    await merchantPage.run("dispatchEvent(new Event('online'))");
    assert.equal(await tab.$('iframe'), null);
    assert.ok(await merchantPage.showsFailure());
  });

  onPage('leaves field values as they are; they are sealed offline and paid online', async (tab) => {
    const {stage} = scene;
    const merchantPage = await openMerchantPage(tab, stage, snippet(stage, FORM), {rate: 1});
    await merchantPage.insert();
    const frame = await readyFrame(tab, stage);
    await typeInto(tab, frame, 'cardNumber', CARD.cardNumber);
    assert.ok(await merchantPage.run('element().seal().then(({ok}) => !ok)'));
    await untilFetched(frame, 'seal', 'paytrace');
    await setOnline(tab, false);
    await typeInto(tab, frame, 'expiry', CARD.expiry);
    await typeInto(tab, frame, 'securityCode', CARD.securityCode);
    await settle(() => merchantPage.run('element().state.complete'), true);
    assert.ok(await merchantPage.run('element().seal().then(({ok}) => ok)'));
    await setOnline(tab, true);
    assert.equal(await valueOf(frame, 'cardNumber'), SHOWN_NUMBER);
    assert.deepEqual(await merchantPage.events(), ['sealed-ready']);
    await merchantPage.submit();
  });

  onPage('lets a card be typed and paid over a slow line that loses packets', async (tab) => {
    const {stage} = scene;
    const merchantPage = await openMerchantPage(tab, stage, snippet(stage, FORM), {rate: 1});
    stage.weather.slow(TRAIN);
    await merchantPage.insert();
    await merchantPage.pay();
  });

  onPage('shows a frame as slow at 10 seconds, and accepts it at 15', async (tab) => {
    const {stage} = scene;
    const clock = {until: 10_000, isPatient: false};
    const merchantPage = await openMerchantPage(tab, stage, snippet(stage, FORM), clock);
    let answer = () => {};
    stage.weather.set('/v1/m/', after(new Promise<void>((resolve) => (answer = resolve))));
    await merchantPage.insert();
    await merchantPage.untilEvent('sealed-warning slow');
    const line = await tab.$('sealed-fields >>> [role=status]');
    assert.ok(await line?.isVisible());
    assert.equal(await line?.evaluate((node) => node.textContent), 'The payment fields are still loading.');
    await merchantPage.setClock({until: 15_000});
    await settle(() => merchantPage.run('clock'), 15_000);
    answer();
    await merchantPage.untilEvent('sealed-ready');
    assert.equal(await line?.evaluate((node) => node.textContent), '');
    assert.deepEqual(await merchantPage.events(), ['sealed-warning slow', 'sealed-ready']);
    await merchantPage.pay();
  });
});
