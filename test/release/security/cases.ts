import type {Engine} from '../../support/find-browsers.ts';

/** Where a case is proven: in a browser, or in none if it is only about files and headers. */
export type Place = Engine | 'none';

/** One attack or fault, and what must be the result. */
export interface Case {
  /** What is done, and what is expected. `docs/threat-model.md` lists the same sentence. */
  what: string;
  /** Whether the case needs no browser. */
  isWithoutBrowser?: boolean;
  /** Why there is nothing to prove, anywhere or in one engine. */
  moot?: string | Partial<Record<Engine, string>>;
  /** What limits a pass. */
  remark?: string | Partial<Record<Engine, string>>;
}

const NO_HEAP = 'The driver cannot take heap snapshots.';
const NO_AUTOFILL = 'Only the driver of Chromium can autofill a card: the autocomplete tokens are checked.';
const NO_MEMORY =
  'Checks that the messages are dropped and sealing works; the driver does not report memory.';
const NO_HTTPS = 'No HTTPS on a test machine: a record that lists the HTTPS origin is used instead.';
const PRINT_RULES = 'Dragging is a scripted event; the print rules are applied to the screen.';
const NO_FOCUS = 'No script moves the focus into a frame that the user has not touched.';
const NO_SOURCES = 'Checks the scripts that were loaded: the driver does not report which of them ran.';

/** All cases by id, in the order of the table. */
export const CASES = {
  L01: {
    what: 'A card and a bank account from the first key to Back: no digit outside the frame, in any encoding.',
  },
  L02: {
    what: 'After clearing, no string in the heap of the frame contains the number or the code.',
    moot: {firefox: NO_HEAP, webkit: NO_HEAP},
    remark: 'Live strings of the script heap after garbage collection; freed memory is not inspected.',
  },
  L03: {
    what: 'Events are dispatched when a state changes, not for every key, and carry no length and no digits.',
    remark:
      'Typing, deleting and typing again, 48 keys, dispatch ten events. A problem reveals that an invalid number has a length of its brand.',
  },
  L04: {what: 'Every error path with a card in the fields: only codes and fixed texts.'},
  L05: {
    what: 'The page sees no digit of a number except those that the record reveals, of valid and sealed numbers only.',
  },
  L06: {
    what: 'The page sees no digit of a bank account; the number is masked unless edited and is never filled from a card.',
    remark: {firefox: NO_AUTOFILL, webkit: NO_AUTOFILL},
  },
  L07: {
    what: 'No address, referrer, timing entry or log contains a path of the merchant, an option or a digit.',
    remark:
      'The fragment of the frame’s address, which is sent to no server, names the fields, the layout, the locale, the colour scheme, the protocol, whether a configuration follows, and the channel.',
  },
  L08: {what: 'Autocomplete tokens only on visible inputs, and no input with a name.'},
  L09: {what: 'Browser reports and unhandled rejections contain no field value.'},
  L10: {what: 'Editing a field discards the sealed result.'},
  L11: {
    what: 'Copying, dragging, printing, spell checking and translation do not expose secrets.',
    remark: {
      chromium: 'Dragging is a scripted event; printing is emulated by the browser.',
      firefox: PRINT_RULES,
      webkit: PRINT_RULES,
    },
  },
  P01: {
    what: 'Sibling frames send the handshake every 5 ms from before our frame exists, and receive nothing.',
    remark: {webkit: 'The attack mutant without the frame’s guard loses the race too often to run here.'},
  },
  P02: {
    what: 'Opened as a page of its own, or by an attacker’s page, the frame shows no fields.',
    remark: {webkit: 'As a page of its own only: the driver does not report tabs that a page opens.'},
  },
  P03: {
    what: 'On origins that look like a listed origin, the frame shows no fields.',
    remark: {
      chromium: NO_HTTPS,
      firefox: NO_HTTPS,
      webkit: `${NO_HTTPS} Hosts with a trailing dot and subdomains of localhost do not resolve: records that list them are used instead.`,
    },
  },
  P04: {what: 'Forged results while a card is being sealed: the page receives the frame’s own result.'},
  P05: {
    what: 'Messages from another element’s frame, and from a copy of the frame in an attacker’s page, are ignored.',
  },
  P06: {what: 'Every message names the exact origin of its target, in the files and at run time.'},
  P07: {
    what: 'Messages with prototype keys, odd types, and deep or huge objects change nothing and cause no error.',
    remark: 'Some engines do not send 10,000 levels; they send 1,000.',
  },
  P08: {what: 'Inherited, unknown and huge method names return no value.'},
  P09: {
    what: '50,000 messages of 1 KB: a submission completes, and typing still works.',
    remark:
      'Three seconds for messages to the windows of page and frame. Of commands over the port, 200 per second are accepted.',
  },
  P10: {
    what: 'Messages of 8 MB, buffers of 200 MB and 10,000 ports are dropped, and their memory is freed.',
    remark: {
      chromium: 'Heap and buffers of the frame after garbage collection: at most a tenth more than before.',
      firefox: NO_MEMORY,
      webkit: NO_MEMORY,
    },
  },
  P11: {what: 'Messages of extensions and developer tools are ignored silently.'},
  P12: {
    what: 'A second handshake by the merchant’s page changes nothing and duplicates nothing.',
    remark: 'The first port stays in use. A script that starts again creates a new frame on a new channel.',
  },
  P13: {
    what: 'A frame whose address redirects to another origin receives no message.',
    remark:
      'The redirect keeps the fragment, and the channel in it, which is useless to another origin. The page gets frame-refused.',
  },
  P14: {
    what: 'A page that listens first, or stops or alters messages, receives no digit.',
    remark:
      'It sees Postmate’s reply and hello. If it stops or alters those, the element fails at its deadline.',
  },
  K01: {what: 'A key in an attribute, in a message or in a second handshake is not used.'},
  K02: {
    what: 'Script in the page cannot introduce another key later.',
    remark:
      'A page can open another merchant’s frame if that record lists its origin: every envelope names its key.',
  },
  K03: {what: 'No message selects the algorithm.'},
  K04: {
    what: 'Keys that are too short or too long, or have a wrong exponent or modulus, are rejected before sealing.',
    remark: 'The whole table of keys is in the unit test of the key check.',
  },
  K05: {
    what: '200 ciphertexts of every field decrypt with OpenSSL to the exact value, are as long as the modulus and all differ.',
  },
  K06: {
    what: 'Other forms of PEM are accepted or rejected by one table.',
    remark:
      'The table is in the unit test of the key check. A key that does not start with a dash makes the record invalid: the frame shows its line of text, and the element fails at its deadline.',
  },
  K07: {what: 'A private key is rejected, and no part of it is repeated.'},
  K08: {
    what: 'Keys of other algorithms, and certificates, are rejected.',
    remark: 'The record states when a key is valid: outside of that time it is key-expired.',
  },
  K09: {
    what: 'Whatever the address of a key returns is handled.',
    moot: 'No key has an address: keys are published in the record.',
  },
  K10: {what: 'A key with the fingerprint of ROCA is rejected.'},
  K11: {
    what: 'DER with deep nesting, wrong lengths or no end is rejected quickly.',
    remark: 'Within 200 ms, by the unit test of the key check.',
  },
  K12: {what: 'The same card sealed twice gives different ciphertexts and different ids.'},
  K13: {
    what: 'The number of one submission and the code of another are not accepted together.',
    remark:
      'With the profile jwe. With paytrace each value is encrypted separately, and no one can detect it.',
  },
  K14: {
    what: 'A JWE with another algorithm or another header is answered like a wrong number.',
    remark: 'The vectors of Wycheproof have a unit test of their own.',
  },
  K15: {
    what: 'Without random numbers, or with a broken generator, nothing is sealed.',
    remark: 'A generator that repeats one byte is detected; a better fake is not.',
  },
  K17: {what: 'Digits of other scripts, and pasted separators, are sealed as ASCII digits or rejected.'},
  C01: {
    what: 'Script in the frame cannot send data out; without the policy it can.',
    remark: {
      chromium:
        'Still possible: the frame navigating itself (the page’s frame-src stops it), opening another window, WebRTC (`webrtc` is unknown), and a connection without a request.',
      firefox:
        'Still possible: the frame navigating itself (the page’s frame-src stops it), opening another window, and WebRTC (`webrtc` is unknown). The driver turns off speculative connections.',
      webkit:
        'Still possible: the frame navigating itself (the page’s frame-src stops it). WebKitGTK has no WebRTC; the driver opens no window.',
    },
  },
  C02: {
    what: 'A script that differs from the published one does not run.',
    remark:
      'The entry by its attribute, the other scripts by an import map, which Chromium 127, Safari 18 and Firefox 138 support; older versions run a changed script.',
  },
  C03: {
    what: 'No file creates code or markup from text.',
    isWithoutBrowser: true,
    remark: 'Except Lit, which creates its templates under the only Trusted Types policy.',
  },
  C04: {
    what: 'A report-only copy of the policy reports nothing in a whole session.',
    remark: {
      webkit: 'Only the reports are checked: scripts of the driver violate the policy of a document.',
    },
  },
  C05: {what: 'No worker can be started, and nothing is stored.'},
  C06: {
    what: 'Every request of a session goes to the widget host or to the merchant, and is in the inventory.',
  },
  C07: {
    what: 'Covered, transparent or moved under the pointer, the frame does nothing that a stolen click could use.',
    remark: 'There is no visibility signal, because no click in the frame has an effect outside of it.',
  },
  C08: {
    what: 'The scripts that ran are those of the inventory.',
    remark: {firefox: NO_SOURCES, webkit: NO_SOURCES},
  },
  C09: {what: 'The scripts that were loaded have the hashes of the inventory.'},
  H01: {
    what: 'Every address that the frame loads has the reviewed headers and no others.',
    isWithoutBrowser: true,
  },
  H02: {
    what: 'Camera, location, payment and similar features are denied in the frame.',
    remark: {
      firefox: 'Only in a page that delegates nothing: the header is not supported.',
      webkit: 'Only in a page that delegates nothing: the header is not supported.',
    },
  },
  H03: {what: 'In a foreign page, or in a listed page inside a foreign page, the frame shows nothing.'},
  H04: {what: 'Opened on its own, the frame shows one line of text and no fields, and is not indexed.'},
  H06: {
    what: 'HEAD, OPTIONS, Range, If-None-Match and HTTP/1.0 are answered correctly, with every header.',
    isWithoutBrowser: true,
  },
  H07: {what: 'A changed list of origins applies at the next load; scripts come from the cache.'},
  I01: {
    what: 'Markup, script, control and bidirectional characters in the page’s texts are shown as text and cut to a length.',
  },
  I04: {what: 'Addresses and other CSS tricks in a theme are rejected, and nothing is fetched.'},
  I05: {what: 'No `value` attribute ever contains an entered value.'},
  F01: {
    what: 'Another frame that takes the focus while the shopper is typing loses it again; if it goes on, shopper and page are told.',
    moot: {webkit: NO_FOCUS},
  },
  F02: {
    what: 'The focus is left alone when the shopper or a script of the page has moved it.',
    moot: {webkit: NO_FOCUS},
    remark: {
      chromium:
        'Its driver moves no pointer over a frame: a click into another frame was tried by hand, on an X server.',
    },
  },
  M01: {
    what: 'With the policy of the documentation, copied as it is, the fields work and nothing is violated.',
  },
  M02: {what: 'With nonce, strict-dynamic and Trusted Types without a policy, the fields work.'},
  M03: {
    what: 'With both kinds of cross-origin isolation, the fields work.',
    remark: {
      firefox: 'Filled by script: the driver cannot type into a cross-origin frame of an isolated page.',
    },
  },
  M04: {
    what: 'A frame that is removed, replaced, navigated or covered: the page is notified, and no result comes from another frame.',
  },
  M05: {what: 'A loader with one changed byte does not run.'},
  M06: {
    what: 'Every way to load the script, right or wrong, has one documented result and never two frames.',
  },
  M07: {
    what: 'With clobbered names and patched built-ins, the fields work or report what is wrong.',
    remark: {webkit: 'Without the two patches that break the driver.'},
  },
} as const satisfies Record<string, Case>;

export type Id = keyof typeof CASES;
