import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Browser} from 'puppeteer-core';
import {en} from '../../widget/locales/en.ts';
import {openBrowser, readyFrame, typeWholeCard, typeInto, valueOf} from './shopper.ts';
import {setStage, type Stage} from './stage.ts';

const CARD = {cardNumber: '4012000098765439', expiry: '12/31', securityCode: '999'};

describe('ciphers that do not arrive, in chromium (alone: its driver can hold back one request of a frame)', () => {
  let stage: Stage;
  let browser: Browser;
  before(async () => {
    stage = await setStage();
    browser = await openBrowser('chromium');
  });
  after(async () => {
    await browser.close();
    await stage.close();
  });

  it('keep the form and what was typed, are said in a line, and may come later', async () => {
    const page = await browser.newPage();
    const network = {isDown: true};
    await page.setRequestInterception(true);
    page.on('request', (request) => {
      const isCipher = /\/assets\/seal-.*\.js$/.test(request.url());
      void (network.isDown && isCipher ? request.abort() : request.continue());
    });
    await page.goto(`${stage.shop}/card`);
    const frame = await readyFrame(page, stage);
    await page.evaluate(() => {
      document.addEventListener('sealed-error', (event) => {
        document.documentElement.dataset['code'] = (event as CustomEvent<{code: string}>).detail.code;
      });
    });
    await typeWholeCard(page, frame, CARD);
    await page.click('form button:last-of-type');
    for (const id of ['outcome', 'announcement'])
      await frame.waitForFunction(
        (at, text) => document.getElementById(at)?.textContent === text,
        {},
        id,
        en.unsealed,
      );
    assert.equal(await page.$eval('html', (root) => root.dataset['code']), 'seal-failed');
    assert.equal(await valueOf(frame, 'cardNumber'), '4012 0000 9876 5439');
    assert.equal(new URL(page.url()).pathname, '/card');

    network.isDown = false;
    await typeInto(page, frame, 'securityCode', '9');
    await page.keyboard.press('Backspace');
    await frame.waitForFunction(() => document.getElementById('outcome')?.textContent === '');
    await Promise.all([page.waitForNavigation(), page.click('form button:last-of-type')]);
    const answer = await page.$eval('#answer', (node) => node.textContent);
    assert.match(answer, /"success": ?true/);
  });
});
