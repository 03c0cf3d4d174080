/**
 * Calls `onReplaced` once a script of the page takes a frame from where it was put, or gives it another document to
 * show: what then stands there is not ours, and who types into it must not be encouraged by us.
 *
 * @param signal ends the watch.
 */
export function watch(frame: HTMLIFrameElement, onReplaced: () => void, signal: AbortSignal): void {
  const {parentNode: place, src} = frame;
  if (place === null) return;
  const observer = new MutationObserver(() => {
    if (frame.parentNode !== place || frame.src !== src || frame.hasAttribute('srcdoc')) onReplaced();
  });
  observer.observe(place, {childList: true});
  observer.observe(frame, {attributeFilter: ['src', 'srcdoc']});
  signal.addEventListener('abort', () => {
    observer.disconnect();
  });
}
