/** How long to wait for a paint report after the first animation frame. Browsers that report paints have done so by then. */
const PAINT_REPORT_MS = 300;

/**
 * Resolves on the first paint or the first focus.
 *
 * WebKitGTK reports no paint in a frame, so this also resolves some time after the first animation frame with the fields.
 * A frame outside the viewport gets no animation frames and is not painted, so work that waits for this must also start
 * when its result is needed.
 *
 * @param mounted resolves once the fields are in the document.
 */
export function waitForFirstPaint(mounted: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    window.addEventListener('focusin', () => {
      resolve();
    });
    new PerformanceObserver((_, observer) => {
      observer.disconnect();
      resolve();
    }).observe({type: 'paint', buffered: true});
    void mounted.then(() => requestAnimationFrame(() => setTimeout(resolve, PAINT_REPORT_MS)));
  });
}
