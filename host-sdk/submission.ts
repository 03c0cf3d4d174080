import {enter} from './company.ts';
import {
  checkValidity,
  defaultButton,
  type Disablable,
  enabledControls,
  ignoreSubmit,
  listenToSubmit,
  overrideMethods,
  requestSubmit,
  staysAfter,
  type Submitter,
  submits,
  submitUnseen,
} from './form.ts';
import {removeValues} from './page.ts';
import type {Participant} from './participant.ts';
import {randomId} from './random-id.ts';
import {haveOneKey, renewAll, sealAll, writeAll} from './sealing.ts';
import {askOnly} from './validity.ts';

/** Milliseconds for which a form whose page stays takes no second click. */
const GRACE = 1000;

/** What is known of one form. */
interface Held {
  form: HTMLFormElement;
  participants: Set<Participant>;
  /** `sealing`: held back. `passing`: our own submit goes through. `sent`: went on, until an edit or a return. */
  phase: 'open' | 'sealing' | 'passing' | 'sent';
  /** The submission that is held back. */
  id: string | undefined;
  /** Was tried meanwhile; it counts if what is held back was edited. */
  next: (() => void) | undefined;
  /** The submit event that is passing, to see what the page makes of it. */
  passed: SubmitEvent | undefined;
  /** The browser took what is passing, and with it its entry list. */
  isTaken: boolean;
  /** Gives the form its methods back. */
  restore: () => void;
}

const forms = new Map<HTMLFormElement, Held>();
const seen = new WeakSet<Event>();

/**
 * Lets `participant` take part in the submissions of `form`, until the returned function is called.
 *
 * A submit is stopped on `window` in the capture phase, before any listener of the page, every participant is
 * sealed under one id, and the same submission goes on: the page sees one `submit`, the sealed one.
 */
export function join(form: HTMLFormElement, participant: Participant): () => void {
  const held = forms.get(form) ?? begin(form);
  held.participants.add(participant);
  const leave = enter(form, participant);
  return () => {
    leave();
    held.participants.delete(participant);
    if (held.participants.size === 0) end(form);
  };
}

/** A field was edited, the form was reset, or its page stays: what was sealed is stale, and it may be sent anew. */
export function reopen(form: HTMLFormElement): void {
  const held = forms.get(form);
  if (held === undefined) return;
  takeBack(held);
  if (held.phase === 'sent') held.phase = 'open';
}

/** Enter in a field: what it does in any form, the default button as submitter. */
export function submitByEnter(form: HTMLFormElement): void {
  const button = defaultButton(form);
  if (button === undefined) requestSubmit(form);
  else if (!button.matches(':disabled')) button.click();
}

function begin(form: HTMLFormElement): Held {
  const held: Held = {
    form,
    participants: new Set(),
    phase: 'open',
    id: undefined,
    next: undefined,
    passed: undefined,
    isTaken: false,
    restore: () => undefined,
  };
  forms.set(form, held);
  window.addEventListener('submit', onSubmit, true);
  window.addEventListener('pagehide', abandonAll);
  window.addEventListener('pageshow', reopenAll);
  if ('navigation' in window) window.navigation.addEventListener('navigateerror', onStopped);
  listenToSubmit(form, onSubmit); // a submit in a shadow root does not reach the window
  held.restore = overrideMethods(form, {
    submit() {
      const go = () => {
        submitUnseen(form);
        held.isTaken = true;
      };
      if (held.phase === 'passing' || live(held).length === 0) go();
      else void hold(held, null, go);
    },
    checkValidity: () => askOnly(form, () => checkValidity(form)),
  });
  return held;
}

function end(form: HTMLFormElement): void {
  forms.get(form)?.restore();
  forms.delete(form);
  ignoreSubmit(form, onSubmit);
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
  void hold(held, submitter, () => {
    resume(form, submitter, enabled);
  });
}

/**
 * Seals every live participant under one id, then lets the submission go on. A second try meanwhile does nothing,
 * but after an edit: that calls the submission off.
 *
 * @param go hands the submission to the browser.
 */
async function hold(held: Held, submitter: Submitter | null, go: () => void): Promise<void> {
  if (held.phase === 'sealing') held.next = () => void hold(held, submitter, go);
  if (held.phase !== 'open') return;
  const participants = live(held);
  const id = randomId();
  Object.assign(held, {phase: 'sealing', id, next: undefined} satisfies Partial<Held>);
  const results = await sealAll(participants, id);
  if (held.id !== id) return; // the page went meanwhile
  held.phase = 'open';
  // Whoever left for another form meanwhile would leave its card there.
  const isAtFault = (participant: Participant, index: number) =>
    results[index]?.ok !== true || !held.participants.has(participant);
  const fault = participants.find(isAtFault);
  if (fault !== undefined) {
    fault.element.focus();
    return;
  }
  if (!participants.every((participant) => participant.state().sealed)) {
    held.next?.();
    return;
  }
  const sealed = results.filter((result) => result?.ok === true);
  if (!haveOneKey(sealed)) {
    renewAll(participants);
    return;
  }
  writeAll(participants, sealed);
  held.phase = 'passing';
  held.passed = undefined;
  held.isTaken = false;
  try {
    go();
  } finally {
    finish(held, submitter);
  }
}

/** Locks the form if it was sent; what is not sent by the page itself is taken back. */
function finish(held: Held, submitter: Submitter | null): void {
  const {passed} = held;
  const isSent = held.isTaken || passed?.defaultPrevented === false;
  held.phase = isSent ? 'sent' : 'open';
  // A page that prevented the submit to send by itself still needs the values, until the next edit.
  if (isSent || passed === undefined) takeBack(held);
  if (isSent && staysAfter(held.form, submitter))
    setTimeout(() => {
      if (held.phase === 'sent') held.phase = 'open';
    }, GRACE);
}

/**
 * Goes on as the browser would have gone on at once. What the page disabled meanwhile, to prevent a second click,
 * still takes part; a button that it removed, or made another, does not.
 */
function resume(form: HTMLFormElement, submitter: Submitter | null, enabled: readonly Disablable[]): void {
  const disabled = enabled.filter((control) => control.disabled);
  for (const control of disabled) control.disabled = false;
  try {
    requestSubmit(form, submitter !== null && submits(submitter, form) ? submitter : undefined);
  } finally {
    for (const control of disabled) control.disabled = true;
  }
}

function live({participants}: Held): Participant[] {
  return [...participants]
    .filter((participant) => !participant.isDisabled() && participant.live())
    .sort((a, b) =>
      a.element.compareDocumentPosition(b.element) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
    );
}

function takeBack({participants}: Held): void {
  for (const participant of participants) removeValues(participant.element);
}

/**
 * The navigation was stopped, and the page stays. It is told so, too, of one that a change of the page's address came
 * after, which goes on all the same: then that change is the next thing told.
 */
function onStopped(): void {
  const stay = setTimeout(reopenAll);
  window.navigation.addEventListener('navigate', clearTimeout.bind(window, stay), {once: true});
}

/** The page goes while it seals: should it come back, nothing is sent that nobody asks for then. */
function abandonAll(): void {
  for (const held of forms.values()) {
    held.id = undefined;
    if (held.phase === 'sealing') held.phase = 'open';
  }
  reopenAll();
}

/** The page goes, comes back, or stays: nothing sealed may stand in it, and paying again must be possible. */
function reopenAll(): void {
  for (const held of forms.values()) {
    takeBack(held);
    if (held.phase === 'sent') held.phase = 'open';
  }
}
