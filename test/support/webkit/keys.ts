/** WebDriver's code points (§17.4.2) of keys that enter no character, by puppeteer's names for them. */
const CODES: Readonly<Record<string, string>> = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Alt: '\uE00A',
  Escape: '\uE00C',
  Space: ' ',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Delete: '\uE017',
};

export interface KeyAction {
  type: 'keyDown' | 'keyUp';
  value: string;
}

export function keyAction(type: KeyAction['type'], key: string): KeyAction {
  const value = CODES[key] ?? key;
  if (Array.from(value).length !== 1) throw new Error(`The WebKit driver has no key called ${key}.`);
  return {type, value};
}
