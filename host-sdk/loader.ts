import {IDENTITY_ATTRIBUTES, LIVE_ATTRIBUTES} from './attributes.ts';
import {SealedFieldsElement} from './element.ts';
import {dispatch} from './events.ts';

/** Marks a `<div>` in pages that remove unknown tags. Its value has the meaning of `data-fields`. */
const MARK = 'data-sealed-fields';

/** The elements that this script has added to marked divs. A page may also write elements there itself. */
const added = new WeakSet<Element>();

/** Defines the element, with the attributes of `script` as defaults, and adds one to each marked `<div>`. */
function start(script: HTMLScriptElement | undefined): void {
  const defaults =
    script === undefined ? {} : Object.assign({origin: new URL(script.src).origin}, script.dataset);
  if (!SealedFieldsElement.define(defaults)) {
    const message = `sealed-fields.js was loaded twice. The attributes of ${script?.src ?? 'this script'} are ignored.`;
    dispatch(document, 'sealed-warning', {code: 'script-repeated', message});
  }
  updateMarkedDivs(document);
  new MutationObserver((records) => {
    for (const {target, addedNodes} of records) {
      if (target instanceof HTMLDivElement) updateDiv(target);
      for (const node of addedNodes) if (node instanceof Element) updateMarkedDivs(node);
    }
  }).observe(document, {
    childList: true,
    subtree: true,
    attributeFilter: [MARK, ...IDENTITY_ATTRIBUTES, ...LIVE_ATTRIBUTES],
  });
}

/**
 * The `<script>` that runs this code. `document.currentScript` is not always usable: it is null in a module, a control with
 * that name can hide it, and jQuery runs inserted scripts as copies without attributes. Then this function searches the
 * scripts with the same address, and prefers the first one that names a merchant.
 */
function ownScript(): HTMLScriptElement | undefined {
  const {currentScript} = document;
  const current =
    currentScript instanceof HTMLScriptElement && currentScript.src !== '' ? currentScript : undefined;
  if (current?.dataset['merchant'] !== undefined) return current;
  const all = document.querySelectorAll<HTMLScriptElement>('script[src*="/sealed-fields.js"]');
  const candidates = [...all].filter(({src}) => current === undefined || src === current.src);
  return candidates.find(({dataset}) => dataset['merchant'] !== undefined) ?? current ?? candidates[0];
}

function updateMarkedDivs(root: Document | Element): void {
  if (root instanceof HTMLDivElement) updateDiv(root);
  for (const div of root.querySelectorAll<HTMLDivElement>(`div[${MARK}]`)) updateDiv(div);
}

/** Adds an element to a marked `<div>`, or updates its `data-*` attributes. Removes it if the div is no longer marked. */
function updateDiv(div: HTMLDivElement): void {
  const existing = div.querySelector<SealedFieldsElement>(':scope > sealed-fields');
  if (existing !== null && !added.has(existing)) return; // written by the page
  const {sealedFields: fields, ...dataset} = Object.assign({}, div.dataset);
  if (fields === undefined) {
    existing?.remove();
    return;
  }
  const element = existing ?? document.createElement('sealed-fields');
  const before = identityOf(element);
  for (const key of Object.keys(element.dataset))
    if (!(key in dataset)) Reflect.deleteProperty(element.dataset, key);
  const wanted = {...dataset, ...(fields !== '' && {fields})};
  for (const [key, value] of Object.entries(wanted))
    if (element.dataset[key] !== value) element.dataset[key] = value;
  if (existing === null) {
    added.add(element);
    div.append(element);
  } else if (identityOf(element) !== before) existing.retry();
}

function identityOf(element: Element): string {
  return IDENTITY_ATTRIBUTES.map((name) => element.getAttribute(name)).join(' ');
}

start(ownScript());
