import assert from 'node:assert/strict';
import type {Frame, Page} from 'puppeteer-core';
import {clickInto, readyFrame, typeInto, typeWholeCard} from '../e2e/shopper.ts';
import type {Stage} from '../e2e/stage.ts';

const CARD = {cardNumber: '4012000098765439', expiry: '12/31', securityCode: '999'};

/**
 * A whole visit to the demo's shop: half a number, an Enter that is refused, a card, and a payment.
 *
 * @param look is given the frame when all is typed.
 */
export async function payAtTheShop(
  page: Page,
  stage: Stage,
  look: (frame: Frame) => Promise<void> = () => Promise.resolve(),
  path = '/card',
): Promise<void> {
  await page.goto(`${stage.shop}${path}`);
  const frame = await readyFrame(page, stage);
  await typeInto(page, frame, 'cardNumber', '4012');
  await page.keyboard.press('Enter');
  await frame.waitForSelector('#securityCode[aria-invalid=true]');
  await clickInto(frame, 'cardNumber');
  for (let digit = 0; digit < 4; digit += 1) await page.keyboard.press('Backspace');
  await typeWholeCard(page, frame, CARD);
  await look(frame);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  assert.equal(await page.$eval('h1', ({textContent}) => textContent), 'Thank you, it is paid');
}
