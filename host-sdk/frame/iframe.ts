import type {ColorScheme} from '../../widget/protocol/names.ts';

/** Sets the attributes of a new frame. Until it reports its height, it has the height of the placeholder. */
export function initFrame(frame: HTMLIFrameElement, colorScheme: ColorScheme, title: string): void {
  for (const empty of ['name', 'class']) frame.removeAttribute(empty); // set by Postmate
  frame.slot = 'frame';
  frame.title = title;
  frame.referrerPolicy = 'strict-origin';
  if (supportsAutofillPolicy()) frame.allow = 'autofill';
  Object.assign(frame.style, {
    display: 'block',
    inlineSize: '100%',
    blockSize: '0',
    minBlockSize: '100%',
    border: '0',
  });
  setColorScheme(frame, colorScheme);
}

/** Sets the color scheme. It must equal that of the frame's root element: otherwise some engine paints an opaque background. */
export function setColorScheme(frame: HTMLIFrameElement, colorScheme: ColorScheme): void {
  frame.style.colorScheme = colorScheme;
}

/** Makes the frame a tab stop or not. Firefox stops at a frame even if all its inputs are disabled. */
export function setFocusable(frame: HTMLIFrameElement, isFocusable: boolean): void {
  if (isFocusable) frame.removeAttribute('tabindex');
  else frame.tabIndex = -1;
}

/** Whether the focus is in the frame, as far as the page can know. */
export function hasFocus(frame: HTMLIFrameElement): boolean {
  return (frame.getRootNode() as Document | ShadowRoot).activeElement === frame;
}

/** Sets the height of the frame, in CSS pixels. */
export function setHeight(frame: HTMLIFrameElement, pixels: number): void {
  Object.assign(frame.style, {blockSize: `${pixels}px`, minBlockSize: ''});
}

/** Whether the browser knows the policy `autofill`. The others log a warning about it. */
function supportsAutofillPolicy(): boolean {
  const {featurePolicy} = document as {featurePolicy?: {features: () => string[]}};
  return featurePolicy?.features().includes('autofill') ?? false;
}
