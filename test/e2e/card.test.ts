import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Browser, Page} from 'puppeteer-core';
import type {Engine} from '../browsers.ts';
import {type Card, ENGINES, openBrowser, readyFrame, typeCard, typeWholeCard} from './shopper.ts';
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
const IDS = ['sealed_key_id', 'sealed_id'];

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

    /** Pays as a shopper does. @returns what the shop received, what the gateway answered, and all that was seen. */
    async function pay(path: string, card: Card) {
      const page = await browser.newPage();
      const noted = listenTo(page, engine);
      const seen: string[] = [];
      await page.goto(`${stage.shop}${path}`);
      const frame = await readyFrame(page, stage);
      await typeWholeCard(page, frame, card);
      seen.push(
        await page.content(),
        await page.evaluate(() => JSON.stringify(document.querySelector('sealed-fields')?.state)),
      );
      const own = await page.$$eval('form input[name]', (controls) =>
        controls.map((each) => each.getAttribute('name')),
      );
      await Promise.all([page.waitForNavigation(), page.click('form button:last-of-type')]);
      seen.push(await page.content(), ...stage.log);
      const received = JSON.parse(await textOf(page, '#received')) as Record<string, string>;
      const answer = JSON.parse(await textOf(page, '#answer')) as Record<string, unknown>;
      const made = [answer['transaction_id'], answer['approval_code'], ...Object.values(received)].map(
        String,
      );
      seen.push(...(await noted()));
      await page.close();
      return {received, answer, own, seen: seen.map((text) => without(text, made))};
    }

    for (const [brand, card] of Object.entries(CARDS)) {
      it(`of ${brand} is paid for with ciphertext alone`, async () => {
        const {received, answer, seen, own} = await pay('/card', card);
        assert.deepEqual(Object.keys(received).sort(), [...new Set([...own, ...SEALED, ...IDS])].sort());
        const opened = stage.open(SEALED.map((name) => received[name] ?? ''));
        assert.deepEqual(opened, [card.cardNumber, card.securityCode, ...(YEARS[brand] ?? [])]);
        assert.equal(received['sealed_key_id'], 'stage');
        assert.match(received['sealed_id'] ?? '', /^[0-9a-f]{32}$/);
        assert.equal(answer['success'], true);
        assert.equal(
          answer['masked_card_number'],
          card.cardNumber.slice(-4).padStart(card.cardNumber.length, 'x'),
        );
        for (const text of seen) assertNoDigits(text, card);
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
      await frame.waitForFunction(() => document.activeElement?.id === 'securityCode');
      await page.keyboard.type('99');
      assert.equal(await frame.$eval('#securityCode', (input) => (input as HTMLInputElement).value), '999');
      await frame.waitForSelector('#securityCode[aria-invalid=false]');
      await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
      assert.match(await textOf(page, '#answer'), /"success": ?true/);
      await page.close();
    });
  });
}

/** All that the shop's page could note: its console, errors, and every request with its body. */
function listenTo(page: Page, engine: Engine): () => Promise<string[]> {
  const seen: Promise<string>[] = [];
  const note = (text: string) => seen.push(Promise.resolve(text));
  page.on('console', (message) => note(message.text()));
  page.on('pageerror', (error) => note(String(error)));
  page.on('request', (request) => {
    note(`${request.url()} ${JSON.stringify(request.headers())}`);
    // Firefox's driver does not tell bodies; what was posted is what the shop received.
    if (engine === 'chromium' && request.hasPostData())
      seen.push(request.fetchPostData().then((body = '') => body));
  });
  return () => Promise.all(seen);
}

async function textOf(page: Page, selector: string): Promise<string> {
  return page.$eval(selector, (node) => node.textContent);
}

/** Ports, and numbers that the servers made up, may hold any digits. */
function without(text: string, made: readonly string[]): string {
  const rest = text.replace(/(localhost|127\.0\.0\.1):\d+/g, '');
  return made
    .filter((value) => value.length > 4 && !/^\d{12,19}$/.test(value))
    .reduce((left, value) => left.replaceAll(value, ''), rest);
}

/** No run of five of the typed digits, plain or spaced; a card's last four are the gateway's to tell. */
function assertNoDigits(text: string, {cardNumber}: Card): void {
  const runs = Array.from({length: cardNumber.length - 4}, (_, at) => cardNumber.slice(at, at + 5));
  const plain = text.replace(/[\s-]/g, '');
  for (const run of runs) assert.ok(!text.includes(run) && !plain.includes(run), `found ${run}`);
}
