import {SealedFieldsElement} from './element.ts';

/** Pages that strip unknown tags mark a `<div>` with this instead; its value is what `data-fields` would be. */
const MARK = 'data-sealed-fields';

/** The script entry: its own `<script>` gives the defaults, then every marked `<div>` gets its element. */
function start(script: Element | null): void {
  const isOurs = script instanceof HTMLScriptElement;
  SealedFieldsElement.define(
    isOurs ? Object.assign({origin: new URL(script.src).origin}, script.dataset) : {},
  );
  upgradeWithin(document);
  new MutationObserver((records) => {
    for (const {addedNodes} of records)
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue;
        if (node.matches(`div[${MARK}]`)) upgrade(node as HTMLDivElement);
        upgradeWithin(node);
      }
  }).observe(document, {childList: true, subtree: true});
}

function upgradeWithin(root: ParentNode): void {
  for (const marked of root.querySelectorAll<HTMLDivElement>(`div[${MARK}]`)) upgrade(marked);
}

function upgrade(marked: HTMLDivElement): void {
  if (marked.querySelector(':scope > sealed-fields') !== null) return;
  const element = document.createElement('sealed-fields');
  Object.assign(element.dataset, marked.dataset);
  delete element.dataset['sealedFields'];
  if (marked.dataset['sealedFields']) element.dataset['fields'] = marked.dataset['sealedFields'];
  marked.append(element);
}

start(document.currentScript);
