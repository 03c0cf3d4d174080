import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {it} from 'node:test';
import {readyFrame, typeWholeCard} from '../../support/browser.ts';
import {inEngines} from '../../support/engines.ts';
import {CARD, CARD_VALUES, openCard} from '../../support/payment.ts';
import {ROOT} from '../../support/root.ts';
import {snippet} from '../../support/servers.ts';

/** What Prototype.js 1.7.3 does to the built-ins that a host script is likely to use. */
const LIKE_PROTOTYPE = `
  Array.from = (iterable) => (iterable ? Array.prototype.slice.call(iterable) : []);
  Element.prototype.remove = function () {
    this.parentNode.removeChild(this);
    return this;
  };`;

/** Libraries that replace or extend built-ins: a script, or the path of one. */
const LIBRARIES: Record<string, {path?: string; script?: string}> = {
  'built-ins like those of Prototype.js': {script: LIKE_PROTOTYPE},
  'Prototype.js 1.7.3': {path: '/usr/share/javascript/prototype/prototype.js'},
  'MooTools 1.4': {path: '/usr/share/javascript/mootools/mootools-core-nc.js'},
  'core-js': {path: 'core-js-bundle/index.js'},
  'zone.js': {path: 'zone.js/bundles/zone.umd.js'},
  'es6-shim': {path: 'es6-shim/es6-shim.js'},
  Sugar: {path: 'sugar/dist/sugar.js', script: 'Sugar.extend({objectPrototype: true});'},
  'Date.js': {path: 'datejs/lib/date.js'},
};

const FORM = `<form method="post" action="/received">
    <sealed-fields data-theme='{"radius": "2px", "colorFocus": "#7a3cc2"}' data-label-expiry="Until"></sealed-fields>
    <button>Pay</button></form>
  <script>
    const codes = [];
    for (const type of ['sealed-warning', 'sealed-error'])
      addEventListener(type, ({detail}) => codes.push(detail.code));
  </script>`;

/** Absolute paths are those of Debian’s packages libjs-prototype and libjs-mootools. */
const pathOf = (path: string) => join(path.startsWith('/') ? '/' : join(ROOT, 'node_modules'), path);

inEngines('a page whose libraries replace built-ins', (suite) => {
  for (const [library, {path, script = ''}] of Object.entries(LIBRARIES)) {
    if (path !== undefined && !existsSync(pathOf(path))) {
      it(`pays a card: ${library}`, {skip: 'it is not installed'});
      continue;
    }
    for (const order of ['before', 'after'])
      suite.onPage(`pays a card: ${library} loads ${order} the fields`, async (page) => {
        const {servers} = suite;
        const code = path === undefined ? '' : readFileSync(pathOf(path), 'utf8');
        servers.pages.set('/library.js', {
          html: `${code};${script}`,
          headers: {'Content-Type': 'text/javascript'},
        });
        const tag = '<script src="/library.js"></script>';
        const shown = snippet(servers, FORM);
        if (order === 'before') shown.html = shown.html.replace('<script', `${tag}<script`);
        servers.pages.set('/', shown);
        servers.pages.set('/received', {html: 'Received.'});
        servers.received.length = 0;
        await page.goto(servers.page);
        await readyFrame(page, servers);
        if (order === 'after') {
          await page.evaluate(`new Promise((onload) => {
            document.head.append(Object.assign(document.createElement('script'), {src: '/library.js', onload}));
          })`);
          await page.$eval('sealed-fields', (element) => {
            element.retry();
          });
        }
        await typeWholeCard(page, await readyFrame(page, servers), CARD);
        assert.deepEqual(await page.evaluate('codes'), []);
        await page.click('button');
        const {form} = await servers.nextReceived();
        assert.deepEqual(openCard(servers, form), CARD_VALUES);
      });
  }
});
