import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Browser, Page} from 'puppeteer-core';
import {frameWith, openReady, typeAll, typeWhole} from './frames.ts';
import {settle} from './settle.ts';
import {ALONE, openBrowser, RELEASE_ENGINES, untilCaret} from './shopper.ts';
import {setStage, snippet, type Stage} from './stage.ts';

const BANK = {
  routingNumber: '325070760',
  accountNumber: '0012345678',
  accountNumberConfirmation: '0012345678',
};
/** Where the caret rests, in order. */
const BANK_STOPS = [
  'accountType',
  'routingNumber',
  'accountNumber',
  'accountNumber-reveal',
  'accountNumberConfirmation',
  'accountNumberConfirmation-reveal',
];

const CARD = {cardNumber: '4012000098765439', expiry: '12/31', securityCode: '999'};

const ACCOUNT = `<form method="post" action="/received">
  <input id="before" />
  <sealed-fields data-fields="accountType routingNumber accountNumber accountNumberConfirmation"></sealed-fields>
  <button>Pay</button>
</form>`;
const TWO_FORMS = ['bank', 'card'].map(
  (fields) => `<form method="post" action="/${fields}" target="sink">
    <sealed-fields data-fields="${fields}"></sealed-fields><button id="${fields}">Pay</button>
  </form>`,
);

for (const engine of RELEASE_ENGINES) {
  describe(`a bank account in ${engine}${ALONE}`, () => {
    let stage: Stage;
    let browser: Browser;
    before(async () => {
      stage = await setStage();
      stage.pages.set('/', snippet(stage, ACCOUNT));
      stage.pages.set('/two', snippet(stage, `${TWO_FORMS.join('')}<iframe name="sink"></iframe>`));
      for (const path of ['/received', '/bank', '/card']) stage.pages.set(path, {html: 'Received.'});
      browser = await openBrowser(engine);
    });
    after(async () => {
      await browser.close();
      await stage.close();
    });

    /** A test on a page of its own, whose elements are all ready. */
    const onPage = (path: string, name: string, test: (page: Page) => Promise<void>) => {
      it(name, async () => {
        stage.received.length = 0;
        const page = await openReady(browser, stage.page + path);
        await test(page).finally(() => page.close());
      });
    };

    onPage('/', 'tells which kind it is, as the shopper chose by the keyboard', async (page) => {
      await page.click('#before');
      await page.keyboard.press('Tab');
      const frame = await frameWith(page, 'accountType');
      await untilCaret(frame, 'accountType');
      await page.keyboard.press('ArrowDown');
      await settle(() => frame.$eval('select', ({value}) => value), 'savings');
      await typeWhole(page, BANK);
      await Promise.all([page.waitForNavigation(), page.click('button')]);
      const {form} = await stage.nextReceived();
      assert.equal(form['account_type'], 'savings');
      const sealed = [form['encrypted_routing_number'] ?? '', form['encrypted_account_number'] ?? ''];
      assert.deepEqual(stage.open(sealed), [BANK.routingNumber, BANK.accountNumber]);
      assert.deepEqual(
        Object.keys(form).filter((name) => !/^(sealed_|encrypted_)/.test(name)),
        ['account_type'],
      );
    });

    onPage(
      '/',
      'is walked through by Tab and back, and its buttons answer to keys of their own',
      async (page) => {
        const frame = await frameWith(page, 'accountType');
        const isAt = (id: string) => untilCaret(frame, id);
        const leaves = (selector: string) =>
          settle(() => page.evaluate((at) => document.activeElement?.matches(at), selector), true);
        const back = async () => {
          await page.keyboard.down('Shift');
          await page.keyboard.press('Tab');
          await page.keyboard.up('Shift');
        };
        await page.click('#before');
        for (const stop of BANK_STOPS) {
          await page.keyboard.press('Tab');
          await isAt(stop);
        }
        await page.keyboard.press('Tab');
        await leaves('form > button');
        for (const stop of BANK_STOPS.toReversed()) {
          await back();
          await isAt(stop);
        }
        await back();
        await leaves('#before');

        await typeAll(page, {accountNumber: BANK.accountNumber});
        await page.keyboard.press('Tab');
        await isAt('accountNumber-reveal');
        const isMasked = () => frame.$eval('#accountNumber', ({classList}) => classList.contains('masked'));
        await settle(isMasked, true);
        await page.keyboard.press(' ');
        await settle(isMasked, false);
        await page.keyboard.press('Enter');
        await settle(isMasked, true);
        assert.equal(
          await page.$eval('sealed-fields', ({state}) => state.fields.routingNumber?.visited),
          false,
        );
      },
    );

    onPage('/', 'is checking where nothing was chosen', async (page) => {
      await typeWhole(page, BANK);
      await Promise.all([page.waitForNavigation(), page.click('button')]);
      assert.equal((await stage.nextReceived()).form['account_type'], 'checking');
    });

    onPage('/', 'is held while the repeated number differs', async (page) => {
      await typeAll(page, {...BANK, accountNumberConfirmation: '0012345679'});
      await page.click('button');
      const frame = await frameWith(page, 'accountNumberConfirmation');
      await frame.waitForSelector('#accountNumberConfirmation[aria-invalid=true]');
      assert.equal(await page.$eval('form', (form) => form.checkValidity()), false);
      assert.deepEqual(stage.received, []);
    });

    onPage('/two', 'and a card in another form are sent each by itself', async (page) => {
      await typeAll(page, BANK);
      await settle(() => page.$eval('sealed-fields', ({state}) => state.complete), true);
      await page.click('#bank');
      const bank = await stage.nextReceived();
      await typeWhole(page, CARD);
      await page.click('#card');
      const card = await stage.nextReceived(1);
      assert.deepEqual([bank.path, card.path], ['/bank', '/card']);
      assert.deepEqual(Object.keys(bank.form).sort(), [
        'encrypted_account_number',
        'encrypted_routing_number',
        'sealed_id',
        'sealed_key_id',
      ]);
      assert.deepEqual(stage.open([card.form['encrypted_number'] ?? '']), [CARD.cardNumber]);
      assert.equal('encrypted_account_number' in card.form, false);
      assert.notEqual(bank.form['sealed_id'], card.form['sealed_id']);
    });
  });
}
