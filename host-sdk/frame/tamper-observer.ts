/** What {@link observeTampering} reports. */
export interface TamperListener {
  /** The frame is no longer where it was inserted. */
  onRemoved: () => void;
  /** The frame has another document. The shopper must not enter a card there. */
  onRedirected: () => void;
}

/**
 * Observes whether a script of the page moves or removes a frame, or changes its document. Loads the frame at once if a
 * script has made it lazy.
 *
 * @param signal ends the observation.
 */
export function observeTampering(
  frame: HTMLIFrameElement,
  {onRemoved, onRedirected}: TamperListener,
  signal: AbortSignal,
): void {
  const {parentNode: parent, src} = frame;
  if (parent === null) return;
  const observer = new MutationObserver(() => {
    if (frame.src !== src || frame.hasAttribute('srcdoc')) onRedirected();
    else if (frame.parentNode !== parent) onRemoved();
    else if (frame.loading === 'lazy') frame.loading = 'eager';
  });
  observer.observe(parent, {childList: true});
  observer.observe(frame, {attributeFilter: ['src', 'srcdoc', 'loading']});
  signal.addEventListener('abort', () => {
    observer.disconnect();
  });
}
