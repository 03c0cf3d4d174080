import {makeKeyPair, sealJwe} from '../../support/openssl.ts';

/** Seconds since the epoch. */
export const NOW = 1_795_003_200;
const {publicPem, privatePem} = makeKeyPair();
const other = makeKeyPair();

export const PUBLIC_PEM = publicPem;

/** Private keys by their kid. */
export const KEYS = {'2026-11': privatePem, other: other.privatePem};

export const FIELDS = {cardNumber: '4012000098765439', securityCode: '999', cardholderName: 'Zoë 山田'};
export const PAYLOAD = {
  v: 1,
  merchant: 'demo',
  origin: 'https://shop.example',
  iat: NOW,
  jti: '0123456789abcdef0123456789abcdef',
  fields: FIELDS,
};
const HEADER = {alg: 'RSA-OAEP-256', enc: 'A256GCM', kid: '2026-11'};

const PADDINGS = {
  pkcs1: ['rsa_padding_mode:pkcs1'],
  sha1: ['rsa_padding_mode:oaep'],
  mgf1: ['rsa_padding_mode:oaep', 'rsa_oaep_md:sha256', 'rsa_mgf1_md:sha1'],
};

/** Envelopes that must be rejected, by what is wrong with them. */
export const INVALID_ENVELOPES: Record<string, string> = {
  'other text': 'no envelope',
  'an empty text': '',
  'four parts': sealed().split('.').slice(0, 4).join('.'),
  'six parts': `${sealed()}.AAAA`,
  RSA1_5: sealed({alg: 'RSA1_5'}, PADDINGS.pkcs1),
  'RSA1_5 named RSA-OAEP-256': sealed({}, PADDINGS.pkcs1),
  'OAEP with SHA-1': sealed({alg: 'RSA-OAEP'}, PADDINGS.sha1),
  'OAEP with SHA-1 named RSA-OAEP-256': sealed({}, PADDINGS.sha1),
  'MGF1 with SHA-1': sealed({}, PADDINGS.mgf1),
  'another enc': sealed({enc: 'A128GCM'}),
  'another kid': sealed({kid: '2020-01'}),
  'the kid of another key': sealed({kid: 'other'}),
  'no kid': sealed({kid: undefined}),
  'a kid that is an array': sealed({kid: ['2026-11']}),
  zip: sealed({zip: 'DEF'}),
  'an unknown crit': sealed({crit: ['x'], x: 1}),
  'a changed encrypted key': withPart(1, (part) => (part.startsWith('A') ? 'B' : 'A') + part.slice(1)),
  'a changed ciphertext': withPart(3, (part) => `${part.slice(0, -4)}AAAA`),
  'a changed tag': withPart(4, () => 'A'.repeat(22)),
  'a tag of 32 bits': withPart(4, (part) => part.slice(0, 6)),
  'an initialization vector of 128 bits': withPart(2, () => 'A'.repeat(22)),
  'a header that is an array': withPart(0, () => 'W10'),
  'a header that is a number': withPart(0, () => 'NQ'),
  'a deeply nested header': withPart(0, () => Buffer.from('['.repeat(60_000)).toString('base64url')),
  'true for every algorithm': sealed({alg: true, enc: true}),
  'a header with only a kid': sealed({alg: undefined, enc: undefined}),
  'a payload that is a number': sealed({}, undefined, '5'),
  'a payload that is not JSON': sealed({}, undefined, 'words'),
  'a deeply nested payload': sealed({}, undefined, '['.repeat(60_000)),
  'base64 padding': `${sealed()}==`,
  'base64 padding in the encrypted key': withPart(1, (part) => `${part}==`),
  'base64 padding in the header': sealed({}, undefined, undefined, (head) => `${head}====`),
  'a space inside': withPart(3, (part) => ` ${part}`),
  'a line break at the end': `${sealed()}\n`,
};

function sealed(
  header: object = {},
  padding?: readonly string[],
  text = JSON.stringify(PAYLOAD),
  spell?: (head: string) => string,
): string {
  return sealJwe(text, publicPem, {
    header: {...HEADER, ...header},
    ...(padding && {padding}),
    ...(spell && {spell}),
  });
}

function withPart(index: number, change: (part: string) => string): string {
  const parts = sealed().split('.');
  return parts.map((part, at) => (at === index ? change(part) : part)).join('.');
}

const id = (count: number) => count.toString(16).padStart(32, '0');

/** Payloads in the order in which they are checked, and whether they are acceptable. */
export const PAYLOADS: readonly [what: string, payload: object, isAcceptable: boolean][] = [
  ['a valid payload', PAYLOAD, true],
  ['the same payload again', PAYLOAD, false],
  ['one from ten minutes ago', {...PAYLOAD, jti: id(1), iat: NOW - 600}, true],
  ['one from a second earlier', {...PAYLOAD, jti: id(2), iat: NOW - 601}, false],
  ['one from ten minutes ahead', {...PAYLOAD, jti: id(3), iat: NOW + 600}, true],
  ['one from a second later', {...PAYLOAD, jti: id(4), iat: NOW + 601}, false],
  ['one from another origin', {...PAYLOAD, jti: id(5), origin: 'https://evil.example'}, false],
  ['one of another merchant', {...PAYLOAD, jti: id(6), merchant: 'other'}, false],
  ['one of another version', {...PAYLOAD, jti: id(7), v: 2}, false],
  ['one with the id of the one from another origin', {...PAYLOAD, jti: id(5)}, true],
  ['an empty one', {}, false],
  ['one without a merchant', {...PAYLOAD, jti: id(8), merchant: undefined}, false],
  ['one with an array of merchants', {...PAYLOAD, jti: id(8), merchant: ['demo']}, false],
  ['one with an array of origins', {...PAYLOAD, jti: id(8), origin: [PAYLOAD.origin]}, false],
  ['one whose time is a word', {...PAYLOAD, jti: id(8), iat: 'now'}, false],
  ['one whose time is a string of digits', {...PAYLOAD, jti: id(8), iat: `${NOW}`}, false],
  ['one without a time', {...PAYLOAD, jti: id(8), iat: null}, false],
  ['one of version true', {...PAYLOAD, jti: id(8), v: true}, false],
  ['one without an id', {...PAYLOAD, jti: undefined}, false],
  ['one whose id is a number', {...PAYLOAD, jti: 8}, false],
  ['one whose id ends in a line break', {...PAYLOAD, jti: `${id(8)}\n`}, false],
  ['one without fields', {...PAYLOAD, jti: id(8), fields: undefined}, false],
  ['one whose fields are a string', {...PAYLOAD, jti: id(8), fields: 'none'}, false],
];
