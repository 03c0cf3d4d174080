import {SealedFieldsError} from '../widget/protocol/errors.ts';
import {ORIGIN_PLACEHOLDER} from '../widget/protocol/names.ts';
import {IDENTITY_ATTRIBUTES, LIVE_ATTRIBUTES} from './attributes.ts';
import {SealedFieldsElement} from './element.ts';
import {warn} from './events.ts';
import {neutralizeFallback} from './form/fallback.ts';
import {pageDefaults} from './page-defaults.ts';

/** Marks a `<div>` in pages that remove unknown tags. Its value has the meaning of `data-fields`. */
const MARK = 'data-sealed-fields';

/** Scripts with our name, on any host. */
const OWN = 'script[src*="/sealed-fields.js"]';

/** The elements that this script has added to marked divs. A page may also write elements there itself. */
const added = new WeakSet<Element>();

/** The divs that have or had such an element, with what restores their fallback controls. */
const divs = new WeakMap<HTMLDivElement, () => void>();

/** Defines the element, with the defaults of the page, and adds one to each marked `<div>`. */
function start(script: HTMLScriptElement | undefined): void {
  if (typeof customElements === 'undefined') return; // the fallback controls block the forms
  const defaults = pageDefaults(script, ORIGIN_PLACEHOLDER);
  if (!SealedFieldsElement.define(defaults)) {
    const message = `sealed-fields.js was loaded twice. The attributes of ${script?.src ?? 'this script'} are ignored.`;
    warn(document, 'script-repeated', message);
  }
  // Divs that the page did not contain when it was parsed may be injected markup, such as a comment of a user.
  const mayAddLater = !(defaults instanceof SealedFieldsError) && defaults['upgrade'] === 'any';
  let mayAdd = document.readyState === 'loading' || mayAddLater;
  document.addEventListener('DOMContentLoaded', () => {
    mayAdd = mayAddLater;
  });
  updateMarkedDivs(document, true);
  new MutationObserver((records) => {
    for (const {target, addedNodes} of records) {
      if (target instanceof HTMLDivElement) updateDiv(target, mayAdd);
      for (const node of addedNodes) if (node instanceof Element) updateMarkedDivs(node, mayAdd);
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
 *
 * @returns undefined if another script contains this code, as those of optimizers and bundlers do.
 */
function ownScript(): HTMLScriptElement | undefined {
  const {currentScript} = document;
  const current =
    currentScript instanceof HTMLScriptElement && currentScript.src !== '' ? currentScript : undefined;
  const {merchant, origin} = current?.dataset ?? {};
  if (merchant !== undefined || origin !== undefined) return current;
  if (current?.matches(OWN) === false) return undefined;
  const all = document.querySelectorAll<HTMLScriptElement>(OWN);
  const candidates = [...all].filter(({src}) => current === undefined || src === current.src);
  return candidates.find(({dataset}) => dataset['merchant'] !== undefined) ?? current ?? candidates[0];
}

function updateMarkedDivs(root: Document | Element, mayAdd: boolean): void {
  if (root instanceof HTMLDivElement) updateDiv(root, mayAdd);
  for (const div of root.querySelectorAll<HTMLDivElement>(`div[${MARK}]`)) updateDiv(div, mayAdd);
}

/**
 * Updates the `data-*` attributes of the element in a marked `<div>`, or removes the element if the div is no longer
 * marked. Adds an element to a div that has none if it may.
 */
function updateDiv(div: HTMLDivElement, mayAdd: boolean): void {
  const existing = div.querySelector<SealedFieldsElement>(':scope > sealed-fields');
  if (existing !== null && !added.has(existing)) return; // written by the page
  const {sealedFields: fields, ...dataset} = Object.assign({}, div.dataset);
  if (fields === undefined) {
    existing?.remove();
    divs.get(div)?.();
    divs.delete(div);
    return;
  }
  if (existing === null && !mayAdd && !divs.has(div)) {
    const message = `A <div ${MARK}> that was added later is ignored. Set data-upgrade="any" on the <script>.`;
    warn(document, 'div-ignored', message);
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
    // Now the element itself blocks the form.
    if (element instanceof SealedFieldsElement && !divs.has(div)) divs.set(div, neutralizeFallback(div));
  } else if (identityOf(element) !== before) existing.retry();
}

function identityOf(element: Element): string {
  return IDENTITY_ATTRIBUTES.map((name) => element.getAttribute(name)).join(' ');
}

start(ownScript());
