import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';

/** Valid values whose digits occur nowhere else: no run of five is part of a port or a time. */
export const CANARY = {
  card: {cardNumber: '378245361902740', expiry: '12/31', securityCode: '7391'},
  bank: {routingNumber: '322271627', accountNumber: '6829174053', accountNumberConfirmation: '6829174053'},
} as const;

/** Digits that must not be found, in runs of five; the security code only as a whole. */
const SECRETS = [CANARY.card.cardNumber, CANARY.bank.routingNumber, CANARY.bank.accountNumber];
const {securityCode} = CANARY.card;

/** Ids, ciphertexts and ports may contain any digits: they are removed before a text is searched. */
const NOISE = [
  /(localhost|127\.0\.0\.\d):\d+/g,
  /\b[0-9a-f]{32}\b/g, // channels and submissions
  /\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, // entries of the history
  /[A-Za-z0-9+/]{342}==/g, // RSA of 2048 bits in base64
  /([A-Za-z0-9]|%2[BF]){342}%3D%3D/g, // the same in the body of a form
  /\b1[78]\d{11}(\.\d+)?\b/g, // milliseconds since 1970
  /\d+\.\d{3,}/g, // fractions of milliseconds
];

/** Every encoding in which some digits of a secret could leave the frame. */
function forms(digits: string): string[] {
  const each = (form: (digit: string) => string, separator = '') => Array.from(digits, form).join(separator);
  const reversed = Array.from(digits).reverse().join('');
  const wide = each((digit) => String.fromCodePoint(0xff10 + Number(digit)));
  const texts = [digits, reversed, each(String, ' '), each(String, '-'), wide];
  return texts.flatMap((text) => {
    const [bytes, wideBytes] = [Buffer.from(text), Buffer.from(text, 'utf16le')];
    const codes = Array.from(text, (character) => character.charCodeAt(0));
    return [
      text,
      ...[bytes, wideBytes].flatMap((each) => [each.toString('hex'), ...base64Forms(each)]),
      Array.from(bytes, (byte) => `%${byte.toString(16)}`).join(''),
      codes.map((code) => `\\u${code.toString(16).padStart(4, '0')}`).join(''),
      codes.map((code) => `&#${code};`).join(''),
      codes.join(','),
      codes.join(' '),
    ];
  });
}

/** Base64 of a text within a longer one, at each of three offsets, without the characters that its neighbours affect. */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    return text.slice(shift === 0 ? 0 : shift + 1, text.length - 1);
  });
}

/** What identifies a whole number without its digits: the number can be found by brute force. */
function tokens(digits: string): string[] {
  const hashes = ['md5', 'sha1', 'sha256', 'sha512'].map((name) => createHash(name).update(digits).digest());
  return [
    ...[16, 32, 36].map((radix) => Number(digits).toString(radix)),
    ...hashes.flatMap((hash) => ['hex', 'base64', 'base64url'].map((form) => hash.toString(form as 'hex'))),
  ];
}

const RUNS = SECRETS.flatMap((digits) =>
  Array.from({length: digits.length - 4}, (_, at) => digits.slice(at, at + 5)),
);
const OF_CODE = forms(securityCode).filter((form) => !/^\d+$/.test(form) && form.length > 4);
const FORMS = [...new Set([...RUNS.flatMap(forms), ...OF_CODE, ...SECRETS.flatMap(tokens)])];

/** Four digits may be part of any number, so the code counts only on its own. */
const CODE = new RegExp(`(?<![\\d.])${securityCode}(?![\\d.])`);
/** As typed, as shown, and as sealed. */
const EXPIRY = /(?<!\d)(12 ?\/ ?31|12 ?\/ ?2031|2031-12|1231)(?!\d)/;

/** Asserts that the text contains nothing of the canaries, in any encoding. @param where names the text in the error. */
export function assertNoCanary(text: string, where: string): void {
  const found = canaryIn(text);
  assert.ok(found === undefined, `${where} contains ${found}`);
}

/** The first occurrence of a canary in this text, with the text around it. */
export function canaryIn(text: string): string | undefined {
  const rest = NOISE.reduce((left, noise) => left.replace(noise, ''), text);
  const lower = rest.toLowerCase(); // hexadecimal has two cases
  const form = FORMS.find((each) => rest.includes(each) || lower.includes(each));
  const found = form ?? CODE.exec(rest)?.[0] ?? EXPIRY.exec(rest)?.[0];
  if (found === undefined) return undefined;
  const at = Math.max(rest.indexOf(found), lower.indexOf(found));
  return `${found}: …${rest.slice(Math.max(0, at - 60), at + found.length + 60)}…`;
}
