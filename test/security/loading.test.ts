import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Page as Tab} from 'puppeteer-core';
import packageJson from '../../package.json' with {type: 'json'};
import {ROOT} from '../files.ts';
import {type Card, fieldFrames, typeCard} from '../e2e/shopper.ts';
import {type Page} from '../e2e/stage.ts';
import {inEngines} from './suite.ts';

const CARD: Card = {cardNumber: '4012000098765439', expiry: '12/31', securityCode: '999'};
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

/** Puts the script in as a tag manager does. */
const INJECT = `const script = document.createElement('script');
  script.src = '${CURRENT}';
  script.dataset.merchant = 'demo';
  document.head.append(script);`;

const NEW_FORM = `const form = document.createElement('form');
  Object.assign(form, {method: 'post', action: 'PAGE/received'});
  form.append(document.createElement('button'));`;

/** How a page is set up; WIDGET and PAGE stand for origins. */
interface Way extends Page {
  /** Run in the page when it has loaded. */
  late?: string;
  /** What it hears meanwhile. */
  hears?: string;
}

/** The warning of a second script that is ignored. */
const repeated = (src: string) =>
  `document script-repeated: The script was here before ${src}: the attributes of the first count.\n`;

const JQUERY = readFileSync(join(ROOT, 'node_modules/jquery/dist/jquery.min.js'), 'utf8');

const WAYS: Record<string, Way> = {
  'an async script in its head': {html: inHead(script('async'))},
  'a script in its head that blocks': {html: inHead(script())},
  'a deferred script': {html: inHead(script('defer'))},
  'a module': {html: inHead(script('type="module"'))},
  'a script at its end': {html: inHead('', FORM + script())},
  'a script that is injected when all has loaded': {html: inHead(''), late: INJECT},
  'a script that document.write puts in': {
    html: inHead(`<script>document.write('${script().replace('</', '<\\/')}')</script>`),
  },
  'a snippet that jQuery puts in': {
    html: inHead('<script src="/jquery.js"></script>'),
    late: `$('head').append('${script()}')`,
  },
  'nothing but script and element, and a form that comes last': {
    html: `${script()}<sealed-fields form="late"></sealed-fields>`,
    late: `${NEW_FORM} form.id = 'late'; document.body.append(form);`,
  },
  'the same script twice': {html: inHead(script() + script()), hears: repeated(CURRENT)},
  'the same script twice and a marked div': {
    html: inHead(script('async') + script('async'), MARKED),
    hears: repeated(CURRENT),
  },
  'the current script before the pinned one': {
    html: inHead(script() + script('', PINNED).replace('demo', 'nobody')),
    hears: repeated(PINNED),
  },
  'the pinned script before the current one': {
    html: inHead(script('', PINNED) + script()),
    hears: repeated(CURRENT),
  },
  'two scripts of two merchants': {
    html: inHead(script() + script().replace('demo', 'nobody')),
    hears: repeated(CURRENT),
  },
  'an image that is named currentScript': {html: inHead('', `<img name="currentScript">${FORM}${script()}`)},
  'a form that is named currentScript': {
    html: inHead('', FORM.replace('<form', '<form name="currentScript"') + script('async')),
  },
  'a marked div that stood before the script': {html: inHead('', MARKED + script())},
  'a marked div that comes later': {
    html: inHead(script('async'), formOf('')),
    late: `const div = document.createElement('div');
      div.dataset.sealedFields = 'card';
      document.forms[0].prepend(div);`,
  },
  'a base elsewhere': {html: inHead(`<base href="https://elsewhere.invalid/">${script('async')}`)},
  'no doctype': {html: `<title>Shop</title>${script('async')}${FORM}`},
  'markup in XHTML': {
    html: `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>Shop</title>
      ${script('async="async"')}</head><body>${FORM}</body></html>`,
    headers: {'Content-Type': 'application/xhtml+xml; charset=utf-8'},
  },
  'an element that is away while the script arrives': {
    html: inHead(''),
    late: `const element = document.querySelector('sealed-fields');
      element.remove();
      ${INJECT}
      customElements.whenDefined('sealed-fields').then(() => { document.forms[0].prepend(element); });`,
  },
  'a policy of its own that allows the widget alone': {
    html: inHead(script('async')),
    headers: {
      'Content-Security-Policy':
        "script-src WIDGET; frame-src WIDGET; style-src 'none'; require-trusted-types-for 'script'",
    },
  },
};

/** How a script of the page brings an element into a `form` of its own making. */
const MAKINGS: Record<string, string> = {
  'markup that innerHTML puts in': `document.body.innerHTML = ${JSON.stringify(FORM)}`,
  'a form of nodes that is whole before it is inserted': 'form.append(made); document.body.append(form)',
  'a form that has stood longer': 'document.body.append(form); setTimeout(() => form.append(made))',
  'a form that is taken out and put back':
    'form.append(made); document.body.append(form); form.remove(); setTimeout(() => document.body.append(form))',
  'a clone out of a template': 'form.append(content.cloneNode(true)); document.body.append(form)',
  'an import out of a template':
    'document.body.append(form); form.append(document.importNode(content, true))',
  'the element of another document':
    'document.body.append(form); form.append(document.adoptNode(content.querySelector("sealed-fields")))',
};

for (const [what, making] of Object.entries(MAKINGS))
  WAYS[what] = {
    html: inHead(script('async'), '<template><sealed-fields></sealed-fields></template>'),
    late: `${NEW_FORM}
      const {content} = document.querySelector('template');
      const made = document.createElement('sealed-fields');
      ${making};`,
  };

/** In the page: what it is warned of, and each violation of its policy; kept until after the form was sent. */
const WATCH = `if (window === top) {
  const note = (text) => { sessionStorage.heard = (sessionStorage.heard ?? '') + text + '\\n'; };
  document.addEventListener('sealed-warning', ({target, detail: {code, message}}) => {
    if (code !== 'slow') note((target === document ? 'document ' : '') + code + ': ' + message);
  });
  document.addEventListener('securitypolicyviolation', ({effectiveDirective, blockedURI}) => {
    note(effectiveDirective + ' ' + blockedURI);
  });
}`;

/** In the page, also where its policy lets no string become a function: waits until the element knows of the card. */
const COMPLETE = `(async () => {
  const fields = document.querySelector('sealed-fields');
  while (!fields.state.complete)
    await new Promise((resolve) => { fields.addEventListener('sealed-change', resolve, {once: true}); });
})()`;

/** What is wrong with the way in which a script is loaded, and what the page is told of it. */
const WRONG: Record<string, [head: string, told: RegExp]> = {
  'a script that names no merchant': [
    script('async').replace(' data-merchant="demo"', ''),
    /^config-invalid data-merchant: expected the id/,
  ],
  'a script whose merchant is none': [
    script('async').replace('demo', 'Demo!'),
    /^config-invalid data-merchant: expected the id/,
  ],
  'a script with a wrong default': [
    script('async data-layout="sepia"'),
    /^config-invalid data-layout: expected one of stacked/,
  ],
  'a module that another script imports, which has no attributes': [
    `<script type="module">import('${CURRENT}')</script>`,
    /^config-invalid data-origin: expected the origin/,
  ],
};

inEngines({}, (scene) => {
  const named = (text: string) =>
    text.replaceAll('WIDGET', scene.stage.widget).replaceAll('PAGE', scene.stage.page);

  async function open(tab: Tab, {html, headers = {}}: Page): Promise<void> {
    const {pages, page, received} = scene.stage;
    const sent = Object.entries(headers).map(([name, value]) => [name, named(value)] as const);
    pages.set('/received', {html: '<!doctype html><title>Received</title>'});
    pages.set('/jquery.js', {html: JQUERY, headers: {'Content-Type': 'text/javascript'}});
    pages.set('/page', {html: named(html), headers: Object.fromEntries(sent)});
    received.length = 0;
    await tab.evaluateOnNewDocument(WATCH);
    await tab.goto(`${page}/page`);
  }

  async function pay(tab: Tab, late: string): Promise<void> {
    await tab.evaluate(named(`{${late}}`));
    const [frame, ...more] = await fieldFrames(tab, scene.stage);
    assert.ok(frame);
    assert.deepEqual(more, []);
    assert.equal((await tab.$$('sealed-fields')).length, 1);
    await typeCard(tab, frame, CARD);
    await tab.evaluate(COMPLETE);
    await Promise.all([tab.waitForNavigation(), tab.click('button')]);
  }

  for (const [way, {late = '', hears = '', ...sent}] of Object.entries(WAYS))
    scene.prove('M06', `a card is paid in a page with ${way}`, async (tab) => {
      await open(tab, sent);
      await pay(tab, late);
      const {form} = await scene.stage.nextReceived();
      const heard = (await tab.evaluate('sessionStorage.heard ?? ""')) as string;
      const opened = scene.stage.open(VALUES.map((name) => form[name] ?? ''));
      assert.deepEqual(opened, ['4012000098765439', '12', '2031', '999']);
      assert.equal(scene.stage.received.length, 1);
      assert.equal(heard, named(hears));
    });

  for (const [way, [head, told]] of Object.entries(WRONG))
    scene.prove('M06', `no frame, and a reason, in a page with ${way}`, async (tab) => {
      await open(tab, {html: inHead(head)});
      const said = await tab.evaluate(`(async () => {
        await customElements.whenDefined('sealed-fields');
        const element = document.querySelector('sealed-fields');
        return element.ready.then(() => 'ready', ({code, message}) => code + ' ' + message);
      })()`);
      assert.match(String(said), told);
      assert.equal(await tab.$('iframe'), null);
      const view = await tab.$('sealed-fields >>> [role=alert]');
      assert.equal(await view?.isVisible(), true);
    });
});
