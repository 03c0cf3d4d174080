import assert from 'node:assert/strict';
import type {Frame, Page} from 'puppeteer-core';
import {TOKENS} from '../../../widget/theme/tokens.ts';
import {poll} from '../../support/poll.ts';
import {fieldFrames, typeWholeCard} from '../../support/browser.ts';
import {FRAME_PATH, shownIn} from './attacks/attacker-page.ts';
import {CONFIGURE, openHostileHost} from './attacks/hostile-host.ts';
import {withTrap} from './attacks/trap.ts';
import {assertNoCanary, CANARY} from './canary.ts';
import {openFields, outcomeOfSeal} from './pages.ts';
import {inEngines} from './suite.ts';

const FIELDS = ['cardNumber', 'expiry', 'securityCode'] as const;

/** What an attacker who controls a text of the page could write there, and how it must be shown. */
const TEXTS: readonly [written: string, shown: string][] = [
  ['<img src=x onerror="hit()">', '<img src=x onerror="hit()">'],
  ['"><script>hit()</script>', '"><script>hit()</script>'],
  ['${hit()} {{hit()}} lit$123$', '${hit()} {{hit()}} lit$123$'],
  ['</style></label><b>x', '</style></label><b>x'],
  ['javascript:hit()', 'javascript:hit()'],
  ['Card \u202Erebmun\u202C\u2066!\u2069', 'Card rebmun!'],
  ['one\u0000two\nthree\u0085four', 'one two three four'],
  ['half \uD83D', 'half '],
  ['💳 カード', '💳 カード'],
];

/** Old and new CSS tricks, as values of a theme. */
const STYLES = [
  'url(TRAP)',
  'URL("TRAP")',
  'u\\72l(TRAP)',
  '/**/url(TRAP)',
  'image-set("TRAP" 1x)',
  '-webkit-image-set(url(TRAP) 1x)',
  'cross-fade(url(TRAP), red)',
  'element(#cardNumber)',
  'src("TRAP")',
  'attr(value)',
  'var(--x, url(TRAP))',
  'env(x, url(TRAP))',
  '@import "TRAP";',
  'red} body{background:url(TRAP)',
  'red;background:url(TRAP)',
  '<link rel=stylesheet href=TRAP>',
  '\\',
  '/*',
  'red\nbackground:url(TRAP)',
  'expression(fetch("TRAP"))',
  'behavior:url(TRAP)',
];

const TOKEN_NAMES = Object.keys(TOKENS);

/** The tricks, with addresses of the trap. */
const stylesOf = (trap: string) => STYLES.map((style) => style.replaceAll('TRAP', `${trap}/style`));

const themesOf = (trap: string) =>
  stylesOf(trap).flatMap((style) => [
    style,
    Object.fromEntries(TOKEN_NAMES.map((name) => [name, style])),
    {[style]: 'red'},
  ]);

/** In every document: records injected script that ran, and policy violations. */
const RECORD_VIOLATIONS = `window.broken = []; window.hit = () => broken.push('ran');
  document.addEventListener('securitypolicyviolation', ({effectiveDirective}) => broken.push(effectiveDirective));`;

const brokenIn = (place: Page | Frame) => place.evaluate('broken') as Promise<string[]>;

/** The names of all elements of the frame, once its icons have loaded. */
async function elementsIn(frame: Frame): Promise<string[]> {
  await frame.waitForSelector('security-code-icon svg');
  return frame.$$eval('*', (all) => all.map(({localName}) => localName));
}

/** Configures the frame of a hostile host, and waits for the answer to a later message. */
async function configure(page: Page, settings: object): Promise<void> {
  await page.evaluate(`send('configure', ${JSON.stringify({...CONFIGURE, ...settings})})`);
  await page.evaluate(`heard.length = 0; send('seal', {request: 1, submission: 'a'.repeat(32)})`);
  await page.waitForFunction(`heard.some(({event}) => event === 'refused')`);
}

/** The styles that a theme sets. */
const stylesIn = (frame: Frame) => frame.evaluate('document.documentElement.style.cssText');

inEngines('security: injection', (suite) => {
  const {prove} = suite;

  prove('I01', 'labels and placeholders are shown as text', async (page) => {
    await page.evaluateOnNewDocument(RECORD_VIOLATIONS);
    const frame = await openFields(page, suite.servers);
    const elements = await elementsIn(frame);
    const attributes = FIELDS.flatMap((name) => {
      const attribute = name.replace(/[A-Z]/g, '-$&').toLowerCase();
      return [`data-label-${attribute}`, `data-placeholder-${attribute}`];
    });
    for (const [written, shown] of TEXTS) {
      await page.evaluate(`for (const name of ${JSON.stringify(attributes)})
        document.querySelector('sealed-fields').setAttribute(name, ${JSON.stringify(written)});`);
      for (const name of FIELDS) {
        await poll(() => frame.$eval(`label[for=${name}]`, (label) => label.textContent), shown.trim());
        await poll(() => frame.$eval(`#${name}`, (input) => input.getAttribute('placeholder')), shown);
      }
      assert.deepEqual(await elementsIn(frame), elements, written);
    }
    for (const place of [page, frame]) assert.deepEqual(await brokenIn(place), []);
  });

  prove('I01', 'a text of 1 MB is cut by the page and rejected by the frame', async (page) => {
    const attributes = `data-label-expiry="${'x'.repeat(1_000_000)}"`;
    const frame = await openFields(page, suite.servers, {attributes});
    await poll(() => frame.$eval('label[for=expiry]', (label) => label.textContent.length), 200);
    const other = await openHostileHost(page, suite.servers);
    for (const expiry of ['Longer', 'x'.repeat(201), 'x'.repeat(1_000_000)]) {
      await configure(page, {labels: {expiry}});
      assert.equal(await other.$eval('label[for=expiry]', (label) => label.textContent), 'Longer');
    }
  });

  prove('I01', 'markup as locale, field or merchant opens no frame and is reported as text', async (page) => {
    await page.evaluateOnNewDocument(RECORD_VIOLATIONS);
    await openFields(page, suite.servers);
    for (const [name, value] of [
      ['data-locale', '<img src=x onerror="hit()">'],
      ['data-fields', '<script>hit()</script>'],
      ['data-merchant', '../../<svg onload=hit()>'],
    ] as const) {
      const error = await page.evaluate(`(async () => {
        const element = document.createElement('sealed-fields');
        element.setAttribute('${name}', '${value.replaceAll('</', '<\\/')}');
        document.querySelector('sealed-fields').replaceWith(element);
        return element.ready.then(() => '', ({code, message, hint}) => [code, message, hint].join(' '));
      })()`);
      assert.match(String(error), RegExp(`^config-invalid ${name}: expected`));
      assert.deepEqual(await brokenIn(page), []);
      assert.equal(await page.$('sealed-fields iframe'), null);
    }
  });

  prove('I04', 'as a theme, as every token and as the name of a token', (page) =>
    withTrap(async (trap) => {
      const frame = await openFields(page, suite.servers);
      const before = await stylesIn(frame);
      const codes = (await page.evaluate(`(() => {
        const element = document.querySelector('sealed-fields');
        const codes = [];
        element.addEventListener('sealed-warning', ({detail: {code}}) => codes.push(code));
        for (const theme of ${JSON.stringify(themesOf(trap.origin))})
          element.dataset.theme = typeof theme === 'string' ? theme : JSON.stringify(theme);
        return codes;
      })()`)) as string[];
      assert.deepEqual(new Set(codes), new Set(['theme-invalid']));
      assert.equal(codes.length, STYLES.length * (TOKEN_NAMES.length + 2));
      assert.equal(await stylesIn(frame), before);
      assert.deepEqual(trap.caught, []);
      assert.equal(trap.connections(), 0);
    }),
  );

  prove('I04', 'in the messages of a hostile host', (page) =>
    withTrap(async (trap) => {
      const frame = await openHostileHost(page, suite.servers);
      await configure(page, {theme: {}});
      const before = await stylesIn(frame);
      for (const theme of themesOf(trap.origin)) {
        await configure(page, {theme});
        assert.equal(await stylesIn(frame), before);
      }
      for (const style of stylesOf(trap.origin)) {
        await configure(page, {colorScheme: style, layout: style, locale: style});
        assert.equal(await stylesIn(frame), before);
      }
      await configure(page, {theme: {radius: '3px'}});
      assert.notEqual(await stylesIn(frame), before, 'a valid theme is applied');
      assert.deepEqual(trap.caught, []);
      assert.equal(trap.connections(), 0);
    }),
  );

  prove('I04', 'as the colour scheme in the frame’s address', (page) =>
    withTrap(async (trap) => {
      for (const style of stylesOf(trap.origin)) {
        const path = FRAME_PATH.replace('colorScheme=light', `colorScheme=${encodeURIComponent(style)}`);
        suite.servers.pages.set('/styled', {html: `<iframe src="${suite.servers.widget}${path}"></iframe>`});
        await page.goto(`${suite.servers.page}/styled`);
        const [, frame] = page.frames();
        assert.ok(frame);
        await poll(() => shownIn(frame), 'neutral');
      }
      assert.deepEqual(trap.caught, []);
      assert.equal(trap.connections(), 0);
    }),
  );

  prove('I05', 'during typing, correcting, a rejection and sealing', async (page) => {
    await page.evaluateOnNewDocument(`if (window !== top) {
      window.seen = [];
      const record = () => {
        for (const node of document.querySelectorAll('*'))
          for (const {name, value} of node.attributes) seen.push(name + '=' + value);
      };
      new MutationObserver(record).observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
    }`);
    const frame = await openFields(page, suite.servers);
    await typeWholeCard(page, frame, CANARY.card);
    await page.keyboard.press('Backspace');
    assert.equal(await outcomeOfSeal(page), 'refused');
    await page.keyboard.type(CANARY.card.securityCode.slice(-1));
    assert.equal(await outcomeOfSeal(page), 'sealed');
    const seen = (await frame.evaluate('[...new Set(seen)]')) as string[];
    assert.ok(seen.includes('id=cardNumber'));
    assert.deepEqual(
      seen.filter((attribute) => attribute.startsWith('value=')),
      [],
    );
    assertNoCanary(seen.join('\n'), 'an attribute of the frame');
    assert.equal((await fieldFrames(page, suite.servers)).length, 1);
  });
});
