import {sendKeys} from '@web/test-runner-commands';

/** WebKit's driver can type and press keys, but cannot hold one. */
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

/** Types a text, key by key, where the focus is. WebKitGTK’s driver loses keys that come in one command. */
export async function type(text: string): Promise<void> {
  if (canHoldKeys) await sendKeys({type: text});
  else for (const key of text) await sendKeys({press: key});
}

/** Copies a text to the system's clipboard by keys. The focus is lost. */
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

/** Selects in an input what `[` and `]` enclose in a text, or sets the caret to its `|`. */
export function select(input: HTMLInputElement, text: string): void {
  const start = text.search(/[|[]/);
  const end = text.indexOf(']') - 1;
  input.setSelectionRange(start, Math.max(start, end));
}
