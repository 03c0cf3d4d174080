import type {FrameEvents, HostEvents} from '../../../widget/protocol/messages.ts';

/**
 * Payloads of protocol 1, for each event. Deployed scripts and frames send them, so do not change them. A new version of
 * the protocol needs a new file.
 */

const ID = '0123456789abcdef0123456789abcdef';
const FIELD = {focused: true, visited: false} as const;

/** Payloads by event. */
export type Payloads<M> = {readonly [E in keyof M]: readonly M[E][]};

/** With all optional keys, and with none. */
export const FRAME_PAYLOADS: Payloads<Omit<FrameEvents, 'interrupted'>> = {
  ready: [{protocol: 1, version: '0.1.0', fields: ['cardNumber', 'expiry']}],
  change: [
    {
      fields: {cardNumber: {...FIELD, status: 'incomplete', problem: 'incomplete'}},
      brand: 'visa',
      empty: false,
      complete: false,
      sealed: false,
      message: 'Enter the expiry date.',
    },
    {fields: {accountType: {...FIELD, status: 'valid'}}, empty: false, complete: true, sealed: true},
  ],
  title: [{title: 'Secure payment: Expiry date'}],
  height: [{height: 180}],
  sealing: [{request: 1}],
  sealed: [
    {
      request: 2,
      envelope: {
        values: {encrypted_number: 'AAAA'},
        keyId: '2026-11',
        id: ID,
        sealedAt: '2026-11-23T10:00:00.000Z',
      },
    },
  ],
  refused: [{request: 3, fields: [{field: 'expiry', problem: 'past'}]}],
  failed: [{request: 4, code: 'key-expired'}, {code: 'config-invalid'}],
  submit: [{}],
  bye: [{}],
};

export const HOST_PAYLOADS: Payloads<Omit<HostEvents, 'focus-taken'>> = {
  configure: [
    {
      colorScheme: 'dark',
      theme: {colorText: '#eeeeee', fontFamily: 'Inter, sans-serif', radius: '4px', labels: 'hidden'},
      layout: 'inline',
      locale: 'pt-BR',
      labels: {expiry: 'Validade'},
      placeholders: {},
      disabled: false,
      optional: true,
      autoAdvance: false,
      brand: 'american-express',
      names: {cardNumber: 'ccNumber'},
    },
    {
      colorScheme: 'light',
      layout: 'stacked',
      locale: 'en',
      labels: {},
      placeholders: {},
      disabled: true,
      optional: false,
      autoAdvance: true,
      names: {},
    },
  ],
  seal: [{request: 1, submission: ID}],
  focus: [{field: 'securityCode'}, {}],
  attempt: [{}],
  clear: [{}],
};
