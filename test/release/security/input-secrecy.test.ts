import assert from 'node:assert/strict';
import type {CDPSession, Frame, Page} from 'puppeteer-core';
import {SPECS} from '../../../widget/fields/specs.ts';
import {FIELD_NAMES, type FieldName} from '../../../widget/protocol/names.ts';
import {autofillCard, clickInto, field, typeInto, untilLeft, valueOf} from '../../support/browser.ts';
import {frameWith, openReady} from '../../support/frames.ts';
import {poll} from '../../support/poll.ts';
import {snippet} from '../../support/servers.ts';
import {readFormEntries} from './attacks/frame-document.ts';
import {CARD} from './attacks/attacker-page.ts';
import {CANARY} from './canary.ts';
import {stringsIn} from './heap.ts';
import {fill, openFields, outcomeOfSeal, setValues} from './pages.ts';
import {inEngines} from './suite.ts';

const {card, bank} = CANARY;
const TYPED: Partial<Record<FieldName, string>> = {...card, ...bank};
const INPUTS = FIELD_NAMES.filter((name) => name in TYPED);
const ALL = Object.fromEntries(INPUTS.map((name) => [name, TYPED[name] ?? '']));
const ATTRIBUTES = `data-fields="${INPUTS.join(' ')}"`;
const isSecret = (name: FieldName) => SPECS[name].isSecret === true;
/** Fields that have a button to show their value. */
const ACCOUNTS = ['accountNumber', 'accountNumberConfirmation'] as const;

/** The content of the clipboard before a copy. */
const COPIED_BEFORE = 'copied before';

/** In the frame: every input, and what it asks of the browser. */
const READ_INPUTS = `[...document.querySelectorAll('input')].map((input) => {
  const {width, height} = input.getBoundingClientRect();
  const {visibility, opacity} = getComputedStyle(input);
  const isVisible = input.type === 'text' && width > 20 && height > 20 && visibility === 'visible' && opacity === '1';
  return {id: input.id, token: input.getAttribute('autocomplete'), isVisible, isNamed: input.name !== '' || input.hasAttribute('form')};
})`;

/** In the frame: applies the print rules to the screen, where no driver emulates printing. */
const APPLY_PRINT_RULES = `for (const sheet of document.adoptedStyleSheets)
  for (const {media} of sheet.cssRules) if (media?.mediaText === 'print') media.mediaText = 'all';`;

/** In the frame: the ids of elements that can be dragged. */
const DRAG_ALL = `[...document.querySelectorAll('input, label, button, p')].filter((node) =>
  node.dispatchEvent(new DragEvent('dragstart', {bubbles: true, cancelable: true}))).map(({id}) => id)`;

async function chord(page: Page, key: string): Promise<void> {
  await page.keyboard.down('Control');
  await page.keyboard.press(key as 'c');
  await page.keyboard.up('Control');
}

/** The inputs whose text is masked. */
const maskedIn = (frame: Frame) =>
  frame.$$eval('input', (inputs) =>
    inputs
      .filter((input) => getComputedStyle(input).getPropertyValue('-webkit-text-security') === 'disc')
      .map(({id}) => id),
  );

/** Matches these digits on their own or within a text, in one piece or in groups. */
function patternOf(...secrets: string[]): RegExp {
  const spaced = secrets.map((digits) => Array.from(digits).join('[ -]?'));
  return new RegExp(`(?<![0-9])(${spaced.join('|')})`);
}

async function heldIn(frame: Frame, secrets: RegExp): Promise<string[]> {
  const withoutChannels = (text: string) => text.replace(/[0-9a-f]{32}/g, ''); // they may contain any digits
  return (await stringsIn(frame)).filter((text) => secrets.test(withoutChannels(text)));
}

/** The undo buffer is not part of the heap: undoing must not restore a value. */
async function assertNotUndone(page: Page, frame: Frame, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await clickInto(frame, name);
    for (let steps = 0; steps < 3; steps += 1) await chord(page, 'z');
    assert.equal(await valueOf(frame, name), '');
  }
}

inEngines('security: secrecy of the inputs', (suite) => {
  const {engine, prove} = suite;

  const {cardNumber, securityCode} = card;
  for (const [what, typed, secrets] of [
    [
      'a card and a bank account',
      {...card, ...bank},
      [cardNumber, securityCode, bank.accountNumber, bank.routingNumber],
    ],
    ['a number and a code', {cardNumber, securityCode}, [cardNumber, securityCode]],
    ['an invalid number', {securityCode, cardNumber: `${cardNumber}1`}, [cardNumber, securityCode]],
  ] as const)
    prove('L02', `${what}, cleared, and sealed and cleared`, async (page) => {
      const names = Object.keys(typed);
      const frame = await openFields(page, suite.servers, {attributes: `data-fields="${names.join(' ')}"`});
      const pattern = patternOf(...secrets);
      for (const isSealed of [false, true]) {
        for (const [name, text] of Object.entries(typed)) await typeInto(page, frame, name, text);
        await page.waitForFunction(`!document.querySelector('sealed-fields').state.empty`);
        assert.notDeepEqual(await heldIn(frame, pattern), [], 'before');
        if (isSealed) await outcomeOfSeal(page);
        await page.evaluate(`document.querySelector('sealed-fields').clear()`);
        await page.waitForFunction(`document.querySelector('sealed-fields').state.empty`);
        assert.deepEqual(await heldIn(frame, pattern), []);
        await assertNotUndone(page, frame, names);
      }
    });

  prove(
    ['L06', 'L08', 'L11'],
    'inputs are visible, nameless, masked, and not dragged, corrected or translated',
    async (page) => {
      const frame = await openFields(page, suite.servers, {attributes: ATTRIBUTES});
      const expected = INPUTS.map((name) => {
        const {autocomplete: token} = SPECS[name];
        return {id: name, token, isVisible: true, isNamed: false};
      });
      assert.deepEqual(await frame.evaluate(READ_INPUTS), expected);
      assert.deepEqual(
        expected.map(({token}) => token),
        ['cc-number', 'cc-exp', 'cc-csc', 'off', 'off', 'off'],
      );
      assert.equal(await frame.evaluate('document.documentElement.translate'), false);
      const corrections = await frame.$$eval('input', (inputs) =>
        inputs.map((input) =>
          ['spellcheck', 'autocorrect', 'autocapitalize'].map((name) => input.getAttribute(name)).join(),
        ),
      );
      assert.deepEqual(
        corrections,
        INPUTS.map(() => 'false,off,off'),
      );

      await fill(page, frame, ALL);
      assert.deepEqual(await frame.evaluate(DRAG_ALL), []);

      const isMasked = async (name: string) => (await maskedIn(frame)).includes(name);
      for (const name of ACCOUNTS) {
        await clickInto(frame, name);
        await poll(() => isMasked(name), false);
        await page.keyboard.press('Tab');
        await poll(() => frame.evaluate(() => document.activeElement?.id), `${name}-reveal`);
        await poll(() => isMasked(name), true);
        await page.keyboard.press('Enter');
        await poll(() => isMasked(name), false);
        await page.keyboard.press('Enter');
        await poll(() => isMasked(name), true);
      }
      assert.equal(page.url(), `${suite.servers.page}/shop`);
      await clickInto(frame, 'routingNumber');
      for (const name of ACCOUNTS) assert.equal(await isMasked(name), true, name);

      await frame.click('#accountNumber-reveal');
      await clickInto(frame, 'securityCode');
      await poll(() => maskedIn(frame), ['accountNumberConfirmation']);
      if (engine === 'chromium') {
        const {client} = frame as unknown as {client: CDPSession};
        await client.send('Emulation.setEmulatedMedia', {media: 'print'});
      } else await frame.evaluate(APPLY_PRINT_RULES);
      await poll(() => maskedIn(frame), [...INPUTS]);
      if (engine === 'chromium') {
        const {client} = frame as unknown as {client: CDPSession};
        await client.send('Emulation.setEmulatedMedia', {media: ''});
      }

      await page.evaluate(`document.forms[0].onsubmit = () => false`);
      await page.click('button');
      await poll(() => page.$$eval('sealed-fields input', (inputs) => inputs.length > 0), true);
      assert.deepEqual(await frame.evaluate(READ_INPUTS), expected);
      // Sealed values are hidden inputs of the page, which no browser autofills.
      const types = await page.$$eval('input', (inputs) =>
        inputs.map(({type, autocomplete}) => type + autocomplete),
      );
      assert.deepEqual([...new Set(types)], ['hidden']);
    },
  );

  prove('L08', 'the form of the frame has no entries', async (page) => {
    assert.deepEqual(await readFormEntries(page, suite.servers), []);
  });

  prove('L06', 'the form and the inputs of a bank account ask the browser for no autofill', async (page) => {
    const frame = await openFields(page, suite.servers, {attributes: 'data-fields="bank"'});
    const tokens = await frame.$$eval('form, input', (all) =>
      all.map(({id, autocomplete}) => [id, autocomplete]),
    );
    assert.deepEqual(tokens, [['', 'on'], ...Object.keys(bank).map((name) => [name, 'off'])]);
  });

  if (engine === 'chromium')
    // no other driver can autofill a card
    prove('L06', 'autofilling a card in another element fills nothing of a bank account', async () => {
      const element = (fields: string) => `<sealed-fields data-fields="${fields}"></sealed-fields>`;
      const body = `<form>${element('card')}${element('bank')}</form>`;
      suite.servers.pages.set('/filled', snippet(suite.servers, body));
      const page = await openReady(suite.browser, `${suite.servers.page}/filled`);
      const [cardFrame, bankFrame] = [
        await frameWith(page, 'cardNumber'),
        await frameWith(page, 'routingNumber'),
      ];
      const creditCard = {
        number: CARD.cardNumber,
        name: 'Sample Shopper',
        cvc: CARD.securityCode,
        expiryMonth: '12',
        expiryYear: '2031',
      };
      const isFilled = (frame: Frame) =>
        frame.$$eval('input', (inputs) => inputs.map(({value}) => value !== ''));
      await autofillCard(cardFrame, creditCard);
      await poll(() => isFilled(cardFrame), [true, true, true]);
      for (const name of Object.keys(bank))
        await (await field(bankFrame, name)).autofill({creditCard}).catch(() => undefined); // Chromium refuses to fill it
      assert.deepEqual(await isFilled(bankFrame), [false, false, false]);
      await page.close();
    });

  prove('L11', 'neither copying nor cutting takes a secret from its field', async (page) => {
    const before = `<textarea>${COPIED_BEFORE}</textarea>`;
    const frame = await openFields(page, suite.servers, {attributes: ATTRIBUTES, before});
    await fill(page, frame, ALL);
    for (const name of INPUTS)
      for (const key of ['c', 'x']) {
        await page.click('textarea');
        await untilLeft(frame);
        await page.$eval(
          'textarea',
          (area, text) => {
            area.value = text;
            area.select();
          },
          COPIED_BEFORE,
        );
        await chord(page, 'c');
        const shown = await valueOf(frame, name);
        await clickInto(frame, name);
        await chord(page, 'a');
        await chord(page, key);
        const rest = key === 'x' && !isSecret(name) ? '' : shown;
        assert.equal(await valueOf(frame, name), rest, `${key} in ${name}`);
        await page.click('textarea');
        await untilLeft(frame);
        await chord(page, 'a');
        await chord(page, 'v');
        const pasted = isSecret(name) ? COPIED_BEFORE : shown;
        await poll(() => page.$eval('textarea', ({value}) => value), pasted);
        if (rest === '') await setValues(frame, {[name]: TYPED[name] ?? ''});
      }
  });
});
