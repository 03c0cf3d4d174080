import type {Theme} from './tokens.ts';

/**
 * The lengths and letters of the fields. The frame and the skeleton in its place both take them from here, so that
 * nothing moves when the one takes over from the other.
 */
export const DEFAULTS = {
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  fontSize: '16px',
  lineHeight: '1.4',
  letterSpacing: '0px',
  radius: '8px',
  borderWidth: '1px',
  padding: '12px',
  gap: '12px',
  height: '44px',
} as const satisfies Theme;

/** Weights of what is typed and of labels; a theme has one for both. */
const WEIGHTS = {text: '400', label: '500'};

/** Labels and problems in shares of what is typed, and the least size of either in CSS pixels. */
const LABEL = 0.875;
const PROBLEM = 0.8125;
const LEAST_SIZE = 12;

/** CSS pixels of `font-size: medium`, unless a person has asked the browser for another size. */
export const MEDIUM = 16;

/** Custom properties, by name. */
export type Properties = Readonly<Record<`--${string}`, string>>;

/**
 * The measures of a theme, as the custom properties that style sheets go by. A row of fields is `--label-height`,
 * `--height` and `--problem-height` high, in whole CSS pixels, and no control is too low for its own text.
 *
 * @param scale how many times larger than {@link MEDIUM} the person wants to read.
 */
export function measuresOf(theme: Theme, scale: number): Properties {
  const all = {...DEFAULTS, ...theme};
  const size = parseFloat(all.fontSize) * scale;
  const least = Math.ceil(size * 1.2 + 2 * parseFloat(all.borderWidth));
  const [label, problem] = [Math.max(LEAST_SIZE, size * LABEL), Math.max(LEAST_SIZE, size * PROBLEM)];
  const lineOf = (letters: number) => Math.round(letters * Number(all.lineHeight));
  return {
    '--font-family': all.fontFamily,
    '--font-size': `${size}px`,
    '--font-weight': theme.fontWeight ?? WEIGHTS.text,
    '--letter-spacing': all.letterSpacing,
    '--radius': all.radius,
    '--border-width': all.borderWidth,
    '--padding': all.padding,
    '--gap': all.gap,
    '--height': `${Math.max(least, Math.round(parseFloat(all.height)))}px`,
    '--label-weight': theme.fontWeight ?? WEIGHTS.label,
    '--label-size': `${label}px`,
    '--label-height': theme.labels === 'hidden' ? '0px' : `${lineOf(label) + 2}px`,
    '--label-line': share(lineOf(label) + 2, label),
    '--problem-size': `${problem}px`,
    '--problem-line': share(lineOf(problem), problem),
    '--problem-height': `${lineOf(problem) + 6}px`,
  };
}

/** Rounded up a little: of a line that falls short of whole pixels by a hair WebKit would take a whole one. */
function share(line: number, letters: number): string {
  return `${Math.ceil((line / letters) * 1e4) / 1e4}`;
}
