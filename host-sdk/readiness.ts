import type {SealedFieldsError} from '../widget/protocol/errors.ts';

/** A promise with its two ends. */
export interface Readiness {
  promise: Promise<void>;
  resolve: () => void;
  reject: (error: SealedFieldsError) => void;
}

/** Nobody has to look at the promise: one that is rejected and not awaited is no unhandled rejection. */
export function readiness(): Readiness {
  let ends: Omit<Readiness, 'promise'> = {resolve: () => undefined, reject: () => undefined};
  const promise = new Promise<void>((resolve, reject) => {
    ends = {resolve, reject};
  });
  promise.catch(() => undefined);
  return {promise, ...ends};
}
