import {openBridge} from './bridge.ts';
import {Ciphers} from './crypto/ciphers.ts';
import {PaymentForm} from './components/payment-form.ts';
import {
  attempt,
  configure,
  faults,
  type FormState,
  markFailed,
  markSealed,
  startForm,
  summary,
} from './form-state.ts';
import {firstSight} from './first-sight.ts';
import {whenIdle} from './idle.ts';
import {directionOf, loadTexts} from './locales/locale.ts';
import type {Envelope} from './protocol/envelope.ts';
import {type ErrorCode, SealedFieldsError} from './protocol/errors.ts';
import type {FrameEvents} from './protocol/frame-events.ts';
import {type ColorScheme, type FieldName, type Locale, PROTOCOL} from './protocol/names.ts';
import {type Opening, parseOpening} from './protocol/opening.ts';
import type {Send} from './protocol/port.ts';
import {keyForShopper, type MerchantRecord, parseRecord, rename} from './record.ts';
import {STYLES} from './styles.ts';
import {submit} from './submit.ts';

declare const VERSION: string;

/** Milliseconds without an edit after which what was typed is wiped. */
const IDLE = 10 * 60 * 1000;

/** Fields stand at once, the bridge opens beside them; without an allowed page around us, a line of text does. */
function boot(): void {
  try {
    const record = parseRecord(JSON.parse(document.getElementById('record')?.textContent ?? ''));
    const opening = parseOpening(location.hash.slice(1));
    if (isAllowed(record.origins)) {
      start(record, opening);
      return;
    }
  } catch {
    // What is wrong is said by the host: its deadline runs out.
  }
  document.body.textContent = 'These payment fields work inside the page of a shop.';
}

/** Every ancestor, where the browser lists them, is one of the record's; alone in a tab we are nobody's frame. */
function isAllowed(origins: readonly string[]): boolean {
  const {ancestorOrigins} = location as {ancestorOrigins?: DOMStringList};
  return (
    window.parent !== window && Array.from(ancestorOrigins ?? []).every((origin) => origins.includes(origin))
  );
}

function start(record: MerchantRecord, {channel, fields, layout, ...page}: Opening): void {
  const form = new PaymentForm();
  form.settings = {...form.settings, layout};
  form.state = startForm(fields, record.brands);
  const speak = speaking(form);
  const standing = speak(page.locale).then(() => {
    mount(form, page.colorScheme);
  });
  let renamed = record;
  let wanted: FieldName | undefined; // by the page's word, which may come before the focus that it goes with
  const ciphers = new Ciphers();
  const seen = firstSight();
  void seen.then(() => ciphers.load()).catch(() => undefined);

  const say = openBridge(
    channel,
    record.origins,
    {
      configure({brand, optional, names, colorScheme, locale, ...settings}) {
        const named = rename(record, names);
        if (named === undefined) say('failed', {code: 'config-invalid'});
        else renamed = named;
        setColorScheme(colorScheme);
        form.settings = settings;
        form.transit(configure(form.state, {brand, optional}));
        void speak(locale).then(() => {
          tellChange(form);
        });
      },
      seal({request, submission}) {
        void seal(form, request, say, (snapshot) => submit(snapshot, renamed, submission, ciphers));
      },
      focus({field}) {
        wanted = field;
        form.focusField(field);
      },
      attempt() {
        form.transit(attempt(form.state));
      },
      clear() {
        form.clear();
      },
    },
    () => {
      if (keyForShopper(record, new Date()) === undefined) {
        say('failed', {code: 'key-expired'}); // before anything is typed
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
  const tellHeight = () => {
    if (window.innerWidth > 0) say('height', {height: Math.ceil(form.getBoundingClientRect().height)});
  };
  const present = () => {
    tellChange(form, true);
    tellHeight(); // before the page takes the skeleton away
    say('ready', {protocol: PROTOCOL, version: VERSION, fields: [...fields]});
  };
  const postponeWipe = whenIdle(IDLE, () => {
    form.clear();
  });
  let isLeaving = false;
  let isPointed = false;

  form.addEventListener('state-change', () => {
    if (!isLeaving) tellChange(form);
  });
  form.addEventListener('field-input', postponeWipe);
  form.addEventListener('enter', () => {
    say('submit', {});
  });
  new ResizeObserver(tellHeight).observe(form);

  // A focus that comes from the page, by a label or a refused submit, belongs into a field. The browser puts it there
  // itself by Tab and by a click on an input, later than this event; a click beside them means none.
  window.addEventListener('pointerdown', () => (isPointed = true), true);
  window.addEventListener('blur', () => {
    isPointed = false;
    wanted = undefined;
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
    form.clear();
    if (!persisted) say('bye', {});
  });
  window.addEventListener('pageshow', ({persisted}) => {
    isLeaving = false;
    if (!persisted) return;
    form.clear();
    present();
  });
}

function mount(form: PaymentForm, colorScheme: ColorScheme): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLES);
  document.adoptedStyleSheets = [sheet];
  setColorScheme(colorScheme);
  document.body.replaceChildren(form);
}

function setColorScheme(colorScheme: ColorScheme): void {
  document.documentElement.style.colorScheme = colorScheme;
  document.documentElement.dataset['scheme'] = colorScheme;
}

/** Lets the form and its document speak a language, once its texts are there; the last one asked for stays. */
function speaking(form: PaymentForm): (locale: Locale) => Promise<void> {
  let wanted: Locale | undefined;
  return async (locale) => {
    if (locale === wanted) return;
    wanted = locale;
    const texts = await loadTexts(locale);
    if (locale !== wanted) return;
    form.texts = texts;
    document.documentElement.lang = locale;
    document.documentElement.dir = directionOf(locale);
  };
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
    crypto?.warm(record, new Date());
    return undefined;
  } catch (error) {
    return codeOf(error);
  }
}

function codeOf(error: unknown): ErrorCode {
  return error instanceof SealedFieldsError ? error.code : 'seal-failed';
}

/** Tells the host a state that is another one than it knows, in the task that made it so. */
function changes(say: Send<FrameEvents>): (form: PaymentForm, anew?: boolean) => void {
  let told = '';
  return (form, anew = false) => {
    const state = {...summary(form.state), message: form.message};
    const text = JSON.stringify(state);
    if (text === told && !anew) return;
    told = text;
    say('change', state);
  };
}

boot();
