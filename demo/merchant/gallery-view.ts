import {THEMES} from './gallery-themes.ts';
import {html, type Markup} from '../html.ts';

/** One option of the gallery. */
export interface Choice {
  title: string;
}

/** A state of the fields. */
export interface State extends Choice {
  /** What the page shows, and what the user can do to see it. */
  note: string;
  /** Attributes of each element. */
  attributes?: Markup;
  isDisabled?: true;
  /** Path of the shop's own script. */
  script?: string;
  /** The page's Content-Security-Policy blocks the frames. */
  isBlocked?: true;
}

/** The shop's texts in one language. The fields have their own. */
export interface Words extends Choice {
  direction: 'ltr' | 'rtl';
  card: string;
  bank: string;
  split: string;
  code: string;
  nameOnCard: string;
  pay: string;
}

/** Reports the validity of every element once all are ready. A page cannot enter values into the fields. */
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
    note: 'Click a field or press Tab to see its focus ring. No page can enter values into the frames. Enter a partial, a complete or an invalid number yourself to see those states.',
  },
  problems: {
    title: 'Problems',
    note: 'Every form reports its missing values. The caret is in the first invalid field.',
    script: PROBLEMS_SCRIPT.path,
  },
  optional: {
    title: 'Optional',
    note: 'The forms can be submitted with empty fields, but not with partly filled ones.',
    attributes: html`data-optional`,
  },
  disabled: {title: 'Disabled', note: 'Each form’s fieldset is disabled.', isDisabled: true},
  late: {
    title: 'Loading',
    note: 'The frames of this page load after 15 seconds. Until then the page shows skeletons, and after 10 seconds also a message.',
    attributes: html`data-merchant="late"`,
  },
  failed: {
    title: 'Failed',
    note: 'The Content-Security-Policy of this page blocks the frames, so the fields cannot load.',
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
    split: 'Card, in separate fields',
    code: 'Security code of a card on file',
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

/** The choices of the gallery. The first option of each is the default. */
export const CHOICES = {state: STATES, theme: THEMES, layout: LAYOUTS, language: LANGUAGES} as const;

/** One page of the gallery: the selected option of each choice. */
export type View = {readonly [C in keyof typeof CHOICES]: keyof (typeof CHOICES)[C] & string};

/**
 * Parses the query of a gallery URL.
 *
 * @returns undefined if the query selects an unknown option.
 */
export function parseView(query: Readonly<Record<string, unknown>>): View | undefined {
  const view = Object.entries(CHOICES).map(([choice, table]) => {
    const [first = ''] = Object.keys(table);
    const word = Object.hasOwn(query, choice) ? query[choice] : first;
    return [choice, typeof word === 'string' && Object.hasOwn(table, word) ? word : undefined] as const;
  });
  return view.every(([, word]) => word !== undefined) ? (Object.fromEntries(view) as View) : undefined;
}
