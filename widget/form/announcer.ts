import {problemText, type Texts} from '../locales/en.ts';
import type {FieldName, Problem} from '../protocol/names.ts';
import {type FormState, shownProblem} from './state.ts';

/** The content of the live region, and what {@link announce} needs for the next one. */
export interface Announced {
  text: string;
  /** The problems announced last, by field. */
  problems: Readonly<Partial<Record<FieldName, Problem | undefined>>>;
  /** The outcome of the last state; undefined before the first call. */
  outcome?: FormState['outcome'];
}

/** What to pass to the first call of {@link announce}. */
export const NOTHING_ANNOUNCED: Announced = {text: '', problems: {}};

/**
 * The content of the live region for a new state.
 *
 * Each problem is announced once: when it is shown, or when the user leaves its field with another problem. A submit attempt
 * announces the number of problems: the focus moves to the first invalid field, and the screen reader then reads that
 * field with its problem. If a single field is invalid and has the focus already, its problem is announced instead.
 *
 * @param announced the result of the previous call.
 */
export function announce(announced: Announced, state: FormState, texts: Texts): Announced {
  const {names, fields, outcome} = state;
  const {problems: known, outcome: before = outcome} = announced;
  const isSubmitAttempt = outcome === 'refused' && before !== 'refused';
  const problems: Partial<Record<FieldName, Problem | undefined>> = {...known};
  const shown: FieldName[] = [];
  const changed: FieldName[] = [];
  for (const name of names) {
    const problem = shownProblem(state, name);
    if (problem !== undefined) shown.push(name);
    const isBeingFixed = fields[name].focused && known[name] !== undefined && problem !== undefined;
    if (problem === known[name] || isBeingFixed) continue;
    problems[name] = problem;
    changed.push(name);
  }
  const added = changed.filter((name) => shown.includes(name));
  const [first, ...others] = isSubmitAttempt ? shown : added;
  let {text} = announced;
  if (outcome !== before && [outcome, before].includes('failed'))
    text = outcome === 'failed' ? texts.sealFailed : '';
  if (added.length > 0 && first !== undefined) {
    const isSingle = others.length === 0 && (!isSubmitAttempt || fields[first].focused);
    text = isSingle
      ? problemText(texts, first, shownProblem(state, first))
      : texts.problemCount(1 + others.length);
  } else if (changed.length > 0) text = '';
  return {text, problems, outcome};
}
