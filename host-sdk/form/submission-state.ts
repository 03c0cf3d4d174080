/** The state of a form's submission. Each transition returns a new state, or the same state if it does not apply. */
export type SubmissionState =
  /** The next submit attempt starts sealing. */
  | {phase: 'idle'}
  /**
   * The submit is deferred until the values are sealed. `next` restarts the last later attempt; it is called if the values
   * were edited while sealing. `abort` discards the results.
   */
  | {phase: 'sealing'; abort: AbortController; next?: () => void}
  /**
   * The deferred submit is repeated, now with sealed values. `event` is the `submit` event that the page receives.
   * `isSubmitted` is true after `form.submit()`, which fires no event.
   */
  | {phase: 'resuming'; event?: Pick<Event, 'defaultPrevented'>; isSubmitted: boolean}
  /** The browser has submitted the values. Attempts do nothing until an edit, or until the page stays open or is restored. */
  | {phase: 'submitted'};

/** The initial state. */
export const IDLE: SubmissionState = {phase: 'idle'};

type Resuming = Extract<SubmissionState, {phase: 'resuming'}>;

/** A submit attempt. @param restart starts the attempt again; stored as `next` while another attempt is sealing. */
export function attempt(state: SubmissionState, restart: () => void): SubmissionState {
  if (state.phase === 'idle') return {phase: 'sealing', abort: new AbortController()};
  return state.phase === 'sealing' ? {...state, next: restart} : state;
}

/** The values are sealed and in the form; its submit is about to be repeated. */
export function resume(): SubmissionState {
  return {phase: 'resuming', isSubmitted: false};
}

/** The page has received the event of the repeated submit, or has called `form.submit()`. */
export function update(state: SubmissionState, progress: Partial<Omit<Resuming, 'phase'>>): SubmissionState {
  return state.phase === 'resuming' ? {...state, ...progress} : state;
}

/** The repeated submit has ended: the form is submitted, unless the browser blocked it or the page prevented it. */
export function finish(state: SubmissionState): SubmissionState {
  if (state.phase !== 'resuming') return state;
  return state.isSubmitted || state.event?.defaultPrevented === false ? {phase: 'submitted'} : IDLE;
}

/** The values were edited, or the page stays open or was restored: the form can be submitted again. */
export function reopen(state: SubmissionState): SubmissionState {
  return state.phase === 'submitted' ? IDLE : state;
}

/** The user leaves the page. Aborts sealing, so that nothing is submitted if the page is restored later. */
export function abandon(state: SubmissionState): SubmissionState {
  if (state.phase !== 'sealing') return reopen(state);
  state.abort.abort();
  return IDLE;
}
