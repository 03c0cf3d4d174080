import type {Card} from './read/card.ts';
import type {Decline} from './replies.ts';

/** The amount that the sandbox's issuers and banks refuse, in cents. */
const DECLINED_CENTS = 29;

/** Why the card's issuer says no; undefined for yes. @param now milliseconds since the epoch. */
export function issuerDeclines({expiry}: Card, cents: number, now: number): Decline | undefined {
  if (expiry && isOver(expiry, now)) return 'expired';
  return cents === DECLINED_CENTS ? 'doNotHonor' : undefined;
}

/** Whether the bank says no; it gives no reason. */
export function bankDeclines(cents: number): boolean {
  return cents === DECLINED_CENTS;
}

/** A card is good through the last day of its month, and that day lasts longest at UTC−12. */
function isOver({month, year}: {month: number; year: number}, now: number): boolean {
  const twelveHours = 12 * 60 * 60 * 1000;
  return now - twelveHours >= Date.UTC(year, month, 1);
}

/** The sandbox's test cards and the only code that matches each; PayTrace's integrations test with these. */
const TEST_CODES: Readonly<Record<string, string>> = {
  '4012000098765439': '999',
  '5499740000000057': '998',
  '6011000993026909': '996',
  '371449635392376': '9997',
};

/**
 * How the issuer finds the code. It never declines: PayTrace leaves that to a merchant's settings. A test card
 * knows its own code; any other card matches whatever has the right length, four digits for American Express,
 * else three. Empty where no code was sent.
 */
export function compareCode({number, securityCode}: Card): '' | 'Match' | 'No Match' {
  if (securityCode === undefined) return '';
  const length = /^3[47]/.test(number) ? 4 : 3;
  const known = TEST_CODES[number];
  const matches = known === undefined ? /^\d+$/.test(securityCode) : securityCode === known;
  return matches && securityCode.length === length ? 'Match' : 'No Match';
}
