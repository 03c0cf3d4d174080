/** How long after the first animation frame, in ms, a browser that reports paints has reported the first one. */
const PAINT_REPORT_MS = 300;

/**
 * Resolves on the first paint or the first focus.
 *
 * WebKitGTK reports no paint in a frame, so this also resolves some time after the first animation frame with the fields.
 * A frame that is out of sight gets no animation frames and is not painted: what waits for this is then done when it is
 * needed.
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
