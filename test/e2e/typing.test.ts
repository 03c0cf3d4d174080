import assert from 'node:assert/strict';
import {after, before, beforeEach, describe, it} from 'node:test';
import type {Browser, Frame, KeyInput, Page} from 'puppeteer-core';
import type {FieldName} from '../../widget/protocol/names.ts';
import {
  ALONE,
  clickInto,
  field,
  onlyInChromium,
  openBrowser,
  readyFrame,
  RELEASE_ENGINES,
  typeInto,
  untilLeft,
} from './shopper.ts';
import {setStage, snippet, type Stage} from './stage.ts';

/** One edit by keys, in a card number unless a field is named; `|` is the caret, before and after. */
type Edit = [fact: string, stands: string, keys: string, shown: string, name?: FieldName];

const EDITS: Edit[] = [
  ['puts a digit into a group', '4012 0|098', '7', '4012 07|09 8'],
  ['puts a digit in front of a gap behind it', '4012| 0098', '7', '4012 7|009 8'],
  ['deletes within a group', '4012 00|00 98', 'Backspace', '4012 0|009 8'],
  ['deletes the digit before a gap by Backspace behind it', '4012 |0098', 'Backspace', '401|0 098'],
  ['deletes the digit before a gap by Backspace before it', '4012| 0098', 'Backspace', '401|0 098'],
  ['deletes the digit after a gap by Delete before it', '4012| 7098', 'Delete', '4012| 098'],
  ['deletes the digit after a gap by Delete behind it', '4012 |7098', 'Delete', '4012| 098'],
  ['replaces a selection', '4012 00|98', 'Shift+ArrowLeft Shift+ArrowLeft Shift+ArrowLeft 7', '4012 7|98'],
  ['deletes a selection', '4012 00|98', 'Shift+ArrowLeft Shift+ArrowLeft Shift+ArrowLeft Delete', '4012| 98'],
  ['leaves out a letter, the caret unmoved', '4012 0|098', 'x 7', '4012 07|09 8'],
  ['deletes a digit of the year', '01 / 27|', 'Backspace', '01 / 2|', 'expiry'],
  ['deletes in the month by Backspace behind the slash', '01 / |27', 'Backspace', '0| / 27', 'expiry'],
  ['deletes in the year by Delete before the slash', '01| / 27', 'Delete', '01 / |7', 'expiry'],
  ['replaces a month', '|01 / 27', 'Delete Delete 1 2', '12| / 27', 'expiry'],
];

/** What is typed key by key into an empty field, and what is shown then. */
const TYPED: [name: FieldName, typed: string, shown: string][] = [
  ['cardNumber', '4012000098765439', '4012 0000 9876 5439|'],
  ['cardNumber', '371449635392376', '3714 496353 92376|'],
  ['cardNumber', 'four4o0l1,2.', '4012|'],
  ['expiry', '2', '02|'],
  ['expiry', '1/27', '01 / 27|'],
  ['expiry', '0127', '01 / 27|'],
  ['expiry', '12/2031', '12 / 31|'],
  ['expiry', '13/27', '13 / 27|'],
  ['securityCode', '9a9-9', '999|'],
];

/** What is copied from elsewhere and pasted into an empty field, and what is shown then. */
const PASTED: [how: string, name: FieldName, pasted: string, shown: string][] = [
  ['with spaces around and within', 'cardNumber', '  4012 0000 9876 5439 ', '4012 0000 9876 5439|'],
  ['with dashes', 'cardNumber', '4012-0000–9876—5439', '4012 0000 9876 5439|'],
  ['with no-break spaces', 'cardNumber', '4012\u00a00000\u202f9876\u00a05439', '4012 0000 9876 5439|'],
  ['in full-width digits', 'cardNumber', '４０１２００００９８７６５４３９', '4012 0000 9876 5439|'],
  ['over two lines', 'cardNumber', '4012 0000\n9876 5439\n', '4012 0000 9876 5439|'],
  ['as a month of ISO 8601', 'expiry', '2027-01', '01 / 27|'],
];

for (const engine of RELEASE_ENGINES) {
  describe(`typing in ${engine}${ALONE}`, () => {
    let stage: Stage;
    let browser: Browser;
    let page: Page;
    let frame: Frame;
    before(async () => {
      stage = await setStage();
      browser = await openBrowser(engine);
      stage.pages.set('/', snippet(stage, '<textarea></textarea><sealed-fields></sealed-fields>'));
      page = await browser.newPage();
      await page.goto(stage.page);
      frame = await readyFrame(page, stage);
    });
    after(async () => {
      await browser.close();
      await stage.close();
    });
    beforeEach(() => clear(page, frame));

    for (const [name, typed, shown] of TYPED) {
      it(`shows ${shown} for ${typed} in ${name}`, async () => {
        await typeInto(page, frame, name, typed);
        await assertShown(frame, name, shown);
      });
    }

    for (const [fact, stands, keys, shown, name = 'cardNumber'] of EDITS) {
      it(`${fact}: ${stands} becomes ${shown}`, async () => {
        await typeInto(page, frame, name, stands.replace(/\D/g, ''));
        for (let at = stands.indexOf('|') + 1; at < stands.length; at += 1)
          await page.keyboard.press('ArrowLeft');
        await assertShown(frame, name, stands);
        for (const key of keys.split(' ')) await press(page, key);
        await assertShown(frame, name, shown);
      });
    }

    // The clipboard is the browser's own in both engines, copied to and pasted from by keys.
    for (const [how, name, pasted, shown] of PASTED) {
      it(`takes a paste ${how}`, async () => {
        await copy(page, frame, pasted);
        await clickInto(frame, name);
        await press(page, 'Control+v');
        await assertShown(frame, name, shown);
      });
    }

    it('takes a paste into the middle, the caret behind what was pasted', async () => {
      await copy(page, frame, '0000-9876');
      await typeInto(page, frame, 'cardNumber', '40125439');
      for (let back = 0; back < 4; back += 1) await page.keyboard.press('ArrowLeft');
      await press(page, 'Control+v');
      await assertShown(frame, 'cardNumber', '4012 0000 9876| 5439');
    });

    it('takes a paste of ten thousand digits as a wrong number, and goes on', async () => {
      await copy(page, frame, '4012000098765439'.repeat(625));
      await clickInto(frame, 'cardNumber');
      await press(page, 'Control+v');
      const first = '4012 0000 9876 5439 4012000098765439';
      await assertShown(frame, 'cardNumber', `${first}|`);
      await page.keyboard.press('Backspace');
      await assertShown(frame, 'cardNumber', `${first.slice(0, -1)}|`);
      await clickInto(frame, 'expiry');
      await frame.waitForSelector('#cardNumber[aria-invalid=true]');
    });

    it('replaces everything that was selected', async () => {
      await typeInto(page, frame, 'cardNumber', '4012000098765439');
      await (await field(frame, 'cardNumber')).click({count: 3});
      await page.keyboard.type('37144');
      await assertShown(frame, 'cardNumber', '3714 4|');
    });

    it('brings nothing back by Ctrl+Z of what was cleared', async () => {
      await typeInto(page, frame, 'cardNumber', '4012000098765439');
      await clear(page, frame);
      for (const key of ['Control+z', 'Control+z', '5']) await press(page, key);
      await assertShown(frame, 'cardNumber', '5|');
    });

    it('asks for a code of four digits once the card is American Express, and for three before', async () => {
      const placeholder = (text: string) => frame.waitForSelector(`#securityCode[placeholder='${text}']`);
      await placeholder('3 digits');
      await typeInto(page, frame, 'cardNumber', '371449635392376');
      await placeholder('4 digits');
      await typeInto(page, frame, 'securityCode', '9997');
      await untilStatus(page, 'securityCode', 'valid');
      await page.keyboard.press('Backspace');
      await untilStatus(page, 'securityCode', 'incomplete');
      await clear(page, frame);
      await placeholder('3 digits');
    });

    it('keeps a month that there is not, and says so when the field is left', async () => {
      await typeInto(page, frame, 'expiry', '13/27');
      await clickInto(frame, 'securityCode');
      await frame.waitForSelector('#expiry[aria-invalid=true]');
      await assertShown(frame, 'expiry', '13 / 27|');
    });

    const compose = 'lets a composition be, and takes it when it ends';
    it(...onlyInChromium(engine, compose, 'no other driver plays an input method'), async () => {
      await clickInto(frame, 'cardNumber');
      const driver = await page.createCDPSession();
      await driver.send('Input.imeSetComposition', {text: '４０', selectionStart: 2, selectionEnd: 2});
      await assertShown(frame, 'cardNumber', '４０|');
      await driver.send('Input.insertText', {text: '４０１２７'});
      await assertShown(frame, 'cardNumber', '4012 7|');
    });
  });
}

/** Waits for the text in a field, its caret written as `|`, and tells both if it does not come. */
async function assertShown(frame: Frame, name: FieldName, expected: string): Promise<void> {
  const read = (id: string, wanted?: string) => {
    const input = document.querySelector<HTMLInputElement>(`input#${id}`);
    const {value = '', selectionStart} = input ?? {};
    const at = selectionStart ?? 0;
    const shown = `${value.slice(0, at)}|${value.slice(at)}`;
    return wanted === undefined || shown === wanted ? shown : false;
  };
  await frame.waitForFunction(read, {timeout: 5000}, name, expected).catch(() => undefined);
  assert.equal(await frame.evaluate(read, name), expected);
}

async function untilStatus(page: Page, name: FieldName, status: string): Promise<void> {
  const isThere = (field: FieldName, wanted: string) =>
    document.querySelector('sealed-fields')?.state.fields[field]?.status === wanted;
  await page.waitForFunction(isThere, {timeout: 5000}, name, status);
}

/** Presses a key, with others held if it is written `Control+z`. */
async function press(page: Page, chord: string): Promise<void> {
  const keys = chord.split('+') as KeyInput[];
  for (const key of keys) await page.keyboard.down(key);
  for (const key of keys.reverse()) await page.keyboard.up(key);
}

/** Copies a text as a person does, from the page around the frame. */
async function copy(page: Page, frame: Frame, text: string): Promise<void> {
  await page.click('textarea');
  await untilLeft(frame);
  await page.$eval(
    'textarea',
    (area, value) => {
      area.value = value;
      area.select();
    },
    text,
  );
  await press(page, 'Control+c');
}

/** Empties the fields by the element's own method; one call more, where nothing stands, could come late. */
async function clear(page: Page, frame: Frame): Promise<void> {
  const texts = await frame.$$eval('input', (inputs) => inputs.map(({value}) => value));
  if (texts.join('') === '') return;
  await page.evaluate(() => document.querySelector('sealed-fields')?.clear());
  await frame.waitForFunction(() => [...document.querySelectorAll('input')].every(({value}) => value === ''));
}
