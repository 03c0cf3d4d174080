import type {Submitter} from './native-form.ts';

/**
 * Whether sealed values may be sent to where a submit of the form would send them: to the page's own origin, or to one of
 * `origins`. Otherwise markup that someone has injected around the fields could send a payment to another merchant.
 *
 * @param submitter the button, whose `formaction` overrides the form's `action`.
 * @param page the scheme and the origin of the page; a form of an `https:` page must not be sent over `http:`.
 * @seam form-action
 */
export function isAllowedAction(
  form: HTMLFormElement,
  submitter: Submitter | null,
  origins: readonly string[],
  page: Pick<Location, 'protocol' | 'origin'> = location,
): boolean {
  if (attribute(submitter, 'formmethod', attribute(form, 'method')).toLowerCase() === 'dialog') return true;
  const action = parseUrl(attribute(submitter, 'formaction', attribute(form, 'action')));
  if (action === undefined || !/^https?:$/.test(action.protocol)) return false;
  if (page.protocol === 'https:' && action.protocol !== 'https:') return false;
  return [page.origin, ...origins].includes(action.origin);
}

/** An attribute, read through the prototype: a control named `action` hides the form's property of that name. */
function attribute(element: Element | null, name: string, missing = ''): string {
  const value = element === null ? null : Element.prototype.getAttribute.call(element, name);
  return value?.trim() || missing;
}

/** The URL relative to the document's base; an empty one is that of the document. Undefined if it is invalid. */
function parseUrl(value: string): URL | undefined {
  try {
    return value === '' ? new URL(location.href) : new URL(value, document.baseURI);
  } catch {
    return undefined;
  }
}
