import type {Control} from './control.ts';

/**
 * The tests of P01 to P05 build mutants of their own: what they look for must stand where they look, so that a
 * control fails by its attack alone.
 */
export const MESSAGES: readonly Control[] = [
  {
    id: 'P01',
    without: 'the check of window and origin in the frame’s guard',
    changes: [
      {
        file: 'widget/bridge.ts',
        from: 'const trusted = event.source',
        to: 'const trusted = true || event.source',
      },
    ],
  },
  {
    id: 'P02',
    without: 'the check of the ancestors',
    changes: [
      {
        file: 'widget/main.ts',
        from: 'window.parent !== window && Array.from(',
        to: 'origins.length > 0 || Array.from(',
      },
    ],
  },
  {
    id: 'P03',
    without: 'the check of the ancestors',
    changes: [
      {
        file: 'widget/main.ts',
        from: 'window.parent !== window && Array.from(',
        to: 'origins.length > 0 || Array.from(',
      },
    ],
  },
  {
    id: 'P03',
    without: 'exact origins in `frame-ancestors`',
    changes: [
      {
        file: 'widget/publish/headers.ts',
        from: "frame-ancestors ${origins.length === 0 ? \"'none'\" : origins.join(' ')}",
        to: 'frame-ancestors *',
      },
    ],
  },
  {
    id: 'P04',
    without: 'the port: results are taken from the window, too',
    changes: [
      {
        file: 'host-sdk/bridge.ts',
        from: 'const {origin, source} = event;',
        to: 'const {origin, source} = event; if (port !== undefined && (event.data as {event?: string})?.event === "sealed") answers.sealed((event.data as {payload: FrameEvents["sealed"]}).payload);',
      },
    ],
  },
  {
    id: 'P05',
    without: 'the check of the window in the host’s guard',
    changes: [
      {
        file: 'host-sdk/guard.ts',
        from: 'if (frame.contentWindow === event.source) return;',
        to: 'if (frame !== event.source) return;',
      },
    ],
  },
  {
    id: 'P05',
    without: 'the check of the window before the port is offered',
    changes: [
      {file: 'host-sdk/bridge.ts', from: 'origin !== url.origin ||', to: 'origin !== url.origin || false &&'},
    ],
  },
  {
    id: 'P06',
    without: 'the exact target of the port’s offer',
    changes: [
      {file: 'host-sdk/bridge.ts', from: '{targetOrigin: url.origin, transfer: [port2]}', to: "'*', [port2]"},
    ],
  },
  {
    id: 'P06',
    without: 'the exact target of the frame’s hello',
    changes: [
      {
        file: 'widget/bridge.ts',
        from: 'window.parent.postMessage(hello, parentOrigin);',
        to: "window.parent.postMessage(hello, '*');",
      },
    ],
  },
  {
    id: 'P06',
    without: 'the cut of node-forge’s own messages',
    changes: [
      {
        file: 'widget/crypto/forge-cut.ts',
        from: 'UTILITIES.test(id) ? CUTS.reduce(cut, code) : undefined',
        to: 'UTILITIES.test(id) ? code : undefined',
      },
    ],
  },
  {
    id: 'P07',
    without: 'the refusal of what is no plain object',
    changes: [
      {
        file: 'widget/protocol/parse.ts',
        from: "throw new TypeError('expected a plain object');",
        to: 'return data as Fields;',
      },
    ],
  },
  {
    id: 'P08',
    without: 'the guard after the handshake: Postmate hears its parent',
    changes: [{file: 'widget/bridge.ts', from: 'event.stopImmediatePropagation();', to: ''}],
  },
  {
    id: 'P09',
    without: 'the cap of messages in a second',
    changes: [{file: 'widget/protocol/port.ts', from: 'const RATE = 200;', to: 'const RATE = Infinity;'}],
  },
  {
    id: 'P11',
    without: 'the guard before the handshake: Postmate hears whatever is said',
    changes: [{file: 'widget/bridge.ts', from: 'event.stopImmediatePropagation();', to: ''}],
  },
  {
    id: 'P13',
    without: 'the exact origin of whom the host speaks to',
    changes: [
      {file: 'host-sdk/bridge.ts', from: 'origin !== url.origin ||', to: ''},
      {file: 'host-sdk/bridge.ts', from: '{targetOrigin: url.origin, transfer: [port2]}', to: "'*', [port2]"},
    ],
  },
  {
    id: 'P14',
    without: 'the port: its messages come by the window, too',
    changes: [
      {
        file: 'widget/protocol/port.ts',
        from: 'port.postMessage({event, payload});',
        to: "port.postMessage({event, payload}); if (parent !== window) parent.postMessage({event, payload}, '*');",
      },
    ],
  },
  {
    id: 'P12',
    without: 'the end of the offers',
    changes: [
      {file: 'widget/bridge.ts', from: "if (!trusted || stage !== 'greeting' ||", to: 'if (!trusted ||'},
    ],
  },
];
