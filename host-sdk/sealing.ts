import type {SealResult} from './bridge.ts';
import {mixed} from './faults.ts';
import {writeValues} from './page.ts';
import type {Participant} from './participant.ts';

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
