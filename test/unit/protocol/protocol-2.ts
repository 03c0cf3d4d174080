import type {FrameEvents, HostEvents} from '../../../widget/protocol/messages.ts';
import * as protocol1 from './protocol-1.ts';

/** Payloads of protocol 2: those of protocol 1, and what was added. Do not change them; see {@link protocol1}. */
export const FRAME_PAYLOADS: protocol1.Payloads<FrameEvents> = {
  ...protocol1.FRAME_PAYLOADS,
  interrupted: [{field: 'cardNumber'}],
};

export const HOST_PAYLOADS: protocol1.Payloads<HostEvents> = {
  ...protocol1.HOST_PAYLOADS,
  'focus-taken': [{}],
};
