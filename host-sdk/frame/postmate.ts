import Postmate from 'postmate';
import {SealedFieldsError} from '../../widget/protocol/errors.ts';

/**
 * Lets Postmate create an iframe, set its address and post handshakes to it. Its promise is not used: two frames of one
 * origin would resolve each other's.
 *
 * @param place sets attributes of the iframe and inserts it, before it has an address.
 * @param signal removes Postmate's listeners, which it never removes itself.
 */
export function createFrame(
  url: URL,
  place: (frame: HTMLIFrameElement) => void,
  signal: AbortSignal,
): HTMLIFrameElement {
  const created: HTMLIFrameElement[] = [];
  const container = {
    appendChild(frame: HTMLIFrameElement) {
      place(frame);
      created.push(frame);
    },
  };

  class Parent extends Postmate {
    /** Postmate's constructor calls this last and returns its promise. */
    sendHandshake(address: string): Promise<unknown> {
      const parent = {
        addEventListener(type: 'message', listener: (event: MessageEvent) => void) {
          window.addEventListener(type, listener, {signal});
        },
        removeEventListener: window.removeEventListener.bind(window),
      };
      const {sendHandshake} = Postmate.prototype as unknown as Pick<Parent, 'sendHandshake'>;
      return sendHandshake.call(Object.assign(this, {parent}), address);
    }
  }
  new Parent({container: container as unknown as HTMLElement, url: url.href, model: {}}).catch(
    () => undefined,
  );
  const [frame] = created;
  if (frame === undefined) throw new SealedFieldsError('aborted', 'Postmate did not create the frame.');
  return frame;
}
