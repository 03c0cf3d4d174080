import assert from 'node:assert/strict';
import type {Frame, Page} from 'puppeteer-core';
import {clickInto, readyFrame, typeInto, typeWholeCard} from '../../support/browser.ts';
import type {Servers} from '../../support/servers.ts';
import {CARD} from './attacks/attacker-page.ts';

/**
 * A whole visit to the demo's shop: half a card number, an Enter that is rejected, the rest of the card, and a payment.
 *
 * @param inspect gets the frame when the card is complete.
 */
export async function payAtTheShop(
  page: Page,
  servers: Servers,
  inspect: (frame: Frame) => Promise<void> = () => Promise.resolve(),
  path = '/card',
): Promise<void> {
  await page.goto(`${servers.shop}${path}`);
  const frame = await readyFrame(page, servers);
  await typeInto(page, frame, 'cardNumber', '4012');
  await page.keyboard.press('Enter');
  await frame.waitForSelector('#securityCode[aria-invalid=true]');
  await clickInto(frame, 'cardNumber');
  for (let digit = 0; digit < 4; digit += 1) await page.keyboard.press('Backspace');
  await typeWholeCard(page, frame, CARD);
  await inspect(frame);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  assert.equal(await page.$eval('h1', ({textContent}) => textContent), 'Thank you, it is paid');
}
