import {expect} from '@open-wc/testing';
import {type Bridge, openBridge} from '../../../host-sdk/bridge.ts';
import {SealedFieldsError} from '../../../widget/protocol/errors.ts';
import type {Configure, FrameEvents} from '../../../widget/protocol/messages.ts';
import type {PortOffer} from '../../../widget/protocol/handshake.ts';
import {PROTOCOL} from '../../../widget/protocol/names.ts';

const CHANNEL = 'c'.repeat(32);
const ENVELOPE = {
  values: {encrypted_number: 'AAAA'},
  keyId: 'k',
  id: 'd'.repeat(32),
  sealedAt: '2026-11-23T10:00:00.000Z',
};

/** The window of a frame document. Messages posted by its `eval` have it as their source. */
type FrameWindow = Window & {eval: (code: string) => unknown; port?: MessagePort; offer?: PortOffer};

const configurationAt = (radius: string): Configure => ({
  colorScheme: 'dark',
  theme: {radius},
  layout: 'inline',
  locale: 'de',
  labels: {},
  placeholders: {},
  disabled: false,
  optional: false,
  autoAdvance: false,
  names: {},
});

describe('bridge', () => {
  let bridge: Bridge;
  let events: [string, unknown][];
  let inside: FrameWindow;
  let closed: boolean;
  let configuration: Configure | undefined;

  const record = (name: string) => (payload?: unknown) => {
    events.push([name, payload]);
  };
  const next = (name: string) => until(() => events.some(([event]) => event === name));

  beforeEach(async () => {
    events = [];
    closed = false;
    configuration = configurationAt('1px');
    bridge = openBridge({
      url: new URL('/test/browser/host-sdk/blank.html', location.href),
      fields: ['expiry'],
      channel: CHANNEL,
      place: (frame) => {
        document.body.append(frame);
      },
      configuration: () => configuration,
      handlers: {
        ready: record('ready'),
        change: record('change'),
        title: record('title'),
        height: record('height'),
        submit: record('submit'),
      },
      onSlow: record('slow'),
      onLost: record('lost'),
      onFailure: record('failure'),
    });
    await new Promise((resolve) => {
      bridge.frame.addEventListener('load', resolve, {once: true});
    });
    await until(() => bridge.frame.contentWindow?.location.pathname.endsWith('blank.html') === true);
    inside = bridge.frame.contentWindow as unknown as FrameWindow;
    inside.eval(
      `addEventListener('message', (event) => { if (event.data.sealed === 'port') Object.assign(window, {offer: event.data, port: event.ports[0]}); })`,
    );
  });

  afterEach(() => {
    if (!closed) bridge.close(new SealedFieldsError('aborted', 'The test is over.'));
  });

  function greet(channel = CHANNEL, from = inside): void {
    from.eval(`parent.postMessage({sealed: 'hello', channel: '${channel}'}, '${location.origin}')`);
  }

  async function open(): Promise<void> {
    greet();
    await until(() => inside.port !== undefined);
  }

  function post<E extends keyof FrameEvents>(event: E, payload: FrameEvents[E]): void {
    inside.port?.postMessage({event, payload});
  }

  /** The next message that the frame receives. */
  function nextMessage(): Promise<{event: string; payload: {request: number; submission: string}}> {
    return new Promise((resolve) => {
      if (inside.port !== undefined)
        inside.port.onmessage = ({data}: MessageEvent) => {
          resolve(data as {event: string; payload: {request: number; submission: string}});
        };
    });
  }

  it('offers its port for a hello of its own frame on its own channel', async () => {
    await open();
    post('height', {height: 20});
    await next('height');
    expect(events).to.deep.equal([['height', {height: 20}]]);
  });

  it('offers its port with the configuration of that moment', async () => {
    configuration = configurationAt('2px');
    await open();
    expect(inside.offer).to.deep.equal({sealed: 'port', channel: CHANNEL, configure: configurationAt('2px')});
  });

  it('offers no port to another channel or another window', async () => {
    const stranger = document.createElement('iframe');
    stranger.src = '/test/browser/host-sdk/blank.html';
    const loaded = new Promise((resolve) => {
      stranger.addEventListener('load', resolve);
    });
    document.body.append(stranger);
    await loaded;
    const other = stranger.contentWindow as unknown as FrameWindow;
    other.eval(`addEventListener('message', (event) => { window.port = event.ports[0] ?? window.port; })`);
    greet(CHANNEL, other);
    greet('e'.repeat(32));
    await open();
    await settled();
    expect(other.port).to.equal(undefined);
    stranger.remove();
  });

  it('offers its port once', async () => {
    await open();
    const first = inside.port;
    greet();
    await settled();
    expect(inside.port).to.equal(first);
  });

  for (const [what, tamper] of [
    [
      'removes the frame',
      () => {
        bridge.frame.remove();
      },
    ],
    [
      'navigates it',
      () => {
        bridge.frame.src = 'about:blank';
      },
    ],
    [
      'writes a document into it',
      () => {
        bridge.frame.srcdoc = '';
      },
    ],
  ] as const)
    it(`fails at once when the page ${what}`, async () => {
      await open();
      const sealing = bridge
        .seal('d'.repeat(32))
        .catch((error: unknown) => (error as SealedFieldsError).code);
      tamper();
      expect(await sealing).to.equal('frame-replaced');
      expect(events.map(([name]) => name)).to.deep.equal(['failure']);
    });

  it('accepts another node next to the frame, and the same src again', async () => {
    await open();
    const {src} = bridge.frame;
    document.body.append(document.createElement('p'));
    bridge.frame.src = src;
    await settled();
    expect(events.filter(([name]) => name === 'failure')).to.deep.equal([]);
  });

  it('removes Postmate’s load handler, which would post handshakes to a reloaded frame', async () => {
    await open();
    expect(bridge.frame.onload).to.equal(null);
  });

  it('accepts a frame with the next protocol version', async () => {
    await open();
    post('ready', {protocol: PROTOCOL + 1, version: '9.0.0', fields: []});
    await next('ready');
    expect(bridge.frame.isConnected).to.equal(true);
  });

  it('rejects a frame with the version after that', async () => {
    await open();
    post('ready', {protocol: PROTOCOL + 2, version: '9.0.0', fields: []});
    await next('failure');
    expect((events[0]?.[1] as SealedFieldsError).code).to.equal('version-mismatch');
    expect(bridge.frame.isConnected).to.equal(false);
    closed = true;
  });

  it('resolves each seal with the answer to its request', async () => {
    await open();
    const asking = nextMessage();
    const first = bridge.seal('a'.repeat(32));
    const {event, payload} = await asking;
    expect([event, payload.submission]).to.deep.equal(['seal', 'a'.repeat(32)]);
    const second = bridge.seal('b'.repeat(32));
    post('sealing', {request: payload.request});
    post('sealed', {request: 999, envelope: {...ENVELOPE, keyId: 'stray'}});
    post('refused', {request: payload.request + 1, fields: [{field: 'expiry', problem: 'past'}]});
    post('sealed', {request: payload.request, envelope: ENVELOPE});
    expect(await first).to.deep.equal({ok: true, ...ENVELOPE});
    expect(await second).to.deep.equal({ok: false, fields: [{field: 'expiry', problem: 'past'}]});
  });

  it('rejects a seal with the frame’s error code', async () => {
    await open();
    const sealing = bridge.seal('a'.repeat(32));
    post('failed', {request: 1, code: 'no-secure-random'});
    expect(await codeOf(sealing)).to.equal('no-secure-random');
    expect(bridge.frame.isConnected).to.equal(true);
  });

  it('fails as a whole for a frame error without a request', async () => {
    await open();
    const sealing = bridge.seal('a'.repeat(32));
    post('failed', {code: 'key-expired'});
    expect(await codeOf(sealing)).to.equal('key-expired');
    await next('failure');
    closed = true;
  });

  it('is lost when the frame posts bye, and rejects pending seals', async () => {
    await open();
    const sealing = bridge.seal('a'.repeat(32));
    post('bye', {});
    expect(await codeOf(sealing)).to.equal('frame-lost');
    await next('lost');
    expect(events).to.have.length(1);
    closed = true;
  });

  it('is lost when the frame loads a second document', async () => {
    await open();
    inside.location.reload();
    await next('lost');
    closed = true;
  });

  it('settles everything once when it is closed, and tells nothing later', async () => {
    await open();
    const sealing = bridge.seal('a'.repeat(32));
    bridge.close(new SealedFieldsError('aborted', 'Removed.'));
    closed = true;
    expect(await codeOf(sealing)).to.equal('aborted');
    post('height', {height: 1});
    await settled();
    expect(events).to.deep.equal([]);
    expect(bridge.frame.isConnected).to.equal(false);
  });
});

async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'resolved',
    (error: unknown) => (error as SealedFieldsError).code,
  );
}

/** Resolves once the condition is true; the test's own timeout is its limit. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** A few turns of the event loop: a message that was posted before has arrived. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setTimeout(resolve));
}
