import {readAccount} from '../../demo/gateway/read/account.ts';
import {readCard} from '../../demo/gateway/read/card.ts';
import {deleteThroughSeparator} from '../../widget/fields/field.ts';
import {SPECS} from '../../widget/fields/specs.ts';
import {
  attempt,
  blur,
  clear,
  configure,
  edit,
  faults,
  focus,
  type FormState,
  isWhole,
  markFailed,
  markSealed,
  shownProblem,
  startForm,
  summary,
} from '../../widget/form-state.ts';
import {type FieldsState, parseFieldsState} from '../../widget/protocol/frame-events.ts';
import {BANK_FIELDS, type Brand, type FieldName} from '../../widget/protocol/names.ts';
import {type Dice, madeBy} from './dice.ts';
import {
  brandBy,
  digitsIn,
  expiryDigits,
  isCardNumber,
  isGoodIn,
  isRoutingNumber,
  monthShown,
  ZEROS,
} from './rules.ts';
import {insist, isSame, type Target, target} from './target.ts';

const TODAY = {year: 2026, month: 11};

/** Digits that a field keeps; the expiry has rules of its own. */
const LIMITS: Readonly<Partial<Record<FieldName, number>>> = {
  cardNumber: 32,
  securityCode: 6,
  routingNumber: 17,
  accountNumber: 24,
  accountNumberConfirmation: 24,
};

// ---- what a person may do --------------------------------------------------------------------------------

type Bare = 'backspace' | 'delete' | 'cut' | 'leave' | 'try' | 'clear' | 'sealed' | 'failed' | 'all';

type Action =
  | readonly [verb: 'type' | 'paste' | 'fill', text: string]
  | readonly [verb: Bare]
  | readonly [verb: 'select', from: number, to: number]
  | readonly [verb: 'enter', field: number]
  | readonly [verb: 'configure', brand: Brand | undefined, optional: boolean];

interface Session {
  names: readonly FieldName[];
  brands: readonly Brand[];
  actions: readonly Action[];
  /** Seal what stands in the fields at the end, if it may be sealed. */
  isPaid: boolean;
}

/** The expiry more often than others: its format has the most to go wrong. */
const FORMS: readonly (readonly FieldName[])[] = [
  ['expiry'],
  ['expiry'],
  ['expiry'],
  ['expiry'],
  ['securityCode'],
  ['routingNumber'],
  ['accountNumber', 'accountNumberConfirmation'],
  ['cardNumber'],
  ['cardNumber', 'expiry', 'securityCode'],
  ['routingNumber', 'accountNumber', 'accountNumberConfirmation', 'accountType'],
];

/** What belongs into each field, and what nearly does. */
const GOOD: Readonly<Record<FieldName, readonly string[]>> = {
  cardNumber: [
    '4012000098765439',
    '5499740000000057',
    '371449635392376',
    '4111111111111111110',
    '6304000000000000',
    '0000000000000000',
    '4012000098765438',
  ],
  expiry: [
    '1227',
    '12/27',
    '1/27',
    '2027-01',
    '012027',
    '11/26',
    '10/26',
    '12/45',
    '01/46',
    '1327',
    '2027',
    '12/1999',
  ],
  securityCode: ['999', '9997', '12', '12345'],
  routingNumber: [
    '325070760',
    '011000015',
    '000000000',
    '325070761',
    ...[
      '130000006',
      '200000004',
      '210000007',
      '330000000',
      '600000002',
      '730000008',
      '790000000',
      '800000006',
      '810000009',
    ],
  ],
  accountNumber: ['1234', '12345678901234567', '123', '123456789012345678'],
  accountNumberConfirmation: ['1234', '12345678901234567', '12'],
  accountType: ['savings', 'checking'],
  cardholderName: [], // in none of these forms: its rules are about letters, and its own tests try any text
};

const BETWEEN = [
  '',
  ' ',
  '-',
  '/',
  '.',
  '\u00a0',
  '\u2009',
  '\u200b',
  '–',
  '\u202e',
  '💳',
  'O',
  '\n',
  '\0',
  '\ud83d',
  ' / ',
] as const;
const NOISE = [
  ' ',
  '/',
  '-',
  'x',
  '💳',
  '\u0301',
  '\ud835',
  '\udfce',
  '\0',
  '\u202e',
  '①',
  '²',
  '四',
  'e\u0301 ',
] as const;

function aDigit(dice: Dice): string {
  const zero = dice.once(3) ? dice.pick(ZEROS) : 0x30;
  return String.fromCodePoint(zero + dice.below(10));
}

/** Digits in some script with something between them. */
function written(digits: string, dice: Dice): string {
  const zero = dice.once(3) ? dice.pick(ZEROS) : 0x30;
  const between = dice.once(3) ? dice.pick(BETWEEN) : '';
  const script = Array.from(digits, (digit) =>
    /\d/.test(digit) ? String.fromCodePoint(zero + Number(digit)) : digit,
  );
  return script.join(between);
}

function aPaste(field: FieldName, dice: Dice): string {
  return dice.pick([
    () => written(dice.pick(GOOD[field]), dice),
    () => written(dice.pick(GOOD[field]), dice),
    () => written(dice.pick(Object.values(GOOD).flat()), dice),
    () => dice.pick(NOISE),
    () => Array.from({length: dice.below(12)}, () => aDigit(dice)).join(''),
    () => aDigit(dice).repeat(dice.pick([16, 40, 255, 256, 257, 10_000])),
    () => dice.pick(NOISE).repeat(dice.pick([3, 255, 256, 10_000])) + written(dice.pick(GOOD[field]), dice),
    () => Array.from({length: 8}, () => dice.pick([aDigit(dice), dice.pick(NOISE)])).join(''),
  ])();
}

function anAction(field: FieldName, names: readonly FieldName[], dice: Dice): Action {
  return dice.pick<() => Action>([
    () => ['type', aDigit(dice)],
    () => ['type', aDigit(dice)],
    () => ['type', dice.pick(NOISE)],
    () => ['backspace'],
    () => ['backspace'],
    () => ['delete'],
    () => ['paste', aPaste(field, dice)],
    () => ['fill', aPaste(field, dice)],
    () => ['select', dice.below(24), dice.below(24)],
    () => ['select', dice.below(24), 0],
    () => ['all'],
    () => ['cut'],
    () => ['leave'],
    () => ['enter', dice.below(names.length)],
    () => [dice.pick(['try', 'clear', 'sealed', 'failed'])],
    () => ['configure', dice.pick([undefined, 'american-express', 'visa', 'unknown']), dice.once(2)],
  ])();
}

function aSession(dice: Dice): Session {
  const names = dice.pick(FORMS);
  const actions: Action[] = [];
  if (dice.once(3))
    for (const [index, name] of names.entries())
      actions.push(['enter', index], ['paste', written(dice.pick(GOOD[name].slice(0, 2)), dice)], ['leave']);
  for (let times = dice.below(5); times > 0; times -= 1)
    actions.push(anAction(dice.pick(names), names, dice));
  const brands = dice.pick<readonly Brand[]>([[], [], [], ['visa', 'american-express']]);
  return {names, brands, actions, isPaid: dice.once(200)};
}

// ---- an input as browsers have it, and what must stand in it -------------------------------------------

interface Desk {
  state: FormState;
  field: FieldName | undefined;
  from: number;
  to: number;
}

type Edit = (desk: Desk, field: FieldName, typed: string, inputType: string) => Desk;

/** One `input` event, as `hosted-field` handles it; then what is shown is held against what was there. */
const input: Edit = (desk, field, typed, inputType) => {
  const before = desk.state.fields[field].text;
  const [head, tail] = [before.slice(0, desk.from), before.slice(desk.to)];
  const raw = {text: head + typed + tail, caret: head.length + typed.length};
  const through = deleteThroughSeparator(before, raw, inputType);
  const shown = SPECS[field].format(through.text, through.caret);
  const backward = inputType === 'deleteContentBackward';
  const isKey = backward || inputType === 'deleteContentForward';
  const isNothing = isKey && digitsIn(raw.text) === digitsIn(before);
  judgeShown(
    field,
    shown,
    isNothing
      ? withoutNeighbour(head, tail, backward)
      : [digitsIn(raw.text), digitsIn(raw.text.slice(0, raw.caret))],
  );
  return {...desk, state: edit(desk.state, field, shown.text), from: shown.caret, to: shown.caret};
};

/** Where a key removes no digit, it takes the one beyond. All digits, and those before the caret. */
function withoutNeighbour(head: string, tail: string, backward: boolean): readonly [string, string] {
  const [before, after] = [digitsIn(head), digitsIn(tail)];
  return backward ? [before.slice(0, -1) + after, before.slice(0, -1)] : [before + after.slice(1), before];
}

function judgeShown(
  field: FieldName,
  {text, caret}: {text: string; caret: number},
  [digits, digitsBefore]: readonly [string, string],
): void {
  insist(caret >= 0 && caret <= text.length && caret % 1 === 0, `the caret stands at ${caret} of ‘${text}’`);
  insist(/^[0-9 /-]{0,64}$/.test(text), `‘${text}’ is shown`);
  insist(
    isSame(SPECS[field].format(text, caret), {text, caret}),
    `‘${text}’ is shown otherwise the second time`,
  );
  const limit = LIMITS[field];
  const shown = digitsIn(text);
  if (limit === undefined) {
    insist(expiryDigits(digits).has(shown), `‘${text}’ is shown for the digits ${digits}`);
    return;
  }
  insist(shown === digits.slice(0, limit), `‘${text}’ is shown for the digits ${digits}`);
  insist(
    digitsIn(text.slice(0, caret)) === digitsBefore.slice(0, limit),
    `the caret stands at ${caret} of ‘${text}’`,
  );
  insist(
    field === 'cardNumber' ? !/^ | $| {2}/.test(text) : !text.includes(' '),
    `‘${text}’ has a gap too many`,
  );
}

/** What autofill or a change without a key does: the whole text is another, the caret nowhere. */
function fill(desk: Desk, field: FieldName, text: string): Desk {
  const shown = SPECS[field].format(text, Infinity);
  judgeShown(field, {...shown, caret: Math.min(shown.caret, shown.text.length)}, [
    digitsIn(text),
    digitsIn(text),
  ]);
  insist(shown.caret === shown.text.length, 'the caret is not at the end');
  return {...desk, state: edit(desk.state, field, shown.text), from: shown.caret, to: shown.caret};
}

/** The select has no text: whatever is done to it, one of its choices stands there. */
function choose(desk: Desk, text: string): Desk {
  return {...desk, state: edit(desk.state, 'accountType', text === 'savings' ? text : 'checking')};
}

function leave(desk: Desk): Desk {
  if (desk.field === undefined) return desk;
  const {field} = desk;
  const {state} = field === 'accountType' ? desk : fill(desk, field, desk.state.fields[field].text);
  return {...desk, field: undefined, state: blur(state, field)};
}

function enter(desk: Desk, field: FieldName): Desk {
  if (desk.field === field) return desk;
  const left = leave(desk);
  const {length} = left.state.fields[field].text;
  return {state: focus(left.state, field), field, from: length, to: length};
}

function remove(desk: Desk, field: FieldName, inputType: string, by: readonly [number, number]): Desk {
  const isMarked = desk.from < desk.to;
  const from = isMarked ? desk.from : desk.from + by[0];
  const to = isMarked ? desk.to : desk.to + by[1];
  const {length} = desk.state.fields[field].text;
  return from < 0 || to > length || from === to ? desk : input({...desk, from, to}, field, '', inputType);
}

function act(before: Desk, action: Action, {names}: Session): Desk {
  const [verb] = action;
  if (verb === 'enter') return enter(before, names[action[1]] ?? 'cardNumber');
  if (verb === 'leave') return leave(before);
  if (verb === 'try') return {...before, state: attempt(before.state)};
  if (verb === 'clear') return {...before, state: clear(before.state), from: 0, to: 0};
  if (verb === 'sealed') return {...before, state: markSealed(before.state)};
  if (verb === 'failed') return {...before, state: markFailed(before.state)};
  if (verb === 'configure')
    return {...before, state: configure(before.state, {brand: action[1], optional: action[2]})};
  const field = before.field ?? names[0] ?? 'cardNumber';
  if (field === 'accountType') return choose(before, verb === 'fill' ? action[1] : 'checking');
  if (verb === 'fill') return fill(before, field, action[1]);
  const desk = enter(before, field);
  const {length} = desk.state.fields[field].text;
  if (verb === 'all') return {...desk, from: 0, to: length};
  if (verb === 'select') {
    const [one, other] = [Math.min(action[1], length), Math.min(action[2] || action[1], length)];
    return {...desk, from: Math.min(one, other), to: Math.max(one, other)};
  }
  if (verb === 'backspace') return remove(desk, field, 'deleteContentBackward', [-1, 0]);
  if (verb === 'delete') return remove(desk, field, 'deleteContentForward', [0, 1]);
  if (verb === 'cut') return SPECS[field].isSecret ? desk : remove(desk, field, 'deleteByCut', [0, 0]);
  return input(desk, field, action[1] ?? '', verb === 'type' ? 'insertText' : 'insertFromPaste');
}

// ---- the judgement ---------------------------------------------------------------------------------------

/** What the page is told, field by field, is what the rules say of the digits that stand there. */
function judgeState(state: FormState, session: Session): boolean {
  const told = summary(state);
  insist(!/\d/.test(JSON.stringify(told)), `the page is told ${JSON.stringify(told)}`);
  insist(isSame(parseFieldsState(told), told), 'the page does not understand what it is told');
  for (const name of session.names) judgeField(state, name, told, session);
  const all = session.names.map((name) => told.fields[name]?.status);
  const isComplete = all.every((status) => status === 'valid');
  const isUntouched = session.names.every((name) =>
    name === 'accountType' ? state.fields[name].text === 'checking' : digitsOf(state, name) === '',
  );
  insist(told.complete === isComplete, 'complete, with a field that is not');
  insist(told.empty === isUntouched, 'empty, with something in it');
  judgeFaults(state, told, session, isUntouched);
  if (isComplete) judgeByGateway(state, session);
  return isComplete;
}

const digitsOf = (state: FormState, name: FieldName) => digitsIn(state.fields[name].text);

function judgeField(state: FormState, name: FieldName, {fields, brand}: FieldsState, session: Session): void {
  const {names, brands} = session;
  const digits = digitsOf(state, name);
  const status = fields[name]?.status ?? 'not told';
  const isValid = status === 'valid';
  const expect = (isRight: boolean) => {
    insist(isValid === isRight, `${name} ‘${state.fields[name].text}’ is ${status}`);
  };
  if (name === 'accountType') {
    expect(true);
    return;
  }
  insist((status === 'empty') === (digits === ''), `${name} is ${status} with the digits ${digits}`);
  const month = monthShown(state.fields.expiry.text);
  const certain = brandBy(digits);
  switch (name) {
    case 'cardNumber':
      insist(isOfBrand(brand, digits), `${digits} is of the brand ${brand ?? ''}`);
      if (certain === undefined) {
        insist(!isValid || isCardNumber(digits), `${digits} is valid`);
        insist(!isValid || brands.length === 0 || brands.some((each) => each === brand), 'a refused brand');
        break;
      }
      expect(isCardNumber(digits) && (brands.length === 0 || brands.some((each) => each === certain[0])));
      insist(!isCardNumber(digits) || brand === certain[0], `${digits} is of the brand ${brand ?? ''}`);
      insist(!isValid || certain[2].test(state.fields.cardNumber.text), 'the groups are others');
      break;
    case 'expiry':
      expect(month !== undefined && isGoodIn(month, TODAY));
      break;
    case 'securityCode': {
      const cards = (names.includes('cardNumber') ? brand : state.brand) ?? 'unknown';
      const lengths = cards === 'american-express' ? [4] : cards === 'unknown' ? [3, 4] : [3];
      expect(lengths.includes(digits.length));
      break;
    }
    case 'routingNumber':
      expect(isRoutingNumber(digits));
      break;
    case 'accountNumber':
      expect(digits.length >= 4 && digits.length <= 17);
      break;
    case 'accountNumberConfirmation':
      expect(digits !== '' && digits === digitsOf(state, 'accountNumber'));
  }
}

/** No brand is told before its first digits are there. */
function isOfBrand(brand: Brand | undefined, digits: string): boolean {
  const [certain] = brandBy(digits) ?? [];
  const first: Partial<Record<Brand, RegExp>> = {
    visa: /^4/,
    mastercard: /^[25]/,
    'american-express': /^3[47]/,
  };
  if (brand === undefined) return true;
  return digits !== '' && (certain ?? brand) === brand && (first[brand] ?? /^/).test(digits);
}

/** A field that is not valid keeps the form from being sealed, unless all may stay empty and do. */
function judgeFaults(state: FormState, told: FieldsState, {names}: Session, isUntouched: boolean): void {
  const expected = names.filter((name) => {
    const status = told.fields[name]?.status;
    return status !== 'valid' && !(status === 'empty' && state.optional && isUntouched);
  });
  const found = faults(state);
  insist(
    isSame(
      found.map(({field}) => field),
      expected,
    ),
    'other fields are at fault',
  );
  for (const {field, problem} of found) {
    insist((problem === 'required') === (told.fields[field]?.status === 'empty'), `${field}: ${problem}`);
    insist(
      shownProblem(state, field) === (state.fields[field].visited ? problem : undefined),
      'it shows another',
    );
  }
}

/** The sandbox of the gateway, whose checks are its own, takes what the fields take. */
function judgeByGateway(state: FormState, {names}: Session): void {
  const digits = (name: FieldName, other: string) => (names.includes(name) ? digitsOf(state, name) : other);
  const month = monthShown(state.fields.expiry.text) ?? TODAY;
  const desk = {open: () => undefined};
  const means = names.some((name) => BANK_FIELDS.includes(name))
    ? readAccount(
        {
          check: {
            routing_number: digits('routingNumber', '011000015'),
            account_number: digits('accountNumber', '1234'),
          },
        },
        desk,
      )
    : readCard(
        {
          credit_card: {
            number: digits('cardNumber', '4012000098765439'),
            expiration_month: month.month,
            expiration_year: month.year,
          },
        },
        desk,
      );
  insist('value' in means, 'the gateway refuses it');
}

/** What only some sessions are asked, for it takes long: no single digit mends what is called invalid, or whole. */
function judgeHopes(state: FormState, {names}: Session): void {
  for (const name of names) {
    const {status} = summary(state).fields[name] ?? {};
    const isClosed = isWhole(state, name);
    insist(!isClosed || status === 'valid', `${name} is whole`);
    if (name === 'accountType' || (status !== 'invalid' && !isClosed)) continue;
    for (const digit of '0123456789') {
      const longer = state.fields[name].text + digit;
      const {text} = SPECS[name].format(longer, longer.length);
      const after = summary(edit(state, name, text)).fields[name]?.status;
      insist(after !== 'valid', `${name} is ${status ?? ''}, and a ${digit} makes it valid`);
    }
  }
}

/** Seals a form and opens what was sealed, by other means than those that sealed it. Values by what they are. */
export type SealAndOpen = (state: FormState) => Promise<Readonly<Record<string, string>>>;

async function judgeSealed(state: FormState, {names}: Session, sealAndOpen: SealAndOpen): Promise<void> {
  const month = names.includes('expiry') ? monthShown(state.fields.expiry.text) : undefined;
  const digits = (name: FieldName) => (names.includes(name) ? digitsOf(state, name) : undefined);
  const expected = {
    encrypted_number: digits('cardNumber'),
    encrypted_csc: digits('securityCode'),
    encrypted_expiration_month: month && `${month.month}`.padStart(2, '0'),
    encrypted_expiration_year: month && `${month.year}`,
    encrypted_routing_number: digits('routingNumber'),
    encrypted_account_number: digits('accountNumber'),
    account_type: names.includes('accountType') ? state.fields.accountType.text : undefined,
  };
  insist(isSame(await sealAndOpen(state), expected), 'what was sealed is not what was typed');
}

async function judge(session: Session, sealAndOpen?: SealAndOpen): Promise<readonly [string, boolean]> {
  const {names, brands, actions, isPaid} = session;
  const state = startForm(names, brands, () => TODAY);
  const end = actions.reduce<Desk>((desk, action) => act(desk, action, session), {
    state,
    field: undefined,
    from: 0,
    to: 0,
  });
  for (const name of names)
    insist(end.state.fields[name].focused === (name === end.field), `${name} is not where the caret is`);
  const isComplete = judgeState(end.state, session);
  if (isPaid) judgeHopes(end.state, session);
  if (isPaid && isComplete && sealAndOpen) await judgeSealed(end.state, session, sealAndOpen);
  return [names.join(' '), isComplete];
}

const paid = (names: readonly FieldName[], ...actions: readonly Action[]): Session => ({
  names,
  brands: [],
  actions,
  isPaid: true,
});

const filled = (...texts: readonly string[]): Action[] =>
  texts.flatMap((text, index): Action[] => [
    ['enter', index],
    ['paste', text],
  ]);

const CARD: readonly FieldName[] = ['cardNumber', 'expiry', 'securityCode'];
const ACCOUNT: readonly FieldName[] = ['accountNumber', 'accountNumberConfirmation'];
const BANK: readonly FieldName[] = ['routingNumber', ...ACCOUNT, 'accountType'];

/** Fields that can be valid with no other beside them. */
const ALONE = ['cardNumber', 'expiry', 'securityCode', 'routingNumber', 'accountNumber'] as const;

const KNOWN: readonly Session[] = [
  paid(['expiry'], ...filled('/2027123')), // once cut to ` / 202712`, and taken for December
  paid(['expiry'], ...filled('22')), // once called invalid, though 227 is February
  {
    names: ['expiry'],
    brands: [],
    actions: [
      ['paste', '200000004'],
      ['select', 6, 10],
      ['type', '0'], // once left the caret three places behind the text
    ],
    isPaid: false,
  },
  ...ALONE.flatMap((name) => GOOD[name].map((text) => paid([name], ...filled(text)))),
  paid(CARD, ...filled('٤٠١٢ ٠٠٠٠-٩٨٧٦ ٥٤٣٩', '2027-1', '９９９')),
  // Of a card that another frame asks for: this one asks for its own.
  paid(CARD, ['configure', 'visa', false], ...filled('371449635392376', '1227', '9997')),
  paid(BANK, ...filled('011000015', '0012', '0012'), ['enter', 3], ['fill', 'savings']),
  paid(ACCOUNT, ...filled('1234', '1235')),
  paid(
    ['cardNumber'],
    ...filled('4012000098765439'),
    ['select', 4, 4],
    ['delete'],
    ['select', 5, 5],
    ['backspace'],
  ),
  paid(['expiry'], ...filled('1227'), ['select', 2, 2], ['delete'], ['select', 5, 5], ['backspace']),
  paid(['expiry'], ...filled('1227'), ['select', 1, 2], ['backspace']), // 1 / 27, the caret still in the month
];

/** What a person does in the fields, and what comes of it: shown, judged, told to the page, sealed. */
export const keystrokes = (sealAndOpen?: SealAndOpen): Target =>
  target({
    name: 'keystrokes',
    runs: 1_000_000,
    inputs: madeBy(aSession, 96),
    known: KNOWN,
    judge: (session) => judge(session, sealAndOpen),
  });
