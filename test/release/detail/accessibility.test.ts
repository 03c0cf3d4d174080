import assert from 'node:assert/strict';
import {afterEach, it} from 'node:test';
import type {ElementHandle, Frame, Page} from 'puppeteer-core';
import {PAY_PAGES} from '../../../demo/merchant/pay-pages.ts';
import {TEXTS} from '../../../host-sdk/texts.ts';
import {en} from '../../../widget/locales/en.ts';
import {accessibilityTree} from '../../support/accessibility-tree.ts';
import {violationsIn} from '../../support/axe.ts';
import {
  clickInto,
  fieldFrames,
  onlyInChromium,
  readyFrame,
  typeInto,
  untilCaret,
  valueOf,
} from '../../support/browser.ts';
import {inEngines} from '../../support/engines.ts';
import {allReady, frameWith, gotoReady, sessionOf} from '../../support/frames.ts';
import {hang, reset} from '../../support/network-faults.ts';
import {passSeconds, stopClock} from '../../support/page-clock.ts';
import {poll} from '../../support/poll.ts';
import {snippet} from '../../support/servers.ts';

/** Background of the page, by scheme; the frame is transparent. */
const BACKGROUNDS = {light: '#ffffff', dark: '#0f1418'};

const ACCOUNT = '0012345678';
const VISA = '4012000098765439';

/**
 * The accessibility tree of a frame, by the state of its fields. Account numbers are masked only visually: a screen
 * reader user must be able to check them.
 */
const TREES: Record<
  string,
  {
    attributes?: string;
    reach?: (page: Page, frame: Frame, form: ElementHandle) => Promise<unknown>;
    tree: string;
  }
> = {
  'an empty card': {
    tree: `
      document “Secure payment: Card number, Expiry date, Security code”
        form
          label “Card number”
          textbox “Card number”, required
          label “Expiry date”
          textbox “Expiry date”, required
          label “Security code”
          textbox “Security code”, required, described as “On the back of the card, at the end of the signature strip.”
          status, polite`,
  },
  'a card number of a known brand': {
    attributes: 'data-fields="cardNumber"',
    reach: (page, frame) => typeInto(page, frame, 'cardNumber', VISA),
    tree: `
      document “Secure payment: Card number”
        form
          label “Card number”
          textbox “Card number”, value “4012 0000 9876 5439”, focused, required
          text “Visa”
          status, polite`,
  },
  'a rejected card': {
    reach: async (_, __, form) => (await form.$('button'))?.click(),
    tree: `
      document “Secure payment: Card number, Expiry date, Security code”
        form
          label “Card number”
          textbox “Card number”, focused, required, invalid, described as “Enter your card number.”
          paragraph “Enter your card number.”
          label “Expiry date”
          textbox “Expiry date”, required, invalid, described as “Enter the expiry date.”
          paragraph “Enter the expiry date.”
          label “Security code”
          textbox “Security code”, required, invalid, described as “Enter the security code. On the back of the card, at the end of the signature strip.”
          paragraph “Enter the security code.”
          status “3 fields need your attention.”, polite`,
  },
  'a disabled card': {
    reach: (_, __, form) => form.$eval('fieldset', (set) => (set.disabled = true)),
    tree: `
      document “Secure payment: Card number, Expiry date, Security code”
        form
          label “Card number”
          textbox “Card number”, required, disabled
          label “Expiry date”
          textbox “Expiry date”, required, disabled
          label “Security code”
          textbox “Security code”, required, disabled, described as “On the back of the card, at the end of the signature strip.”
          status, polite`,
  },
  'an optional card with a label of the page': {
    attributes: 'data-optional data-fields="cardNumber" data-label-card-number="Gift card"',
    tree: `
      document “Secure payment: Gift card”
        form
          label “Gift card”
          textbox “Gift card”
          status, polite`,
  },
  'an empty bank account': {
    attributes: 'data-fields="accountType routingNumber accountNumber accountNumberConfirmation"',
    tree: `
      document “Secure payment: Account type, Routing number, Account number, Confirm account number”
        form
          label “Account type”
          combobox “Account type”, value “Checking”
          label “Routing number”
          textbox “Routing number”, required
          label “Account number”
          textbox “Account number”, required
          button “Show Account number”
          label “Confirm account number”
          textbox “Confirm account number”, required
          button “Show Confirm account number”
          status, polite`,
  },
  'an invalid bank account with one number shown': {
    attributes: 'data-fields="bank"',
    async reach(page, frame) {
      await typeInto(page, frame, 'accountNumber', '0012345678');
      await typeInto(page, frame, 'accountNumberConfirmation', '0012345679');
      await frame.click('#accountNumber-reveal');
    },
    tree: `
      document “Secure payment: Routing number, Account number, Confirm account number”
        form
          label “Routing number”
          textbox “Routing number”, required
          label “Account number”
          textbox “Account number”, value “0012345678”, required
          button “Hide Account number”, focused
          label “Confirm account number”
          textbox “Confirm account number”, value “0012345679”, required, invalid, described as “The account numbers do not match.”
          button “Show Confirm account number”
          paragraph “The account numbers do not match.”
          status “The account numbers do not match.”, polite`,
  },
};

const CONTROLS = [
  'accountType',
  'accountNumber',
  'accountNumber-reveal',
  'accountNumberConfirmation',
  'accountNumberConfirmation-reveal',
];

/**
 * Keeps pages with many forms short, so that the driver does not scroll: Chromium misplaces a click right after a
 * scroll.
 */
const COLUMNS = '<style>main { display: grid; grid-template-columns: 1fr 1fr; }</style>';

/** Records what reaches the page: events of its elements, and keys. */
const LISTEN = `<script>
  const heard = [];
  for (const type of ['sealed-change', 'sealed-submit', 'sealed-warning', 'sealed-error', 'keydown', 'keyup', 'submit'])
    addEventListener(type, () => heard.push(type), true);
</script>`;

/** Runs in the page: collects what the live regions around the fields announce, by role, while they are visible. */
const LISTEN_AROUND = `{
  const {shadowRoot} = document.querySelector('sealed-fields');
  window.said = Object.fromEntries(['status', 'alert'].map((role) => {
    const region = shadowRoot.querySelector('[role=' + role + ']');
    const texts = [];
    new MutationObserver(() => {
      if (region.checkVisibility()) texts.push(region.textContent);
    }).observe(region, {childList: true, characterData: true, subtree: true, attributes: true});
    return [role, texts];
  }));
}`;

inEngines('accessibility', (suite) => {
  const {engine} = suite;
  afterEach(() => suite.servers.networkFaults.clear());

  const open = async (page: Page, body: string, lang = 'en', style = COLUMNS) => {
    const {servers} = suite;
    const direction = lang === 'ar' ? 'rtl' : 'ltr';
    const {html} = snippet(servers, `${style}<main><h1>Checkout</h1>${body}</main>`);
    servers.pages.set('/', {html: html.replace('lang="en"', `lang="${lang}" dir="${direction}"`)});
    await gotoReady(page, servers.page);
  };

  const tree = 'exposes each thing once to a screen reader, in every state of the fields';
  it(...onlyInChromium(engine, tree, 'the other drivers expose no accessibility tree'), async () => {
    const page = await suite.browser.newPage();
    try {
      for (const [state, {attributes = '', reach, tree: expected}] of Object.entries(TREES)) {
        await open(
          page,
          `<form><fieldset><sealed-fields ${attributes}></sealed-fields></fieldset><button>Pay</button></form>`,
        );
        const form = await page.$('form');
        const frame = await (await page.$('iframe'))?.contentFrame();
        assert.ok(form && frame, state);
        await reach?.(page, frame, form);
        const [, indent = ''] = /^\n( *)/.exec(expected) ?? [];
        await poll(() => accessibilityTree(frame), expected.split(`\n${indent}`).slice(1));
      }
    } finally {
      await page.close();
    }
  });

  suite.onFreshPage('passes axe-core in light and in dark, in every state of the fields', async (page) => {
    const {servers} = suite;
    const form = (attributes: string, index: number) =>
      `<form><fieldset><legend>Payment ${index}</legend>
        <sealed-fields data-label-expiry="Expiry ${index}" ${attributes}></sealed-fields></fieldset><button>Pay</button></form>`; // frames need titles of their own
    const forms = [
      '',
      'data-optional',
      'data-layout="inline"',
      'data-locale="ar"',
      'data-fields="accountType routingNumber accountNumber accountNumberConfirmation"',
      '',
    ];
    servers.networkFaults.set('/v1/assets/seal-', reset);
    await page.setViewport({width: 1000, height: 2400});
    await open(page, forms.map(form).join(''), 'en', '');
    const frames = await framesOf(page);
    const [whole, optional, inline, , bank, disabled] = frames;
    assert.ok(whole && optional && inline && bank && disabled);
    await page.$$eval('fieldset', (all) => {
      const last = all.at(-1);
      if (last) last.disabled = true;
    });
    await disabled.waitForSelector('#expiry:disabled');
    for (const [name, text] of Object.entries({cardNumber: VISA, expiry: '12/31', securityCode: '999'}))
      await typeInto(page, whole, name, text);
    await page.$eval('sealed-fields', (element) => element.seal().catch(() => undefined));
    await typeInto(page, inline, 'expiry', '13/31');
    await typeInto(page, bank, 'routingNumber', '99');
    await typeInto(page, bank, 'accountNumber', ACCOUNT);
    await bank.click('#accountNumber-reveal');
    await typeInto(page, bank, 'accountNumberConfirmation', ACCOUNT);
    const [, , , arabic] = await page.$$('sealed-fields');
    await arabic?.evaluate((element) => element.reportValidity());
    await clickInto(optional, 'expiry');
    await poll(() => whole.$eval('#outcome', ({textContent}) => textContent), en.sealFailed);
    for (const scheme of ['light', 'dark'] as const) {
      await paintPage(page, scheme);
      assert.deepEqual(await violationsIn(page), [], scheme);
      for (const [index, frame] of frames.entries()) {
        await frame.waitForSelector(`html[data-scheme=${scheme}]`);
        await frame.evaluate(`document.documentElement.style.background = '${BACKGROUNDS[scheme]}'`);
        assert.deepEqual(await violationsIn(frame), [], `frame ${index}, ${scheme}`);
      }
    }
  });

  suite.onPage('passes axe-core in every page of the shop', async (page) => {
    for (const path of ['/', ...PAY_PAGES.map((each) => each.path)]) {
      await page.goto(suite.servers.shop + path);
      await allReady(page);
      assert.deepEqual(await violationsIn(page), [], path);
    }
  });

  suite.onPage('announces each problem once, and none while the user types', async (page) => {
    await open(
      page,
      `<form><sealed-fields></sealed-fields><button>Pay</button></form>
       <form id="single"><sealed-fields data-fields="cardNumber"></sealed-fields></form>`,
    );
    const {cardNumber, expiry, securityCode} = en.problems;
    const frame = await frameWith(page, 'cardNumber');
    const announced = await frame.evaluateHandle(listenToAnnouncements);
    const said = () => announced.jsonValue();
    const isShown = (name: string) => frame.waitForSelector(`#${name}[aria-invalid=true]`);

    await page.click('button');
    await isShown('cardNumber');
    await untilCaret(frame, 'cardNumber');
    assert.deepEqual(await said(), [en.problemCount(3)]);
    await typeInto(page, frame, 'cardNumber', VISA);
    await page.click('button'); // a second attempt does not repeat it
    await untilCaret(frame, 'expiry');
    assert.deepEqual(await said(), [en.problemCount(3), '']);

    await page.$eval('sealed-fields', (element) => {
      element.clear();
    });
    await poll(() => valueOf(frame, 'cardNumber'), '');
    const fresh = async () => (await said()).slice(start);
    const start = (await said()).length;
    await typeInto(page, frame, 'cardNumber', '4111111111111112');
    await page.keyboard.press('Backspace');
    await page.keyboard.type('3456');
    await poll(() => valueOf(frame, 'cardNumber'), '4111 1111 1111 1113 456');
    assert.deepEqual(await fresh(), []);
    await typeInto(page, frame, 'expiry', '13/27');
    await typeInto(page, frame, 'securityCode', '9');
    await clickInto(frame, 'cardNumber');
    await isShown('securityCode');
    await clickInto(frame, 'expiry');
    await page.click('button');
    await untilCaret(frame, 'cardNumber');
    await clickInto(frame, 'securityCode');
    const problems = [cardNumber.invalid, expiry.invalid, securityCode.incomplete];
    assert.deepEqual(await fresh(), problems);

    const single = await (await page.$('#single iframe'))?.contentFrame();
    assert.ok(single);
    const announcedByEnter = await single.evaluateHandle(listenToAnnouncements);
    await typeInto(page, single, 'cardNumber', '4012');
    await page.keyboard.press('Enter');
    await single.waitForSelector('#cardNumber[aria-invalid=true]');
    assert.deepEqual(await announcedByEnter.jsonValue(), [cardNumber.incomplete]);
  });

  suite.onPage(
    'announces once that fields are slow, and once that they failed; a retry works with the keyboard',
    async (page) => {
      const {servers} = suite;
      const warnings: string[] = [];
      page.on('console', (message) => warnings.push(message.text()));
      const form = `<form><fieldset><legend>Payment</legend></fieldset><button id="pay">Pay</button></form>`;
      servers.pages.set('/', snippet(servers, `<main><h1>Checkout</h1>${form}</main>`));
      servers.networkFaults.set('/v1/m/', hang);
      await stopClock(page);
      await page.goto(servers.page);
      await page.$eval('fieldset', (fieldset) => {
        fieldset.append(document.createElement('sealed-fields')); // now, as WebKit's driver waits for pending frames
      });
      const passesAxe = async () => {
        for (const scheme of ['light', 'dark'] as const) {
          await paintPage(page, scheme);
          assert.deepEqual(await violationsIn(page), [], scheme);
        }
      };
      await passesAxe();
      await page.evaluate(LISTEN_AROUND);
      const {loading, failed, retry} = TEXTS.en;
      await passSeconds(page, 10);
      await poll(() => page.evaluate('said'), {status: [loading], alert: []});
      await passesAxe();
      await servers.networkFaults.clear();
      servers.networkFaults.set('/v1/m/', reset);
      await passSeconds(page, 10);
      await poll(() => page.evaluate('said'), {status: [loading, ''], alert: [failed + retry]});
      await passesAxe();
      const button = await retryButton(page);
      await page.click('#pay');
      await poll(() => hasFocus(button), true);
      assert.doesNotMatch(warnings.join('\n'), /not focusable/); // Chromium logs this if it cannot show a message
      await page.keyboard.press('Enter');
      await page.waitForFunction((each) => !each.checkVisibility(), {}, button);
      await poll(async () => {
        await passSeconds(page, 5); // until the load timeout
        return button.evaluate((each) => each.checkVisibility());
      }, true);
      await poll(() => hasFocus(button), true);
      await servers.networkFaults.clear();
      await page.keyboard.press('Enter');
      const frame = await readyFrame(page, servers);
      await poll(() => page.evaluate(() => document.activeElement?.localName), 'iframe');
      if (engine !== 'webkit') await untilCaret(frame, 'cardNumber'); // there the first key moves the caret
    },
  );

  suite.onPage('works with Tab and Escape, and with touch without zooming in', async (page) => {
    await open(
      page,
      `${LISTEN}<form style="width: 280px"><sealed-fields></sealed-fields></form>
       <form style="width: 280px"><input id="before" aria-label="Before" />
         <sealed-fields data-fields="accountType accountNumber accountNumberConfirmation"></sealed-fields></form>`,
    );
    const card = await frameWith(page, 'cardNumber');
    await escapeChangesNothing(page, card);

    const bank = await frameWith(page, 'accountNumber');
    await page.click('#before');
    const unfocused = await outlinesIn(bank);
    for (const [index, name] of CONTROLS.entries()) {
      await page.keyboard.press('Tab');
      await untilCaret(bank, name);
      const expected = unfocused.map((outline, at) => (at === index ? 'solid 2px' : outline));
      assert.deepEqual(await outlinesIn(bank), expected);
    }

    if (engine !== 'chromium') return; // the other drivers emulate no touch
    for (const frame of [card, bank]) {
      await frame.evaluate(() => {
        document.documentElement.style.setProperty('--font-size', '13px');
      });
      assert.deepEqual(await fontSizesIn(frame), ['13px']);
    }
    // Frames of one site share a process, and so the emulation applies to both.
    await sessionOf(card).send('Emulation.setTouchEmulationEnabled', {enabled: true});
    for (const frame of [card, bank]) await poll(() => fontSizesIn(frame), ['16px']); // phones zoom in on smaller text
  });

  suite.onPage('groups Arabic digits from left to right in a mirrored frame', async (page) => {
    await open(page, '<form><sealed-fields></sealed-fields></form>', 'ar');
    const frame = await frameWith(page, 'cardNumber');
    assert.equal(await frame.evaluate(() => document.documentElement.dir), 'rtl');
    await clickInto(frame, 'cardNumber');
    const caret = () => frame.$eval('#cardNumber', (input) => (input as HTMLInputElement).selectionStart);
    let shown = '';
    for (const [index, digit] of Array.from(VISA).entries()) {
      await page.keyboard.type('٠١٢٣٤٥٦٧٨٩'.charAt(Number(digit)));
      shown += `${index > 0 && index % 4 === 0 ? ' ' : ''}${digit}`;
      await poll(async () => [await valueOf(frame, 'cardNumber'), await caret()], [shown, shown.length]);
    }
    await page.keyboard.press('ArrowLeft');
    await poll(caret, shown.length - 1);
    await page.keyboard.press('Backspace');
    await poll(() => valueOf(frame, 'cardNumber'), `${shown.slice(0, -2)}9`);
    await poll(caret, shown.length - 2);
  });

  /** Frames of the page's elements, in the order of the document. */
  const framesOf = async (page: Page) => {
    await fieldFrames(page, suite.servers, (await page.$$('sealed-fields')).length);
    const frames: Frame[] = [];
    for (const iframe of await page.$$('iframe')) frames.push(await iframe.contentFrame());
    return frames;
  };
});

/** Gives the page a color scheme, as its style sheet would. */
async function paintPage(page: Page, scheme: 'light' | 'dark'): Promise<void> {
  await page.evaluate(
    (name, background) => {
      const color = name === 'dark' ? '#ffffff' : '#000000';
      Object.assign(document.documentElement.style, {colorScheme: name, background, color});
      for (const button of document.querySelectorAll('button'))
        Object.assign(button.style, {background, color: 'inherit'});
      for (const element of document.querySelectorAll('sealed-fields'))
        element.setAttribute('data-theme', 'auto'); // reads the scheme again
    },
    scheme,
    BACKGROUNDS[scheme],
  );
}

/** Runs in the frame: every text that its live region gets from now on; '' if it is emptied. */
function listenToAnnouncements(): string[] {
  const said: string[] = [];
  const regions = document.querySelectorAll('[role=status], [role=alert], [aria-live]');
  const [region] = regions;
  if (regions.length !== 1 || region === undefined) throw new Error(`${regions.length} live regions`);
  if (region.textContent !== '') throw new Error('the live region has a text before anything has happened');
  new MutationObserver(() => said.push(region.textContent)).observe(region, {
    childList: true,
    characterData: true,
    subtree: true,
  });
  return said;
}

/** The failure view's button, once it is visible. */
async function retryButton(page: Page): Promise<ElementHandle<HTMLButtonElement>> {
  const button = await page.waitForFunction(() => {
    const found = document.querySelector('sealed-fields')?.shadowRoot?.querySelector('button');
    return found?.checkVisibility() === true && found;
  });
  return button as ElementHandle<HTMLButtonElement>;
}

/** Whether the button has the focus, in its element's shadow root. */
function hasFocus(button: ElementHandle<HTMLButtonElement>): Promise<boolean> {
  return button.evaluate((each) => document.activeElement?.shadowRoot?.activeElement === each);
}

async function escapeChangesNothing(page: Page, frame: Frame): Promise<void> {
  await typeInto(page, frame, 'securityCode', '99');
  await typeInto(page, frame, 'cardNumber', '40125');
  await poll(
    () => page.$eval('sealed-fields', ({state}) => `${state.fields.cardNumber?.status} ${state.brand}`),
    'incomplete visa', // the last change
  );
  await page.evaluate('heard.length = 0');
  const keys = await frame.evaluateHandle(() => {
    const seen: string[] = [];
    window.addEventListener('keyup', ({key}) => seen.push(key));
    return seen;
  });
  for (let times = 0; times < 2; times += 1) await page.keyboard.press('Escape');
  await poll(() => keys.jsonValue(), ['Escape', 'Escape']);
  assert.deepEqual(await frame.$$eval('input', (inputs) => inputs.map(({value}) => value)), [
    '4012 5',
    '',
    '99',
  ]);
  assert.equal(await frame.evaluate(() => document.activeElement?.id), 'cardNumber');
  // The frame answers in order: earlier messages have arrived. The one change is that problems are shown.
  await page.$eval('sealed-fields', (element) => element.seal());
  assert.deepEqual(await page.evaluate('heard'), ['sealed-change']);
}

/** Outline of each control, in order. */
function outlinesIn(frame: Frame): Promise<string[]> {
  return frame.$$eval('input, select, button', (controls) =>
    controls.map((control) => {
      const {outlineStyle, outlineWidth} = getComputedStyle(control);
      return `${outlineStyle} ${outlineWidth}`;
    }),
  );
}

function fontSizesIn(frame: Frame): Promise<string[]> {
  return frame.$$eval('input, select', (all) => [
    ...new Set(all.map((each) => getComputedStyle(each).fontSize)),
  ]);
}
