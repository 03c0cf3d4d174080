import {typeWholeCard} from '../../../support/browser.ts';
import type {Attack} from './attack.ts';
import {openFields} from '../pages.ts';
import {CARD} from './attacker-page.ts';

/** In the frame: a listener after the product's own sends the field values to the page as the document unloads. */
const READ_LATER = `addEventListener('pagehide', () => {
  parent.postMessage({left: [...document.querySelectorAll('input')].map(({value}) => value)}, '*');
}); 0`;

/**
 * Attack on the wipe on `pagehide`: reads the fields of a frame document that unloads, after the product's own
 * listeners have run.
 *
 * @returns the field values that were still there.
 */
export const readFieldsAfterUnload: Attack = async (page, servers) => {
  servers.pages.set('/elsewhere', {html: '<!doctype html><title>Elsewhere</title>'});
  await page.evaluateOnNewDocument(`addEventListener('message', ({data}) => {
    if (data?.left) window.left = data.left;
  });`);
  const frame = await openFields(page, servers);
  await typeWholeCard(page, frame, CARD);
  await frame.evaluate(READ_LATER);
  await page.evaluate(
    `document.querySelector('iframe').contentWindow.location.replace('${servers.evil}/elsewhere')`,
  );
  const handle = await page.waitForFunction('window.left');
  const values = (await handle.jsonValue()) as string[];
  return values.filter((value) => value !== '');
};

/**
 * Attack on the inputs: reads what a form of the frame would submit, or what the browser would put into the address and
 * into a report.
 *
 * @returns the names and values of the form's entries.
 */
export const readFormEntries: Attack = async (page, servers) => {
  const frame = await openFields(page, servers);
  await typeWholeCard(page, frame, CARD);
  return frame.evaluate(`[...document.forms].flatMap((form) =>
    [...new FormData(form)].map(([name, value]) => name + '=' + value))`) as Promise<string[]>;
};
