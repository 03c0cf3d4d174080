/**
 * The product with one defence removed: for each seam, the statements that replace its body. They refer to parameters
 * by position, so a rename in the product does not break them.
 *
 * Two defences that back each other up are removed together: either one alone stops the attack.
 */
export const MUTANTS = {
  /** The frame trusts every window of the record's origins. */
  'frame-source': {'frame-guard': 'return arguments[1].includes(arguments[0].origin);'},
  /** The frame starts anywhere, and trusts a parent of any origin. */
  'frame-origin': {
    ancestors: 'return true;',
    'frame-guard': 'return arguments[0].source === window.parent;',
  },
  /** The frame starts anywhere. */
  ancestors: {ancestors: 'return true;'},
  /** Postmate receives every message to the frame. */
  'postmate-guard': {'postmate-guard': ''},
  /** Postmate receives every message of the widget's origin to the page. */
  'host-guard': {'host-guard': ''},
  /** The host offers the port to each of its frames, not only to the one that it opened. */
  'hello-source': {'hello-source': 'return true;'},
  /** The host offers the port to any document that its frame shows, and the document accepts it. */
  channel: {'hello-channel': 'return true;', 'offer-channel': 'return arguments[0];'},
  /** The host posts the port to a document of any origin. */
  'port-target': {
    'port-target': `arguments[0].postMessage(arguments[1], {targetOrigin: '*', transfer: [arguments[3]]});`,
  },
  /** The frame handles any number of messages. */
  'rate-limit': {'rate-limit': 'return () => true;'},
  /** A value that is not in the protocol's vocabulary is accepted. */
  'closed-vocabulary': {'closed-vocabulary': 'return arguments[0];'},
  /** Any key of 1024 bits with the exponent 65537 encrypts a card. */
  'key-gate': {
    'key-gate': `
      const spki = Uint8Array.from(atob(arguments[0].replace(/-----.*-----|\\s/g, '')), (each) => each.charCodeAt(0));
      const hex = Array.from(spki, (byte) => byte.toString(16).padStart(2, '0')).join('');
      return {modulus: BigInt('0x' + hex.slice(-266, -10)), spki};`,
  },
  /** A form of any site gets sealed values. */
  'form-action': {'form-action': 'return true;'},
  /** Field values survive Back and inactivity. */
  wipe: {wipe: ''},
  /** A secret can be copied out of its field. */
  'copy-block': {'copy-block': ''},
  /** The page receives digits that the record does not reveal. */
  'reveal-rule': {
    'reveal-rule': `
      const {cardNumber = ''} = arguments[0];
      return {card_bin: cardNumber.slice(0, 6), card_last4: cardNumber.slice(-4)};`,
  },
  /** Another frame keeps the focus that it has taken. */
  'focus-guard': {'focus-guard': 'return false;'},
  /** Digits of each number are revealed while it is entered. */
  'reveal-once': {'reveal-once': 'return true;'},
} satisfies Record<string, Record<string, string>>;

export type Mutant = keyof typeof MUTANTS;
