import assert from 'node:assert/strict';
import type {Frame, Page} from 'puppeteer-core';
import {TOKENS} from '../../widget/protocol/theme.ts';
import {settle} from '../e2e/settle.ts';
import {fieldFrames, readyFrame, typeWholeCard} from '../e2e/shopper.ts';
import {snippet, type Stage} from '../e2e/stage.ts';
import {CONFIGURE, openByHand} from './by-hand.ts';
import {assertNoCanary, CANARY} from './canary.ts';
import {inEngines} from './suite.ts';
import {setTrap} from './trap.ts';

const FIELDS = ['cardNumber', 'expiry', 'securityCode'] as const;

/** What somebody who can write a text of the page's would write there, and how it must show. */
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

/** Tricks of CSS, old and new, as values of what a theme could set. */
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

/** The tricks, asking for something of the trap's. */
const stylesOf = (trap: string) => STYLES.map((style) => style.replaceAll('TRAP', `${trap}/style`));

const themesOf = (trap: string) =>
  stylesOf(trap).flatMap((style) => [
    style,
    Object.fromEntries(TOKEN_NAMES.map((name) => [name, style])),
    {[style]: 'red'},
  ]);

/** In every document: a script that ran, a policy that was broken. */
const WITNESS = `window.broken = []; window.hit = () => broken.push('ran');
  document.addEventListener('securitypolicyviolation', ({effectiveDirective}) => broken.push(effectiveDirective));`;

const brokenIn = (place: Page | Frame) => place.evaluate('broken') as Promise<string[]>;

/** What a frame consists of, once its pictures have come. */
async function elementsIn(frame: Frame): Promise<string[]> {
  await frame.waitForSelector('code-place svg');
  return frame.$$eval('*', (all) => all.map(({localName}) => localName));
}

/** Opens a page with one element that has these attributes. */
async function open(page: Page, stage: Stage, attributes: Record<string, string>): Promise<Frame> {
  stage.pages.set('/', snippet(stage, '<form></form>'));
  await page.goto(stage.page);
  await page.evaluate(`{
    const element = document.createElement('sealed-fields');
    for (const [name, value] of Object.entries(${JSON.stringify(attributes)})) element.setAttribute(name, value);
    document.forms[0].append(element);
  }`);
  return readyFrame(page, stage);
}

/** Configures a frame that was opened by hand; it has heard this, once it refuses to seal nothing. */
async function say(page: Page, settings: object): Promise<void> {
  await page.evaluate(`speak('configure', ${JSON.stringify({...CONFIGURE, ...settings})})`);
  await page.evaluate(`heard.length = 0; speak('seal', {request: 1, submission: 'a'.repeat(32)})`);
  await page.waitForFunction(`heard.some(({event}) => event === 'refused')`);
}

inEngines({}, (scene) => {
  for (const [written, shown] of TEXTS)
    scene.prove('I01', `a label and a placeholder ${JSON.stringify(written)}`, async (page) => {
      await page.evaluateOnNewDocument(WITNESS);
      const plain = await elementsIn(await open(page, scene.stage, {}));
      const texts = FIELDS.flatMap((name) => {
        const attribute = name.replace(/[A-Z]/g, '-$&').toLowerCase();
        return [`data-label-${attribute}`, `data-placeholder-${attribute}`];
      });
      const frame = await open(page, scene.stage, Object.fromEntries(texts.map((name) => [name, written])));
      for (const name of FIELDS) {
        await settle(() => frame.$eval(`label[for=${name}]`, (label) => label.textContent), shown.trim());
        const hint = () => frame.$eval(`#${name}`, (input) => input.getAttribute('placeholder'));
        await settle(hint, shown);
      }
      assert.deepEqual(await elementsIn(frame), plain);
      for (const place of [page, frame]) assert.deepEqual(await brokenIn(place), []);
    });

  scene.prove('I01', 'a text of 1 MB is cut, by the page and by the frame', async (page) => {
    const frame = await open(page, scene.stage, {'data-label-expiry': 'x'.repeat(1_000_000)});
    const length = () => frame.$eval('label[for=expiry]', (label) => label.textContent.length);
    await settle(length, 200);
    const other = await openByHand(page, scene.stage);
    for (const [expiry, shown] of [
      ['Longer', 'Longer'],
      ['x'.repeat(201), 'Longer'],
      ['x'.repeat(1_000_000), 'Longer'],
    ] as const) {
      await say(page, {labels: {expiry}});
      assert.equal(await other.$eval('label[for=expiry]', (label) => label.textContent), shown);
    }
  });

  scene.prove(
    'I01',
    'a language or a field that is markup opens no frame, and is named as a text',
    async (page) => {
      await page.evaluateOnNewDocument(WITNESS);
      for (const [name, value] of [
        ['data-locale', '<img src=x onerror="hit()">'],
        ['data-fields', '<script>hit()</script>'],
        ['data-merchant', '../../<svg onload=hit()>'],
      ] as const) {
        scene.stage.pages.set('/', snippet(scene.stage, '<form><sealed-fields></sealed-fields></form>'));
        await page.goto(scene.stage.page);
        const hint = await page.evaluate(`(async () => {
        const element = document.querySelector('sealed-fields');
        element.setAttribute('${name}', '${value.replaceAll('</', '<\\/')}');
        await customElements.whenDefined('sealed-fields');
        element.retry();
        return element.ready.then(() => '', ({code, message, hint}) => [code, message, hint].join(' '));
      })()`);
        assert.match(String(hint), RegExp(`^config-invalid ${name}: expected`));
        assert.deepEqual(await brokenIn(page), []);
        assert.equal(await page.$('sealed-fields iframe'), null);
      }
    },
  );

  scene.prove('I04', 'each as a theme, as every token of one and as a name of one', async (page) => {
    const trap = await setTrap();
    try {
      const frame = await open(page, scene.stage, {});
      const looks = () => frame.evaluate('document.documentElement.style.cssText');
      const before = await looks();
      const codes = await page.evaluate(`(() => {
        const element = document.querySelector('sealed-fields');
        const codes = [];
        element.addEventListener('sealed-warning', ({detail: {code}}) => codes.push(code));
        for (const theme of ${JSON.stringify(themesOf(trap.origin))})
          element.dataset.theme = typeof theme === 'string' ? theme : JSON.stringify(theme);
        return codes;
      })()`);
      assert.deepEqual(new Set(codes as string[]), new Set(['theme-invalid']));
      assert.equal((codes as string[]).length, STYLES.length * (TOKEN_NAMES.length + 2));
      assert.equal(await looks(), before);
      assert.deepEqual(trap.caught, []);
      assert.equal(trap.connections(), 0);
    } finally {
      await trap.close();
    }
  });

  scene.prove('I04', 'each by the words of a page that has turned against the frame', async (page) => {
    const trap = await setTrap();
    try {
      const frame = await openByHand(page, scene.stage);
      const looks = () => frame.evaluate('document.documentElement.style.cssText');
      await say(page, {theme: {}});
      const before = await looks();
      for (const theme of themesOf(trap.origin)) {
        await say(page, {theme});
        assert.equal(await looks(), before);
      }
      for (const style of stylesOf(trap.origin)) {
        await say(page, {colorScheme: style, layout: style, locale: style});
        assert.equal(await looks(), before);
      }
      await say(page, {theme: {radius: '3px'}});
      assert.notEqual(await looks(), before); // it has listened all the while
      assert.deepEqual(trap.caught, []);
      assert.equal(trap.connections(), 0);
    } finally {
      await trap.close();
    }
  });

  scene.prove('I04', 'each as the scheme in the frame’s address', async (page) => {
    const trap = await setTrap();
    try {
      // A frame that is told a scheme which is none says nothing, and shows no fields.
      for (const style of stylesOf(trap.origin)) {
        const address = `${scene.stage.widget}/v1/m/demo/#channel=${'a'.repeat(32)}&protocol=1&fields=expiry&layout=stacked&locale=en&colorScheme=${encodeURIComponent(style)}`;
        scene.stage.pages.set('/styled', {html: `<iframe src="${address}"></iframe>`});
        await page.goto(`${scene.stage.page}/styled`);
        const [, frame] = page.frames();
        assert.ok(frame);
        const text = () => frame.evaluate(`document.body?.textContent.includes('inside the page of a shop')`);
        await settle(text, true);
      }
      assert.deepEqual(trap.caught, []);
      assert.equal(trap.connections(), 0);
    } finally {
      await trap.close();
    }
  });

  scene.prove('I05', 'through typing, mending, a refusal and sealing', async (page) => {
    await page.evaluateOnNewDocument(`if (window !== top) {
      window.seen = [];
      const note = () => {
        for (const node of document.querySelectorAll('*'))
          for (const {name, value} of node.attributes) seen.push(name + '=' + value);
      };
      new MutationObserver(note).observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
    }`);
    const frame = await open(page, scene.stage, {});
    await typeWholeCard(page, frame, CANARY.card);
    await page.keyboard.press('Backspace');
    await page.evaluate(`document.querySelector('sealed-fields').seal()`);
    await page.keyboard.type(CANARY.card.securityCode.slice(-1));
    const sealed = await page.evaluate(`document.querySelector('sealed-fields').seal().then(({ok}) => ok)`);
    assert.equal(sealed, true);
    const seen = (await frame.evaluate('[...new Set(seen)]')) as string[];
    assert.ok(seen.includes('id=cardNumber'));
    assert.deepEqual(
      seen.filter((attribute) => attribute.startsWith('value=')),
      [],
    );
    assertNoCanary(seen.join('\n'), 'an attribute of the frame');
    assert.equal((await fieldFrames(page, scene.stage)).length, 1);
  });
});
