import type {MerchantRecord} from '../merchant-record.ts';
import {ORIGIN_PLACEHOLDER} from '../protocol/names.ts';

/** The element of the template that contains the record. `widget/main` reads it. */
const OPENING = '<script type="application/json" id="record">';
const CLOSING = '</script>';

/**
 * The frame document of one merchant: the template with the record as JSON in its `record` element. Characters that could
 * end the element or start a comment are escaped (HTML, "Restrictions for contents of script elements").
 *
 * @throws Error unless the template has exactly one such element, and it is empty.
 */
export function stamp(template: string, record: MerchantRecord): string {
  const parts = template.split(OPENING + CLOSING);
  const [before, after] = parts;
  if (before === undefined || after === undefined || parts.length > 2)
    throw new Error(
      `widget/index.html: expected ${OPENING}${CLOSING} once, found it ${parts.length - 1} times`,
    );
  const json = JSON.stringify(record).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return [before, OPENING, json, CLOSING, after].join('');
}

/**
 * The script of merchants' pages with the origin of the widget host in it, for pages whose optimizer merges it into another
 * script. The origin needs no escaping: it contains no quotes.
 *
 * @throws Error if the build is of a version that has no place for it.
 */
export function stampOrigin(loader: Buffer, origin: string): Buffer {
  const parts = loader.toString().split(ORIGIN_PLACEHOLDER);
  if (parts.length === 1)
    throw new Error(`sealed-fields.js: expected ${ORIGIN_PLACEHOLDER} in the build, found no such text`);
  return Buffer.from(parts.join(origin));
}
