import assert from 'node:assert/strict';

/** Values whose digits come up nowhere else: valid, and with no five in a row that a port or a time would have. */
export const CANARY = {
  card: {cardNumber: '378245361902740', expiry: '12/31', securityCode: '7391'},
  bank: {routingNumber: '322271627', accountNumber: '6829174053', accountNumberConfirmation: '6829174053'},
} as const;

/** Digits that must not be found, in runs of five; the code as a whole, for it is shorter. */
const SECRETS = [CANARY.card.cardNumber, CANARY.bank.routingNumber, CANARY.bank.accountNumber];

/** Ids, ciphertexts and ports may hold any digits: they are taken out before a text is searched. */
const NOISE = [
  /(localhost|127\.0\.0\.\d):\d+/g,
  /\b[0-9a-f]{32}\b/g, // channels and submissions
  /\b[A-Za-z0-9+/]{342}==/g, // RSA of 2048 bits in base64
  /\b\d{13}(\.\d+)?\b/g, // milliseconds since 1970
  /\d+\.\d{3,}/g, // fractions of milliseconds
];

/** Every form in which five digits of a secret could leave the frame. */
function forms(digits: string): string[] {
  const reversed = Array.from(digits).reverse().join('');
  const texts = [digits, reversed, Array.from(digits).join(' '), Array.from(digits).join('-')];
  return texts.flatMap((text) => {
    const bytes = Buffer.from(text);
    return [
      text,
      bytes.toString('hex'),
      Buffer.from(text, 'utf16le').toString('hex'),
      ...base64Forms(bytes),
      Array.from(text, (digit) => `%${digit.charCodeAt(0).toString(16)}`).join(''),
      Array.from(text, (digit) => `&#${digit.charCodeAt(0)};`).join(''),
      Array.from(text, (digit) => digit.charCodeAt(0)).join(','),
    ].filter((form) => form.length > 4);
  });
}

/** Base64 of a text as it stands within a longer one, at each of three places; what its neighbours colour is cut off. */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    return text.slice(shift === 0 ? 0 : shift + 1, text.length - 1);
  });
}

const RUNS = SECRETS.flatMap((digits) =>
  Array.from({length: digits.length - 4}, (_, at) => digits.slice(at, at + 5)),
);
const FORMS = [...new Set(RUNS.flatMap(forms))];
const CODE = new RegExp(`(?<!\\d)${CANARY.card.securityCode}(?!\\d)`);

/** Nothing of the canaries in this text, however written. @param where is named if there is. */
export function assertNoCanary(text: string, where: string): void {
  const rest = NOISE.reduce((left, noise) => left.replace(noise, ''), text);
  const found = FORMS.find((form) => rest.includes(form)) ?? CODE.exec(rest)?.[0];
  assert.ok(found === undefined, `${where} holds ${found ?? ''}: …${around(rest, found ?? '')}…`);
}

function around(text: string, found: string): string {
  const at = text.indexOf(found);
  return text.slice(Math.max(0, at - 60), at + found.length + 60);
}
