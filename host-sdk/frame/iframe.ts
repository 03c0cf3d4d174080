import type {ColorScheme} from '../../widget/protocol/names.ts';

/** Sets the attributes of a new frame. Until it reports its height, it has the height of the placeholder. */
export function initFrame(frame: HTMLIFrameElement, colorScheme: ColorScheme, title: string): void {
  for (const empty of ['name', 'class']) frame.removeAttribute(empty); // set by Postmate
  frame.slot = 'frame';
  frame.title = title;
  frame.referrerPolicy = 'strict-origin';
  if (supportsAutofillPolicy()) frame.allow = 'autofill';
  frame.loading = 'eager';
  // Resets everything that the page's rules for frames may set, except what a hidden or inert ancestor passes on.
  setStyles(frame, {
    all: 'initial',
    visibility: 'inherit',
    'pointer-events': 'inherit',
    display: 'block',
    'grid-area': '1 / 1',
    'inline-size': '100%',
    'block-size': '0',
    'min-block-size': '100%',
    border: '0',
  });
  setColorScheme(frame, colorScheme);
}

/** Sets the color scheme. It must equal that of the frame's root element: otherwise some engine paints an opaque background. */
export function setColorScheme(frame: HTMLIFrameElement, colorScheme: ColorScheme): void {
  setStyles(frame, {'color-scheme': colorScheme});
}

/**
 * Makes the frame a tab stop or not. Firefox stops at a frame even if all its inputs are disabled. Libraries that trap the
 * focus in a dialog only know a frame as a tab stop if it has the attribute.
 */
export function setFocusable(frame: HTMLIFrameElement, isFocusable: boolean): void {
  frame.tabIndex = isFocusable ? 0 : -1;
}

/** Whether the focus is in the frame, as far as the page can know. */
export function hasFocus(frame: HTMLIFrameElement): boolean {
  return (frame.getRootNode() as Document | ShadowRoot).activeElement === frame;
}

/** Sets the height of the frame, in CSS pixels. */
export function setHeight(frame: HTMLIFrameElement, pixels: number): void {
  setStyles(frame, {'block-size': `${pixels}px`, 'min-block-size': 'auto'});
}

/** Sets styles that no rule of the page overrides. */
function setStyles(frame: HTMLIFrameElement, styles: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(styles)) frame.style.setProperty(name, value, 'important');
}

/** Whether the browser knows the policy `autofill`. The others log a warning about it. */
function supportsAutofillPolicy(): boolean {
  const {featurePolicy} = document as {featurePolicy?: {features: () => string[]}};
  return featurePolicy?.features().includes('autofill') ?? false;
}
