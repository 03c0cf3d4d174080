import {THEMES} from './gallery-themes.ts';
import {html, type Markup} from '../html.ts';

/** One thing that the gallery can show, by its word in the address. */
export interface Choice {
  title: string;
}

/** What the fields are in. */
export interface State extends Choice {
  /** What there is to see, and what to do for it. */
  note: string;
  /** Of each element. */
  attributes?: Markup;
  isDisabled?: true;
  /** Path of a script of the shop's. */
  script?: string;
  /** The page's policy lets no frame in. */
  isBlocked?: true;
}

/** The shop's own words in one language; the fields bring theirs. */
export interface Words extends Choice {
  direction: 'ltr' | 'rtl';
  card: string;
  bank: string;
  split: string;
  code: string;
  nameOnCard: string;
  pay: string;
}

/** Shows the problems of every form, once all its fields stand: none can be typed into from here. */
export const PROBLEMS_SCRIPT = {
  path: '/problems.js',
  text: `const elements = [...document.querySelectorAll('sealed-fields')].reverse();
await customElements.whenDefined('sealed-fields');
await Promise.all(elements.map(({ready}) => ready));
for (const element of elements) element.reportValidity();
`,
} as const;

const STATES = {
  empty: {
    title: 'Empty',
    note: 'Click into a field, or go there by Tab, to see its focus. No page can type into the frame, and this one cannot either: half filled, filled, and a number that does not add up are yours to type.',
  },
  problems: {
    title: 'Problems',
    note: 'Each form was asked for what it still needs; the caret is in the first field at fault.',
    script: PROBLEMS_SCRIPT.path,
  },
  optional: {
    title: 'Optional',
    note: 'The forms may be sent with their fields empty, but not half filled.',
    attributes: html`data-optional`,
  },
  disabled: {title: 'Disabled', note: 'Each form’s fieldset is disabled.', isDisabled: true},
  late: {
    title: 'On their way',
    note: 'The frames of this page come after 15 seconds: first there are their shapes, after 10 seconds a line that says so, and then the fields.',
    attributes: html`data-merchant="late"`,
  },
  failed: {
    title: 'Failed',
    note: 'The policy of this page lets no frame in, so none of them can be shown.',
    isBlocked: true,
  },
} as const satisfies Readonly<Record<string, State>>;

const LAYOUTS = {
  stacked: {title: 'Stacked'},
  inline: {title: 'Inline'},
} as const satisfies Readonly<Record<string, Choice>>;

const LANGUAGES = {
  en: {
    title: 'English',
    direction: 'ltr',
    card: 'Card',
    bank: 'Bank account',
    split: 'Card, each field in its place',
    code: 'Code of a card on file',
    nameOnCard: 'Name on card',
    pay: 'Pay',
  },
  de: {
    title: 'Deutsch',
    direction: 'ltr',
    card: 'Karte',
    bank: 'Bankkonto',
    split: 'Karte, jedes Feld an seinem Ort',
    code: 'Prüfnummer einer bekannten Karte',
    nameOnCard: 'Name auf der Karte',
    pay: 'Bezahlen',
  },
  ar: {
    title: 'العربية',
    direction: 'rtl',
    card: 'البطاقة',
    bank: 'الحساب المصرفي',
    split: 'البطاقة، كل حقل في مكانه',
    code: 'رمز بطاقة محفوظة',
    nameOnCard: 'الاسم على البطاقة',
    pay: 'ادفع',
  },
} as const satisfies Readonly<Record<string, Words>>;

/** What can be chosen in the gallery; of each the first goes without saying. */
export const CHOICES = {state: STATES, theme: THEMES, layout: LAYOUTS, language: LANGUAGES} as const;

/** One page of the gallery, by its words in the address. */
export type View = {readonly [C in keyof typeof CHOICES]: keyof (typeof CHOICES)[C] & string};

/**
 * The page that an address asks for.
 *
 * @returns undefined if it asks for something that there is not.
 */
export function parseView(query: Readonly<Record<string, unknown>>): View | undefined {
  const view = Object.entries(CHOICES).map(([choice, table]) => {
    const [first = ''] = Object.keys(table);
    const word = Object.hasOwn(query, choice) ? query[choice] : first;
    return [choice, typeof word === 'string' && Object.hasOwn(table, word) ? word : undefined] as const;
  });
  return view.every(([, word]) => word !== undefined) ? (Object.fromEntries(view) as View) : undefined;
}
