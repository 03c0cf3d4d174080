import {actionOf, closesDialog, type Submitter} from './native-form.ts';

/** The page around a form. A document without a URL of its own, such as `srcdoc`, has the origin of its creator. */
const PAGE = {
  get origin() {
    return self.origin;
  },
  get protocol() {
    return parseUrl(self.origin)?.protocol ?? location.protocol;
  },
};

/**
 * Whether sealed values may be sent to where a submit of the form would send them: to the page's own origin, or to one of
 * `origins`. Otherwise markup that someone has injected around the fields could send a payment to another merchant. A
 * `javascript:` URL runs in the page, which has the values anyway; React writes one for each function as `action`.
 *
 * @param submitter the button, whose `formaction` and `formmethod` override the form's attributes (HTML §4.10.22.3).
 * @param page a form of an `https:` page must not be sent over `http:`.
 * @seam form-action
 */
export function isAllowedAction(
  form: HTMLFormElement,
  submitter: Submitter | null,
  origins: readonly string[],
  page: {origin: string; protocol: string} = PAGE,
): boolean {
  const action = actionOf(form, submitter);
  if (closesDialog(form, submitter) || action === '') return true; // it stays, or is sent to the page's own URL
  const url = parseUrl(action, document.baseURI);
  if (url?.protocol === 'javascript:') return true;
  if (url === undefined || !/^https?:$/.test(url.protocol)) return false;
  if (page.protocol === 'https:' && url.protocol !== 'https:') return false;
  return [page.origin, ...origins].includes(url.origin);
}

function parseUrl(value: string, base?: string): URL | undefined {
  try {
    return new URL(value, base);
  } catch {
    return undefined;
  }
}
