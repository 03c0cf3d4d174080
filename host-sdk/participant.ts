import type {FieldsState} from '../widget/protocol/messages.ts';
import type {SealResult} from './bridge.ts';
import {isOptionalIn, type Member} from './company.ts';
import type {Connection} from './connection.ts';
import {asError} from './faults.ts';
import type {Options} from './options.ts';
import {isSkipped} from './validity.ts';

/** One element's part in the submission of its form. */
export interface Participant extends Member {
  /** Holds what was sealed, as hidden inputs; to be focused where it is at fault. */
  element: HTMLElement;
  /** False while empty and optional: the form goes on without it, as without one that is disabled. */
  live: () => boolean;
  seal: (submission: string) => Promise<SealResult>;
  /** Opens its frame anew, empty, and says then what is to be typed anew; the first takes the caret. */
  renew: (isFirst: boolean) => void;
  fail: (error: unknown) => void;
}

/** The element itself, as far as its part goes. */
interface Fields extends HTMLElement {
  readonly form: HTMLFormElement | null;
  readonly state: FieldsState;
  readonly ready: Promise<void>;
  retry: () => void;
}

/**
 * The part of an element, whose frame `connection` speaks to.
 *
 * @param options those that it was opened with, as they are now.
 */
export function participantOf(
  element: Fields,
  connection: Connection,
  options: () => Options | undefined,
  onNews: () => void,
): Participant {
  const participant: Participant = {
    element,
    onNews,
    live: () => !isSkipped(connection, isOptionalIn(element.form, participant)),
    seal: (submission) => connection.seal(submission),
    renew: (isFirst) => {
      element.retry();
      const ask = () => {
        connection.attempt(() => isFirst);
      };
      element.ready.then(ask, () => undefined);
    },
    state: () => element.state,
    fields: () => options()?.fields ?? [],
    isOptional: () => options()?.optional === true,
    isDisabled: () => element.matches(':disabled'),
    fail: (error) => {
      connection.tellUnsealed(asError(error));
    },
  };
  return participant;
}
