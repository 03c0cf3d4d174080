/**
 * Calls `onChange` when a `lang` attribute changes in the document or in a shadow root around `element`.
 *
 * @returns a function that stops observing.
 */
export function observeLanguage(element: Element, onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  for (let node: Node | undefined = element; node !== undefined;) {
    const root: Node = node.getRootNode();
    observer.observe(root, {subtree: true, attributeFilter: ['lang']});
    node = root instanceof ShadowRoot ? root.host : undefined;
  }
  return () => {
    observer.disconnect();
  };
}
