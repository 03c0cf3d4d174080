import {openBridge} from './host-channel.ts';
import {Ciphers} from './seal/load-crypto.ts';
import {PaymentForm} from './components/payment-form.ts';
import {attempt, configure, faults, type FormState, markFailed, markSealed, startForm} from './form/state.ts';
import {firstSight} from './first-paint.ts';
import {whenIdle} from './page-lifecycle.ts';
import type {Envelope} from './protocol/envelope.ts';
import {type ErrorCode, SealedFieldsError} from './protocol/errors.ts';
import type {FrameEvents} from './protocol/messages.ts';
import {type FieldName, PROTOCOL} from './protocol/names.ts';
import {type FrameParams, parseFrameParams} from './protocol/frame-params.ts';
import type {Send} from './protocol/port.ts';
import {type MerchantRecord, parseRecord, rename} from './merchant-record.ts';
import {speaking} from './localize.ts';
import {changes, heights, titles} from './host-updates.ts';
import {STYLES} from './theme/styles.ts';
import {obstacleTo, submit} from './seal/seal-form.ts';
import {applyTheme} from './theme/apply.ts';

declare const VERSION: string;

/** Milliseconds without an edit or a submission after which what was typed is wiped, and what was sealed of it is stale. */
const IDLE = 10 * 60 * 1000;

/** Milliseconds for which what the page wanted outlives the focus. */
const BLUR = 500;

/** Fields that have a picture beside them. */
const PICTURED: readonly FieldName[] = ['cardNumber', 'securityCode'];

/** Fields stand at once, the bridge opens beside them; without an allowed page around us, a line of text does. */
function boot(): void {
  try {
    const record = parseRecord(JSON.parse(document.getElementById('record')?.textContent ?? ''));
    const opening = parseFrameParams(location.hash.slice(1));
    if (isAllowed(record.origins)) {
      start(record, opening);
      return;
    }
  } catch {
    // What is wrong is said by the host: its deadline runs out.
  }
  document.body.textContent = 'These payment fields work inside the page of a shop.';
}

/**
 * Whether this document is framed, and every ancestor that the browser lists has one of the record's origins.
 *
 * @seam ancestors
 */
function isAllowed(origins: readonly string[]): boolean {
  const {ancestorOrigins} = location as {ancestorOrigins?: DOMStringList};
  return (
    window.parent !== window && Array.from(ancestorOrigins ?? []).every((origin) => origins.includes(origin))
  );
}

function start(record: MerchantRecord, {channel, fields, layout, ...page}: FrameParams): void {
  const form = new PaymentForm();
  form.settings = {...form.settings, layout};
  form.state = startForm(fields, record.brands);
  const speak = speaking(form);
  applyTheme({}, page.colorScheme);
  let onConfigured = () => {};
  const cue = page.looks === 'own' && new Promise<void>((resolve) => (onConfigured = resolve));
  const standing = Promise.all([speak(page.locale), cue]).then(() => mount(form));
  let renamed = record;
  let origin = ''; // of the page, by its handshake
  let wanted: FieldName | undefined; // by the page's word, which may come before the focus that it goes with
  const ciphers = new Ciphers(record.profile);
  const seen = firstSight(standing);
  void seen.then(() => ciphers.load()).catch(() => undefined);
  if (fields.some((name) => PICTURED.includes(name)))
    void seen.then(() => import('./components/icons.ts')).catch(() => undefined); // their words stand there

  const say = openBridge(
    channel,
    record.origins,
    {
      configure({brand, optional, names, colorScheme, theme = {}, locale, ...settings}) {
        const named = rename(record, names);
        if (named === undefined) say('failed', {code: 'config-invalid'});
        else renamed = named;
        applyTheme(theme, colorScheme);
        form.settings = settings;
        form.transit(configure(form.state, {brand, optional}));
        onConfigured();
        void speak(locale).then(() => {
          tellChange(form);
          tellTitle(form);
        });
      },
      seal({request, submission}) {
        postponeWipe();
        form.takeUp();
        const occasion = {id: submission, origin};
        void seal(form, request, say, (snapshot) => submit(snapshot, renamed, occasion, ciphers));
      },
      focus({field}) {
        wanted = field;
        form.focusField(field);
      },
      attempt() {
        form.takeUp();
        form.transit(attempt(form.state));
      },
      clear() {
        form.clear();
      },
    },
    (page) => {
      origin = page;
      const code = obstacleTo(fields, record, new Date());
      if (code !== undefined) {
        say('failed', {code}); // before anything is typed
        return;
      }
      void standing.then(present);
      void seen
        .then(() => prepare(ciphers, record))
        .then((code) => {
          if (code !== undefined) say('failed', {code});
        });
    },
  );

  const tellChange = changes(say);
  const tellTitle = titles(say);
  const tellHeight = heights(say);
  const present = () => {
    tellChange(form, true);
    tellTitle(form, true);
    tellHeight(form, true); // before the page takes the skeleton away
    say('ready', {protocol: PROTOCOL, version: VERSION, fields: [...fields]});
  };
  /** Empties the fields before someone else can see them. @seam wipe */
  const wipe = () => {
    form.clear();
  };
  const postponeWipe = whenIdle(IDLE, wipe);
  let isLeaving = false;
  let isPointed = false;

  form.addEventListener('state-change', () => {
    if (!isLeaving && form.hasUpdated) tellChange(form); // before, it may have no words for it yet
  });
  form.addEventListener('field-input', postponeWipe);
  form.addEventListener('enter', () => {
    say('submit', {});
  });
  new ResizeObserver(() => {
    tellHeight(form);
  }).observe(form);

  // A focus that comes from the page, by a label or a refused submit, belongs into a field. The browser puts it there
  // itself by Tab and by a click on an input, later than this event; a click beside them means none.
  window.addEventListener('pointerdown', () => (isPointed = true), true);
  window.addEventListener('blur', () => {
    isPointed = false;
    // One that a focus follows comes late: the page's word for that focus has overtaken it.
    setTimeout(() => {
      if (!document.hasFocus()) wanted = undefined;
    }, BLUR);
  });
  window.addEventListener('focus', () =>
    setTimeout(() => {
      if (!isPointed && document.activeElement === document.body && document.hasFocus())
        form.focusField(wanted);
    }),
  );

  // WebKit lets no script put the caret into a frame that was never touched: there the first key to be typed brings it.
  window.addEventListener('keydown', ({key}) => {
    if (key.length === 1 && !isPointed && document.activeElement === document.body) form.focusField(wanted);
  });

  // To a page that is frozen nothing may be said: it would cost its place in Firefox's back/forward cache.
  window.addEventListener('pagehide', ({persisted}) => {
    isLeaving = persisted;
    wipe();
    if (!persisted) say('bye', {});
  });
  window.addEventListener('pageshow', ({persisted}) => {
    isLeaving = false;
    if (!persisted) return;
    wipe();
    present();
  });
}

/** @returns once the fields stand: the form has its height then. */
async function mount(form: PaymentForm): Promise<void> {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLES);
  document.adoptedStyleSheets.push(sheet);
  document.body.replaceChildren(form);
  await form.updateComplete;
  await Promise.all(Array.from(form.querySelectorAll('hosted-field'), (field) => field.updateComplete));
}

/** Answers one `seal`: at once that it was heard, then with an envelope, the faults, or the code of a failure. */
async function seal(
  form: PaymentForm,
  request: number,
  say: Send<FrameEvents>,
  envelopeOf: (snapshot: FormState) => Promise<Envelope>,
): Promise<void> {
  say('sealing', {request});
  const snapshot = form.state;
  const fields = faults({...snapshot, optional: false});
  if (fields.length > 0) {
    form.transit(attempt(snapshot));
    say('refused', {request, fields});
    return;
  }
  form.transit(markSealed(snapshot));
  try {
    say('sealed', {request, envelope: await envelopeOf(snapshot)});
  } catch (error) {
    form.transit(markFailed(form.state));
    say('failed', {request, code: codeOf(error)});
  }
}

/** Warms the ciphers, so that the first seal is as fast as the second. @returns the code of what will never seal. */
async function prepare(ciphers: Ciphers, record: MerchantRecord): Promise<ErrorCode | undefined> {
  const crypto = await ciphers.load().catch(() => undefined); // asked for again when it is needed
  try {
    await crypto?.warm(record, new Date());
    return undefined;
  } catch (error) {
    return codeOf(error);
  }
}

function codeOf(error: unknown): ErrorCode {
  return error instanceof SealedFieldsError ? error.code : 'seal-failed';
}

boot();
