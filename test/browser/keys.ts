import {sendKeys} from '@web/test-runner-commands';

/** WebKit's driver can press keys, but cannot hold a key down. */
export const canHoldKeys = /Chrome|Firefox/.test(navigator.userAgent);

/** Presses keys one after the other. A chord is written `Control+v`. */
export async function press(...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    const held = key.split('+');
    const last = held.pop() ?? '';
    for (const down of held) await sendKeys({down});
    await sendKeys({press: last});
    for (const up of held.reverse()) await sendKeys({up});
  }
}

/** Types a text into the focused element. One command for each key: WebKitGTK’s driver loses keys otherwise. */
export async function type(text: string): Promise<void> {
  if (canHoldKeys) await sendKeys({type: text});
  else for (const key of text) await sendKeys({press: key});
}

/** Copies a text to the system's clipboard by keys. Moves the focus away. */
export async function copy(text: string): Promise<void> {
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  await press('Control+c');
  area.remove();
}

/** The text of an input with its caret as `|`. */
export function marked({value, selectionStart}: HTMLInputElement): string {
  const caret = selectionStart ?? 0;
  return `${value.slice(0, caret)}|${value.slice(caret)}`;
}

/** Sets the selection of an input to the part between `[` and `]`, or the caret to `|`. */
export function select(input: HTMLInputElement, text: string): void {
  const start = text.search(/[|[]/);
  const end = text.indexOf(']') - 1;
  input.setSelectionRange(start, Math.max(start, end));
}
