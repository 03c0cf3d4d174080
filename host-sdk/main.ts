import {SealedFieldsElement} from './element.ts';
import {tell} from './events.ts';
import {IDENTITY_ATTRIBUTES, LIVE_ATTRIBUTES} from './options.ts';

/** Pages that strip unknown tags mark a `<div>` with this instead; its value is what `data-fields` would be. */
const MARK = 'data-sealed-fields';

/** The script entry: its own `<script>` gives the defaults, and every marked `<div>` is kept up with. */
function start(script: HTMLScriptElement | undefined): void {
  const defaults =
    script === undefined ? {} : Object.assign({origin: new URL(script.src).origin}, script.dataset);
  if (!SealedFieldsElement.define(defaults)) {
    const message = `The script was here before ${script?.src ?? 'this copy'}: the attributes of the first count.`;
    tell(document, 'sealed-warning', {code: 'script-repeated', message});
  }
  keepUpWithin(document);
  new MutationObserver((records) => {
    for (const {target, addedNodes} of records) {
      if (target instanceof HTMLDivElement) keepUp(target);
      for (const node of addedNodes) if (node instanceof Element) keepUpWithin(node);
    }
  }).observe(document, {
    childList: true,
    subtree: true,
    attributeFilter: [MARK, ...IDENTITY_ATTRIBUTES, ...LIVE_ATTRIBUTES],
  });
}

/**
 * A module has no current script, a control named `currentScript` can hide the one there is, and jQuery runs a bare
 * copy of what it inserts: then it is one of this address, of those that name a merchant the first.
 */
function ownScript(): HTMLScriptElement | undefined {
  const {currentScript} = document;
  const current =
    currentScript instanceof HTMLScriptElement && currentScript.src !== '' ? currentScript : undefined;
  if (current?.dataset['merchant'] !== undefined) return current;
  const all = document.querySelectorAll<HTMLScriptElement>('script[src*="/sealed-fields.js"]');
  const alike = [...all].filter(({src}) => current === undefined || src === current.src);
  return alike.find(({dataset}) => dataset['merchant'] !== undefined) ?? current ?? alike[0];
}

function keepUpWithin(root: Document | Element): void {
  if (root instanceof HTMLDivElement) keepUp(root);
  for (const marked of root.querySelectorAll<HTMLDivElement>(`div[${MARK}]`)) keepUp(marked);
}

/** Gives a marked `<div>` its element, with the `data-*` of the div as they are now; takes it when the mark goes. */
function keepUp(div: HTMLDivElement): void {
  const standing = div.querySelector<SealedFieldsElement>(':scope > sealed-fields');
  if (standing !== null && !made.has(standing)) return; // the page's own
  const {sealedFields: fields, ...dataset} = Object.assign({}, div.dataset);
  if (fields === undefined) {
    standing?.remove();
    return;
  }
  const element = standing ?? document.createElement('sealed-fields');
  const before = identityOf(element);
  for (const key of Object.keys(element.dataset))
    if (!(key in dataset)) Reflect.deleteProperty(element.dataset, key);
  const wanted = {...dataset, ...(fields !== '' && {fields})};
  for (const [key, value] of Object.entries(wanted))
    if (element.dataset[key] !== value) element.dataset[key] = value;
  if (standing === null) {
    made.add(element);
    div.append(element);
  } else if (identityOf(element) !== before) standing.retry();
}

/** Elements of divs, told from those that a page wrote into a div of its own. */
const made = new WeakSet<Element>();

function identityOf(element: Element): string {
  return IDENTITY_ATTRIBUTES.map((name) => element.getAttribute(name)).join(' ');
}

start(ownScript());
