import assert from 'node:assert/strict';
import type {Frame, Page} from 'puppeteer-core';
import type {Envelope} from '../../../../widget/protocol/envelope.ts';
import {fieldFrames} from '../../../support/browser.ts';
import type {Servers} from '../../../support/servers.ts';
import {CHANNEL} from './attacker-page.ts';

/** A message of the frame over its port. */
export interface FrameMessage {
  event: string;
  payload: Record<string, unknown>;
}

/**
 * A page of a listed origin whose own script implements the protocol, as a compromised merchant page could. `send`
 * sends anything over the port; `heard` collects what the frame sends over the port, `replies` what it sends to the
 * window.
 */
const PAGE = (
  url: string,
  origin: string,
  model?: object,
) => `<!doctype html><title>Hostile host</title><script>
  Object.assign(window, {heard: [], replies: [], broken: [], send: undefined, port: undefined});
  addEventListener('error', ({message}) => broken.push(message));
  addEventListener('message', ({data, source}) => {
    const frame = document.querySelector('iframe').contentWindow;
    if (source !== frame) return;
    replies.push(data);
    if (data?.sealed !== 'hello') return;
    const channel = new MessageChannel();
    window.port = channel.port1;
    port.onmessage = ({data}) => heard.push(data);
    window.send = (event, payload) => port.postMessage({event, payload});
    frame.postMessage({sealed: 'port', channel: data.channel}, '${origin}', [channel.port2]);
  });
  const shake = (model = {}) => {
    const handshake = {postmate: 'handshake', type: 'application/x-postmate-v1+json', model};
    document.querySelector('iframe').contentWindow.postMessage(handshake, '${origin}');
  };
</script><iframe width="600" height="400" src="${url}" onload='${model ? `shake(${JSON.stringify(model)});` : ''} shake()'></iframe>`;

/**
 * Opens the frame from a page whose script implements the protocol, and waits for an event of the frame.
 *
 * @param options.fields as in the fragment. `options.model` of a handshake before the valid one. `options.until` the
 * event to wait for.
 */
export async function openHostileHost(
  page: Page,
  servers: Servers,
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
  const url = `${servers.widget}${path}#${new URLSearchParams(opening).toString()}`;
  servers.pages.set('/hostile-host', {html: PAGE(url, servers.widget, model)});
  await page.goto(`${servers.page}/hostile-host`);
  await page.waitForFunction(`heard.some(({event}) => event === '${until}')`);
  const [frame] = await fieldFrames(page, servers);
  assert.ok(frame);
  return frame;
}

/** A `configure` payload without texts or options. */
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

/** Everything that the frame sent over the port so far. */
export async function heardBy(page: Page): Promise<FrameMessage[]> {
  return (await page.evaluate('heard')) as FrameMessage[];
}

/**
 * Sends `seal` and waits for its outcome: `sealed`, `refused` or `failed`.
 *
 * @param more further properties of the request.
 */
export async function requestSeal(
  page: Page,
  request: number,
  submission = 'a'.repeat(32),
  more: object = {},
): Promise<FrameMessage> {
  await page.evaluate(`send('seal', ${JSON.stringify({...more, request, submission})})`);
  const found = `heard.find(({event, payload}) => ['sealed', 'refused', 'failed'].includes(event) && payload.request === ${request})`;
  const handle = await page.waitForFunction(found);
  return (await handle.jsonValue()) as FrameMessage;
}

/** The envelope of a `sealed` message. */
export function envelopeOf({event, payload}: FrameMessage): Envelope {
  assert.equal(event, 'sealed', JSON.stringify(payload));
  return payload['envelope'] as Envelope;
}
