import type {Opener} from './decrypt.ts';
import {type ErrorPlaces, readValue} from './endpoint.ts';

/** The code as a request carries it: plain, sealed or not at all. */
export interface CodeRequest {
  csc?: string;
  encrypted_csc?: string;
}

export const codeProperties = {csc: {type: 'string'}, encrypted_csc: {type: 'string'}};

export const CODE_ERRORS: ErrorPlaces = {'/csc': 'csc', '/encrypted_csc': 'csc'};

/** Undefined when the request had none; else what was sent, digits or not, empty if it did not open. */
export function readCode({csc, encrypted_csc}: CodeRequest, open: Opener): string | undefined {
  return readValue(csc, encrypted_csc, open);
}

/** The sandbox's test cards and the only code that matches each; PayTrace's integrations test with these. */
const TEST_CODES: Readonly<Record<string, string>> = {
  '4012000098765439': '999',
  '5499740000000057': '998',
  '6011000993026909': '996',
  '371449635392376': '9997',
};

/**
 * How the issuer would find the code. It never declines: PayTrace leaves that to a merchant's settings. A test
 * card knows its own code; any other card matches whatever has the right length, four digits for American
 * Express, else three.
 *
 * @param code as {@link readCode} gives it.
 */
export function compareCode(number: string, code: string | undefined): '' | 'Match' | 'No Match' {
  if (code === undefined) return '';
  const length = /^3[47]/.test(number) ? 4 : 3;
  const known = TEST_CODES[number];
  const matches = known === undefined ? /^\d+$/.test(code) : code === known;
  return matches && code.length === length ? 'Match' : 'No Match';
}
