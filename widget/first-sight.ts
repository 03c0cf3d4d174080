/**
 * The first paint, or the first focus: WebKitGTK tells of no paint in a frame. A frame that is never seen is never
 * painted; what waits for this is then done when it is needed.
 */
export function firstSight(): Promise<void> {
  return new Promise((resolve) => {
    window.addEventListener('focusin', () => {
      resolve();
    });
    new PerformanceObserver((_, observer) => {
      observer.disconnect();
      resolve();
    }).observe({type: 'paint', buffered: true});
  });
}
