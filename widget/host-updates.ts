import type {PaymentForm} from './components/payment-form.ts';
import type {FrameEvents} from './protocol/messages.ts';
import {brandFor, HEIGHT_LIMIT_PX} from './protocol/names.ts';
import type {Send} from './protocol/port.ts';

/** What {@link HostUpdates} reads of the view. */
type UpdateSource = Pick<PaymentForm, 'fieldsState' | 'frameTitle' | 'getBoundingClientRect'>;

/** Posts `change`, `title` and `height` if the value differs from the last one posted. Synchronous. */
export class HostUpdates {
  readonly #send: Send<FrameEvents>;
  readonly #view: UpdateSource;
  readonly #protocol: number;
  readonly #posted: Partial<Record<keyof FrameEvents, string>> = {};

  /** @param protocol that of the host. */
  constructor(send: Send<FrameEvents>, view: UpdateSource, protocol: number) {
    this.#send = send;
    this.#view = view;
    this.#protocol = protocol;
  }

  /** Posts the state of the fields. @param isForced posts it even if it has not changed; the other methods have it, too. */
  postChange(isForced?: boolean): void {
    const state = this.#view.fieldsState;
    const brand = brandFor(this.#protocol, state.brand);
    this.#post('change', brand === state.brand ? state : {...state, brand}, isForced);
  }

  /** Also sets the document's title. Posts it after a change of language, too: the host has then replaced it by its own. */
  postTitle(isForced?: boolean): void {
    const title = this.#view.frameTitle;
    document.title = title;
    this.#post('title', {title}, isForced, document.documentElement.lang);
  }

  /** Posts the height in whole CSS pixels, rounded up so that nothing is cut off. Nothing if the frame is not rendered. */
  postHeight(isForced?: boolean): void {
    const {height} = this.#view.getBoundingClientRect();
    if (window.innerWidth > 0)
      this.#post('height', {height: Math.min(HEIGHT_LIMIT_PX, Math.ceil(height))}, isForced);
  }

  #post<E extends 'change' | 'title' | 'height'>(
    event: E,
    payload: FrameEvents[E],
    isForced = false,
    language = '',
  ): void {
    const posted = language + JSON.stringify(payload);
    if (posted === this.#posted[event] && !isForced) return;
    this.#posted[event] = posted;
    this.#send(event, payload);
  }
}
