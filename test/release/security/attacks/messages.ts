import {typeCard, typeInto, typeWholeCard, untilLeft, valueOf} from '../../../support/browser.ts';
import type {Attack} from './attack.ts';
import {openFields, seal} from '../pages.ts';
import {CARD} from './attacker-page.ts';
import {stampRecord} from './documents.ts';
import {CONFIGURE, envelopeOf, heardBy, openHostileHost, requestSeal} from './hostile-host.ts';
import {isPolluted, NOISE, noiseOf} from './noise.ts';

/** How many commands a port accepts. */
const COMMANDS_PER_SECOND = 200;

/**
 * Attack on the rate cap: 50,000 commands of 1 KB over the port at once.
 *
 * @returns how many commands over the documented rate the frame answered, if any.
 */
export const exceedMessageRate: Attack = async (page, servers) => {
  await openHostileHost(page, servers);
  await page.evaluate(`{
    window.start = performance.now();
    for (let request = 1; request <= 50_000; request += 1)
      send('seal', {request, submission: 'a'.repeat(32), padding: 'x'.repeat(1000)});
  }`);
  const last = 1_000_000; // dropped while the running second is full, so it is sent again
  await page.waitForFunction(
    `heard.some(({payload}) => payload.request === ${last}) ||
      void send('seal', {request: ${last}, submission: 'b'.repeat(32)})`,
    {polling: 100},
  );
  const [answered, milliseconds] = (await page.evaluate(
    `[heard.filter(({event}) => event === 'refused').length, performance.now() - start]`,
  )) as [number, number];
  const most = COMMANDS_PER_SECOND * (Math.floor(milliseconds / 1000) + 2); // the first and the last second are not whole
  return answered > most ? [`${answered} answers in ${Math.round(milliseconds)} ms`] : [];
};

/** Attack on the size cap: a label of 1 MB. @returns the length that the frame shows, if it is over the cap. */
export const sendLongLabel: Attack = async (page, servers) => {
  const frame = await openHostileHost(page, servers, {fields: 'expiry'});
  const configure = {...CONFIGURE, labels: {expiry: 'x'.repeat(1_000_000)}};
  await page.evaluate(`send('configure', ${JSON.stringify(configure)})`);
  await requestSeal(page, 1); // answered after the configuration
  const length = await frame.$eval('label[for=expiry]', ({textContent}) => textContent.length);
  return length > 200 ? [`a label of ${length} characters`] : [];
};

/** Names of properties that every object inherits, and names that no object has. */
export const PROTOTYPE_NAMES = [
  'valueOf',
  'constructor',
  '__proto__',
  'hasOwnProperty',
  'toString',
  '__defineGetter__',
  'then',
];

/**
 * Attack on the parsers: messages with own properties named `__proto__` and `constructor`, and events and fields named
 * as properties that every object inherits.
 *
 * @returns errors in the frame, polluted prototypes, answers that a rejected message must not have, and changed fields.
 */
export const sendPrototypeKeys: Attack = async (page, servers) => {
  await page.evaluateOnNewDocument(NOISE);
  const frame = await openHostileHost(page, servers);
  await typeCard(page, frame, CARD);
  await requestSeal(page, 1);
  const before = (await heardBy(page)).length;
  await page.evaluate(`{
    const polluting = '{"polluted": true, "event": "clear", "payload": {}, "field": "cardNumber", "cardNumber": "Polluted"}';
    const own = (key) => JSON.parse('{"' + key + '": ' + polluting + '}');
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      port.postMessage(own(key));
      send('configure', {...${JSON.stringify(CONFIGURE)}, labels: own(key), names: own(key)});
      send('configure', Object.assign(own(key), {labels: {}}));
    }
    for (const name of ${JSON.stringify(PROTOTYPE_NAMES)}) {
      send(name, {});
      send('focus', {field: name});
      send('configure', {...${JSON.stringify(CONFIGURE)}, locale: name, layout: name, colorScheme: name});
    }
  }`);
  envelopeOf(await requestSeal(page, 2));
  const since = (await heardBy(page)).slice(before).map(({event}) => event);
  const labels = await frame.$$eval('label', (all) => all.map(({textContent}) => textContent).join());
  return [
    ...(await noiseOf(frame)).map((error) => `error in the frame: ${error}`),
    ...((await isPolluted(frame)) ? ['a polluted prototype'] : []),
    ...since.filter((event) => event !== 'sealing' && event !== 'sealed'),
    ...((await valueOf(frame, 'securityCode')) === CARD.securityCode ? [] : ['cleared fields']),
    ...(labels.includes('Polluted') ? ['a label'] : []),
  ];
};

/**
 * Attack on the reveal rule: a page that asks for digits which the record does not reveal, by attributes and in the
 * message.
 *
 * @returns the digits in the result.
 */
export const askForDigits: Attack = async (page, servers) => {
  const ask = `data-reveal="bin last4" data-record='{"reveal":["bin","last4"]}'`;
  await typeWholeCard(page, await openFields(page, servers, {attributes: ask}), CARD);
  const result = await seal(page);
  return result.ok ? digitsIn(result.values) : [JSON.stringify(result)];
};

/**
 * Attack on the reveal rule: a number of 14 digits in a frame that reveals the first six and the last four, where both
 * would leave only four digits hidden.
 *
 * @returns the digits in the result besides the last four.
 */
export const askForShortNumber: Attack = async (page, servers) => {
  await stampRecord(servers, {reveal: ['bin', 'last4']});
  const frame = await openHostileHost(page, servers);
  await typeCard(page, frame, {...CARD, cardNumber: '30569309025904'});
  const {values} = envelopeOf(await requestSeal(page, 1));
  return digitsIn(values).filter((digits) => digits !== '5904');
};

/** A Maestro number, which can have 12 to 19 digits. Its first 12 and 14 digits are valid numbers, too. */
const GROWING = '6767701234506783';

/**
 * Attack on the reveal rule: a page that requests a seal after every key of a number. The last four digits of each valid
 * beginning are inner digits of the number.
 *
 * @returns the last four digits that it got, if they are of more than one number.
 */
export const sealWhileTyping: Attack = async (page, servers) => {
  await stampRecord(servers, {reveal: ['last4']});
  const frame = await openFields(page, servers);
  await typeCard(page, frame, {...CARD, cardNumber: ''});
  const shown = new Set<string>();
  const sealNow = async () => {
    const result = await seal(page);
    if (result.ok) digitsIn(result.values).forEach((digits) => shown.add(digits));
  };
  await typeInto(page, frame, 'cardNumber', '');
  for (const digit of GROWING) {
    await page.keyboard.type(digit);
    await sealNow();
  }
  await page.$eval('sealed-fields', (element) => {
    element.blur();
  });
  await untilLeft(frame);
  await sealNow();
  return shown.size > 1 ? [...shown] : [];
};

/** Values of an envelope that are not ciphertext. */
function digitsIn(values: Readonly<Record<string, string>>): string[] {
  return Object.values(values).filter((value) => value.length < 300);
}
