import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeEach, it} from 'node:test';
import type {HTTPRequest, Page as Tab} from 'puppeteer-core';
import type {ErrorCode} from '../../widget/protocol/errors.ts';
import {inEngines} from '../e2e/scene.ts';
import {settle} from '../e2e/settle.ts';
import {unlessWebKit} from '../e2e/shopper.ts';
import {type Page, snippet, type Stage} from '../e2e/stage.ts';
import {hang, instead, notFound, reset, withHeaders} from '../e2e/weather.ts';
import {ROOT} from '../files.ts';
import {type Clock, FORM, openShop, type Shop} from './shop.ts';

const DOCUMENT = '/v1/m/demo/';
const ENTRY = '/v1/assets/index-';

/** One way in which a frame does not come. */
interface Way {
  code: ErrorCode;
  /** Headers of the shop's page, which end with a page that is loaded anew. */
  headers?: (stage: Stage) => Record<string, string>;
  /** The shop's page, where it is not the documentation's. */
  page?: (stage: Stage) => Page;
  /** Of the element, as attributes. */
  attributes?: string;
  /** Happens when the page is there, and before its element is. */
  strike?: (stage: Stage, tab: Tab) => unknown;
  /** What ends it, beside fair weather. */
  lift?: (stage: Stage, shop: Shop, tab: Tab) => unknown;
  clock?: Clock;
  /** Why WebKit's driver cannot do it. */
  notInWebKit?: string;
}

const struck = (code: ErrorCode, strike: NonNullable<Way['strike']>): Way => ({code, strike});

const policy = (code: ErrorCode, directives: (stage: Stage) => string): Way => ({
  code,
  headers: (stage) => ({'Content-Security-Policy': directives(stage)}),
});

/** A page that takes the npm module. */
function withModule(stage: Stage): Page {
  const html = readFileSync(join(ROOT, 'dist/module/sealed-fields.js'), 'utf8');
  stage.pages.set('/module.js', {html, headers: {'Content-Type': 'text/javascript'}});
  return {html: `<!doctype html><title>Test</title><script type="module" src="/module.js"></script>${FORM}`};
}

/** As an extension does that blocks by address. */
const block =
  ({widget}: Stage) =>
  (request: HTTPRequest) => {
    if (request.url().startsWith(widget)) void request.abort('blockedbyclient');
    else void request.continue();
  };

const WAYS: Record<string, Way> = {
  'the page’s frame-src': policy('frame-blocked', () => "frame-src 'none'"),
  'the page’s child-src': policy('frame-blocked', () => "child-src 'none'"),
  'the page’s default-src': policy(
    'frame-blocked',
    (stage) => `default-src 'none'; script-src ${stage.widget}`,
  ),
  'a connection that is reset': struck('frame-unreachable', ({weather}) => {
    weather.set('/', reset);
  }),
  'a host that is down': struck('frame-unreachable', ({weather}) => weather.down()),
  'a name that does not resolve': {
    code: 'frame-unreachable',
    page: withModule,
    attributes: 'data-merchant="demo" data-origin="http://nowhere.invalid"',
    lift: (stage, shop) => shop.run(`element().dataset.origin = '${stage.widget}'`),
  },
  'an extension that blocks the host': {
    code: 'frame-unreachable',
    async strike(stage, tab) {
      await tab.setRequestInterception(true);
      tab.on('request', block(stage));
    },
    async lift(_stage, _shop, tab) {
      tab.removeAllListeners('request');
      await tab.setRequestInterception(false);
    },
    notInWebKit: 'its driver stops no request',
  },
  'frame-ancestors that name another page': struck('frame-refused', ({weather, evil}) => {
    weather.set(DOCUMENT, withHeaders({'content-security-policy': `frame-ancestors ${evil}`}));
  }),
  'a document that is not there': struck('frame-refused', ({weather}) => {
    weather.set(DOCUMENT, notFound);
  }),
  'a document without its headers, in an isolated page': {
    code: 'frame-refused',
    headers: () => ({'Cross-Origin-Embedder-Policy': 'require-corp'}),
    strike: ({weather}) => {
      const without = {'cross-origin-embedder-policy': undefined, 'cross-origin-resource-policy': undefined};
      weather.set(DOCUMENT, withHeaders(without));
    },
  },
  'a captive portal': struck('frame-refused', ({weather, pages, evil}) => {
    pages.set('/portal', {html: '<!doctype html><title>Welcome</title><h1>Accept our terms</h1>'});
    weather.set('/', instead(302, {Location: `${evil}/portal`}));
  }),
  'an entry that is not there': struck('frame-refused', ({weather}) => {
    weather.set(ENTRY, notFound);
  }),
  'an entry that has another hash': struck('frame-refused', ({weather}) => {
    weather.set(ENTRY, instead(200, {'Content-Type': 'text/javascript'}, 'changed'));
  }),
  'an entry that is a page': struck('frame-refused', ({weather}) => {
    weather.set(ENTRY, instead(200, {'Content-Type': 'text/html'}, '<!doctype html><title>Portal</title>'));
  }),
  'a host that never answers': {
    ...struck('frame-timeout', ({weather}) => {
      weather.set('/', hang);
    }),
    clock: {isPatient: false},
  },
  'a document that is not there, where connect-src lets nobody ask why': {
    ...policy('frame-timeout', () => "connect-src 'self'"),
    strike: ({weather}) => {
      weather.set(DOCUMENT, notFound);
    },
  },
};

inEngines({}, (scene) => {
  const {engine, onPage} = scene;

  const clearUp = async () => {
    await scene.stage.weather.clear();
    scene.stage.weather.set('/v1/assets/', withHeaders({'cache-control': 'no-store'})); // nothing from a test before
  };
  beforeEach(clearUp);

  for (const [name, way] of Object.entries(WAYS)) {
    const what = `F01 ${way.code}, by ${name}; the fields pay once it is past`;
    const [named, {skip}] = way.notInWebKit
      ? unlessWebKit(engine, what, way.notInWebKit)
      : [what, {skip: false}];
    if (skip) void it(named, {skip});
    else
      onPage(named, async (tab) => {
        const {stage} = scene;
        const {attributes = '', headers = () => undefined, clock = {}} = way;
        const fair = way.page?.(stage) ?? snippet(stage, FORM);
        const shop = await openShop(tab, stage, {...fair, headers: headers(stage) ?? {}}, clock);
        await way.strike?.(stage, tab);
        await shop.mount(attributes);
        await settle(async () => (await shop.told()).some((each) => each.startsWith('sealed-error')), true);
        await assertFailed(shop, tab, way.code);

        await clearUp();
        await way.lift?.(stage, shop, tab);
        await shop.setClock({rate: 1});
        if (way.headers === undefined) await shop.pressRetry();
        else {
          stage.pages.set('/shop', fair);
          await tab.reload();
          await shop.mount(attributes);
        }
        await shop.pay();
      });
  }
});

/** The code is told once and in time, the shopper is told, and neither the browser's check nor a form without it sends. */
async function assertFailed(shop: Shop, tab: Tab, code: ErrorCode): Promise<void> {
  const told = await shop.told();
  assert.deepEqual(
    told.filter((each) => each !== 'sealed-warning slow'),
    [`sealed-error ${code}`],
  );
  assert.equal(await shop.run('element().ready.catch(({code}) => code)'), code);
  assert.ok((await shop.run<number>('failedAt')) <= 20_000);
  assert.ok(await shop.showsFailure());
  assert.equal(await tab.$('iframe'), null);
  await tab.click('form > button');
  await shop.run('document.forms[0].noValidate = true');
  await tab.click('form > button');
  assert.deepEqual(await shop.run('[tried, submitted]'), [1, 0]);
  await shop.run('document.forms[0].noValidate = false');
}
