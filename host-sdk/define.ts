import type {Attributes} from './attributes.ts';
import {SealedFieldsElement} from './element.ts';

/**
 * Defines `<sealed-fields>`, once on each page. Importing this module has no side effect; in Node the call has none, too.
 *
 * @param defaults `data-*` attributes of every element, by their `dataset` names. `origin` is the exact origin of the
 * widget host; no element can set another.
 * @returns whether this call has defined it.
 * @example
 * import {define} from 'sealed-fields/define';
 * define({origin: 'https://pay.example.com', merchant: 'demo'});
 */
export function define(defaults: Attributes & {origin: string}): boolean {
  return SealedFieldsElement.define(defaults);
}
