import {expect} from '@open-wc/testing';
import {parseOptions} from '../../../host-sdk/attributes.ts';
import {Connection} from '../../../host-sdk/frame/connection.ts';
import {TEXTS} from '../../../host-sdk/texts.ts';
import {SealedFieldsError} from '../../../widget/protocol/errors.ts';
import type {Configure, FrameEvents} from '../../../widget/protocol/messages.ts';
import {PROTOCOL} from '../../../widget/protocol/names.ts';
import {CONFIGURATION} from './configuration.ts';
import {holdSeconds} from './held-seconds.ts';
import {settled, until} from './turns.ts';

const OPTIONS = parseOptions({fields: 'expiry'}, {origin: location.origin, merchant: 'demo'});
const ENVELOPE = {
  values: {encrypted_number: 'AAAA'},
  keyId: 'k',
  id: 'd'.repeat(32),
  sealedAt: '2026-11-23T10:00:00.000Z',
};

type FrameWindow = Window & {eval: (code: string) => unknown};
interface SealMessage {
  event: string;
  payload: {request: number; submission: string};
}

describe('connection', () => {
  let element: HTMLElement;
  let connection: Connection;
  /** What the connection has reported to its element. */
  let events: string[];
  let inside: FrameWindow;
  /** The frame's port. */
  let port: MessagePort;

  const record = (name: string) => () => {
    events.push(name);
  };

  beforeEach(async () => {
    events = [];
    element = document.createElement('section');
    document.body.append(element);
    connection = new Connection(element, element.attachShadow({mode: 'open'}), {
      texts: () => TEXTS.en,
      locale: () => 'en',
      configuration: () => undefined,
      onReady: record('ready'),
      onChange: record('change'),
      onLost: record('lost'),
      onSubmit: record('submit'),
      onFailure: record('failure'),
      onRetry: record('retry'),
    });
    element.addEventListener('sealed-error', ({detail}) => events.push(detail.code));
    connection.open(OPTIONS);
    await connect();
  });

  afterEach(() => {
    connection.close(new SealedFieldsError('aborted', 'The test is over.'));
    element.remove();
  });

  /** Completes the handshake like a frame document. */
  async function connect(): Promise<void> {
    const {frame} = connection;
    await until(
      () => frame?.contentDocument?.URL === frame?.src && frame?.contentDocument?.readyState === 'complete',
    );
    inside = frame?.contentWindow as unknown as FrameWindow;
    const channel = new URLSearchParams(new URL(frame?.src ?? '').hash.slice(1)).get('channel') ?? '';
    port = await new Promise<MessagePort>((resolve) => {
      inside.addEventListener('message', ({ports}) => {
        if (ports[0] !== undefined) resolve(ports[0]);
      });
      inside.eval(`parent.postMessage({sealed: 'hello', channel: '${channel}'}, '${location.origin}')`);
    });
  }

  function post<E extends keyof FrameEvents>(event: E, payload: FrameEvents[E]): void {
    port.postMessage({event, payload});
  }

  async function becomeReady(protocol = PROTOCOL): Promise<void> {
    post('ready', {protocol, version: '9.0.0', fields: ['expiry']});
    await connection.ready;
    events.length = 0;
  }

  /** The next message that the frame receives. */
  function nextMessage(): Promise<SealMessage> {
    return new Promise((resolve) => {
      port.onmessage = ({data}: MessageEvent) => {
        resolve(data as SealMessage);
      };
    });
  }

  /** Requests a seal. Returns the number of the request and its result. */
  async function startSeal(submission = 'a'.repeat(32)) {
    const message = nextMessage();
    const result = connection.sealWhenReady(submission);
    result.catch(() => undefined);
    return {...(await message).payload, result};
  }

  describe('a frame that was interrupted', () => {
    let other: HTMLIFrameElement;
    let messages: string[];

    beforeEach(async () => {
      other = document.createElement('iframe');
      document.body.append(other);
      element.addEventListener('sealed-warning', ({detail}) => events.push(detail.code));
      messages = [];
      port.onmessage = ({data}: MessageEvent<{event: string; payload: {field?: string}}>) => {
        messages.push(`${data.event} ${data.payload.field ?? ''}`.trim());
      };
      await becomeReady();
    });

    afterEach(() => {
      other.remove();
    });

    /** The frame reports that it has lost the focus. Returns once the host has read that. */
    async function interrupt(): Promise<void> {
      post('interrupted', {field: 'expiry'});
      const count = events.length;
      post('submit', {});
      await until(() => events.slice(count).includes('submit'));
    }

    const focused = () => document.activeElement;

    it('gets the focus back from another frame, three times in two seconds; then user and page are told', async () => {
      for (let times = 0; times < 3; times += 1) {
        other.focus();
        await interrupt();
        expect(focused()).to.equal(connection.frame);
      }
      await until(() => messages.length === 3);
      expect(messages).to.deep.equal(['focus expiry', 'focus expiry', 'focus expiry']);
      expect(events).not.to.include('focus-taken');
      other.focus();
      await interrupt();
      expect(focused()).to.equal(other);
      expect(events).to.include('focus-taken');
      await until(() => messages.at(-1) === 'focus-taken');
    });

    it('gets the focus back if the browser still has it as the active element', async () => {
      connection.frame?.focus();
      await interrupt();
      await until(() => messages.length === 1);
      expect(messages).to.deep.equal(['focus expiry']);
    });

    it('does not get a message that its protocol does not have', async () => {
      await becomeReady(1);
      for (let times = 0; times < 5; times += 1) {
        other.focus();
        await interrupt();
      }
      expect(events.filter((event) => event === 'focus-taken')).to.have.length(2);
      connection.send('clear', {});
      await until(() => messages.includes('clear'));
      expect(messages).not.to.include('focus-taken');
    });

    it('does not get the focus back from what the user or the page has focused', async () => {
      const input = document.createElement('input');
      const fields = document.createElement('sealed-fields');
      const dialog = document.createElement('dialog');
      document.body.append(input, fields, dialog);
      const inFields = fields.appendChild(document.createElement('iframe'));
      const inDialog = dialog.appendChild(document.createElement('iframe'));
      dialog.show();
      for (const target of [input, inFields, inDialog]) {
        target.focus();
        await interrupt();
        expect(focused()).to.equal(target);
      }
      window.dispatchEvent(new PointerEvent('pointerdown'));
      other.focus();
      await interrupt();
      expect(focused()).to.equal(other);
      expect(messages).to.deep.equal([]);
      for (const each of [input, fields, dialog]) each.remove();
    });
  });

  describe('timeouts', () => {
    let clock: ReturnType<typeof holdSeconds>;
    const fetch = window.fetch.bind(window);

    beforeEach(() => {
      clock = holdSeconds();
      window.fetch = () => Promise.reject(new TypeError('offline'));
      connection.open(OPTIONS);
      events.length = 0;
      element.addEventListener('sealed-warning', ({detail}) => events.push(detail.code));
    });

    afterEach(() => {
      clock.restore();
      window.fetch = fetch;
    });

    function pass(seconds: number): void {
      for (let second = 0; second < seconds; second += 1) clock.pass();
    }

    it('warn after 10 seconds, and fail after 20', async () => {
      pass(9);
      expect(events).to.deep.equal([]);
      pass(1);
      expect(events).to.deep.equal(['slow']);
      await settled(); // the request to the widget host fails
      pass(9);
      expect(events).to.deep.equal(['slow']);
      pass(1);
      expect(events).to.deep.equal(['slow', 'failure', 'frame-unreachable']);
    });

    it('stop when the frame is ready', async () => {
      await connect();
      await becomeReady();
      pass(60);
      expect([connection.status, events]).to.deep.equal(['ready', []]);
    });

    it('continue after the handshake until the frame is ready', async () => {
      await connect();
      pass(20);
      expect(events).to.deep.equal(['slow', 'failure', 'frame-timeout']);
    });
  });

  it('sets the height that the frame reports', async () => {
    post('height', {height: 20});
    await until(() => connection.frame?.style.blockSize === '20px');
  });

  for (const [what, tamper] of Object.entries<(frame: HTMLIFrameElement | undefined) => void>({
    'navigates it': (frame) => {
      if (frame) frame.src = 'about:blank';
    },
    'writes a document into it': (frame) => {
      if (frame) frame.srcdoc = '';
    },
  }))
    it(`fails at once when the page ${what}`, async () => {
      await becomeReady();
      const {result} = await startSeal();
      tamper(connection.frame);
      expect(await codeOf(result)).to.equal('frame-replaced');
      await settled();
      expect(events).to.deep.equal(['failure', 'frame-replaced']);
    });

  it('reports a frame that the page removes as lost, and fails when the page removes the fourth', async () => {
    const reasons: unknown[] = [];
    element.addEventListener('sealed-warning', ({detail}) => events.push(detail.code));
    for (const removal of [1, 2, 3, 4]) {
      const {ready} = connection;
      if (removal === 1) {
        await becomeReady();
        const {result} = await startSeal();
        connection.frame?.remove();
        reasons.push(await codeOf(result));
      } else connection.frame?.remove();
      await settled();
      if (removal === 4) reasons.push(await codeOf(ready));
      else connection.open(OPTIONS);
    }
    expect(reasons).to.deep.equal(['frame-replaced', 'frame-replaced']);
    const reopened = ['frame-removed', 'lost'];
    expect(events.filter((event) => event !== 'ready')).to.deep.equal([
      ...reopened,
      ...reopened,
      ...reopened,
      'failure',
      'frame-replaced',
    ]);
  });

  it('loads a frame at once that a script has made lazy', async () => {
    const {frame} = connection;
    frame?.setAttribute('loading', 'lazy');
    await settled();
    expect(frame?.loading).to.equal('eager');
  });

  it('does not fail for another node next to the frame, or for the same src again', async () => {
    await becomeReady();
    element.append(document.createElement('p'));
    if (connection.frame) connection.frame.src = connection.frame.src;
    await settled();
    expect(events).to.not.include('failure');
  });

  it('accepts a frame with the next protocol version', async () => {
    await becomeReady(PROTOCOL + 1);
    expect(connection.status).to.equal('ready');
  });

  it('rejects a frame with the protocol version after the next', async () => {
    post('ready', {protocol: PROTOCOL + 2, version: '9.0.0', fields: []});
    expect(await codeOf(connection.ready)).to.equal('version-mismatch');
    expect([connection.frame, events]).to.deep.equal([undefined, ['failure', 'version-mismatch']]);
  });

  it('resolves each seal with the answer to its request', async () => {
    await becomeReady();
    const first = await startSeal('a'.repeat(32));
    const second = await startSeal('b'.repeat(32));
    expect([first.submission, second.submission]).to.deep.equal(['a'.repeat(32), 'b'.repeat(32)]);
    post('sealing', {request: first.request});
    post('sealed', {request: 999, envelope: {...ENVELOPE, keyId: 'stray'}});
    post('refused', {request: second.request, fields: [{field: 'expiry', problem: 'past'}]});
    post('sealed', {request: first.request, envelope: ENVELOPE});
    expect(await first.result).to.deep.equal({ok: true, ...ENVELOPE});
    expect(await second.result).to.deep.equal({ok: false, fields: [{field: 'expiry', problem: 'past'}]});
  });

  it('rejects a seal with the frame’s error code', async () => {
    await becomeReady();
    const {request, result} = await startSeal();
    post('failed', {request, code: 'no-secure-random'});
    expect(await codeOf(result)).to.equal('no-secure-random');
    expect(connection.status).to.equal('ready');
  });

  it('fails on a frame error without a request', async () => {
    await becomeReady();
    const {result} = await startSeal();
    post('failed', {code: 'key-expired'});
    expect(await codeOf(result)).to.equal('key-expired');
    expect(events).to.deep.equal(['failure', 'key-expired']);
  });

  it('is lost when the frame posts bye, and rejects pending seals', async () => {
    await becomeReady();
    const {result} = await startSeal();
    post('bye', {});
    expect(await codeOf(result)).to.equal('frame-lost');
    expect([connection.frame, events]).to.deep.equal([undefined, ['lost']]);
  });

  it('is lost when the frame loads a second document', async () => {
    await becomeReady();
    inside.location.reload();
    await until(() => events.length > 0);
    expect(events).to.deep.equal(['lost']);
  });

  it('fails when the frame is unloaded before it is ready', async () => {
    post('bye', {});
    expect(await codeOf(connection.ready)).to.equal('frame-lost');
    expect(events).to.deep.equal(['failure', 'frame-lost']);
  });

  it('rejects pending promises once when it is closed, and reports nothing later', async () => {
    await becomeReady();
    const {result} = await startSeal();
    connection.close(new SealedFieldsError('aborted', 'Removed.'));
    expect(await codeOf(result)).to.equal('aborted');
    post('height', {height: 1});
    await settled();
    expect([connection.frame, events]).to.deep.equal([undefined, []]);
  });

  it('sends a throttled configuration before a seal', async () => {
    await becomeReady();
    const received: string[] = [];
    port.onmessage = ({data}: MessageEvent<{event: string; payload: Partial<Configure>}>) =>
      received.push(`${data.event} ${data.payload.locale ?? ''}`.trim());
    for (const locale of ['de', 'fr', 'ja'] as const) connection.configure({...CONFIGURATION, locale});
    void connection.sealWhenReady('a'.repeat(32)).catch(() => undefined);
    await until(() => received.length === 3);
    expect(received).to.deep.equal(['configure de', 'configure ja', 'seal']);
  });

  it('resets the state of the fields when the frame is closed', async () => {
    const state = {fields: {}, empty: false, complete: true, sealed: false};
    post('change', state);
    await until(() => events.includes('change'));
    expect(connection.state).to.deep.include(state);
    connection.open(OPTIONS);
    expect(connection.state).to.deep.equal({fields: {}, empty: true, complete: false, sealed: false});
  });

  it('opens a new frame, and then ignores the previous one', async () => {
    await becomeReady();
    const before = port;
    connection.open(OPTIONS);
    expect(element.querySelectorAll('iframe')).to.have.length(1);
    before.postMessage({event: 'bye', payload: {}});
    await connect();
    await becomeReady();
    expect(connection.status).to.equal('ready');
  });
});

function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'resolved',
    (error: unknown) => (error as SealedFieldsError).code,
  );
}
