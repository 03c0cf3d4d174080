import type {Card} from './read/card.ts';
import type {Decline} from './replies.ts';

/** The amount that the sandbox's issuers and banks decline. */
const DECLINED_CENTS = 29;

/**
 * The issuer's reason to decline; undefined if it approves.
 *
 * @param now milliseconds since the epoch.
 */
export function issuerDeclines({expiry}: Card, cents: number, now: number): Decline | undefined {
  if (expiry && isOver(expiry, now)) return 'expired';
  return cents === DECLINED_CENTS ? 'doNotHonor' : undefined;
}

/** Whether the bank declines. It gives no reason. */
export function bankDeclines(cents: number): boolean {
  return cents === DECLINED_CENTS;
}

/** A card is valid through the last day of its month, which ends last at UTC−12. */
function isOver({month, year}: {month: number; year: number}, now: number): boolean {
  const twelveHoursMs = 12 * 60 * 60 * 1000;
  return now - twelveHoursMs >= Date.UTC(year, month, 1);
}

/** The test cards and the only code that matches each. Public PayTrace integrations test with them. */
const TEST_CODES: Readonly<Record<string, string>> = {
  '4012000098765439': '999',
  '5499740000000057': '998',
  '6011000993026909': '996',
  '371449635392376': '9997',
};

/**
 * The issuer's comparison of the security code; empty if no code was sent. A wrong code does not decline the
 * sale: PayTrace leaves that to a merchant's settings.
 *
 * A test card matches only its own code. Any other card matches every code of the right length: four digits
 * for American Express, three otherwise.
 */
export function compareCode({number, securityCode}: Card): '' | 'Match' | 'No Match' {
  if (securityCode === undefined) return '';
  const length = /^3[47]/.test(number) ? 4 : 3;
  const known = TEST_CODES[number];
  const matches = known === undefined ? /^\d+$/.test(securityCode) : securityCode === known;
  return matches && securityCode.length === length ? 'Match' : 'No Match';
}
