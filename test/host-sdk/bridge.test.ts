import {expect} from '@open-wc/testing';
import {type Bridge, openBridge} from '../../host-sdk/bridge.ts';
import {SealedFieldsError} from '../../widget/protocol/errors.ts';
import type {FrameEvents} from '../../widget/protocol/frame-events.ts';
import type {Configure} from '../../widget/protocol/host-events.ts';
import type {PortOffer} from '../../widget/protocol/greeting.ts';
import {PROTOCOL} from '../../widget/protocol/names.ts';

const CHANNEL = 'c'.repeat(32);
const ENVELOPE = {
  values: {encrypted_number: 'AAAA'},
  keyId: 'k',
  id: 'd'.repeat(32),
  sealedAt: '2026-11-23T10:00:00.000Z',
};

/** Speaks inside a document, so that messages have its window as their source. */
type Inside = Window & {eval: (code: string) => unknown; port?: MessagePort; offer?: PortOffer};

/** What the page has to say of its fields by now. */
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
  let inside: Inside;
  let closed: boolean;
  let configuration: Configure | undefined;

  const note = (name: string) => (payload?: unknown) => {
    events.push([name, payload]);
  };
  const next = (name: string) => until(() => events.some(([event]) => event === name));

  beforeEach(async () => {
    events = [];
    closed = false;
    configuration = configurationAt('1px');
    bridge = openBridge({
      url: new URL('/test/host-sdk/blank.html', location.href),
      fields: ['expiry'],
      channel: CHANNEL,
      place: (frame) => {
        document.body.append(frame);
      },
      configuration: () => configuration,
      handlers: {
        ready: note('ready'),
        change: note('change'),
        title: note('title'),
        height: note('height'),
        submit: note('submit'),
      },
      onSlow: note('slow'),
      onLost: note('lost'),
      onFailure: note('failure'),
    });
    await new Promise((resolve) => {
      bridge.frame.addEventListener('load', resolve, {once: true});
    });
    await until(() => bridge.frame.contentWindow?.location.pathname.endsWith('blank.html') === true);
    inside = bridge.frame.contentWindow as unknown as Inside;
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

  function say<E extends keyof FrameEvents>(event: E, payload: FrameEvents[E]): void {
    inside.port?.postMessage({event, payload});
  }

  /** What the frame hears next. */
  function heard(): Promise<{event: string; payload: {request: number; submission: string}}> {
    return new Promise((resolve) => {
      if (inside.port !== undefined)
        inside.port.onmessage = ({data}: MessageEvent) => {
          resolve(data as {event: string; payload: {request: number; submission: string}});
        };
    });
  }

  it('gives its port to a hello of its own frame on its own channel', async () => {
    await open();
    say('height', {height: 20});
    await next('height');
    expect(events).to.deep.equal([['height', {height: 20}]]);
  });

  it('gives with its port what the frame shall be, as it is by then', async () => {
    configuration = configurationAt('2px');
    await open();
    expect(inside.offer).to.deep.equal({sealed: 'port', channel: CHANNEL, configure: configurationAt('2px')});
  });

  it('gives no port to another channel, nor to another window', async () => {
    const stranger = document.createElement('iframe');
    stranger.src = '/test/host-sdk/blank.html';
    const loaded = new Promise((resolve) => {
      stranger.addEventListener('load', resolve);
    });
    document.body.append(stranger);
    await loaded;
    const other = stranger.contentWindow as unknown as Inside;
    other.eval(`addEventListener('message', (event) => { window.port = event.ports[0] ?? window.port; })`);
    greet(CHANNEL, other);
    greet('e'.repeat(32));
    await open();
    await settled();
    expect(other.port).to.equal(undefined);
    stranger.remove();
  });

  it('gives one port, once', async () => {
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
      'leads it elsewhere',
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

  it('does not mind another node beside the frame, nor its own address once more', async () => {
    await open();
    const {src} = bridge.frame;
    document.body.append(document.createElement('p'));
    bridge.frame.src = src;
    await settled();
    expect(events.filter(([name]) => name === 'failure')).to.deep.equal([]);
  });

  it('stops Postmate from greeting a reloaded frame for ever', async () => {
    await open();
    expect(bridge.frame.onload).to.equal(null);
  });

  it('takes a frame of the protocol after this', async () => {
    await open();
    say('ready', {protocol: PROTOCOL + 1, version: '9.0.0', fields: []});
    await next('ready');
    expect(bridge.frame.isConnected).to.equal(true);
  });

  it('refuses a frame of the protocol after that', async () => {
    await open();
    say('ready', {protocol: PROTOCOL + 2, version: '9.0.0', fields: []});
    await next('failure');
    expect((events[0]?.[1] as SealedFieldsError).code).to.equal('version-mismatch');
    expect(bridge.frame.isConnected).to.equal(false);
    closed = true;
  });

  it('resolves each seal with its own answer', async () => {
    await open();
    const asked = heard();
    const first = bridge.seal('a'.repeat(32));
    const {event, payload} = await asked;
    expect([event, payload.submission]).to.deep.equal(['seal', 'a'.repeat(32)]);
    const second = bridge.seal('b'.repeat(32));
    say('sealing', {request: payload.request});
    say('sealed', {request: 999, envelope: {...ENVELOPE, keyId: 'stray'}});
    say('refused', {request: payload.request + 1, fields: [{field: 'expiry', problem: 'past'}]});
    say('sealed', {request: payload.request, envelope: ENVELOPE});
    expect(await first).to.deep.equal({ok: true, ...ENVELOPE});
    expect(await second).to.deep.equal({ok: false, fields: [{field: 'expiry', problem: 'past'}]});
  });

  it('rejects a seal with the code of the frame', async () => {
    await open();
    const sealing = bridge.seal('a'.repeat(32));
    say('failed', {request: 1, code: 'no-secure-random'});
    expect(await codeOf(sealing)).to.equal('no-secure-random');
    expect(bridge.frame.isConnected).to.equal(true);
  });

  it('fails as a whole when the frame says so without a request', async () => {
    await open();
    const sealing = bridge.seal('a'.repeat(32));
    say('failed', {code: 'key-expired'});
    expect(await codeOf(sealing)).to.equal('key-expired');
    await next('failure');
    closed = true;
  });

  it('is lost when the frame says bye, and rejects what was asked', async () => {
    await open();
    const sealing = bridge.seal('a'.repeat(32));
    say('bye', {});
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
    say('height', {height: 1});
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

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Long enough for a message to have come, had one been sent: a few round trips of the event loop. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setTimeout(resolve));
}
