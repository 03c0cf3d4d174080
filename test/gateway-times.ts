import {createPrivateKey, constants, privateDecrypt} from 'node:crypto';
import {seal} from './demo/gateway/openssl.ts';
import {openSandbox, PLAIN_SALE, unopenable} from './demo/gateway/sandbox.ts';

/** Requests of each kind. */
const ROUNDS = 2000;

/** Octets of every request's body. */
const BODY = 512;

/** What is sent in place of a card number, and how long the sandbox took for each, in milliseconds. */
interface Kind {
  name: string;
  send: () => unknown;
  times: number[];
}

/**
 * How long the sandbox takes to refuse a card number that does not open, kind by kind, against one that opens and is
 * bad: whole requests, all kinds in one run, in an order drawn anew for each round, so that the machine's own pace
 * falls out of the ratios. The second column counts pairs: how often a request of this kind took longer than one of
 * the reference, one half where nobody can tell them apart. The reference against itself shows the noise, and a
 * reader that gives up at once what a leak would look like.
 */
export async function compareOpenings(report: (line: string) => void): Promise<void> {
  const {gateway, pair, login} = openSandbox();
  const {access_token: token} = (await login()).json<{access_token: string}>();
  const {credit_card, amount} = PLAIN_SALE;
  const request = (number: string): Kind['send'] => {
    const card = {...credit_card, number: undefined, encrypted_number: number};
    const payload = JSON.stringify({amount, credit_card: card}).padEnd(BODY); // a longer body is read longer
    const headers = {'content-type': 'application/json', authorization: `Bearer ${token}`};
    return () => gateway.inject({method: 'POST', url: '/v1/transactions/sale/keyed', headers, payload});
  };
  const bad = seal(pair, '4012000098765438');
  const careless = carelessOpener(pair.privateKeyPem);
  const kinds: Kind[] = [
    ['a bad number', request(bad)] as const,
    ['the same again', request(bad)] as const,
    ...unopenable(pair, credit_card.number).map(([what, sent]) => [what, request(sent)] as const),
    ['(a careless reader, a bad number)', () => careless(bad)] as const,
    ['(a careless reader, not base64)', () => careless('no ciphertext, just words')] as const,
  ].map(([name, send]) => ({name, send, times: []}));

  for (let round = -ROUNDS / 10; round < ROUNDS; round += 1) {
    for (const kind of shuffled(kinds)) {
      const began = performance.now();
      await kind.send();
      if (round >= 0) kind.times.push(performance.now() - began); // what came before warmed it up
    }
  }
  await gateway.close();

  report(`gateway: ${ROUNDS} requests of each kind, interleaved`);
  const careful = kinds.slice(0, -2);
  for (const kind of careful) report(line(kind, careful[0]));
  for (const kind of kinds.slice(-2)) report(line(kind, kinds.at(-2)));
}

/** What not to do: it looks before it decrypts. */
function carelessOpener(privateKeyPem: string) {
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

/** The Mann–Whitney statistic as a share: robust, for it knows of each pair only which of the two is greater. */
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
