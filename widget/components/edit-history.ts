import type {Edited} from '../fields/field.ts';

/** A step in the history of an input, by the names of Input Events Level 2. */
export type HistoryStep = 'historyUndo' | 'historyRedo';

/** Most texts that can be restored. */
const LIMIT = 100;

/**
 * The former texts of one input. A browser's own history repeats single edits, on a text that was formatted since: digits
 * that the user has not entered would be the result.
 */
export class EditHistory {
  #past: Edited[] = [];
  #undone: Edited[] = [];

  /** Records the text before an edit. What was undone before cannot be repeated then. */
  record(before: Edited): void {
    this.#past = [...this.#past, before].slice(-LIMIT);
    this.#undone = [];
  }

  /** Undoes or repeats an edit. @returns what to show in place of `current`; undefined if there is nothing. */
  restore(step: HistoryStep, current: Edited): Edited | undefined {
    const [from, to] = step === 'historyUndo' ? [this.#past, this.#undone] : [this.#undone, this.#past];
    const former = from.pop();
    if (former !== undefined) to.push(current);
    return former;
  }

  /** Forgets every text. */
  clear(): void {
    this.#past = [];
    this.#undone = [];
  }
}

/** The step that a key asks for: Ctrl+Z, Ctrl+Shift+Z and Ctrl+Y, or with the Command key the first two. */
export function historyStepOf({
  key,
  ctrlKey,
  metaKey,
  shiftKey,
  altKey,
}: KeyboardEvent): HistoryStep | undefined {
  if (ctrlKey === metaKey || altKey) return undefined;
  if (key.toLowerCase() === 'z') return shiftKey ? 'historyRedo' : 'historyUndo';
  return key === 'y' && ctrlKey ? 'historyRedo' : undefined;
}
