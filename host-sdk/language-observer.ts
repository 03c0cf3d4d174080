/**
 * Calls `onChange` when a `lang` attribute changes in the document or in a shadow root around `element`.
 *
 * @returns stops it.
 */
export function observeLanguage(element: Element, onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  let root = element.getRootNode();
  observer.observe(root, {subtree: true, attributeFilter: ['lang']});
  while (root instanceof ShadowRoot) {
    root = root.host.getRootNode();
    observer.observe(root, {subtree: true, attributeFilter: ['lang']});
  }
  return () => {
    observer.disconnect();
  };
}
