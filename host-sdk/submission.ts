import type {SealResult} from './bridge.ts';
import {
  checkValidity,
  defaultButton,
  type Disablable,
  enabledControls,
  overrideMethods,
  requestSubmit,
  type Submitter,
  submitUnseen,
} from './form.ts';

/** One element's part in the submission of its form. */
export interface Participant {
  element: HTMLElement;
  /** False while disabled, or empty and optional: the form goes on without it. */
  live: () => boolean;
  seal: (submission: string) => Promise<SealResult>;
  /** Writes the sealed values, and the submission's ids if `first`, as hidden inputs. */
  write: (result: SealResult & {ok: true}, first: boolean) => void;
  takeBack: () => void;
  /** What was sealed last is what stands in the fields. */
  isSealed: () => boolean;
  focusFault: () => void;
  fail: (error: unknown) => void;
}

/** What is known of one form. */
interface Held {
  participants: Set<Participant>;
  /** `sealing`: held back. `passing`: our own submit goes through. `sent`: went on, until an edit or a return. */
  phase: 'open' | 'sealing' | 'passing' | 'sent';
  /** The submit event that is passing, to see what the page makes of it. */
  passed: SubmitEvent | undefined;
  /** The browser took what is passing, and with it its entry list. */
  isTaken: boolean;
  /** `checkValidity()` of the form is running. */
  isAsking: boolean;
  /** Gives the form its methods back. */
  restore: () => void;
}

const forms = new Map<HTMLFormElement, Held>();
const seen = new WeakSet<Event>();

/** 128 random bits in hexadecimal; a server refuses a submission id that it has seen. */
export function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

/**
 * Lets `participant` take part in the submissions of `form`, until the returned function is called.
 *
 * A submit is stopped on `window` in the capture phase, before any listener of the page, every participant is
 * sealed under one id, and the same submission goes on: the page sees one `submit`, the sealed one.
 */
export function join(form: HTMLFormElement, participant: Participant): () => void {
  const held = forms.get(form) ?? begin(form);
  held.participants.add(participant);
  return () => {
    held.participants.delete(participant);
    if (held.participants.size === 0) end(form);
  };
}

/** A field of one of the form's elements was edited, or the form was reset: what was sealed is stale. */
export function reopen(form: HTMLFormElement): void {
  const held = forms.get(form);
  if (held === undefined) return;
  takeBack(held);
  if (held.phase === 'sent') held.phase = 'open';
}

/** The page only asks whether the form is valid: nothing is to be shown to the shopper. */
export function isOnlyAsking(form: HTMLFormElement): boolean {
  return forms.get(form)?.isAsking === true;
}

/** Enter in a field: what it does in any form, the default button as submitter. */
export function submitByEnter(form: HTMLFormElement): void {
  const button = defaultButton(form);
  if (button === undefined) requestSubmit(form);
  else if (!button.matches(':disabled')) button.click();
}

function begin(form: HTMLFormElement): Held {
  const held: Held = {
    participants: new Set(),
    phase: 'open',
    passed: undefined,
    isTaken: false,
    isAsking: false,
    restore: () => undefined,
  };
  forms.set(form, held);
  window.addEventListener('submit', onSubmit, true);
  window.addEventListener('pagehide', reopenAll);
  window.addEventListener('pageshow', reopenAll);
  form.addEventListener('submit', onSubmit, true); // a submit in a shadow root does not reach the window
  held.restore = overrideMethods(form, {
    submit() {
      const go = () => {
        submitUnseen(form);
        held.isTaken = true;
      };
      if (held.phase === 'passing' || live(held).length === 0) go();
      else void hold(held, go);
    },
    checkValidity() {
      held.isAsking = true;
      try {
        return checkValidity(form);
      } finally {
        held.isAsking = false;
      }
    },
  });
  return held;
}

function end(form: HTMLFormElement): void {
  forms.get(form)?.restore();
  forms.delete(form);
  form.removeEventListener('submit', onSubmit, true);
}

function onSubmit(event: SubmitEvent): void {
  const form = event.composedPath()[0];
  const held = form instanceof HTMLFormElement ? forms.get(form) : undefined;
  if (!(form instanceof HTMLFormElement) || held === undefined || seen.has(event)) return;
  seen.add(event);
  if (held.phase === 'passing') {
    held.passed = event;
    return;
  }
  const submitter = event.submitter as Submitter | null;
  if (submitter?.formNoValidate === true || live(held).length === 0) {
    takeBack(held);
    return;
  }
  event.stopImmediatePropagation();
  event.preventDefault();
  const enabled = enabledControls(form, submitter);
  void hold(held, () => {
    resume(form, submitter, enabled);
  });
}

/**
 * Seals every live participant under one id, then lets the submission go on; a second try meanwhile does nothing.
 *
 * @param go hands the submission to the browser.
 */
async function hold(held: Held, go: () => void): Promise<void> {
  if (held.phase !== 'open') return;
  held.phase = 'sealing';
  const participants = live(held);
  const id = randomId();
  const results = await Promise.all(participants.map((participant) => sealOne(participant, id)));
  held.phase = 'open';
  const fault = participants.find((_, index) => results[index]?.ok !== true);
  if (fault !== undefined) {
    fault.focusFault();
    return;
  }
  participants.forEach((participant, index) => {
    const result = results[index];
    if (result?.ok === true) participant.write(result, index === 0);
  });
  held.phase = 'passing';
  held.passed = undefined;
  held.isTaken = false;
  try {
    go();
  } finally {
    finish(held, participants);
  }
}

/** Locks the form if it was sent, unless it was edited meanwhile; what is not sent by the page itself is taken back. */
function finish(held: Held, participants: readonly Participant[]): void {
  const {passed} = held;
  const isSent = held.isTaken || passed?.defaultPrevented === false;
  held.phase = isSent && participants.every((participant) => participant.isSealed()) ? 'sent' : 'open';
  // A page that prevented the submit to send by itself still needs the values, until the next edit.
  if (isSent || passed === undefined) takeBack(held);
}

async function sealOne(participant: Participant, id: string): Promise<SealResult | undefined> {
  try {
    return await participant.seal(id);
  } catch (error) {
    participant.fail(error);
    return undefined;
  }
}

/**
 * Goes on as the browser would have gone on at once. What the page disabled meanwhile, to prevent a second click,
 * still takes part; a button that it removed does not.
 */
function resume(form: HTMLFormElement, submitter: Submitter | null, enabled: readonly Disablable[]): void {
  const disabled = enabled.filter((control) => control.disabled);
  for (const control of disabled) control.disabled = false;
  try {
    requestSubmit(form, submitter?.form === form ? submitter : undefined);
  } finally {
    for (const control of disabled) control.disabled = true;
  }
}

function live({participants}: Held): Participant[] {
  return [...participants]
    .filter((participant) => participant.live())
    .sort((a, b) =>
      a.element.compareDocumentPosition(b.element) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
    );
}

function takeBack({participants}: Held): void {
  for (const participant of participants) participant.takeBack();
}

/** The page goes or comes back: nothing sealed may stand in it, and paying again must be possible. */
function reopenAll(): void {
  for (const held of forms.values()) {
    takeBack(held);
    if (held.phase === 'sent') held.phase = 'open';
  }
}
