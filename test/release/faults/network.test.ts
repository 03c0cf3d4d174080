import assert from 'node:assert/strict';
import {beforeEach, it} from 'node:test';
import type {HTTPRequest, Page as Tab} from 'puppeteer-core';
import type {ErrorCode} from '../../../widget/protocol/errors.ts';
import {readyFrame, typeInto, unlessWebKit, untilFetched, valueOf} from '../../support/browser.ts';
import {inEngines, type Suite} from '../../support/engines.ts';
import {after, hang, instead, notFound, reset, withHeaders} from '../../support/network-faults.ts';
import {poll} from '../../support/poll.ts';
import {type Page, serveModule, snippet, type Servers} from '../../support/servers.ts';
import {CARD, type Clock, FORM, type MerchantPage, openMerchantPage, SHOWN_NUMBER} from './merchant-page.ts';

const DOCUMENT = '/v1/m/demo/';
const ENTRY = '/v1/assets/index-';

/** A reason why a frame does not load. */
interface Reason {
  code: ErrorCode;
  /** Headers of the merchant's page. They are removed before the page is reloaded. */
  headers?: (servers: Servers) => Record<string, string>;
  /** The merchant's page, if it is not the documented one. */
  page?: (servers: Servers) => Page;
  /** Attributes of the element. */
  attributes?: string;
  /** Runs once the page is loaded, before its element exists. */
  begin?: (servers: Servers, tab: Tab) => unknown;
  /** Removes the reason, in addition to clearing the network faults. */
  end?: (servers: Servers, merchantPage: MerchantPage, tab: Tab) => unknown;
  clock?: Clock;
  /** Why WebKit's driver cannot test it. */
  notInWebKit?: string;
}

const byFault = (code: ErrorCode, begin: NonNullable<Reason['begin']>): Reason => ({code, begin});

const byPolicy = (code: ErrorCode, directives: (servers: Servers) => string): Reason => ({
  code,
  headers: (servers) => ({'Content-Security-Policy': directives(servers)}),
});

/** A page that loads the npm module. */
function pageWithModule(servers: Servers): Page {
  return {html: `<!doctype html><title>Test</title>${serveModule(servers)}${FORM}`};
}

/** Blocks requests by address, as an extension does. */
const block =
  ({widget}: Servers) =>
  (request: HTTPRequest) => {
    if (request.url().startsWith(widget)) void request.abort('blockedbyclient');
    else void request.continue();
  };

const REASONS: Record<string, Reason> = {
  'frame-src of the page': byPolicy('frame-blocked', () => "frame-src 'none'"),
  'child-src of the page': byPolicy('frame-blocked', () => "child-src 'none'"),
  'default-src of the page': byPolicy(
    'frame-blocked',
    (servers) => `default-src 'none'; script-src ${servers.widget}`,
  ),
  'connections that are reset': byFault('frame-unreachable', ({networkFaults}) => {
    networkFaults.set('/', reset);
  }),
  'a host that is down': byFault('frame-unreachable', ({networkFaults}) => networkFaults.down()),
  'a name that does not resolve': {
    code: 'frame-unreachable',
    page: pageWithModule,
    attributes: 'data-merchant="demo" data-origin="http://nowhere.invalid"',
    end: (servers, {run}) => run(`element().dataset.origin = '${servers.widget}'`),
  },
  'an extension that blocks the host': {
    code: 'frame-unreachable',
    async begin(servers, tab) {
      await tab.setRequestInterception(true);
      tab.on('request', block(servers));
    },
    async end(_stage, _merchantPage, tab) {
      tab.removeAllListeners('request');
      await tab.setRequestInterception(false);
    },
    notInWebKit: 'its driver cannot intercept requests',
  },
  'frame-ancestors with another page': byFault('frame-refused', ({networkFaults, evil}) => {
    networkFaults.set(DOCUMENT, withHeaders({'content-security-policy': `frame-ancestors ${evil}`}));
  }),
  'a missing document': byFault('frame-refused', ({networkFaults}) => {
    networkFaults.set(DOCUMENT, notFound);
  }),
  'a document without its headers, in an isolated page': {
    code: 'frame-refused',
    headers: () => ({'Cross-Origin-Embedder-Policy': 'require-corp'}),
    begin: ({networkFaults}) => {
      const without = {'cross-origin-embedder-policy': undefined, 'cross-origin-resource-policy': undefined};
      networkFaults.set(DOCUMENT, withHeaders(without));
    },
  },
  'a captive portal': byFault('frame-refused', ({networkFaults, pages, evil}) => {
    pages.set('/portal', {html: '<!doctype html><title>Welcome</title><h1>Accept our terms</h1>'});
    networkFaults.set('/', instead(302, {Location: `${evil}/portal`}));
  }),
  'a missing entry script': byFault('frame-refused', ({networkFaults}) => {
    networkFaults.set(ENTRY, notFound);
  }),
  'an entry script with another hash': byFault('frame-refused', ({networkFaults}) => {
    networkFaults.set(ENTRY, instead(200, {'Content-Type': 'text/javascript'}, 'changed'));
  }),
  'an HTML page in place of the entry script': byFault('frame-refused', ({networkFaults}) => {
    networkFaults.set(
      ENTRY,
      instead(200, {'Content-Type': 'text/html'}, '<!doctype html><title>Portal</title>'),
    );
  }),
  'a host that never answers': {
    ...byFault('frame-timeout', ({networkFaults}) => {
      networkFaults.set('/', hang);
    }),
    clock: {isPatient: false},
  },
  'a missing document whose reason connect-src hides': {
    ...byPolicy('frame-timeout', () => "connect-src 'self'"),
    begin: ({networkFaults}) => {
      networkFaults.set(DOCUMENT, notFound);
    },
  },
};

/** Removes all faults, and prevents caching. */
async function clearFaults({networkFaults}: Servers): Promise<void> {
  await networkFaults.clear();
  networkFaults.set('/v1/', withHeaders({'cache-control': 'no-store'}));
}

inEngines('a frame that cannot load', (suite) => {
  beforeEach(() => clearFaults(suite.servers));

  for (const [what, reason] of Object.entries(REASONS)) {
    const name = `fails with ${reason.code} because of ${what}, and pays once that is fixed`;
    const [named, {skip}] = reason.notInWebKit
      ? unlessWebKit(suite.engine, name, reason.notInWebKit)
      : [name, {skip: false}];
    if (skip) void it(named, {skip});
    else suite.onPage(named, (tab) => failAndRecover(suite, tab, reason));
  }
});

async function failAndRecover({servers}: Suite, tab: Tab, reason: Reason): Promise<void> {
  const {attributes = '', headers = () => undefined, clock = {}} = reason;
  const page = reason.page?.(servers) ?? snippet(servers, FORM);
  const merchantPage = await openMerchantPage(
    tab,
    servers,
    {...page, headers: headers(servers) ?? {}},
    clock,
  );
  await reason.begin?.(servers, tab);
  await merchantPage.insert(attributes);
  await poll(
    async () => (await merchantPage.events()).some((event) => event.startsWith('sealed-error')),
    true,
  );
  await assertFailed(merchantPage, tab, reason.code);

  await clearFaults(servers);
  await reason.end?.(servers, merchantPage, tab);
  await merchantPage.setClock({rate: 1});
  if (reason.headers === undefined) await merchantPage.pressRetry();
  else {
    servers.pages.set('/shop', page);
    await tab.reload();
    await merchantPage.insert(attributes);
  }
  await merchantPage.pay();
}

/**
 * Asserts that the page gets the code once and in time, the shopper sees the failure, and no form is sent, validated or
 * not.
 */
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

/** A bad connection on a train: 400 ms for each round trip, and one packet of twenty arrives late. */
const TRAIN = {roundTrip: 400, bytesPerSecond: 50_000, lost: 0.05, seed: 7};

inEngines('an unreliable network', (suite) => {
  const {engine, onPage} = suite;
  beforeEach(() => clearFaults(suite.servers));

  /** Stops the widget host and takes the browser offline, or reverts both. WebKit's driver can only dispatch the event. */
  const setOnline = async (tab: Tab, isOnline: boolean) => {
    await (isOnline ? clearFaults(suite.servers) : suite.servers.networkFaults.down());
    if (engine === 'webkit')
      await tab.evaluate(`dispatchEvent(new Event('${isOnline ? 'online' : 'offline'}'))`);
    else await tab.setOfflineMode(!isOnline);
  };

  onPage('loads fields that were inserted offline as soon as the browser is online', async (tab) => {
    const merchantPage = await openMerchantPage(tab, suite.servers);
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

  onPage('loads fields whose host did not answer as soon as the browser reports online', async (tab) => {
    const {servers} = suite;
    const merchantPage = await openMerchantPage(tab, servers, snippet(servers, FORM), {isPatient: false});
    servers.networkFaults.set('/', hang);
    await merchantPage.insert();
    await merchantPage.untilEvent('sealed-error frame-timeout');
    await merchantPage.setClock({rate: 1});
    await clearFaults(servers);
    await merchantPage.run("dispatchEvent(new Event('online'))");
    await merchantPage.untilEvent('sealed-ready');
  });

  onPage('does not reopen a frame that was refused', async (tab) => {
    const {servers} = suite;
    const merchantPage = await openMerchantPage(tab, servers);
    servers.networkFaults.set('/v1/m/', notFound);
    await merchantPage.insert();
    await merchantPage.untilEvent('sealed-error frame-refused');
    await merchantPage.run("dispatchEvent(new Event('online'))");
    assert.equal(await tab.$('iframe'), null);
    assert.ok(await merchantPage.showsFailure());
  });

  onPage('keeps field values, which are sealed offline and paid online', async (tab) => {
    const {servers} = suite;
    const merchantPage = await openMerchantPage(tab, servers, snippet(servers, FORM), {rate: 1});
    await merchantPage.insert();
    const frame = await readyFrame(tab, servers);
    await typeInto(tab, frame, 'cardNumber', CARD.cardNumber);
    assert.ok(await merchantPage.run('element().seal().then(({ok}) => !ok)'));
    await untilFetched(frame, 'seal', 'paytrace');
    await setOnline(tab, false);
    await typeInto(tab, frame, 'expiry', CARD.expiry);
    await typeInto(tab, frame, 'securityCode', CARD.securityCode);
    await poll(() => merchantPage.run('element().state.complete'), true);
    assert.ok(await merchantPage.run('element().seal().then(({ok}) => ok)'));
    await setOnline(tab, true);
    assert.equal(await valueOf(frame, 'cardNumber'), SHOWN_NUMBER);
    assert.deepEqual(await merchantPage.events(), ['sealed-ready']);
    await merchantPage.submit();
  });

  onPage('allows entering and paying a card while packets are slow or lost', async (tab) => {
    const {servers} = suite;
    const merchantPage = await openMerchantPage(tab, servers, snippet(servers, FORM), {rate: 1});
    servers.networkFaults.slow(TRAIN);
    await merchantPage.insert();
    await merchantPage.pay();
  });

  onPage('reports a frame as slow after 10 seconds, and accepts it after 15', async (tab) => {
    const {servers} = suite;
    const clock = {until: 10_000, isPatient: false};
    const merchantPage = await openMerchantPage(tab, servers, snippet(servers, FORM), clock);
    let answer = () => {};
    servers.networkFaults.set('/v1/m/', after(new Promise<void>((resolve) => (answer = resolve))));
    await merchantPage.insert();
    await merchantPage.untilEvent('sealed-warning slow');
    const line = await tab.$('sealed-fields >>> [role=status]');
    assert.ok(await line?.isVisible());
    assert.equal(await line?.evaluate((node) => node.textContent), 'The payment fields are still loading.');
    await merchantPage.setClock({until: 15_000});
    await poll(() => merchantPage.run('clock'), 15_000);
    answer();
    await merchantPage.untilEvent('sealed-ready');
    assert.equal(await line?.evaluate((node) => node.textContent), '');
    assert.deepEqual(await merchantPage.events(), ['sealed-warning slow', 'sealed-ready']);
    await merchantPage.pay();
  });
});
