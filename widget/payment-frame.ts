import {DEFAULT_SETTINGS, PaymentForm} from './components/payment-form.ts';
import {waitForFirstPaint} from './first-paint.ts';
import {handleFocus} from './focus-handoff.ts';
import {attempt, configure, markInterrupted, startForm} from './form/state.ts';
import {openHostChannel} from './host-channel.ts';
import {HostUpdates} from './host-updates.ts';
import {localize} from './localize.ts';
import {type MerchantRecord, rename} from './merchant-record.ts';
import {followPageLifecycle, type PageLifecycle} from './page-lifecycle.ts';
import type {ErrorCode} from './protocol/errors.ts';
import type {FrameParams} from './protocol/frame-params.ts';
import type {Configure, FrameEvents, Seal} from './protocol/messages.ts';
import {type FieldName, PROTOCOL} from './protocol/names.ts';
import type {Send} from './protocol/port.ts';
import {EncryptionCode} from './seal/load-crypto.ts';
import {findObstacle, prepareSeal, sealForm} from './seal/seal-form.ts';
import {applyTheme} from './theme/apply.ts';
import {STYLES} from './theme/styles.ts';
import {watchTyping} from './typing-watch.ts';

declare const VERSION: string;

const FIELDS_WITH_ICON: readonly FieldName[] = ['cardNumber', 'securityCode'];

/**
 * The frame of one element: connects the form's controller and view with the channel to the host.
 *
 * The view applies a keystroke to the controller, whose `state-change` event makes the frame post `change`. A `seal` from
 * the host reads the controller's state and is answered over the same port.
 */
export class PaymentFrame {
  readonly #record: MerchantRecord;
  readonly #fields: readonly FieldName[];
  readonly #view = new PaymentForm();
  readonly #form = this.#view.controller;
  readonly #setLocale = localize(this.#view);
  readonly #encryption: EncryptionCode;
  readonly #lifecycle: PageLifecycle;
  readonly #send: Send<FrameEvents>;
  readonly #updates: HostUpdates;
  readonly #typing = watchTyping((field) => {
    this.#send('interrupted', {field});
  });
  #onConfigured = () => {};
  /** The record with the form value names of the page. */
  #renamed: MerchantRecord;
  /** The page's origin, known from the handshake. */
  #hostOrigin = '';

  /** Shows the fields and waits for the host's handshake. */
  constructor(record: MerchantRecord, params: FrameParams) {
    const {channel, protocol, fields, layout, locale, colorScheme, looks} = params;
    const view = this.#view;
    this.#record = this.#renamed = record;
    this.#fields = fields;
    this.#encryption = new EncryptionCode(record.profile);
    view.settings = {...DEFAULT_SETTINGS, layout};
    this.#form.apply(() => startForm(fields, record.brands));
    applyTheme({}, colorScheme);
    const configured = looks === 'own' && new Promise<void>((resolve) => (this.#onConfigured = resolve));
    const mounted = Promise.all([this.#setLocale(locale), configured]).then(() => mount(view));
    const painted = waitForFirstPaint(mounted);
    // Loads the code that the first paint does not need. A chunk that fails to load is requested again when it is needed.
    void painted.then(() => this.#encryption.load()).catch(() => undefined);
    if (fields.some((name) => FIELDS_WITH_ICON.includes(name)))
      void painted.then(() => import('./components/icons.ts')).catch(() => undefined);

    const moveFocus = handleFocus(view);
    this.#send = openHostChannel(
      channel,
      record.origins,
      {
        configure: this.#configure.bind(this),
        seal: (seal) => void this.#answerSeal(seal),
        focus: moveFocus,
        attempt: () => {
          view.readControls();
          this.#form.apply(attempt);
        },
        clear: () => {
          view.clear();
        },
        'focus-taken': () => {
          this.#form.apply(markInterrupted);
        },
      },
      (origin) => {
        this.#hostOrigin = origin;
        const code = findObstacle(fields, record, new Date());
        this.#fail(code);
        if (code !== undefined) return;
        void mounted.then(this.#present.bind(this));
        void painted.then(() => prepareSeal(record, this.#encryption)).then(this.#fail.bind(this));
      },
    );
    this.#updates = new HostUpdates(this.#send, view, protocol);
    this.#lifecycle = followPageLifecycle(view, this.#present.bind(this), () => {
      this.#send('bye', {});
    });

    view.addEventListener('state-change', () => {
      // Before its first render, the view may have no texts. Nothing may be posted to a frozen page.
      if (!this.#lifecycle.isFrozen() && view.hasUpdated) this.#updates.postChange();
    });
    view.addEventListener('field-input', () => {
      this.#lifecycle.postponeWipe();
    });
    view.addEventListener('enter', () => {
      this.#send('submit', {});
    });
    new ResizeObserver(() => {
      this.#updates.postHeight();
    }).observe(view);
  }

  /** Posts a failure of the whole frame, unless `code` is undefined. */
  #fail(code: ErrorCode | undefined): void {
    if (code !== undefined) this.#send('failed', {code});
  }

  /** Posts all updates, then `ready`: the host shows the frame in place of its skeleton. */
  #present(): void {
    this.#updates.postChange(true);
    this.#updates.postTitle(true);
    this.#updates.postHeight(true);
    this.#send('ready', {protocol: PROTOCOL, version: VERSION, fields: [...this.#fields]});
  }

  #configure(configuration: Configure): void {
    const renamed = rename(this.#record, configuration.names);
    if (renamed === undefined) this.#fail('config-invalid');
    else this.#renamed = renamed;
    applyTheme(configuration.theme ?? {}, configuration.colorScheme);
    this.#view.settings = configuration;
    this.#form.apply(configure, configuration);
    this.#onConfigured();
    void this.#setLocale(configuration.locale).then(() => {
      this.#updates.postChange();
      this.#updates.postTitle();
    });
  }

  /** Answers one `seal`: at once with `sealing`, then with the result. */
  async #answerSeal({request, submission}: Seal): Promise<void> {
    this.#lifecycle.postponeWipe();
    this.#typing.end();
    this.#view.readControls();
    this.#send('sealing', {request});
    const result = await sealForm(
      this.#form,
      this.#renamed,
      {id: submission, origin: this.#hostOrigin},
      this.#encryption,
    );
    if ('envelope' in result) this.#send('sealed', {request, ...result});
    else if ('fields' in result) this.#send('refused', {request, ...result});
    else this.#send('failed', {request, ...result});
  }
}

/** Replaces the document's content with the view. Resolves once its height is final. */
async function mount(view: PaymentForm): Promise<void> {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLES);
  document.adoptedStyleSheets.push(sheet);
  document.body.replaceChildren(view);
  await view.updateComplete;
  await Promise.all(Array.from(view.querySelectorAll('hosted-field'), (field) => field.updateComplete));
}
