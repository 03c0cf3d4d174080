import '../../../widget/components/icons.ts';
import {
  DEFAULT_SETTINGS,
  type FormSettings,
  type PaymentForm,
} from '../../../widget/components/payment-form.ts';
import {attempt, type FormState, startForm} from '../../../widget/form/state.ts';
import {directionOf, loadTexts} from '../../../widget/locales/locale.ts';
import type {ColorScheme, FieldName, Locale, Theme} from '../../../widget/protocol/names.ts';
import {STYLES} from '../../../widget/theme/styles.ts';
import {applyTheme} from '../../../widget/theme/apply.ts';

export const CARD_FIELDS = ['cardNumber', 'expiry', 'securityCode'] as const;
export const BANK_FIELDS = [
  'accountType',
  'routingNumber',
  'accountNumber',
  'accountNumberConfirmation',
] as const;

/** A payment form in an iframe. As in the product, the width of the iframe is the width of its viewport. */
export interface FormDocument {
  root: HTMLElement;
  form: PaymentForm;
  /** Changes the form's state or settings and waits until it has rendered. */
  update: (changes: {state?: FormState; settings?: FormSettings}) => Promise<void>;
  setLocale: (locale: Locale) => Promise<void>;
  setTheme: (theme: Theme, scheme?: ColorScheme) => void;
  type: (texts: Readonly<Partial<Record<FieldName, string>>>) => Promise<void>;
  /** Shows the problem of every field. */
  showProblems: () => Promise<void>;
  find: (selector: string) => HTMLElement;
  styleOf: (selector: string, pseudoElement?: string) => CSSStyleDeclaration;
  /** Numbers of fields in each row, from the top. */
  rows: () => number[];
  height: () => number;
}

/** Shows a form with these fields in an iframe of this width, in px. Replaces the previous form. */
export async function openForm(
  fields: readonly FieldName[],
  {width = 600, layout = 'stacked'}: {width?: number; layout?: FormSettings['layout']} = {},
): Promise<FormDocument> {
  closeForm();
  const iframe = document.createElement('iframe');
  iframe.dataset['form'] = '';
  iframe.style.cssText = `border: 0; width: ${width}px; height: 600px`;
  iframe.srcdoc = '<!doctype html><body></body>'; // without a doctype, it would use quirks mode
  const loaded = new Promise((resolve) => {
    iframe.addEventListener('load', resolve);
  });
  document.body.append(iframe);
  await loaded;
  const inner = iframe.contentDocument;
  const view = iframe.contentWindow as (Window & typeof globalThis) | null;
  if (inner === null || view === null) throw new Error('The iframe has no document.');
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(STYLES);
  inner.adoptedStyleSheets = [sheet];
  const root = inner.documentElement;
  const form = document.createElement('payment-form');
  const rendered = async () => {
    await form.updateComplete;
    for (const field of form.querySelectorAll('hosted-field')) await field.updateComplete;
    for (const icon of form.querySelectorAll('brand-icon, security-code-icon'))
      await (icon as Element & Pick<PaymentForm, 'updateComplete'>).updateComplete;
    iframe.style.height = `${Math.ceil(form.getBoundingClientRect().height)}px`;
  };
  const update: FormDocument['update'] = async (changes) => {
    const {state} = changes;
    if (state) form.controller.apply(() => state);
    if (changes.settings) form.settings = changes.settings;
    await rendered();
  };
  const find = (selector: string) => {
    const found = inner.querySelector<HTMLElement>(selector);
    if (found === null) throw new Error(`There is no ${selector}.`);
    return found;
  };
  const themeOf: FormDocument['setTheme'] = (theme, scheme = 'light') => {
    const {documentElement: outer} = document;
    applyTheme(theme, scheme);
    window.onresize = null;
    root.style.cssText = outer.style.cssText;
    Object.assign(root.dataset, outer.dataset);
    outer.removeAttribute('style');
    for (const name of Object.keys(outer.dataset)) Reflect.deleteProperty(outer.dataset, name);
  };
  const setLocale = async (locale: Locale) => {
    Object.assign(root, {lang: locale, dir: directionOf(locale)});
    form.texts = await loadTexts(locale);
    await rendered();
  };
  themeOf({});
  Object.assign(form, {
    texts: await loadTexts('en'),
    settings: {...DEFAULT_SETTINGS, layout},
  });
  form.controller.apply(() => startForm(fields, [], () => ({year: 2026, month: 11})));
  inner.body.append(form);
  await rendered();
  return {
    root,
    form,
    update,
    setLocale,
    setTheme: themeOf,
    async type(texts) {
      for (const [name, text] of Object.entries(texts)) {
        const input = find(`#${name}`) as HTMLInputElement;
        input.value = text;
        input.dispatchEvent(new Event('input', {bubbles: true}));
      }
      await rendered();
    },
    showProblems: () => update({state: attempt(form.controller.state)}),
    find,
    styleOf: (selector, pseudoElement) => getComputedStyle(find(selector), pseudoElement),
    rows() {
      const tops = Array.from(
        form.querySelectorAll('hosted-field'),
        (field) => field.getBoundingClientRect().top,
      );
      return [...new Set(tops)].map((top) => tops.filter((other) => other === top).length);
    },
    height: () => form.getBoundingClientRect().height,
  };
}

/** Removes the form of {@link openForm}. */
export function closeForm(): void {
  document.querySelector('iframe[data-form]')?.remove();
}
