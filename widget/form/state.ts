import {brandOf as brandOfNumber, canGrow} from '../fields/card-number.ts';
import {type CalendarMonth, digitsOf, type Verdict} from '../fields/field.ts';
import {SPECS} from '../fields/specs.ts';
import type {Configure, FieldFault, FieldsState} from '../protocol/messages.ts';
import {type Brand, FIELD_NAMES, type FieldName, type Problem} from '../protocol/names.ts';

/** The state of one field. */
export interface FieldEntry {
  /** The entered text, as formatted by the field's spec. */
  text: string;
  focused: boolean;
  /**
   * The user has finished with the field, so its problem is shown: the field was left with a value in it, filled without
   * focus, or found invalid by a submit attempt. Entering a new value resets this; fixing a shown problem does not.
   */
  visited: boolean;
}

/** The entered values and everything that their validation depends on. All other state is derived from it. Immutable. */
export interface FormState extends Pick<Configure, 'brand' | 'optional'> {
  /** The fields of this form, in display order. */
  names: readonly FieldName[];
  /** Every field; those that the form does not have stay empty. */
  fields: Readonly<Record<FieldName, FieldEntry>>;
  /** Accepted brands, from the merchant record; an empty list means all. */
  brands: readonly Brand[];
  /** The result of the last submit attempt with the current values; an edit resets it. */
  outcome: 'none' | 'refused' | 'sealed' | 'failed';
  /** Keys of the user went to another frame of the page. Shown until the form is cleared. */
  interrupted: boolean;
  /** The card number of which digits may have been revealed since its field was last empty; see {@link canReveal}. */
  revealed?: string | undefined;
  /** Called for every verdict: a form may stay open past the end of a month. */
  today: () => CalendarMonth;
}

/** The text of a field before the first edit. */
function initialText(name: FieldName): string {
  return SPECS[name].choices?.[0] ?? '';
}

// ---- transitions ---------------------------------------------------------------------------------------

/** An empty form. @param today the month to validate an expiry by; default: the month of two days ago, by the local clock. */
export function startForm(
  names: readonly FieldName[],
  brands: readonly Brand[] = [],
  today: () => CalendarMonth = tolerantToday,
): FormState {
  const entries = FIELD_NAMES.map((name) => [
    name,
    {text: initialText(name), focused: false, visited: false},
  ]);
  const fields = Object.fromEntries(entries) as FormState['fields'];
  return {names, fields, brands, optional: false, outcome: 'none', interrupted: false, today};
}

/** The month of two days ago, to allow for wrong clocks and time zones. The gateway makes the final decision. */
function tolerantToday(): CalendarMonth {
  const now = new Date();
  const then = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 2);
  return {year: then.getFullYear(), month: then.getMonth() + 1};
}

/** The field has a new text. A problem that is not shown yet is not shown until the field loses the focus. */
export function edit(state: FormState, name: FieldName, text: string): FormState {
  const {focused, text: before} = state.fields[name];
  if (text === before) return state;
  const isFixing = before !== '' && shownProblem(state, name) !== undefined;
  const edited = updateField(state, name, {text, visited: text !== '' && (isFixing || !focused)});
  const isEmptied = name === 'cardNumber' && digitsOf(text) === '';
  return {...edited, outcome: 'none', revealed: isEmptied ? undefined : state.revealed};
}

/** The field has received the focus. */
export function focus(state: FormState, name: FieldName): FormState {
  return updateField(state, name, {focused: true});
}

/** The field has lost the focus. Tabbing through an empty field does not show "required". */
export function blur(state: FormState, name: FieldName): FormState {
  const {text, visited} = state.fields[name];
  return updateField(state, name, {focused: false, visited: visited || text !== ''});
}

/** A submit attempt: shows every problem from now on. */
export function attempt(state: FormState): FormState {
  const faults = findFaults(state);
  const attempted: FormState = {...state, outcome: faults.length > 0 ? 'refused' : state.outcome};
  return faults.reduce((next, {field}) => updateField(next, field, {visited: true}), attempted);
}

/** Empties every field and hides every problem. The focus stays where it is. */
export function clear(state: FormState): FormState {
  const cleared: FormState = {...state, outcome: 'none', interrupted: false, revealed: undefined};
  return state.names.reduce(
    (next, name) => updateField(next, name, {text: initialText(name), visited: false}),
    cleared,
  );
}

/** The current values are being sealed. */
export function markSealed(state: FormState): FormState {
  const revealed = canReveal(state) ? digitsOf(state.fields.cardNumber.text) : state.revealed;
  return {...state, outcome: 'sealed', revealed};
}

/** The current values could not be sealed. */
export function markFailed(state: FormState): FormState {
  return {...state, outcome: 'failed'};
}

/** Another frame of the page has taken the focus. */
export function markInterrupted(state: FormState): FormState {
  return {...state, interrupted: true};
}

/** Applies settings of the host. */
export function configure(
  state: FormState,
  {brand, optional}: Pick<Configure, 'brand' | 'optional'>,
): FormState {
  return {...state, brand, optional};
}

function updateField(state: FormState, name: FieldName, changes: Partial<FieldEntry>): FormState {
  return {...state, fields: {...state.fields, [name]: {...state.fields[name], ...changes}}};
}

// ---- derived -------------------------------------------------------------------------------------------

/** The brand of the card: from its number or, if the form has no card number, from the host. */
export function brandOf(state: FormState): Brand | undefined {
  return state.names.includes('cardNumber') ? brandOfNumber(state.fields.cardNumber.text) : state.brand;
}

/** The verdict of the field's spec on its text, whether or not its problem is shown. */
export function verdictOf(state: FormState, name: FieldName): Verdict {
  const accountNumber = digitsOf(state.fields.accountNumber.text);
  const context = {brand: brandOf(state), brands: state.brands, accountNumber, today: state.today()};
  return SPECS[name].validate(state.fields[name].text, context);
}

/** Whether the text is valid and no further digit can follow. Never true of a field that accepts letters. */
export function isFullyEntered(state: FormState, name: FieldName): boolean {
  if (SPECS[name].isText) return false;
  const isValidWith = (digit: string) => {
    const longer = state.fields[name].text + digit;
    const {text} = SPECS[name].format(longer, longer.length);
    return verdictOf(edit(state, name, text), name).status === 'valid';
  };
  return verdictOf(state, name).status === 'valid' && !Array.from('0123456789').some(isValidWith);
}

/**
 * Whether the page may get the digits of the card number that the record reveals. A page can request a seal at any time, and
 * the beginning of a number can be a valid number: its last four digits are inner digits of the whole one. So digits are
 * revealed of one number until the field is emptied, and not while the user may still be entering it.
 *
 * @seam reveal-once
 */
export function canReveal(state: FormState): boolean {
  const {text, focused} = state.fields.cardNumber;
  if (state.revealed !== undefined) return state.revealed === digitsOf(text);
  return !focused || !canGrow(text);
}

/** The problem to show at the field. Undefined while the user enters a value for the first time. */
export function shownProblem(state: FormState, name: FieldName): Problem | undefined {
  return state.fields[name].visited ? problemOf(state, name) : undefined;
}

/** Whether to show that sealing has failed. Problems take precedence, since they use the same line. */
export function showsFailure(state: FormState): boolean {
  return state.outcome === 'failed' && state.names.every((name) => shownProblem(state, name) === undefined);
}

/** The fields that prevent sealing, in display order. Empty if the form can be sealed or skipped. */
export function findFaults(state: FormState): FieldFault[] {
  return state.names.flatMap((field) => {
    const problem = problemOf(state, field);
    return problem ? [{field, problem}] : [];
  });
}

/** The field that gets the caret after a submit attempt. */
export function firstInvalidField(state: FormState): FieldName | undefined {
  return findFaults(state)[0]?.field;
}

/** The state without digits and lengths, for the host. The brand is that of this form's own card number. */
export function summary(state: FormState): FieldsState {
  const verdicts = state.names.map((name) => ({name, verdict: verdictOf(state, name)}));
  return {
    fields: Object.fromEntries(
      verdicts.map(({name, verdict}) => {
        const {focused, visited} = state.fields[name];
        return [name, {...verdict, focused, visited}];
      }),
    ),
    brand: brandOfNumber(state.fields.cardNumber.text),
    empty: isEmpty(state),
    complete: verdicts.every(({verdict}) => verdict.status === 'valid'),
    sealed: state.outcome === 'sealed',
  };
}

function problemOf(state: FormState, name: FieldName): Problem | undefined {
  const verdict = verdictOf(state, name);
  if ('problem' in verdict) return verdict.problem;
  const isSkipped = state.optional && isEmpty(state);
  return verdict.status === 'empty' && !isSkipped ? 'required' : undefined;
}

function isEmpty({names, fields}: FormState): boolean {
  return names.every((name) => fields[name].text === initialText(name));
}
