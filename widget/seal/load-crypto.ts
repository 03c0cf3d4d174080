import {SealedFieldsError} from '../protocol/errors.ts';
import type {Profile} from '../protocol/names.ts';
import type {MerchantRecord} from '../merchant-record.ts';
import type {Envelope} from '../protocol/envelope.ts';
import type {Encrypt, SealableValues, Submission} from './seal.ts';

/** How long a seal waits for the encryption code. Shorter than the host waits for the result. */
const LOAD_TIMEOUT_MS = 15_000;

/** The functions of `seal.ts`, with the encryption of one profile. */
export interface Sealer {
  sealValues: (
    values: SealableValues,
    record: MerchantRecord,
    submission: Submission,
    now: Date,
  ) => Promise<Envelope>;
  warmUp: (record: MerchantRecord, now: Date) => Promise<void>;
}

/**
 * The encryption code of one profile, loaded after the first paint or when it is needed. It is two chunks: one with the code
 * of all profiles, such as the key gate, and one with the encryption of the profile. They import no other chunk, because a
 * chunk that does could not be requested again after a failure.
 */
export class EncryptionCode {
  readonly #seal = new Chunk('seal', () => import('./seal.ts'));
  readonly #profile: Chunk<{encrypt: Encrypt}>;

  constructor(profile: Profile) {
    this.#profile = new Chunk(profile, PROFILE_CHUNKS[profile]);
  }

  /**
   * Loads the code. A chunk that has failed to load is requested again by the next call.
   *
   * @throws SealedFieldsError `crypto-unavailable`.
   */
  async load(): Promise<Sealer> {
    try {
      const [{sealValues, warmUp}, {encrypt}] = await Promise.all([this.#seal.load(), this.#profile.load()]);
      return {sealValues: sealValues.bind(undefined, encrypt), warmUp: warmUp.bind(undefined, encrypt)};
    } catch (cause) {
      throw new SealedFieldsError('crypto-unavailable', 'the encryption code did not load', {cause});
    }
  }

  /** Like {@link load}, but rejects after {@link LOAD_TIMEOUT_MS}. The fields keep their values, so the user can try again. */
  async loadInTime(): Promise<Sealer> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      const error = new SealedFieldsError('crypto-unavailable', 'the encryption code did not load in time');
      timer = setTimeout(reject, LOAD_TIMEOUT_MS, error);
    });
    return Promise.race([this.load(), late]).finally(() => {
      clearTimeout(timer);
    });
  }
}

const PROFILE_CHUNKS: Readonly<Record<Profile, () => Promise<{encrypt: Encrypt}>>> = {
  paytrace: () => import('./paytrace.ts'),
  jwe: () => import('./jwe.ts'),
};

/** One chunk of the build. After a failure, the next call requests it again. */
class Chunk<Module> {
  #loading: Promise<Module> | undefined;
  #spares: string[] | undefined;
  readonly #name: string;
  readonly #importFirst: () => Promise<Module>;

  constructor(name: string, importFirst: () => Promise<Module>) {
    this.#name = name;
    this.#importFirst = importFirst;
  }

  load(): Promise<Module> {
    this.#loading ??= this.#import().catch((cause: unknown) => {
      this.#loading = undefined;
      this.#spares ??= spareUrls(this.#name);
      throw cause;
    });
    return this.#loading;
  }

  async #import(): Promise<Module> {
    const spare = this.#spares?.shift();
    return spare === undefined ? this.#importFirst() : ((await import(/* @vite-ignore */ spare)) as Module);
  }
}

/**
 * The URLs for repeated requests of a chunk, from the document's import map: its own URL with different fragments. To the
 * browser they are different modules with the same content. Firefox caches a failed import until the document unloads, so
 * the same URL could not be requested again.
 */
function spareUrls(name: string): string[] {
  const map = document.querySelector('script[type=importmap]')?.textContent ?? '{}';
  const {integrity = {}} = JSON.parse(map) as {integrity?: Record<string, string>};
  return Object.keys(integrity).filter((url) => url.includes(`/${name}-`) && url.includes('#'));
}
