/** The gateway's response body, not validated. */
export type Answer = Readonly<Record<string, unknown>>;

/** The gateway gave no usable response. */
export class GatewayFailure extends Error {
  /** Whether the sale was sent, so that its outcome is unknown. */
  readonly posted: boolean;

  constructor(message: string, posted: boolean, options?: ErrorOptions) {
    super(message, options);
    this.posted = posted;
  }
}

export interface GatewayAccount {
  gatewayOrigin: string;
  username: string;
  password: string;
}

/** The gateway's endpoints that the shop calls, below `/v1/`. */
export type SaleEndpoint =
  'transactions/sale/keyed' | 'transactions/sale/by_customer' | 'checks/sale/by_account';

/** Posts one sale to the gateway. */
export type Seller = (endpoint: SaleEndpoint, sale: object) => Promise<Answer>;

const REQUEST_TIMEOUT_MS = 15_000;

/** How long before its expiry a token is replaced. */
const TOKEN_MARGIN_MS = 60_000;

interface Token {
  value: string;
  /** Milliseconds since the epoch. */
  goodUntil: number;
}

/**
 * A function that posts sales. Its bearer token is fetched when first needed, and shared by all sales until
 * shortly before it expires. A sale whose token the gateway rejects is posted once more with a new one.
 *
 * @param now milliseconds since the epoch.
 * @throws GatewayFailure if there is no response, or it is not a JSON object.
 */
export function createSeller(account: GatewayAccount, now: () => number): Seller {
  let token: Promise<Token> | undefined;

  async function currentToken(refused?: Token): Promise<Token> {
    const asked = token;
    const held = await asked?.catch(() => undefined);
    if (held && held !== refused && now() < held.goodUntil) return held;
    // If several sales had the same token rejected, the first one fetches a new one for all.
    const fetched = token && token !== asked ? token : fetchToken(account, now);
    token = fetched;
    return fetched;
  }

  return async (endpoint, sale) => {
    const url = `${account.gatewayOrigin}/v1/${endpoint}`;
    const first = await currentToken();
    const reply = await postSale(url, first, sale);
    if (reply.status !== 401) return reply.answer;
    const second = await postSale(url, await currentToken(first), sale);
    if (second.status === 401) throw new GatewayFailure('the gateway rejects its own tokens', false);
    return second.answer;
  };
}

async function fetchToken(account: GatewayAccount, now: () => number): Promise<Token> {
  const {username, password} = account;
  const body = new URLSearchParams({grant_type: 'password', username, password});
  const {status, answer} = await post(`${account.gatewayOrigin}/oauth/token`, {body}, false);
  const {access_token: value, expires_in: seconds} = answer;
  if (typeof value !== 'string' || typeof seconds !== 'number') {
    throw new GatewayFailure(`the gateway returned no token, status ${status}`, false);
  }
  return {value, goodUntil: now() + seconds * 1000 - TOKEN_MARGIN_MS};
}

function postSale(url: string, token: Token, sale: object) {
  const headers = {'Content-Type': 'application/json', Authorization: `Bearer ${token.value}`};
  return post(url, {headers, body: JSON.stringify(sale)}, true);
}

async function post(url: string, init: RequestInit, posted: boolean) {
  try {
    const response = await fetch(url, {
      ...init,
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    });
    const answer: unknown = await response.json();
    if (typeof answer !== 'object' || answer === null) throw new TypeError('expected a JSON object');
    return {status: response.status, answer: answer as Answer};
  } catch (error) {
    const sent = posted && !wasRefused(error);
    throw new GatewayFailure('the gateway did not answer', sent, {cause: error});
  }
}

/** Whether the connection was refused, so that nothing was sent. */
function wasRefused(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED';
}
