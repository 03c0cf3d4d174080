import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Browser} from 'puppeteer-core';
import {assertNoDigits, payAt, SUBMISSION, textOf} from './payment.ts';
import {type Card, ENGINES, openBrowser, readyFrame, typeCard, untilCaret} from './shopper.ts';
import {setStage, type Stage} from './stage.ts';

/** Published test numbers of five brands, and what is typed with them. */
const CARDS: Record<string, Card> = {
  Visa: {cardNumber: '4012000098765439', expiry: '12/31', securityCode: '999'},
  Mastercard: {cardNumber: '5499740000000057', expiry: '0130', securityCode: '998'},
  Discover: {cardNumber: '6011000993026909', expiry: '7/29', securityCode: '996'},
  'American Express': {cardNumber: '371449635392376', expiry: '11 / 2028', securityCode: '9997'},
  JCB: {cardNumber: '3566002020360505', expiry: '02/33', securityCode: '123'},
};
const YEARS: Record<string, [month: string, year: string]> = {
  Visa: ['12', '2031'],
  Mastercard: ['01', '2030'],
  Discover: ['07', '2029'],
  'American Express': ['11', '2028'],
  JCB: ['02', '2033'],
};

/** What the product gives a form, and what the shop's own page does. */
const SEALED = [
  'encrypted_number',
  'encrypted_csc',
  'encrypted_expiration_month',
  'encrypted_expiration_year',
];

for (const engine of ENGINES) {
  describe(`a card in ${engine}`, () => {
    let stage: Stage;
    let browser: Browser;
    before(async () => {
      stage = await setStage();
      browser = await openBrowser(engine);
    });
    after(async () => {
      await browser.close();
      await stage.close();
    });

    const pay = (path: string, card: Card) => payAt(browser, engine, stage, path, card);

    for (const [brand, card] of Object.entries(CARDS)) {
      it(`of ${brand} is paid for with ciphertext alone`, async () => {
        const {received, answer, seen, own} = await pay('/card', card);
        assert.deepEqual(
          Object.keys(received).sort(),
          [...new Set([...own, ...SEALED, ...SUBMISSION])].sort(),
        );
        const opened = stage.open(SEALED.map((name) => received[name] ?? ''));
        assert.deepEqual(opened, [card.cardNumber, card.securityCode, ...(YEARS[brand] ?? [])]);
        assert.equal(received['sealed_key_id'], 'stage');
        assert.match(received['sealed_id'] ?? '', /^[0-9a-f]{32}$/);
        assert.equal(answer['success'], true);
        assert.equal(
          answer['masked_card_number'],
          card.cardNumber.slice(-4).padStart(card.cardNumber.length, 'x'),
        );
        for (const text of seen) assertNoDigits(text, card.cardNumber);
      });
    }

    it('is paid for on a page that has a div in place of the element', async () => {
      const {received, answer} = await pay('/card-div', CARDS['Visa'] as Card);
      assert.equal(answer['success'], true);
      assert.deepEqual(stage.open([received['encrypted_number'] ?? '']), ['4012000098765439']);
    });

    it('is declined where the gateway declines it', async () => {
      const {answer} = await pay('/card?item=decline', CARDS['Visa'] as Card);
      assert.deepEqual([answer['success'], answer['response_code']], [false, 102]);
    });

    it('is not sent while a field is at fault, and the caret goes there', async () => {
      const page = await browser.newPage();
      await page.goto(`${stage.shop}/card`);
      const frame = await readyFrame(page, stage);
      await typeCard(page, frame, {cardNumber: '4012000098765439', expiry: '12/31', securityCode: '9'});
      await page.click('form button:last-of-type');
      await frame.waitForSelector('#securityCode[aria-invalid=true]');
      await untilCaret(frame, 'securityCode');
      await page.keyboard.type('99');
      assert.equal(await frame.$eval('#securityCode', (input) => (input as HTMLInputElement).value), '999');
      await frame.waitForSelector('#securityCode[aria-invalid=false]');
      await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
      assert.match(await textOf(page, '#answer'), /"success": ?true/);
      await page.close();
    });
  });
}
