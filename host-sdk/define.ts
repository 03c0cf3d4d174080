import {type Attributes, parseOrigin} from './attributes.ts';
import {SealedFieldsElement} from './element.ts';

/**
 * Defines the `<sealed-fields>` element. Only the first call on a page has an effect. In Node, the call does nothing.
 * Importing this module has no side effects.
 *
 * @param defaults `data-*` attributes for elements that do not set them, by `dataset` name. `origin` is the exact origin
 * of the widget host; elements cannot override it.
 * @returns true if this call has defined the element.
 * @example
 * import {define} from 'sealed-fields/define';
 *
 * define({origin: 'https://pay.example.com', merchant: 'demo'});
 * document.querySelector('form')?.prepend(document.createElement('sealed-fields'));
 */
export function define(defaults: Attributes & {origin: string}): boolean {
  parseOrigin(defaults.origin);
  return SealedFieldsElement.define(defaults);
}
