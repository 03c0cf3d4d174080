/** Milliseconds from the first frame of animation, after which a browser that tells of a paint has told it. */
const PAINTED = 300;

/**
 * The first paint, or the first focus. WebKitGTK tells of no paint in a frame: there it is a while after the first frame
 * of animation that the fields get, and those out of sight get none. A frame that is never seen is never painted; what
 * waits for this is then done when it is needed.
 */
export function firstSight(standing: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    window.addEventListener('focusin', () => {
      resolve();
    });
    new PerformanceObserver((_, observer) => {
      observer.disconnect();
      resolve();
    }).observe({type: 'paint', buffered: true});
    void standing.then(() => requestAnimationFrame(() => setTimeout(resolve, PAINTED)));
  });
}
