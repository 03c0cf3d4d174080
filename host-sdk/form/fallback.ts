/** The page's own controls in an element or a marked div. Hidden inputs are not among them: those need no interaction. */
const CONTROLS = ':scope > :is(select, textarea, input:not([type=hidden]))';

/**
 * Keeps the fallback controls in `parent` hidden and disabled, also those that are added later. Until then such a control,
 * which is required and cannot be filled in, makes the browser block a form whose fields do not work.
 *
 * The controls stay in the document: hydration and morphing libraries would put back what is missing.
 *
 * @returns restores the controls.
 */
export function neutralizeFallback(parent: Element): () => void {
  const changed = new Map<Element, string[]>();
  const neutralize = () => {
    for (const control of parent.querySelectorAll(CONTROLS)) {
      const missing = ['hidden', 'disabled'].filter((name) => !control.hasAttribute(name));
      for (const name of missing) control.setAttribute(name, '');
      changed.set(control, [...(changed.get(control) ?? []), ...missing]);
    }
  };
  neutralize();
  const observer = new MutationObserver(neutralize);
  observer.observe(parent, {childList: true, subtree: true, attributeFilter: ['hidden', 'disabled']});
  return () => {
    observer.disconnect();
    for (const [control, names] of changed) for (const name of names) control.removeAttribute(name);
  };
}
