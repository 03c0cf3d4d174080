/** Every frame of ours on this page, with the widget's origin: what the page's one guard goes by. */
const frames = new Map<HTMLIFrameElement, string>();

/**
 * Guards the page on behalf of a frame that is about to be inserted.
 *
 * One guard serves all: a guard for each frame would stop the messages of its neighbours. It must have been put on
 * before Postmate's listeners, and is put on once, being the same function each time.
 */
export function guard(frame: HTMLIFrameElement, origin: string): void {
  frames.set(frame, origin);
  window.addEventListener('message', stopStrangers, true);
}

export function unguard(frame: HTMLIFrameElement): void {
  frames.delete(frame);
}

/**
 * Stops messages that have the widget's origin and come from no frame of ours; all others are the page's own.
 *
 * @seam host-guard
 */
function stopStrangers(event: MessageEvent<unknown>): void {
  if (![...frames.values()].includes(event.origin)) return;
  for (const frame of frames.keys()) if (frame.contentWindow === event.source) return;
  event.stopImmediatePropagation();
}
