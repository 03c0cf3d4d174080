/** Every frame of ours on this page, with its origin. One guard serves all: a guard per frame would stop its neighbours' messages. */
const frames = new Map<HTMLIFrameElement, string>();

/**
 * Guards the page on behalf of a frame that is about to be inserted. Must be called before Postmate adds its listeners.
 *
 * @returns ends it for this frame.
 */
export function guardMessages(frame: HTMLIFrameElement, origin: string): () => void {
  frames.set(frame, origin);
  window.addEventListener('message', stopForeignMessages, true); // the same function, so it is added once
  return () => {
    frames.delete(frame);
  };
}

/**
 * Stops messages from the widget's origin whose source is no frame of ours. All other messages belong to the page.
 *
 * @seam host-guard
 */
function stopForeignMessages(event: MessageEvent<unknown>): void {
  if (![...frames.values()].includes(event.origin)) return;
  for (const frame of frames.keys()) if (frame.contentWindow === event.source) return;
  event.stopImmediatePropagation();
}
