import type {SealedFieldsElement} from '../../../host-sdk/element.ts';
import type {FrameEvents, HostEvents} from '../../../widget/protocol/messages.ts';
import type {PortOffer} from '../../../widget/protocol/handshake.ts';
import {PROTOCOL} from '../../../widget/protocol/names.ts';

type FrameWindow = Window & {eval: (code: string) => unknown};
type Message = {[E in keyof HostEvents]: {event: E; payload: HostEvents[E]}}[keyof HostEvents];

const REQUIRED = {status: 'empty', focused: false, visited: false} as const;

/**
 * Replaces the frame document of one element, on the origin of the test. It has one field, `expiry`, and answers a `seal`
 * at once unless the test sets {@link ScriptedFrame.onSeal}.
 */
export class ScriptedFrame {
  /** The configuration that the host sent with the port. */
  offered: HostEvents['configure'] | undefined;
  /** The messages from the host. */
  readonly received: Message[] = [];
  /** Handles a `seal` instead of {@link answer}. */
  onSeal: (request: number) => void = (request) => {
    this.answer(request);
  };
  #isComplete = false;
  #submission = '';

  private constructor(
    readonly iframe: HTMLIFrameElement,
    readonly port: MessagePort,
  ) {
    port.onmessage = ({data}: MessageEvent<Message>) => {
      this.received.push(data);
      if (data.event === 'clear') this.setComplete(false);
      if (data.event !== 'seal') return;
      this.#submission = data.payload.submission;
      this.onSeal(data.payload.request);
    };
  }

  /** Answers the handshake of an element's current frame and reports `ready`, with an empty field. */
  static async of(element: SealedFieldsElement, protocol = PROTOCOL): Promise<ScriptedFrame> {
    const iframe = element.querySelector('iframe');
    if (iframe === null) throw new Error('The element has no frame.');
    if (iframe.contentDocument?.URL !== iframe.src || iframe.contentDocument.readyState !== 'complete')
      await new Promise((resolve) => {
        iframe.addEventListener('load', resolve, {once: true});
      });
    const inside = iframe.contentWindow as FrameWindow;
    const channel = new URLSearchParams(new URL(iframe.src).hash.slice(1)).get('channel') ?? '';
    const {port, offer} = await new Promise<{port: MessagePort; offer: PortOffer}>((resolve) => {
      inside.addEventListener('message', ({ports: [offered], data}: MessageEvent<PortOffer>) => {
        if (offered !== undefined) resolve({port: offered, offer: data});
      });
      inside.eval(`parent.postMessage({sealed: 'hello', channel: '${channel}'}, '${location.origin}')`);
    });
    const frame = new ScriptedFrame(iframe, port);
    frame.offered = offer.configure;
    frame.post('ready', {protocol, version: '1.0.0', fields: ['expiry']});
    await frame.setComplete(false);
    return frame;
  }

  post<E extends keyof FrameEvents>(event: E, payload: FrameEvents[E]): void {
    this.port.postMessage({event, payload});
  }

  /** Completes or empties the field. Resolves once the element has received the change. */
  async setComplete(isComplete: boolean): Promise<void> {
    this.#isComplete = isComplete;
    await this.#change(false);
  }

  /** Seals the field, or rejects it as empty. */
  answer(request: number): void {
    if (!this.#isComplete) {
      this.post('refused', {request, fields: [{field: 'expiry', problem: 'required'}]});
      return;
    }
    this.post('sealing', {request});
    void this.#change(true);
    const sealedAt = new Date().toISOString();
    const values = {encrypted_expiration_month: `sealed ${crypto.randomUUID()}`};
    this.post('sealed', {request, envelope: {values, keyId: 'k', id: this.#submission, sealedAt}});
  }

  /** Leaves every `seal` unanswered until `release` is called. */
  holdSeals(): {release: () => void} {
    const held: number[] = [];
    const {onSeal} = this;
    this.onSeal = (request) => held.push(request);
    return {
      release: () => {
        this.onSeal = onSeal;
        for (const request of held) this.answer(request);
      },
    };
  }

  /** The requests of the `seal` messages received so far. */
  get seals(): number[] {
    return this.received.flatMap(({event, payload}) => (event === 'seal' ? [payload.request] : []));
  }

  /** The brand in the last `configure` message. */
  get brand(): string | undefined {
    return this.received.flatMap((each) => (each.event === 'configure' ? [each.payload.brand] : [])).at(-1);
  }

  /** Whether the last `configure` message disables the fields. */
  get isDisabled(): boolean | undefined {
    return this.received
      .flatMap((each) => (each.event === 'configure' ? [each.payload.disabled] : []))
      .at(-1);
  }

  #change(sealed: boolean): Promise<void> {
    const isComplete = this.#isComplete;
    const heard = new Promise<void>((resolve) => {
      this.iframe.parentElement?.addEventListener(
        'sealed-change',
        () => {
          resolve();
        },
        {once: true},
      );
    });
    this.post('change', {
      fields: {expiry: {...REQUIRED, status: isComplete ? 'valid' : 'empty'}},
      empty: !isComplete,
      complete: isComplete,
      sealed,
      ...(!isComplete && {message: 'Enter the expiry date.'}),
    });
    return heard;
  }
}
