import {createHash} from 'node:crypto';
import {basename} from 'node:path';
import {SealedFieldsError} from '../protocol/errors.ts';
import {LOCALES, type Profile} from '../protocol/names.ts';

/** One entry of the script inventory that PCI DSS 4.0.1 requires for payment pages (requirement 6.4.3). */
export interface Script {
  /** SHA-384, in the form of {@link integrityOf}. */
  integrity: string;
  bytes: number;
  /** Why the page needs the script, in one sentence. */
  purpose: string;
}

const languages = new Intl.DisplayNames('en', {type: 'language'});

/** The purpose of each script, by its file name without the content hash. */
const PURPOSES: Readonly<Record<string, string> & Record<Profile, string>> = {
  index: 'Shows the fields, validates the entered values, and exchanges messages with the merchant’s page.',
  icons: 'Draws the icons of the card brands, and the icon that shows where a card has its security code.',
  seal: 'Validates the gateway’s public key, and creates the envelope with the encrypted values.',
  paytrace: 'Encrypts each value separately, in the format of PayTrace’s API.',
  jwe: 'Encrypts all values together, as one JWE.',
  'sealed-fields': 'Embeds the frame in the merchant’s page, and writes the encrypted values into the form.',
  ...Object.fromEntries(
    LOCALES.map((locale) => [
      locale.toLowerCase(),
      `Contains the texts of the fields in ${languages.of(locale) ?? locale}.`,
    ]),
  ),
};

/**
 * The inventory entry of a script.
 *
 * @param path its path in the tree; the file name determines the purpose.
 * @throws SealedFieldsError `config-invalid` if the table has no purpose for the script.
 */
export function describeScript(path: string, script: Buffer): Script {
  const name = basename(path, '.js').replace(/-[\w-]{8}$/, '');
  const purpose = PURPOSES[name];
  if (purpose === undefined)
    throw new SealedFieldsError(
      'config-invalid',
      `${path}: expected a script with a purpose, found none for “${name}”`,
      {
        hint: 'Add the purpose of the script to widget/publish/inventory.ts.',
      },
    );
  return {integrity: integrityOf('sha384', script), bytes: script.length, purpose};
}

/** The hash of a file in the form of an `integrity` attribute (Subresource Integrity §3.5). A CSP needs it in quotes. */
export function integrityOf(algorithm: 'sha256' | 'sha384', content: Buffer | string): string {
  return `${algorithm}-${createHash(algorithm).update(content).digest('base64')}`;
}
