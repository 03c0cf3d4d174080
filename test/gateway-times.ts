import {createPrivateKey, constants, privateDecrypt} from 'node:crypto';
import {keyPair, seal} from './servers/gateway/openssl.ts';
import {type JweOptions, sealJwe} from './support/openssl.ts';
import {openSandbox, PLAIN_SALE, unopenable} from './servers/gateway/sandbox.ts';

/** Number of requests of each kind. */
const ROUNDS = 2000;

/** Length of every request's body. */
const BODY_BYTES = 1200;

/** One kind of request, and how long the sandbox took for each, in ms. */
interface Kind {
  name: string;
  send: () => unknown;
  times: number[];
}

/**
 * Reports how long the sandbox takes to reject values that it cannot decrypt, by kind, compared with a reference: a
 * value that it decrypts and then rejects for its content. Measures both profiles. All kinds of a profile run in one
 * shuffled sequence, so the ratios do not depend on the speed of the machine. The last column is the share of pairs in
 * which a request of this kind took longer than one of the reference: one half if they cannot be told apart. The
 * reference against itself shows the noise. A reader that checks the length before it decrypts shows what a leak looks
 * like.
 */
export async function compareOpenings(report: (line: string) => void): Promise<void> {
  const {gateway, pair, login} = openSandbox({merchants: {demo: ['https://shop.example']}});
  const {access_token: token} = (await login()).json<{access_token: string}>();
  const {credit_card, amount} = PLAIN_SALE;
  const request = (sale: object): Kind['send'] => {
    const payload = JSON.stringify({amount, ...sale}).padEnd(BODY_BYTES); // a longer body takes longer to read
    const headers = {'content-type': 'application/json', authorization: `Bearer ${token}`};
    return () => gateway.inject({method: 'POST', url: '/v1/transactions/sale/keyed', headers, payload});
  };
  const sell = (number: string) =>
    request({credit_card: {...credit_card, number: undefined, encrypted_number: number}});
  const bad = seal(pair, '4012000098765438');
  await compare('paytrace', report, [
    ['a bad number', sell(bad)],
    ['the same again', sell(bad)],
    ...unopenable(pair, credit_card.number).map(([what, sent]) => [what, sell(sent)] as const),
  ]);

  const envelope = (options: JweOptions = {}, publicPem = pair.publicKeyPem) =>
    sealJwe(JSON.stringify({v: 1, fields: {}}), publicPem, {header: HEADER, ...options});
  const good = envelope();
  await compare('jwe', report, [
    ['an envelope without a card', request({sealed: good})],
    ['the same again', request({sealed: good})],
    ['another key', request({sealed: envelope({}, keyPair('other').publicKeyPem)})],
    ['another kid', request({sealed: envelope({header: {...HEADER, kid: 'unknown'}})})],
    ['wrong padding', request({sealed: envelope({padding: ['rsa_padding_mode:pkcs1']})})],
    ['another tag', request({sealed: good.replace(/.{4}$/, 'AAAA')})],
    ['words', request({sealed: 'no envelope, just words'})],
  ]);

  const careless = carelessDecrypter(pair.privateKeyPem);
  await compare('a careless reader', report, [
    ['a bad number', () => careless(bad)],
    ['not base64', () => careless('no ciphertext, just words')],
  ]);
  await gateway.close();
}

const HEADER = {alg: 'RSA-OAEP-256', enc: 'A256GCM', kid: '2026-11'};

/** Reports a line for each kind; the first is the reference. */
async function compare(
  title: string,
  report: (line: string) => void,
  named: readonly (readonly [name: string, send: Kind['send']])[],
): Promise<void> {
  const kinds = named.map(([name, send]): Kind => ({name, send, times: []}));
  for (let round = -ROUNDS / 10; round < ROUNDS; round += 1) {
    for (const kind of shuffled(kinds)) {
      const began = performance.now();
      await kind.send();
      if (round >= 0) kind.times.push(performance.now() - began); // negative rounds are a warm-up
    }
  }
  report(`gateway, ${title}: ${ROUNDS} requests of each kind, interleaved`);
  for (const kind of kinds) report(line(kind, kinds[0]));
}

/** What not to do: it checks the length before it decrypts, and so leaks it. */
function carelessDecrypter(privateKeyPem: string) {
  const key = createPrivateKey(privateKeyPem);
  return (ciphertext: string) => {
    const block = Buffer.from(ciphertext, 'base64');
    return block.length === 256 ? privateDecrypt({key, padding: constants.RSA_NO_PADDING}, block) : undefined;
  };
}

function line({name, times}: Kind, reference: Kind | undefined): string {
  const [own, other] = [median(times), median(reference?.times ?? [])];
  const slower = shareOfSlower(times, reference?.times ?? []);
  return `  ${name.padEnd(36)}${own.toFixed(3)} ms  ratio ${(own / other).toFixed(3)}  slower in ${slower.toFixed(3)} of pairs`;
}

/** The Mann–Whitney statistic as a share of all pairs. Robust, because it uses only which time of a pair is longer. */
function shareOfSlower(times: readonly number[], reference: readonly number[]): number {
  let slower = 0;
  for (const one of times) for (const other of reference) slower += one > other ? 1 : one === other ? 0.5 : 0;
  return slower / (times.length * reference.length);
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({item, place: Math.random()}))
    .sort((a, b) => a.place - b.place)
    .map(({item}) => item);
}
