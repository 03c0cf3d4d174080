import {createHash} from 'node:crypto';
import {basename} from 'node:path';
import {SealedFieldsError} from '../protocol/errors.ts';
import {LOCALES, type Profile} from '../protocol/names.ts';

/** What is written down of a script, as PCI DSS 4.0.1 wants it of every script of a payment page (6.4.3). */
export interface Script {
  integrity: string;
  bytes: number;
  /** Why it is there. */
  purpose: string;
}

const languages = new Intl.DisplayNames('en', {type: 'language'});

/** By the name that the build gives to a script, without its hash. */
const PURPOSES: Readonly<Record<string, string> & Record<Profile, string>> = {
  index: 'Shows the fields, validates their values, and exchanges messages with the page around the frame.',
  icons: 'Draws the icons of card brands, and of where a card has its security code.',
  seal: 'Validates the gateway’s public key, and encrypts the field values with it.',
  paytrace: 'Encrypts each value by itself, as PayTrace’s API takes it.',
  jwe: 'Encrypts all values as one, as a JWE.',
  'sealed-fields': 'Puts the frame into the merchant’s page, and its ciphertext into the form.',
  ...Object.fromEntries(
    LOCALES.map((locale) => [
      locale.toLowerCase(),
      `Holds the texts of the fields in ${languages.of(locale) ?? locale}.`,
    ]),
  ),
};

/** @throws SealedFieldsError `config-invalid` for a script that has no purpose in the table. */
export function describeScript(path: string, script: Buffer): Script {
  const name = basename(path, '.js').replace(/-[\w-]{8}$/, '');
  const purpose = PURPOSES[name];
  if (purpose === undefined)
    throw new SealedFieldsError('config-invalid', `${path}: no script of this name is known`, {
      hint: 'Add its purpose to widget/publish/inventory.ts.',
    });
  return {integrity: integrityOf('sha384', script), bytes: script.length, purpose};
}

/** As in the attribute (Subresource Integrity, §3.5), and in a policy, there in quotation marks. */
export function integrityOf(algorithm: 'sha256' | 'sha384', content: Buffer | string): string {
  return `${algorithm}-${createHash(algorithm).update(content).digest('base64')}`;
}
