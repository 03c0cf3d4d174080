import Postmate from 'postmate';
import {SealedFieldsError} from '../widget/protocol/errors.ts';

/**
 * Lets Postmate make a frame, set its address and shake hands; nobody waits for its promise, for two frames of one
 * origin resolve each other's.
 *
 * @param place takes the frame before it has an address.
 * @param signal ends all listening: Postmate itself takes none of its listeners from the page.
 */
export function openDoor(
  url: URL,
  place: (frame: HTMLIFrameElement) => void,
  signal: AbortSignal,
): HTMLIFrameElement {
  const made: HTMLIFrameElement[] = [];
  const container = {
    appendChild(frame: HTMLIFrameElement) {
      place(frame);
      made.push(frame);
    },
  };

  class Door extends Postmate {
    /** Postmate's constructor calls this last and returns its promise. */
    sendHandshake(address: string): Promise<unknown> {
      const parent = {
        addEventListener(type: 'message', listener: (event: MessageEvent) => void) {
          window.addEventListener(type, listener, {signal});
        },
        removeEventListener: window.removeEventListener.bind(window),
      };
      const {sendHandshake} = Postmate.prototype as unknown as Pick<Door, 'sendHandshake'>;
      return sendHandshake.call(Object.assign(this, {parent}), address);
    }
  }
  new Door({container: container as unknown as HTMLElement, url: url.href, model: {}}).catch(() => undefined);
  const [frame] = made;
  if (frame === undefined) throw new SealedFieldsError('aborted', 'The frame was not made.');
  return frame;
}
