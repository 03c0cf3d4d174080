import type {MerchantRecord} from '../record.ts';

/** The inert element of the template that takes the record; `widget/main` reads it. */
const PLACE = '<script type="application/json" id="record"></script>';

/**
 * The frame document of one merchant: the template with the record in it, as JSON that cannot end the element or
 * open a comment in it (HTML §4.12.1.3) and is a JavaScript literal in any year's grammar.
 *
 * @throws Error unless the template has one place for it.
 */
export function stamp(template: string, record: MerchantRecord): string {
  const [before, after, ...more] = template.split(PLACE);
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(`The frame's template must hold ${PLACE} once.`);
  const json = JSON.stringify(record).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `${before}${PLACE.replace('></', `>${json}</`)}${after}`;
}
