import creditCardType from 'credit-card-type';

/** Digits after which a number has a gap, unless its brand has other gaps. */
export const GAPS = [4, 8, 12];

/**
 * Brands that credit-card-type does not know: name, spelling, digits of a number, first digits. Read 2026-12-01 in:
 *
 * - RuPay: Razorpay's checkout; all but the last range also Juspay's hyperswitch and cardtype.js. NPCI publishes no list.
 * - Dankort, Carnet: Active Merchant. Dankort also Adyen. A card of both Visa and Dankort (4571) has a number of Visa.
 * - mada: Active Merchant; all but five ranges also Moyasar's SDK, which alone has 588845. A card of both mada and Visa or
 *   Mastercard has a number of those.
 * - UATP: Adyen, Cybersource.
 */
const BRANDS: readonly (readonly [type: string, niceType: string, length: number, ranges: string])[] = [
  ['rupay', 'RuPay', 16, '508500-508999 606985-607984 608001-608500 652150-653149 817200-820199'],
  ['dankort', 'Dankort', 16, '5019'],
  [
    'mada',
    'mada',
    16,
    '504300 506968 508160 585265 588845 588848 588850 588982-588983 589005 589206 604906 605141 636120 968201-968209 968211',
  ],
  [
    'carnet',
    'Carnet',
    16,
    '286900 502275 506199-506499 588772 60462203-60462204 606333 627535 636318 636379 639388 639484 639559',
  ],
  ['uatp', 'UATP', 15, '1'],
];

/**
 * First digits in place of those that credit-card-type has for a brand. Read 2026-12-01 in:
 *
 * - Maestro, for which credit-card-type takes every number with 50, 56 to 59 or 6 that no other brand has: blocks of the
 *   Mastercard Rules (by Active Merchant), and of test numbers of Mastercard Gateway (5000), Cybersource (5033, 5641, 5868)
 *   and credit-card-type (493698). 6703 is Bancontact.
 * - Hipercard: Active Merchant. 38 is otherwise Diners Club.
 * - Naranja: Active Merchant. 402918 and 527572 are of both Naranja and Visa or Mastercard, and have numbers of those.
 */
const CHANGED_RANGES: Readonly<Record<string, string>> = {
  maestro: '493698 5000-5018 5020-5038 5612 5641 5868 5893 590-599 6304 6390 6700-6702 6704-6799',
  hipercard: '384100 384140 384160 606282',
  naranja: '589562',
};

for (const [type, niceType, length, ranges] of BRANDS)
  creditCardType.addCard({
    type,
    niceType,
    patterns: patternsOf(ranges),
    lengths: [length],
    gaps: length === 15 ? [4, 9] : GAPS,
    code: {name: 'CVV', size: 3},
  });
for (const [type, ranges] of Object.entries(CHANGED_RANGES))
  creditCardType.updateCard(type, {patterns: patternsOf(ranges)});

function patternsOf(ranges: string): [first: number, last: number][] {
  return ranges.split(' ').map((range) => {
    const [first = '', last = first] = range.split('-');
    return [Number(first), Number(last)];
  });
}

/** Credit-card-type with the brands and ranges above. */
export const cardTypes = creditCardType;
