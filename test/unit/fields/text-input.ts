import {deleteThroughSeparator, type Edited, type FieldSpec} from '../../../widget/fields/field.ts';
import type {FieldStatus, Problem} from '../../../widget/protocol/names.ts';

/** A text that is entered at once with the caret at its end, the text that the field shows, and its verdict in November 2026. */
export type Entry = readonly [entered: string, shown: string, status: FieldStatus, problem?: Problem];

/** The current month in the tests of the fields. */
export const NOVEMBER_2026 = {year: 2026, month: 11} as const;

/** An input's text and its selection, in UTF-16 units. Without a selection, `start` and `end` are the caret. */
export interface TextInput {
  text: string;
  start: number;
  end: number;
  /** See {@link FieldSpec.restOf}. */
  rest?: string;
}

type Format = Pick<FieldSpec, 'format' | 'restOf'>;

/** The text with the caret as `|`. */
export function mark({text, caret}: Edited): string {
  return `${text.slice(0, caret)}|${text.slice(caret)}`;
}

/** Formats a text whose caret is written as `|`. */
export function show({format}: Format, marked: string): string {
  return mark(format(marked.replace('|', ''), marked.indexOf('|')));
}

/** Replaces the selection and handles the `input` event like the component. Returns the new input. */
export function replace(
  {format, restOf}: Format,
  input: TextInput,
  inserted: string,
  inputType = 'insertText',
): TextInput {
  const {text, start, end, rest = ''} = input;
  const raw = {text: text.slice(0, start) + inserted + text.slice(end), caret: start + inserted.length};
  const through = deleteThroughSeparator(text, raw, inputType);
  const isAppended = through.caret === through.text.length && through.text.startsWith(text);
  const entered = isAppended ? text + rest + through.text.slice(text.length) : through.text;
  const edited = format(entered, isAppended ? entered.length : through.caret);
  return {
    text: edited.text,
    start: edited.caret,
    end: edited.caret,
    rest: restOf?.(entered) ?? '',
  };
}

/** Presses Backspace (-1) or Delete (1). Returns the same input if there is nothing to delete. */
export function deleteKey(spec: Format, input: TextInput, direction: -1 | 1): TextInput {
  const isSelection = input.start < input.end;
  const start = isSelection || direction > 0 ? input.start : input.start - 1;
  const end = isSelection || direction < 0 ? input.end : input.end + 1;
  if (start < 0 || end > input.text.length) return input;
  const inputType = direction < 0 ? 'deleteContentBackward' : 'deleteContentForward';
  return replace(spec, {...input, start, end}, '', inputType);
}

/**
 * Returns the text and caret after some keys: `⌫` Backspace, `⌦` Delete, `←`, `→`, `⇤` Home. All other characters are typed.
 *
 * @param marked the text before; `|` is the caret, `[` and `]` enclose a selection.
 */
export function press(spec: Format, marked: string, keys: string): string {
  let input: TextInput = {
    text: marked.replace(/[|[\]]/g, ''),
    start: marked.search(/[|[]/),
    end: Math.max(marked.indexOf('|'), marked.indexOf(']') - 1),
  };
  const move = (caret: number) => {
    input = {...input, start: caret, end: caret};
  };
  for (const key of keys)
    if (key === '⌫') input = deleteKey(spec, input, -1);
    else if (key === '⌦') input = deleteKey(spec, input, 1);
    else if (key === '←') move(Math.max(0, input.start - 1));
    else if (key === '→') move(Math.min(input.text.length, input.end + 1));
    else if (key === '⇤') move(0);
    else input = replace(spec, input, key);
  return mark({text: input.text, caret: input.start});
}
