/**
 * Calls `onTampering` when a script of the page moves or removes a frame, or changes its document. The shopper must not
 * enter a card there.
 *
 * @param signal ends the observation.
 */
export function observeTampering(
  frame: HTMLIFrameElement,
  onTampering: () => void,
  signal: AbortSignal,
): void {
  const {parentNode: parent, src} = frame;
  if (parent === null) return;
  const observer = new MutationObserver(() => {
    if (frame.parentNode !== parent || frame.src !== src || frame.hasAttribute('srcdoc')) onTampering();
  });
  observer.observe(parent, {childList: true});
  observer.observe(frame, {attributeFilter: ['src', 'srcdoc']});
  signal.addEventListener('abort', () => {
    observer.disconnect();
  });
}
