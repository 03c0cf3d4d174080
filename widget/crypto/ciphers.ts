import type * as module from './seal.ts';
import {SealedFieldsError} from '../protocol/errors.ts';

type Crypto = typeof module;

/** Milliseconds that one `seal` waits for the ciphers: less than the host waits for its result. */
const PATIENCE = 15_000;

/** The ciphers: a chunk of their own, fetched after the first paint, or when they are needed. */
export class Ciphers {
  #loading: Promise<Crypto> | undefined;
  #spares: string[] | undefined;

  /**
   * Gives the ciphers, once they are there. Where they did not arrive, the next call asks for them anew.
   *
   * @throws SealedFieldsError `crypto-unavailable`.
   */
  load(): Promise<Crypto> {
    this.#loading ??= this.#import().catch((cause: unknown) => {
      this.#loading = undefined;
      this.#spares ??= spareAddresses();
      throw new SealedFieldsError('crypto-unavailable', 'the ciphers did not arrive', {cause});
    });
    return this.#loading;
  }

  /** The same, but nobody waits longer than {@link PATIENCE}: what was typed stays, and the next try may find them. */
  async await(): Promise<Crypto> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      const error = new SealedFieldsError('crypto-unavailable', 'the ciphers did not arrive in time');
      timer = setTimeout(reject, PATIENCE, error);
    });
    return Promise.race([this.load(), late]).finally(() => {
      clearTimeout(timer);
    });
  }

  async #import(): Promise<Crypto> {
    const spare = this.#spares?.shift();
    return spare === undefined ? import('./seal.ts') : ((await import(/* @vite-ignore */ spare)) as Crypto);
  }
}

/**
 * The addresses by which the chunk may be asked for again, as the document's import map lists them: its own, each
 * with another fragment. To an engine they are other modules of the same bytes; Firefox would keep the failure of
 * the first for as long as the document lives.
 */
function spareAddresses(): string[] {
  const map = document.querySelector('script[type=importmap]')?.textContent ?? '{}';
  const {integrity = {}} = JSON.parse(map) as {integrity?: Record<string, string>};
  return Object.keys(integrity).filter((address) => address.includes('#'));
}
