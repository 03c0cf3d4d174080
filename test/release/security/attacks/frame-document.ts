import {typeWholeCard} from '../../../support/browser.ts';
import type {Attack} from './attack.ts';
import {openFields} from '../pages.ts';
import {CARD} from './attacker-page.ts';

/** In the frame: a listener after the product's own keeps the field values as the document unloads. */
const KEEP_VALUES = `addEventListener('pagehide', () => {
  localStorage.setItem('kept', JSON.stringify([...document.querySelectorAll('input')].map(({value}) => value)));
}); 0`;

/**
 * Attack on the wipe on `pagehide`: reads the fields of a frame document that unloads with its page, after the product's
 * own listeners have run.
 *
 * @returns the field values that were still there.
 */
export const readFieldsAfterUnload: Attack = async (page, servers) => {
  servers.pages.set('/elsewhere', {html: '<!doctype html><title>Elsewhere</title>'});
  const frame = await openFields(page, servers);
  await typeWholeCard(page, frame, CARD);
  await frame.evaluate(KEEP_VALUES);
  await page.goto(`${servers.evil}/elsewhere`);
  const again = await openFields(page, servers);
  const kept = await again.waitForFunction(`localStorage.getItem('kept')`);
  const values = JSON.parse((await kept.jsonValue()) as string) as string[];
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
