import type {Engine} from '../browsers.ts';

/** Where a case is proven: in a browser, or in none, where it is about files and headers alone. */
export type Place = Engine | 'none';

/** One way in which the world turns against the fields, and what must come of it. */
export interface Case {
  /** What is done, and what is expected. */
  what: string;
  /** No browser takes part. */
  isWithoutBrowser?: boolean;
  /** Why there is nothing to prove, anywhere or in one engine. */
  moot?: string | Partial<Record<Engine, string>>;
  /** What a reader should know of a pass. */
  remark?: string | Partial<Record<Engine, string>>;
}

/** All cases by id, in the order of the table. */
export const CASES = {
  L01: {
    what: 'A canary card and account through a whole life: nothing of them outside the frame, in any encoding',
  },
  L02: {
    what: 'After clearing, no string of the frame’s heap holds the number or the code',
    moot: {
      firefox: 'Its driver takes no snapshot of a heap.',
      webkit: 'Its driver takes no snapshot of a heap.',
    },
    remark:
      'Strings of the script’s heap, once its garbage is collected; memory that was freed is not looked at.',
  },
  L03: {
    what: 'Events come when a state changes, not on every key, and carry no length and no digits',
    remark:
      'Typing, deleting and typing again, 48 keys, are ten events. That a wrong number is as long as its brand’s are, its problem tells.',
  },
  L04: {what: 'Every path to an error, with a canary in the fields: codes and fixed texts alone'},
  L05: {
    what: 'Of a number the page sees nothing; what the record reveals, of valid and sealed numbers alone',
  },
  L06: {
    what: 'Of a bank account no digit, masked where nobody types, and never filled from a card',
    remark: {
      firefox: 'No driver but Chromium’s fills in a card: the inputs’ tokens are looked at.',
      webkit: 'No driver but Chromium’s fills in a card: the inputs’ tokens are looked at.',
    },
  },
  L07: {
    what: 'No address, referrer, timing entry or log holds a path of the shop, an option or a digit',
    remark:
      'The fragment of the frame’s address, which no server gets, names the fields, their layout, the language, the colour scheme and the protocol, whether the looks are the usual ones, and the channel.',
  },
  L08: {what: 'Autocomplete tokens on visible inputs alone, and no input with a name'},
  L09: {what: 'Reports of the browser and unhandled rejections carry nothing that was typed'},
  L10: {what: 'An edit makes a sealed result stale'},
  L11: {
    what: 'Copying, dragging, printing, spelling and translation keep secrets where they are',
    remark: {
      firefox: 'Dragging is an event by script, and the rules for print are made to hold on the screen.',
      chromium: 'Dragging is an event by script; print is the browser’s emulation of it.',
      webkit: 'Dragging is an event by script, and the rules for print are made to hold on the screen.',
    },
  },
  P01: {
    what: 'Frames beside ours send the handshake every 5 ms from before ours exists, and learn nothing',
    remark: {
      webkit:
        'The control that takes the frame’s guard out is not run here: the advertiser’s handshake comes too late more often than not.',
    },
  },
  P02: {
    what: 'Alone in a tab, or in a tab that an attacker opened, no fields start',
    remark: {webkit: 'Alone in a tab only: the driver tells of no tab that a page opens.'},
  },
  P03: {
    what: 'At origins that look like a listed one, no fields start',
    remark: {
      chromium: 'No https on a test machine: a record that lists the https twin shows it.',
      firefox: 'No https on a test machine: a record that lists the https twin shows it.',
      webkit:
        'No https on a test machine: a record that lists the https twin shows it. Hosts with a dot at the end or a subdomain do not resolve here: records that list them show it.',
    },
  },
  P04: {what: 'Forged results while a card is being sealed: the frame’s own result comes'},
  P05: {
    what: 'Another element’s frame, and a copy of the frame in a page of the attacker’s, are not listened to',
  },
  P06: {what: 'Every message names its target’s exact origin, in the files and at run time'},
  P07: {
    what: 'Prototype keys, odd types and deep or huge objects change nothing and break nothing',
    remark: '10,000 levels are more than some engines send; 1,000 come through.',
  },
  P08: {what: 'Method names out of the prototype, unknown ones and huge ones bring no value'},
  P09: {
    what: '50,000 messages of 1 KB: a submit is done within 3 seconds, and typing goes on',
    remark:
      'The three seconds hold for messages to the windows of page and frame. Of commands that the page itself sends through the port, 200 a second are heeded.',
  },
  P10: {
    what: 'Messages of 8 MB, 200 MB of buffers and 10,000 ports are dropped, and the memory comes back',
    remark: {
      chromium: 'The frame’s heap and buffers after collection: at most a tenth more than before.',
      firefox: 'That all is dropped and a seal follows; no driver tells the memory.',
      webkit: 'That all is dropped and a seal follows; no driver tells the memory.',
    },
  },
  P11: {what: 'The chatter of extensions and developer tools is passed over without a word'},
  P12: {
    what: 'A second handshake by the true page changes nothing and doubles nothing',
    remark: 'The first port lives on. A script that opens anew makes a new frame, on a new channel.',
  },
  P13: {
    what: 'A frame whose address leads elsewhere is told nothing',
    remark:
      'The fragment goes along, and the channel in it; it opens nothing to another origin. The page is told frame-refused.',
  },
  P14: {
    what: 'A page that listens first, stops or alters messages gets no digit',
    remark:
      'It hears Postmate’s answer and the hello. Where it stops or alters those, the element fails by its deadline.',
  },
  K01: {what: 'A key by attribute, by message or by a second handshake seals nothing'},
  K02: {
    what: 'Script in the page cannot bring another key in later',
    remark:
      'A page can ask for another merchant’s frame, if that record lists its origin: every envelope names its key.',
  },
  K03: {what: 'No message chooses the algorithm'},
  K04: {
    what: 'Keys too short, too long, or with an odd exponent or modulus are refused before anything is sealed',
  },
  K05: {what: '200 ciphertexts of every field open in OpenSSL, exact, as long as the modulus, none twice'},
  K06: {
    what: 'PEM of other forms: taken or refused by one table',
    remark:
      'What does not begin with a dash is no record: the frame shows its line of text, the page runs into its deadline.',
  },
  K07: {what: 'A private key is refused, and nothing of it is repeated'},
  K08: {
    what: 'Keys of other algorithms and certificates are refused',
    remark:
      'A certificate is refused as such. When a key is in force, its record says: past or before that it is key-expired.',
  },
  K09: {
    what: 'What a key’s address may answer',
    moot: 'No key has an address: it is published with the record.',
  },
  K10: {what: 'A key that bears the mark of ROCA is refused'},
  K11: {
    what: 'DER that nests, lies or does not end is refused in time',
    remark: 'Within 200 milliseconds by the unit test of the gate.',
  },
  K12: {what: 'One card sealed twice: other ciphertexts, another id'},
  K13: {
    what: 'The number of one submission and the code of another are not taken together',
    remark: 'With the profile jwe. With paytrace each value is sealed by itself, and nobody can tell.',
  },
  K14: {
    what: 'A JWE by another algorithm, under another header, is answered as a wrong number',
    remark: 'Wycheproof’s vectors are judged as labelled by a test of their own.',
  },
  K15: {
    what: 'Without random numbers, or with dead ones, nothing is sealed',
    remark: 'A generator that repeats one byte is told; one that lies better is not.',
  },
  K17: {what: 'Digits of other scripts and pasted separators: sealed as ASCII, or refused'},
  C01: {
    what: 'Ways to send data out of the frame: none arrives; without the policy they do',
    remark: {
      chromium:
        'Still open: the frame going elsewhere itself (the page’s frame-src stops it), another window going there, calls (`webrtc` is unknown), and a connection without a request.',
      firefox:
        'Still open: the frame going elsewhere itself (the page’s frame-src stops it), another window going there, and calls (`webrtc` is unknown). Connections ahead of a request are turned off in the driven browser.',
      webkit:
        'Still open: the frame going elsewhere itself (the page’s frame-src stops it). WebKitGTK has no calls; its driver opens no window.',
    },
  },
  C02: {
    what: 'A script that is not the published one does not run',
    remark:
      'The entry by its attribute, all chunks by an import map, which Chromium 127, Safari 18 and Firefox 138 heed; older ones run a chunk as it comes.',
  },
  C03: {
    what: 'The files hold no call that makes code or markup out of text',
    isWithoutBrowser: true,
    remark: 'But for Lit, which makes its templates under the one policy of Trusted Types.',
  },
  C04: {
    what: 'A twin of the policy that only reports has nothing to report in a whole session',
    remark: {
      webkit: 'The twin’s reports alone: what the driver puts into documents would break a policy first.',
    },
  },
  C05: {what: 'No worker can be started, and nothing is stored'},
  C06: {what: 'Every request of a session is the widget host’s or the shop’s own, and in the inventory'},
  C07: {
    what: 'Covered, faded or moved under the pointer, the frame does nothing that a click could steal',
    remark: 'No signal of visibility is built, for no click in the frame does anything outside of it.',
  },
  C08: {
    what: 'The scripts that ran are those of the inventory',
    remark: {
      firefox: 'By what was loaded: there is no way to ask the engine for the texts that it ran.',
      webkit: 'By what was loaded: there is no way to ask the engine for the texts that it ran.',
    },
  },
  C09: {what: 'The scripts that came have the hashes of the inventory'},
  H01: {
    what: 'Every address that the frame loads has the reviewed headers and no other',
    isWithoutBrowser: true,
  },
  H02: {
    what: 'Camera, position, payment and the like are denied in the frame',
    remark: {
      firefox: 'Where the page delegates nothing; the header is unknown there.',
      webkit: 'Where the page delegates nothing; the header is unknown there.',
    },
  },
  H03: {what: 'A foreign page frames the fields, or frames a listed page around them: nothing is shown'},
  H04: {what: 'Opened alone: a neutral line, no fields, not indexed'},
  H06: {
    what: 'HEAD, OPTIONS, Range, If-None-Match, HTTP/1.0: right, and no header lost',
    isWithoutBrowser: true,
  },
  H07: {what: 'A changed list of origins holds at the next load; scripts come out of the cache'},
  I01: {
    what: 'Markup, scripts, control and bidirectional characters in every text of the page’s: shown as text, capped',
  },
  I04: {what: 'Addresses and tricks of CSS where a theme is expected: refused, and nothing is fetched'},
  I05: {what: 'No value attribute ever holds what was typed'},
  M01: {what: 'The policy of the documentation, copied: the fields work and nothing is violated'},
  M02: {what: 'Nonce, strict-dynamic and Trusted Types without a policy: the fields work'},
  M03: {
    what: 'Cross-origin isolation in both ways: the fields work',
    remark: {firefox: 'Filled by script: there its driver cannot type into any foreign frame.'},
  },
  M04: {
    what: 'A frame that is removed, replaced, led away or covered: the page is told, nothing comes from another',
  },
  M05: {what: 'A loader with one byte changed does not run'},
  M06: {what: 'Every way to load the script, right or wrong: one documented result, never two frames'},
  M07: {
    what: 'Clobbered names and patched built-ins: the fields work, or say what is wrong',
    remark: {webkit: 'Without two of the patches, which break its driver.'},
  },
} as const satisfies Record<string, Case>;

export type Id = keyof typeof CASES;
