import type {Theme} from '../protocol/names.ts';

/**
 * The default font and lengths of the fields. The frame and its skeleton both use them, so that nothing moves when the
 * frame replaces the skeleton.
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

/** Font weights of values and of labels; a theme sets one for both. */
const WEIGHTS = {text: '400', label: '500'};

/** Font sizes of labels and problems relative to values, and the least of both in CSS pixels. */
const LABEL_SCALE = 0.875;
const PROBLEM_SCALE = 0.8125;
const LEAST_FONT_SIZE_PX = 12;

/** `font-size: medium` in CSS pixels, unless the user has set another font size in the browser. */
export const MEDIUM_FONT_SIZE_PX = 16;

/** CSS custom properties by name. */
export type Properties = Readonly<Record<`--${string}`, string>>;

/**
 * The lengths and fonts of a theme as custom properties, which the style sheets use. A row of fields is as high as
 * `--label-height`, `--height` and `--problem-height` together, in whole CSS pixels. A control is never too low for its
 * text.
 *
 * @param scale the user's font size relative to {@link MEDIUM_FONT_SIZE_PX}.
 */
export function metricsOf(theme: Theme, scale: number): Properties {
  const all = {...DEFAULTS, ...theme};
  const size = parseFloat(all.fontSize) * scale;
  const least = Math.ceil(size * 1.2 + 2 * parseFloat(all.borderWidth));
  const [label, problem] = [
    Math.max(LEAST_FONT_SIZE_PX, size * LABEL_SCALE),
    Math.max(LEAST_FONT_SIZE_PX, size * PROBLEM_SCALE),
  ];
  const lineOf = (fontSize: number) => Math.round(fontSize * Number(all.lineHeight));
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
    '--label-line': lineHeight(lineOf(label) + 2, label),
    '--problem-size': `${problem}px`,
    '--problem-line': lineHeight(lineOf(problem), problem),
    '--problem-height': `${lineOf(problem) + 6}px`,
  };
}

/** A unitless line height. Rounded up: WebKit rounds a line that is a fraction below whole pixels down to the next one. */
function lineHeight(line: number, fontSize: number): string {
  return `${Math.ceil((line / fontSize) * 1e4) / 1e4}`;
}
