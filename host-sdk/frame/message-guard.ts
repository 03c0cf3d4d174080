/** All our frames on this page, with their origins. They share one guard: a guard per frame would stop the others' messages. */
const frames = new Map<HTMLIFrameElement, string>();

/**
 * Guards the page's `message` events for a frame. Call it before Postmate adds its listeners and before the frame is
 * inserted.
 *
 * @returns a function that ends the guard for this frame.
 */
export function guardMessages(frame: HTMLIFrameElement, origin: string): () => void {
  frames.set(frame, origin);
  window.addEventListener('message', stopForeignMessages, true); // the same function, so it is added once
  return () => {
    frames.delete(frame);
  };
}

/**
 * Stops messages from the widget's origin that none of our frames has sent. Messages from other origins belong to the page.
 *
 * @seam host-guard
 */
function stopForeignMessages(event: MessageEvent<unknown>): void {
  if (![...frames.values()].includes(event.origin)) return;
  for (const frame of frames.keys()) if (frame.contentWindow === event.source) return;
  event.stopImmediatePropagation();
}
