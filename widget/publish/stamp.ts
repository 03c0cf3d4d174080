import type {MerchantRecord} from '../merchant-record.ts';

/** The inert element of the template that takes the record; `widget/main` reads it. */
const OPENING = '<script type="application/json" id="record">';
const CLOSING = '</script>';

/**
 * The frame document of one merchant: the template with the record in its place, as JSON in which nothing can end
 * the element or open a comment (HTML, "Restrictions for contents of script elements").
 *
 * @throws Error unless the template has one place for it.
 */
export function stamp(template: string, record: MerchantRecord): string {
  const [before, after, ...more] = template.split(OPENING + CLOSING);
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(`The frame's template must hold ${OPENING}${CLOSING} once.`);
  const json = JSON.stringify(record).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return [before, OPENING, json, CLOSING, after].join('');
}
