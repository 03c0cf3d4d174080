import {SealedFieldsError} from '../protocol/errors.ts';
import type {Profile} from '../protocol/names.ts';
import type {MerchantRecord} from '../merchant-record.ts';
import type {Envelope} from '../protocol/envelope.ts';
import type {Encrypt, SealableValues, Submission} from './seal.ts';

/** Milliseconds that one `seal` waits for the ciphers: less than the host waits for its result. */
const PATIENCE = 15_000;

/** `seal` and `warm` of `seal.ts`, with the cipher that they take. */
export interface Sealer {
  seal: (
    values: SealableValues,
    record: MerchantRecord,
    submission: Submission,
    now: Date,
  ) => Promise<Envelope>;
  warm: (record: MerchantRecord, now: Date) => Promise<void>;
}

/**
 * What seals by one profile: two chunks, fetched after the first paint, or when they are needed. The one has what all
 * profiles share, the key gate above all, the other the profile's cipher. No module of theirs stands in a third: a
 * chunk that imports another could not be asked for anew.
 */
export class Ciphers {
  readonly #sealing = new Chunk('seal', () => import('./seal.ts'));
  readonly #cipher: Chunk<{encrypt: Encrypt}>;

  constructor(profile: Profile) {
    this.#cipher = new Chunk(profile, CIPHERS[profile]);
  }

  /**
   * Gives the ciphers, once they are there. What did not arrive is asked for anew by the next call.
   *
   * @throws SealedFieldsError `crypto-unavailable`.
   */
  async load(): Promise<Sealer> {
    try {
      const [{seal, warm}, {encrypt}] = await Promise.all([this.#sealing.load(), this.#cipher.load()]);
      return {seal: seal.bind(undefined, encrypt), warm: warm.bind(undefined, encrypt)};
    } catch (cause) {
      throw new SealedFieldsError('crypto-unavailable', 'the ciphers did not arrive', {cause});
    }
  }

  /** The same, but nobody waits longer than {@link PATIENCE}: what was typed stays, and the next try may find them. */
  async await(): Promise<Sealer> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      const error = new SealedFieldsError('crypto-unavailable', 'the ciphers did not arrive in time');
      timer = setTimeout(reject, PATIENCE, error);
    });
    return Promise.race([this.load(), late]).finally(() => {
      clearTimeout(timer);
    });
  }
}

const CIPHERS: Readonly<Record<Profile, () => Promise<{encrypt: Encrypt}>>> = {
  paytrace: () => import('./paytrace.ts'),
  jwe: () => import('./jwe.ts'),
};

/** A script of the build's own that is fetched by itself; one that did not arrive is asked for again. */
class Chunk<Module> {
  #loading: Promise<Module> | undefined;
  #spares: string[] | undefined;
  readonly #name: string;
  readonly #first: () => Promise<Module>;

  constructor(name: string, first: () => Promise<Module>) {
    this.#name = name;
    this.#first = first;
  }

  load(): Promise<Module> {
    this.#loading ??= this.#import().catch((cause: unknown) => {
      this.#loading = undefined;
      this.#spares ??= spareAddresses(this.#name);
      throw cause;
    });
    return this.#loading;
  }

  async #import(): Promise<Module> {
    const spare = this.#spares?.shift();
    return spare === undefined ? this.#first() : ((await import(/* @vite-ignore */ spare)) as Module);
  }
}

/**
 * The addresses by which a chunk may be asked for again, as the document's import map lists them: its own, each
 * with another fragment. To an engine they are other modules of the same bytes; Firefox would keep the failure of
 * the first for as long as the document lives.
 */
function spareAddresses(name: string): string[] {
  const map = document.querySelector('script[type=importmap]')?.textContent ?? '{}';
  const {integrity = {}} = JSON.parse(map) as {integrity?: Record<string, string>};
  return Object.keys(integrity).filter((address) => address.includes(`/${name}-`) && address.includes('#'));
}
