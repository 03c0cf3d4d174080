import {expect} from '@open-wc/testing';
import {handshake} from '../../../host-sdk/frame/handshake.ts';
import type {Configure} from '../../../widget/protocol/messages.ts';
import type {PortOffer} from '../../../widget/protocol/handshake.ts';
import {CONFIGURATION} from './configuration.ts';
import {settled, until} from './turns.ts';

const CHANNEL = 'c'.repeat(32);

/** The window of a frame document. Messages that its `eval` posts have it as `source`. */
type FrameWindow = Window & {eval: (code: string) => unknown; port?: MessagePort; offer?: PortOffer};

const configurationWith = (radius: string): Configure => ({...CONFIGURATION, theme: {radius}});

describe('handshake', () => {
  let frame: HTMLIFrameElement;
  let inside: FrameWindow;
  let lifetime: AbortController;
  let configuration: Configure;
  let connecting: Promise<MessagePort>;

  beforeEach(async () => {
    lifetime = new AbortController();
    configuration = configurationWith('1px');
    connecting = handshake(new URL('/test/browser/host-sdk/blank.html', location.href), {
      channel: CHANNEL,
      place: (created) => {
        frame = created;
        document.body.append(frame);
      },
      configuration: () => configuration,
      signal: lifetime.signal,
    });
    connecting.catch(() => undefined);
    inside = await windowOf(frame);
    inside.eval(
      `addEventListener('message', (event) => { if (event.data.sealed === 'port') Object.assign(window, {offer: event.data, port: event.ports[0]}); })`,
    );
  });

  afterEach(() => {
    lifetime.abort();
    frame.remove();
  });

  function greet(channel = CHANNEL, from = inside): void {
    from.eval(`parent.postMessage({sealed: 'hello', channel: '${channel}'}, '${location.origin}')`);
  }

  it('returns one end of a channel and posts the other end to its own frame', async () => {
    greet();
    const port = await connecting;
    await until(() => inside.port !== undefined);
    const received = new Promise((resolve) => {
      port.onmessage = ({data}) => {
        resolve(data);
      };
    });
    inside.port?.postMessage('height');
    expect(await received).to.equal('height');
  });

  it('offers the port together with the current configuration', async () => {
    configuration = configurationWith('2px');
    greet();
    await until(() => inside.offer !== undefined);
    expect(inside.offer).to.deep.equal({
      sealed: 'port',
      channel: CHANNEL,
      configure: configurationWith('2px'),
    });
  });

  it('offers no port for a hello from another channel or window', async () => {
    const stranger = document.createElement('iframe');
    stranger.src = '/test/browser/host-sdk/blank.html';
    document.body.append(stranger);
    const other = await windowOf(stranger);
    other.eval(`addEventListener('message', (event) => { window.port = event.ports[0] ?? window.port; })`);
    greet(CHANNEL, other);
    greet('e'.repeat(32));
    greet();
    await until(() => inside.port !== undefined);
    await settled();
    expect(other.port).to.equal(undefined);
    stranger.remove();
  });

  it('offers the port only once', async () => {
    greet();
    await until(() => inside.port !== undefined);
    const first = inside.port;
    greet();
    await settled();
    expect(inside.port).to.equal(first);
  });

  it('removes Postmate’s load handler, which would post handshakes to a reloaded frame', async () => {
    greet();
    await connecting;
    expect(frame.onload).to.equal(null);
  });

  it('stops only messages from the widget’s origin that none of our frames has sent', async () => {
    const stranger = document.createElement('iframe');
    stranger.src = '/test/browser/host-sdk/blank.html';
    document.body.append(stranger);
    const other = await windowOf(stranger);
    const received: unknown[] = [];
    const onMessage = ({data}: MessageEvent) => received.push(data);
    window.addEventListener('message', onMessage);
    for (const [from, text] of [
      [other, 'stranger'],
      [inside, 'ours'],
    ] as const)
      from.eval(`parent.postMessage('${text}', '${location.origin}')`);
    const foreign = new MessageEvent('message', {
      data: 'foreign',
      origin: 'https://other.example',
      source: other,
    });
    window.dispatchEvent(foreign);
    await until(() => received.includes('ours'));
    await settled();
    window.removeEventListener('message', onMessage);
    expect([...received].sort()).to.deep.equal(['foreign', 'ours']);
    stranger.remove();
  });

  it('rejects with the reason of the signal, and then ignores the frame', async () => {
    const reason = new Error('Removed.');
    lifetime.abort(reason);
    expect(await connecting.catch((error: unknown) => error)).to.equal(reason);
    greet();
    await settled();
    expect(inside.port).to.equal(undefined);
  });
});

async function windowOf(frame: HTMLIFrameElement): Promise<FrameWindow> {
  await until(
    () =>
      frame.contentDocument?.URL.includes('blank.html') === true &&
      frame.contentDocument.readyState === 'complete',
  );
  return frame.contentWindow as unknown as FrameWindow;
}
