import Postmate from 'postmate';
import {SealedFieldsError} from '../../widget/protocol/errors.ts';

/**
 * Creates an iframe with Postmate, which sets its `src` and posts handshakes to it. The promise of Postmate is not used:
 * if two frames have the same origin, each could resolve the promise of the other.
 *
 * @param place sets the attributes of the iframe and inserts it. Called before `src` is set.
 * @param signal removes the listeners that Postmate itself never removes.
 * @throws SealedFieldsError `aborted` if Postmate did not create the iframe.
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
