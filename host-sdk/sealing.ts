import type {SealResult} from './bridge.ts';
import type {Member} from './company.ts';
import {mixed} from './faults.ts';
import {writeValues} from './page.ts';

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

type Sealed = Extract<SealResult, {ok: true}>;

/** Seals them all under one id. @returns what came of it, in their order; nothing of one that failed, which tells so itself. */
export function sealAll(
  participants: readonly Participant[],
  id: string,
): Promise<(SealResult | undefined)[]> {
  return Promise.all(
    participants.map(async (participant) => {
      try {
        return await participant.seal(id);
      } catch (error) {
        participant.fail(error);
        return undefined;
      }
    }),
  );
}

/** A server is told one key: frames that were opened before and after a publication may know different ones. */
export function haveOneKey(sealed: readonly Sealed[]): boolean {
  return new Set(sealed.map(({keyId}) => keyId)).size === 1;
}

/** Says of each that they know different keys; opened anew, they know the same. */
export function renewAll(participants: readonly Participant[]): void {
  participants.forEach((participant, index) => {
    participant.fail(mixed());
    participant.renew(index === 0);
  });
}

/** Writes into the form what each was sealed to, and once the key and the id. */
export function writeAll(participants: readonly Participant[], sealed: readonly Sealed[]): void {
  sealed.forEach(({values, keyId, id}, index) => {
    const ids = index === 0 && {sealed_key_id: keyId, sealed_id: id};
    const element = participants[index]?.element;
    if (element !== undefined) writeValues(element, {...values, ...ids});
  });
}
