import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Page as Tab} from 'puppeteer-core';
import packageJson from '../../../package.json' with {type: 'json'};
import {ROOT} from '../../support/root.ts';
import {fieldFrames} from '../../support/browser.ts';
import type {Page} from '../../support/servers.ts';
import {CARD} from './attacks/attacker-page.ts';
import {fill} from './pages.ts';
import {inEngines} from './suite.ts';

const VALUES = ['number', 'expiration_month', 'expiration_year', 'csc'].map((name) => `encrypted_${name}`);

const CURRENT = 'WIDGET/v1/sealed-fields.js';
const PINNED = `WIDGET/${packageJson.version}/sealed-fields.js`;
const script = (attributes = '', src = CURRENT) =>
  `<script src="${src}" data-merchant="demo" ${attributes}></script>`;

const formOf = (content: string) =>
  `<form method="post" action="PAGE/received">${content}<button>Pay</button></form>`;
const FORM = formOf('<sealed-fields></sealed-fields>');
const MARKED = formOf('<div data-sealed-fields></div>');

const inHead = (head: string, body = FORM) =>
  `<!doctype html><html lang="en"><head><title>Shop</title>${head}</head><body>${body}</body></html>`;

/** Injects the script as a tag manager does. */
const INJECT = `const script = document.createElement('script');
  script.src = '${CURRENT}';
  script.dataset.merchant = 'demo';
  document.head.append(script);`;

const NEW_FORM = `const form = document.createElement('form');
  Object.assign(form, {method: 'post', action: 'PAGE/received'});
  form.append(document.createElement('button'));`;

/** How a page loads the script; WIDGET and PAGE stand for origins. */
interface Way extends Page {
  /** Script that runs when the page has loaded. */
  late?: string;
  /** The warnings that it gets. */
  warnings?: string;
}

/** The warning of a second script that is ignored. */
const repeated = (src: string) =>
  `document script-repeated: sealed-fields.js was loaded twice. The attributes of ${src} are ignored.\n`;

const JQUERY = readFileSync(join(ROOT, 'node_modules/jquery/dist/jquery.min.js'), 'utf8');

const WAYS: Record<string, Way> = {
  'an async script in its head': {html: inHead(script('async'))},
  'a blocking script in its head': {html: inHead(script())},
  'a deferred script': {html: inHead(script('defer'))},
  'a module': {html: inHead(script('type="module"'))},
  'a script at its end': {html: inHead('', FORM + script())},
  'a script that is injected after the page has loaded': {html: inHead(''), late: INJECT},
  'a script that document.write inserts': {
    html: inHead(`<script>document.write('${script().replace('</', '<\\/')}')</script>`),
  },
  'a snippet that jQuery inserts': {
    html: inHead('<script src="/jquery.js"></script>'),
    late: `$('head').append('${script()}')`,
  },
  'only script and element, and a form that is added last': {
    html: `${script()}<sealed-fields form="late"></sealed-fields>`,
    late: `${NEW_FORM} form.id = 'late'; document.body.append(form);`,
  },
  'the same script twice': {html: inHead(script() + script()), warnings: repeated(CURRENT)},
  'the same script twice and a marked div': {
    html: inHead(script('async') + script('async'), MARKED),
    warnings: repeated(CURRENT),
  },
  'the current script before the pinned one': {
    html: inHead(script() + script('', PINNED).replace('demo', 'missing')),
    warnings: repeated(PINNED),
  },
  'the pinned script before the current one': {
    html: inHead(script('', PINNED) + script()),
    warnings: repeated(CURRENT),
  },
  'two scripts of two merchants': {
    html: inHead(script() + script().replace('demo', 'missing')),
    warnings: repeated(CURRENT),
  },
  'an image that is named currentScript': {html: inHead('', `<img name="currentScript">${FORM}${script()}`)},
  'a form that is named currentScript': {
    html: inHead('', FORM.replace('<form', '<form name="currentScript"') + script('async')),
  },
  'a marked div before the script': {html: inHead('', MARKED + script())},
  'a marked div that is added later': {
    html: inHead(script('async data-upgrade="any"'), formOf('')),
    late: `const div = document.createElement('div');
      div.dataset.sealedFields = 'card';
      document.forms[0].prepend(div);`,
  },
  'a base of another origin': {html: inHead(`<base href="https://elsewhere.invalid/">${script('async')}`)},
  'no doctype': {html: `<title>Shop</title>${script('async')}${FORM}`},
  'markup in XHTML': {
    html: `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>Shop</title>
      ${script('async="async"')}</head><body>${FORM}</body></html>`,
    headers: {'Content-Type': 'application/xhtml+xml; charset=utf-8'},
  },
  'an element that is detached while the script loads': {
    html: inHead(''),
    late: `const element = document.querySelector('sealed-fields');
      element.remove();
      ${INJECT}
      customElements.whenDefined('sealed-fields').then(() => { document.forms[0].prepend(element); });`,
  },
  'a policy that allows only the widget host': {
    html: inHead(script('async')),
    headers: {
      'Content-Security-Policy':
        "script-src WIDGET; frame-src WIDGET; style-src 'none'; require-trusted-types-for 'script'",
    },
  },
};

/** How script in the page adds an element to a form that it created. */
const SCRIPTS: Record<string, string> = {
  'markup that innerHTML inserts': `document.body.innerHTML = ${JSON.stringify(FORM)}`,
  'a form of nodes that is complete before it is inserted': 'form.append(made); document.body.append(form)',
  'an element that is added to a form later':
    'document.body.append(form); setTimeout(() => form.append(made))',
  'a form that is removed and inserted again':
    'form.append(made); document.body.append(form); form.remove(); setTimeout(() => document.body.append(form))',
  'a clone from a template': 'form.append(content.cloneNode(true)); document.body.append(form)',
  'an import from a template': 'document.body.append(form); form.append(document.importNode(content, true))',
  'the element of another document':
    'document.body.append(form); form.append(document.adoptNode(content.querySelector("sealed-fields")))',
};

const MAKINGS: Record<string, Way> = Object.fromEntries(
  Object.entries(SCRIPTS).map(([what, making]) => [
    what,
    {
      html: inHead(script('async'), '<template><sealed-fields></sealed-fields></template>'),
      late: `${NEW_FORM}
        const {content} = document.querySelector('template');
        const made = document.createElement('sealed-fields');
        ${making};`,
    },
  ]),
);

/** In the page: records warnings and policy violations, in the session storage so that they survive the submission. */
const WATCH = `if (window === top) {
  const note = (text) => { sessionStorage.warnings = (sessionStorage.warnings ?? '') + text + '\\n'; };
  document.addEventListener('sealed-warning', ({target, detail: {code, message}}) => {
    if (code !== 'slow') note((target === document ? 'document ' : '') + code + ': ' + message);
  });
  document.addEventListener('securitypolicyviolation', ({effectiveDirective, blockedURI}) => {
    note(effectiveDirective + ' ' + blockedURI);
  });
}`;

/** Wrong ways to load the script, and the error that the page gets. */
const WRONG: Record<string, [head: string, error: RegExp]> = {
  'a script that names no merchant': [
    script('async').replace(' data-merchant="demo"', ''),
    /^config-invalid data-merchant: expected the id/,
  ],
  'a script with an invalid merchant': [
    script('async').replace('demo', 'Demo!'),
    /^config-invalid data-merchant: expected the id/,
  ],
  'a script with a wrong default': [
    script('async data-layout="sepia"'),
    /^config-invalid data-layout: expected one of stacked/,
  ],
  'a module that another script imports, which has no attributes': [
    `<script type="module">import('${CURRENT}')</script>`,
    /^config-invalid sealed-fields.js is part of another script/,
  ],
};

inEngines('security: loading the script', (suite) => {
  const named = (text: string) =>
    text.replaceAll('WIDGET', suite.servers.widget).replaceAll('PAGE', suite.servers.page);

  async function open(tab: Tab, {html, headers = {}}: Page): Promise<void> {
    const {pages, page, received} = suite.servers;
    const sent = Object.entries(headers).map(([name, value]) => [name, named(value)] as const);
    pages.set('/received', {html: '<!doctype html><title>Received</title>'});
    pages.set('/jquery.js', {html: JQUERY, headers: {'Content-Type': 'text/javascript'}});
    pages.set('/page', {html: named(html), headers: Object.fromEntries(sent)});
    received.length = 0;
    await tab.goto(`${page}/page`);
  }

  /** Pays a card in such a page. There must be one frame, one submission and no unexpected warning. */
  async function assertPays(tab: Tab, way: string, {late = '', warnings = '', ...sent}: Way): Promise<void> {
    await open(tab, sent);
    await tab.evaluate(named(`{${late}}`));
    const [frame, ...more] = await fieldFrames(tab, suite.servers);
    assert.ok(frame, way);
    assert.deepEqual(more, [], way);
    assert.equal((await tab.$$('sealed-fields')).length, 1, way);
    await fill(tab, frame, CARD);
    await Promise.all([tab.waitForNavigation(), tab.click('button')]);
    const {form} = await suite.servers.nextReceived();
    const values = VALUES.map((name) => form[name] ?? '');
    assert.deepEqual(suite.servers.open(values), [CARD.cardNumber, '12', '2031', CARD.securityCode], way);
    assert.equal(suite.servers.received.length, 1, way);
    assert.equal(await tab.evaluate('sessionStorage.warnings ?? ""'), named(warnings), way);
    await tab.evaluate('sessionStorage.clear()');
  }

  for (const [what, ways] of Object.entries({
    'by every kind of script': WAYS,
    'with an element that script creates': MAKINGS,
  }))
    suite.prove(
      'M06',
      `a card is paid ${what}`,
      async (tab) => {
        await tab.evaluateOnNewDocument(WATCH);
        for (const [way, each] of Object.entries(ways)) await assertPays(tab, way, each);
      },
      180_000,
    );

  suite.prove('M06', 'a script that is loaded wrongly creates no frame and reports a reason', async (tab) => {
    for (const [way, [head, error]] of Object.entries(WRONG)) {
      await open(tab, {html: inHead(head)});
      const reported = await tab.evaluate(`(async () => {
        await customElements.whenDefined('sealed-fields');
        const element = document.querySelector('sealed-fields');
        return element.ready.then(() => 'ready', ({code, message}) => code + ' ' + message);
      })()`);
      assert.match(String(reported), error, way);
      assert.equal(await tab.$('iframe'), null, way);
      const alert = await tab.$('sealed-fields >>> [role=alert]');
      assert.equal(await alert?.isVisible(), true, way);
    }
  });
});
