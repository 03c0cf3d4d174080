import assert from 'node:assert/strict';
import type {Frame, Page} from 'puppeteer-core';
import {fieldFrames} from '../e2e/shopper.ts';
import type {Stage} from '../e2e/stage.ts';

/** A message of the frame's over its port. */
export interface Said {
  event: string;
  payload: Record<string, unknown>;
}

const CHANNEL = '0123456789abcdef'.repeat(2);

/**
 * A page of an allowed origin whose script speaks the protocol by itself, as one that has turned against the
 * shopper could: `speak` says anything over the port, `heard` keeps what comes back, `told` the window's messages.
 */
const PAGE = (url: string, origin: string, model?: object) => `<!doctype html><title>By hand</title><script>
  Object.assign(window, {heard: [], told: [], broken: [], speak: undefined, port: undefined});
  addEventListener('error', ({message}) => broken.push(message));
  addEventListener('message', ({data, source}) => {
    const frame = document.querySelector('iframe').contentWindow;
    if (source !== frame) return;
    told.push(data);
    if (data?.sealed !== 'hello') return;
    const channel = new MessageChannel();
    window.port = channel.port1;
    port.onmessage = ({data}) => heard.push(data);
    window.speak = (event, payload) => port.postMessage({event, payload});
    frame.postMessage({sealed: 'port', channel: data.channel}, '${origin}', [channel.port2]);
  });
  const shake = (model = {}) => {
    const handshake = {postmate: 'handshake', type: 'application/x-postmate-v1+json', model};
    document.querySelector('iframe').contentWindow.postMessage(handshake, '${origin}');
  };
</script><iframe width="600" height="400" src="${url}" onload='${model ? `shake(${JSON.stringify(model)});` : ''} shake()'></iframe>`;

/**
 * Opens the frame by such a page and waits for its `ready`, or for another event.
 *
 * @param fields as in the fragment. @param model of a handshake before the right one.
 */
export async function openByHand(
  page: Page,
  stage: Stage,
  {
    path = '/v1/m/demo/',
    fields = 'cardNumber,expiry,securityCode',
    model,
    until = 'ready',
  }: {path?: string; fields?: string; model?: object; until?: string} = {},
): Promise<Frame> {
  const opening = {
    channel: CHANNEL,
    protocol: '1',
    fields,
    layout: 'stacked',
    locale: 'en',
    colorScheme: 'light',
  };
  const url = `${stage.widget}${path}#${new URLSearchParams(opening).toString()}`;
  stage.pages.set('/by-hand', {html: PAGE(url, stage.widget, model)});
  await page.goto(`${stage.page}/by-hand`);
  await page.waitForFunction(`heard.some(({event}) => event === '${until}')`);
  const [frame] = await fieldFrames(page, stage);
  assert.ok(frame);
  return frame;
}

/** A `configure` of a page that wishes for nothing. */
export const CONFIGURE = {
  colorScheme: 'light',
  layout: 'stacked',
  locale: 'en',
  labels: {},
  placeholders: {},
  disabled: false,
  optional: false,
  autoAdvance: false,
  names: {},
};

/** All that the frame said over the port so far. */
export async function heardBy(page: Page): Promise<Said[]> {
  return (await page.evaluate('heard')) as Said[];
}

/** Says `seal`, and waits for its outcome: `sealed`, `refused` or `failed`. */
export async function sealByHand(page: Page, request: number, submission = 'a'.repeat(32)): Promise<Said> {
  await page.evaluate(`speak('seal', ${JSON.stringify({request, submission})})`);
  const found = `heard.find(({event, payload}) => ['sealed', 'refused', 'failed'].includes(event) && payload.request === ${request})`;
  const handle = await page.waitForFunction(found);
  return (await handle.jsonValue()) as Said;
}
