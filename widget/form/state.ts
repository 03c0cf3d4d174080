import {brandOf as brandOfNumber} from '../fields/card-number.ts';
import {type CalendarMonth, digitsOf, type Verdict} from '../fields/field.ts';
import {SPECS} from '../fields/specs.ts';
import type {Configure, FieldFault, FieldsState} from '../protocol/messages.ts';
import {type Brand, FIELD_NAMES, type FieldName, type Problem} from '../protocol/names.ts';

/** What is known of one field beside its spec. */
export interface FieldEntry {
  /** As its spec formatted it. */
  text: string;
  focused: boolean;
  /**
   * The person has finished with it for now, so a problem may be shown: it was left with something in it, filled
   * without being entered, or found at fault by a try to submit. Typing anew takes this back, mending does not.
   */
  visited: boolean;
}

/** All that was typed, and what it is judged by. Everything else is derived from it. */
export interface FormState {
  /** The fields of this form, in the order of the page. */
  names: readonly FieldName[];
  /** Fields that the form does not have stay blank. */
  fields: Readonly<Record<FieldName, FieldEntry>>;
  /** Accepted brands, by the record; none listed means all. */
  brands: readonly Brand[];
  /** Brand of a card whose number is asked for elsewhere, by the host. */
  brand?: Brand | undefined;
  /** The fields may stay empty, all of them. */
  optional: boolean;
  /** Of the last try to submit what stands in the fields; an edit makes it stale. */
  outcome: 'none' | 'refused' | 'sealed' | 'failed';
  /** Asked at every verdict: a form may stay open past the end of a month. */
  today: () => CalendarMonth;
}

/** What stands in a field that nobody has touched. */
function untouched(name: FieldName): string {
  return SPECS[name].choices?.[0] ?? '';
}

// ---- transitions ---------------------------------------------------------------------------------------

/** An empty form. `today` is the shopper's own calendar, two days behind, unless a clock is given. */
export function startForm(
  names: readonly FieldName[],
  brands: readonly Brand[] = [],
  today: () => CalendarMonth = thisMonth,
): FormState {
  const entries = FIELD_NAMES.map((name) => [name, {text: untouched(name), focused: false, visited: false}]);
  const fields = Object.fromEntries(entries) as FormState['fields'];
  return {names, fields, brands, optional: false, outcome: 'none', today};
}

/** The month of two days ago: clocks are wrong, days begin at other hours elsewhere, and the gateway has the last word. */
function thisMonth(): CalendarMonth {
  const now = new Date();
  const then = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 2);
  return {year: then.getFullYear(), month: then.getMonth() + 1};
}

/** The field holds this text now. A problem that was not on display stays silent until the field is left. */
export function edit(state: FormState, name: FieldName, text: string): FormState {
  const {focused, text: before} = state.fields[name];
  if (text === before) return state;
  const isMending = before !== '' && shownProblem(state, name) !== undefined;
  const edited = change(state, name, {text, visited: text !== '' && (isMending || !focused)});
  return {...edited, outcome: 'none'};
}

/** The caret came into the field. */
export function focus(state: FormState, name: FieldName): FormState {
  return change(state, name, {focused: true});
}

/** The caret left the field. Whoever only passes through an empty one is not told that it is required. */
export function blur(state: FormState, name: FieldName): FormState {
  const {text, visited} = state.fields[name];
  return change(state, name, {focused: false, visited: visited || text !== ''});
}

/** A try to submit: every problem is shown from now on. */
export function attempt(state: FormState): FormState {
  const found = faults(state);
  const tried: FormState = {...state, outcome: found.length > 0 ? 'refused' : state.outcome};
  return found.reduce((next, {field}) => change(next, field, {visited: true}), tried);
}

/** Nothing typed, nothing visited; the caret stays where it is. */
export function clear(state: FormState): FormState {
  const blank: FormState = {...state, outcome: 'none'};
  return state.names.reduce(
    (next, name) => change(next, name, {text: untouched(name), visited: false}),
    blank,
  );
}

/** What stands in the fields is being sealed; the next edit makes that stale. */
export function markSealed(state: FormState): FormState {
  return {...state, outcome: 'sealed'};
}

/** What stands in the fields could not be sealed. */
export function markFailed(state: FormState): FormState {
  return {...state, outcome: 'failed'};
}

/** Takes over what the host says of the form; what it leaves out is taken back. */
export function configure(
  state: FormState,
  {brand, optional}: Pick<Configure, 'brand' | 'optional'>,
): FormState {
  return {...state, brand, optional};
}

function change(state: FormState, name: FieldName, changes: Partial<FieldEntry>): FormState {
  return {...state, fields: {...state.fields, [name]: {...state.fields[name], ...changes}}};
}

// ---- derived -------------------------------------------------------------------------------------------

/** Brand of the card that the form is about: by its own number, or by the host where it has no number. */
export function brandOf(state: FormState): Brand | undefined {
  return state.names.includes('cardNumber') ? brandOfNumber(state.fields.cardNumber.text) : state.brand;
}

/** The field's text judged by its spec, whether or not it is to be shown. */
export function verdictOf(state: FormState, name: FieldName): Verdict {
  const accountNumber = digitsOf(state.fields.accountNumber.text);
  const context = {brand: brandOf(state), brands: state.brands, accountNumber, today: state.today()};
  return SPECS[name].validate(state.fields[name].text, context);
}

/** Valid, and no digit more would be: whoever typed the last one is done. Of letters nobody knows the last. */
export function isWhole(state: FormState, name: FieldName): boolean {
  if (SPECS[name].isText) return false;
  const isValidWith = (digit: string) => {
    const longer = state.fields[name].text + digit;
    const {text} = SPECS[name].format(longer, longer.length);
    return verdictOf(edit(state, name, text), name).status === 'valid';
  };
  return verdictOf(state, name).status === 'valid' && !Array.from('0123456789').some(isValidWith);
}

/** The problem to show at the field now; none while a person types it for the first time. */
export function shownProblem(state: FormState, name: FieldName): Problem | undefined {
  return state.fields[name].visited ? problemOf(state, name) : undefined;
}

/** Whether to show that nothing could be sealed. It stands in the room of the last problems, so they go first. */
export function showsFailure(state: FormState): boolean {
  return state.outcome === 'failed' && state.names.every((name) => shownProblem(state, name) === undefined);
}

/** What keeps the form from being sealed, in the order of its fields; nothing once it may be sealed or skipped. */
export function faults(state: FormState): FieldFault[] {
  return state.names.flatMap((field) => {
    const problem = problemOf(state, field);
    return problem ? [{field, problem}] : [];
  });
}

/** Where the caret belongs after a refused try to submit. */
export function firstAtFault(state: FormState): FieldName | undefined {
  return faults(state)[0]?.field;
}

/** What the host may know: no digits, no lengths. The brand is this form's own finding, never the host's. */
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
    empty: isUntouched(state),
    complete: verdicts.every(({verdict}) => verdict.status === 'valid'),
    sealed: state.outcome === 'sealed',
  };
}

function problemOf(state: FormState, name: FieldName): Problem | undefined {
  const verdict = verdictOf(state, name);
  if ('problem' in verdict) return verdict.problem;
  const isSkipped = state.optional && isUntouched(state);
  return verdict.status === 'empty' && !isSkipped ? 'required' : undefined;
}

function isUntouched({names, fields}: FormState): boolean {
  return names.every((name) => fields[name].text === untouched(name));
}
