import type {SealResult} from '../../widget/protocol/messages.ts';
import {differentKeys} from '../errors.ts';
import {randomId} from '../random-id.ts';
import {FormGroup, type Member} from './form-group.ts';
import {removeValues, writeValues} from './hidden-inputs.ts';
import {interceptJQuery} from './jquery.ts';
import {
  addSubmitListener,
  blockingInputs,
  checkValidity,
  defaultButton,
  type Disablable,
  enabledControls,
  isSubmitterOf,
  keepsPage,
  overrideMethods,
  removeSubmitListener,
  requestSubmit,
  submitDirectly,
  type Submitter,
} from './native-form.ts';
import {
  abandon,
  attempt,
  finish,
  IDLE,
  reopen,
  resume,
  type SubmissionState,
  update,
} from './submission-state.ts';
import {checkSilently} from './validity.ts';

/** How long, in ms, a form whose page stays open ignores further submit attempts. */
const RESUBMIT_DELAY_MS = 1000;

/** How long, in ms, the same values are sent again under the same submission id, so that a double click is one payment. */
const REUSE_MS = 2000;

type Sealed = Extract<SealResult, {ok: true}>;

/** In the order of the members; undefined for a member that failed and has reported its error. */
type Results = readonly (SealResult | undefined)[];

const submissions = new Map<HTMLFormElement, Submission>();
/** Events that were handled already: the listeners on `window` and on the form may both receive the same event. */
const handled = new WeakSet<Event>();

/** Adds an element to the submissions of its form, until {@link Submission.leave}. */
export function joinForm(form: HTMLFormElement, member: Member): Submission {
  const submission = submissions.get(form) ?? new Submission(form);
  submissions.set(form, submission);
  submission.group.add(member);
  return submission;
}

/**
 * Seals the fields of one form on each submit.
 *
 * 1. A `submit` event is stopped on `window` in the capture phase, before any listener of the page.
 * 2. Every included element seals its fields, all with one submission id.
 * 3. The sealed values are written into the form as hidden inputs.
 * 4. The same submit is repeated, with the same submitter. The page's listeners see one `submit`, the sealed one.
 * 5. The hidden inputs are removed as soon as the browser has read them.
 */
export class Submission {
  readonly group = new FormGroup();
  readonly #form: HTMLFormElement;
  readonly #restoreMethods: () => void;
  #state: SubmissionState = IDLE;
  /** The last results, until an edit: they are used again if the same values are submitted soon after. */
  #recent: {members: readonly Member[]; results: Results; until: number} | undefined;

  constructor(form: HTMLFormElement) {
    this.#form = form;
    window.addEventListener('submit', onSubmit, true);
    window.addEventListener('pagehide', onPageHide);
    window.addEventListener('pageshow', reopenAll);
    if ('navigation' in window) window.navigation.addEventListener('navigateerror', onNavigateError);
    addSubmitListener(form, onSubmit); // submit events in a shadow root do not reach the window
    interceptJQuery(onTrigger);
    window.addEventListener('load', onLoad);
    this.#restoreMethods = overrideMethods(form, {
      submit: () => {
        const submit = () => {
          submitDirectly(form);
          this.#state = update(this.#state, {isSubmitted: true});
        };
        if (this.#state.phase === 'resuming') submit();
        else if (this.group.included().length === 0) {
          this.#removeValues();
          submit();
        } else void this.#sealThen(submit, null);
      },
      checkValidity: () => checkSilently(form, () => checkValidity(form)),
    });
  }

  /** Removes an element. After the last one, the form works as without this script. */
  leave(member: Member): void {
    this.group.delete(member);
    if (this.group.members.size > 0) return;
    this.#restoreMethods();
    submissions.delete(this.#form);
    removeSubmitListener(this.#form, onSubmit);
  }

  /** Removes sealed values, which are outdated, from the form. It can then be submitted again. */
  reopen(): void {
    this.#recent = undefined;
    this.#removeValues();
    this.#state = reopen(this.#state);
  }

  /** An element was disabled: removes its values, unless it is disabled again after its submit was repeated. */
  disable(element: Element): void {
    if (this.#state.phase !== 'resuming') removeValues(element);
  }

  /** The user leaves the page: removes sealed values and aborts sealing. */
  abandon(): void {
    this.#recent = undefined;
    this.#removeValues();
    this.#state = abandon(this.#state);
  }

  /** Does what Enter does in any input of the form: implicit submission (HTML §4.10.22.2). */
  submitByEnter(): void {
    const button = defaultButton(this.#form);
    if (button !== undefined) {
      if (!button.matches(':disabled')) button.click();
    } else if (blockingInputs(this.#form) + this.group.inputs() <= 1) requestSubmit(this.#form);
  }

  onSubmit(event: SubmitEvent): void {
    if (this.#state.phase === 'resuming') {
      this.#state = update(this.#state, {event});
      return;
    }
    const submitter = submitterOf(event);
    if (submitter?.formNoValidate === true || this.group.included().length === 0) {
      this.#removeValues();
      return;
    }
    event.stopImmediatePropagation();
    event.preventDefault();
    this.#deferSubmit(submitter);
  }

  /** jQuery is about to call the page's handlers without an event. @returns whether the submit is deferred instead. */
  onTrigger(): boolean {
    if (this.#state.phase === 'resuming') return false;
    if (this.group.included().length === 0) {
      this.#removeValues();
      return false;
    }
    this.#deferSubmit(null);
    return true;
  }

  #deferSubmit(submitter: Submitter | null): void {
    const enabled = enabledControls(this.#form, submitter);
    void this.#sealThen(() => {
      this.#repeatSubmit(submitter, enabled);
    }, submitter);
  }

  /**
   * Seals every included element, writes the values into the form, then calls `submit`. While another attempt is sealing,
   * a new one only replaces it if the values were edited since.
   */
  async #sealThen(submit: () => void, submitter: Submitter | null): Promise<void> {
    const before = this.#state;
    const sealing = attempt(before, () => void this.#sealThen(submit, submitter));
    this.#state = sealing;
    if (before.phase !== 'idle' || sealing.phase !== 'sealing') return;
    const {signal} = sealing.abort;
    const included = this.group.included();
    const filled = included.filter(({connection}) => !connection.state.empty);
    const sealingAll = this.#reusableResults(included) ?? sealAll(included, randomId());
    const [results] = await Promise.all([sealingAll, nextTask()]);
    if (signal.aborted) return;
    const next = this.#state.phase === 'sealing' ? this.#state.next : undefined;
    this.#state = IDLE;
    const resultOf = (member: Member) => results[included.indexOf(member)];
    // Elements that may stay empty were asked, too, because a script may have filled them without an event. One that was
    // filled and has failed since is empty now, but must not be left out.
    const members = included.filter((member) => filled.includes(member) || !this.group.isSkipped(member));
    // An element that has moved to another form must not write its values into this one.
    const unsealed = members.filter(
      (member) => resultOf(member)?.ok !== true || !this.group.members.has(member),
    );
    if (unsealed[0] !== undefined) {
      const isReported = unsealed.map((member) => member.reportInvalid()).includes(true);
      if (!isReported) unsealed[0].element.focus();
      return;
    }
    if (!members.every((member) => member.connection.state.sealed)) {
      next?.(); // the values were edited while sealing
      return;
    }
    const sealed = members.map(resultOf).filter((result) => result?.ok === true);
    if (!useOneKey(sealed)) {
      reopenMembers(members);
      return;
    }
    const submittedBy = this.#currentSubmitter(submitter);
    if (!members.every((member) => member.allowsAction(submittedBy))) {
      for (const member of members) member.refuseAction();
      return;
    }
    this.#recent ??= {members: included, results, until: performance.now() + REUSE_MS};
    writeAll(members, sealed);
    this.#state = resume();
    try {
      submit();
    } finally {
      this.#finish(submitter);
      if (sealed.length === 0) this.#state = reopen(this.#state); // nothing was sealed, so nothing can be sent twice
    }
  }

  /** The results of the last submit, if the same elements are submitted again soon after, without an edit. */
  #reusableResults(included: readonly Member[]): Results | undefined {
    const recent = this.#recent;
    const isUnchanged = (member: Member, index: number) => {
      const {sealed, empty} = member.connection.state;
      return member === recent?.members[index] && (recent.results[index]?.ok === true ? sealed : empty);
    };
    const isSame = included.length === recent?.members.length && included.every(isUnchanged);
    if (recent !== undefined && isSame && performance.now() < recent.until) return recent.results;
    this.#recent = undefined;
    return undefined;
  }

  /**
   * Repeats the deferred submit. Controls that the page has disabled since, to prevent a second click, are enabled for it.
   * A submitter that the page has removed or changed is not used.
   */
  #repeatSubmit(submitter: Submitter | null, enabled: readonly Disablable[]): void {
    const form = this.#form;
    const disabled = enabled.filter((control) => control.disabled);
    for (const control of disabled) control.disabled = false;
    try {
      requestSubmit(form, this.#currentSubmitter(submitter) ?? undefined);
    } finally {
      for (const control of disabled) control.disabled = true;
    }
  }

  /** The button with which the submit is repeated: null if the page has removed or changed it. */
  #currentSubmitter(submitter: Submitter | null): Submitter | null {
    return submitter !== null && isSubmitterOf(submitter, this.#form) ? submitter : null;
  }

  /** Removes the values, unless the page prevented the submit to send them itself: it may read them until the next edit. */
  #finish(submitter: Submitter | null): void {
    const isPrevented = this.#state.phase === 'resuming' && this.#state.event?.defaultPrevented === true;
    this.#state = finish(this.#state);
    const isSubmitted = this.#state.phase === 'submitted';
    if (isSubmitted || !isPrevented) this.#removeValues();
    if (isSubmitted && keepsPage(this.#form, submitter))
      setTimeout(() => {
        this.#state = reopen(this.#state);
      }, RESUBMIT_DELAY_MS);
  }

  #removeValues(): void {
    for (const {element} of this.group.members) removeValues(element);
  }
}

/** Seals all members. */
function sealAll(members: readonly Member[], submission: string): Promise<Results> {
  return Promise.all(
    members.map(async (member) => {
      try {
        return await member.seal(submission);
      } catch (error) {
        member.reportError(error);
        return undefined;
      }
    }),
  );
}

/** Whether all values are encrypted with one key. Frames that were opened before and after a key rotation use different keys. */
function useOneKey(sealed: readonly Sealed[]): boolean {
  return new Set(sealed.map(({keyId}) => keyId)).size <= 1;
}

/** Reports that the frames use different keys, and reopens them, so that all use the current key. */
function reopenMembers(members: readonly Member[]): void {
  members.forEach((member, index) => {
    member.reportError(differentKeys());
    member.reopen(index === 0);
  });
}

/** Writes the sealed values of each element into the form; the key id and the submission id once. */
function writeAll(members: readonly Member[], sealed: readonly Sealed[]): void {
  sealed.forEach(({values, keyId, id}, index) => {
    const ids = index === 0 && {sealed_key_id: keyId, sealed_id: id};
    const element = members[index]?.element;
    if (element !== undefined) writeValues(element, {...values, ...ids});
  });
}

function onSubmit(event: SubmitEvent): void {
  const form = event.composedPath()[0];
  const submission = form instanceof HTMLFormElement ? submissions.get(form) : undefined;
  if (submission === undefined || handled.has(event)) return;
  handled.add(event);
  submission.onSubmit(event);
}

/**
 * The navigation was cancelled, so the page stays open. The event is also fired if the page changes its address during the
 * navigation. Then the navigation continues, and a `navigate` event follows.
 */
function onNavigateError(): void {
  const timer = setTimeout(reopenAll);
  window.navigation.addEventListener('navigate', clearTimeout.bind(window, timer), {once: true});
}

/** Resolves in a later task. The browser ignores a submit that is repeated while it still dispatches the first one. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/** The button of a submit; null without one. A page may dispatch a plain `Event`, which has no submitter. */
function submitterOf(event: Partial<SubmitEvent>): Submitter | null {
  return (event.submitter ?? null) as Submitter | null;
}

function onTrigger(form: HTMLFormElement): boolean {
  return submissions.get(form)?.onTrigger() ?? false;
}

/** jQuery may have been loaded after this script. */
function onLoad(): void {
  interceptJQuery(onTrigger);
}

function onPageHide(): void {
  for (const submission of submissions.values()) submission.abandon();
}

/** The page stays open or was restored: removes sealed values, and allows another submit. */
function reopenAll(): void {
  for (const submission of submissions.values()) submission.reopen();
}
