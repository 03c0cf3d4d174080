/** The state of a form's submission. Each transition returns a new state, or the same where it does not apply. */
export type SubmissionState =
  /** A submit attempt starts sealing. */
  | {phase: 'idle'}
  /**
   * The submit is deferred. `next` starts a later attempt: it runs if the values were edited before they were sealed.
   * `abort` discards the results.
   */
  | {phase: 'sealing'; abort: AbortController; next?: () => void}
  /** The sealed submit passes through the page: `event` is its event, `isSubmitted` is set by `form.submit()`, which has no event. */
  | {phase: 'resuming'; event?: Pick<Event, 'defaultPrevented'>; isSubmitted: boolean}
  /** The browser has the values. Further attempts do nothing until an edit, or until the page stays or returns. */
  | {phase: 'submitted'};

export const IDLE: SubmissionState = {phase: 'idle'};

type Resuming = Extract<SubmissionState, {phase: 'resuming'}>;

/** A submit attempt. @param restart starts it again; kept while another one is sealing. */
export function attempt(state: SubmissionState, restart: () => void): SubmissionState {
  if (state.phase === 'idle') return {phase: 'sealing', abort: new AbortController()};
  return state.phase === 'sealing' ? {...state, next: restart} : state;
}

/** The values are sealed and in the form; its submit is about to be repeated. */
export function resume(): SubmissionState {
  return {phase: 'resuming', isSubmitted: false};
}

/** The page got the event of the repeated submit, or the form was submitted by `form.submit()`, which has no event. */
export function update(state: SubmissionState, progress: Partial<Omit<Resuming, 'phase'>>): SubmissionState {
  return state.phase === 'resuming' ? {...state, ...progress} : state;
}

/** The repeated submit is over: the form is submitted, unless the browser or the page refused it. */
export function finish(state: SubmissionState): SubmissionState {
  if (state.phase !== 'resuming') return state;
  return state.isSubmitted || state.event?.defaultPrevented === false ? {phase: 'submitted'} : IDLE;
}

/** The values were edited, or the page stays or returns: the form can be submitted again. */
export function reopen(state: SubmissionState): SubmissionState {
  return state.phase === 'submitted' ? IDLE : state;
}

/** The page is being left. What is sealed now must not be sent if it returns. */
export function abandon(state: SubmissionState): SubmissionState {
  if (state.phase !== 'sealing') return reopen(state);
  state.abort.abort();
  return IDLE;
}
