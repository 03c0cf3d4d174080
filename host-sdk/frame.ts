import {metricsOf as measuresOf, MEDIUM_FONT_SIZE_PX as MEDIUM} from '../widget/theme/metrics.ts';
import type {ColorScheme, FieldName, Layout, Theme} from '../widget/protocol/names.ts';
import {LAYOUT_CSS as ROWS} from '../widget/theme/layout-css.ts';
import type {HostTexts} from './texts.ts';

/**
 * What a shopper sees in the place of the element: a skeleton until the fields have painted, with a line of text
 * when they are late; the frame; or the failure view with its button.
 */
export type View = 'loading' | 'slow' | 'frame' | 'failed';

/**
 * All views stand in one cell, as high as the skeleton, so that none moves the page. The skeleton has the measures of
 * the fields: label, input and problem line. The line of text stands in its first input; the failure view is set as
 * small as the fields' own problems, and fits 280 by 94 pixels in each language.
 */
const STYLES = `${ROWS}
  :host { display: block; }
  :host([hidden]) { display: none; }
  .place { display: grid; font: medium serif; color: var(--sealed-fields-color-text, var(--color-text)); min-block-size: calc(var(--label-height) + var(--height) + var(--problem-height) + 4px); }
  .place > *, ::slotted(iframe) { grid-area: 1 / 1; }
  .skeleton, .line { pointer-events: none; }
  .skeleton i { block-size: var(--height); margin-block: var(--label-height) var(--problem-height);
    border-radius: var(--sealed-fields-radius, var(--radius)); background: currentColor; opacity: 0.08; }
  .line, .failure { letter-spacing: var(--letter-spacing);
    font: var(--font-weight) var(--problem-size)/var(--problem-line) var(--sealed-fields-font-family, var(--font-family)); }
  .line { display: grid; align-content: center; block-size: var(--height); max-inline-size: 272px;
    margin: calc(var(--label-height) + 2px) calc(var(--padding) + 2px) 0; }
  .failure { align-self: center; padding: 2px; }
  .failure p { display: inline; margin-inline-end: 10px; color: var(--sealed-fields-color-error, var(--color-error)); }
  .failure button { font: inherit; font-weight: 600; color: inherit; background: none; border: 1px solid;
    border-radius: var(--sealed-fields-radius, var(--radius)); padding: 4px 12px; cursor: pointer; }
  .place > [hidden] { display: none; }
  @media (forced-colors: active) { .skeleton i { outline: 1px solid; outline-offset: -1px; opacity: 1; } }
`;

/** What stands around a frame, and in its place. */
export interface Shell {
  show: (view: View) => void;
  /** Says what it shows anew where the language is another one by now. @returns whether it is. */
  translate: () => boolean;
  /** What it shows; nothing before it was told to. */
  view: () => View | undefined;
  /** Gives the skeleton the fields that will stand there. */
  sketch: (fields: readonly FieldName[], layout: Layout) => void;
  /** Gives all of it the looks of the fields. */
  dress: (theme: Theme) => void;
  /** How many times larger than {@link MEDIUM} the person wants to read. */
  scale: () => number;
  /** The failure view's button, while that is shown. */
  button: () => HTMLElement | undefined;
}

/**
 * Builds what stands around the frame, in the element's shadow root, by nodes and a constructed sheet alone: pages
 * that demand Trusted Types allow nothing else. The frame is a light child, slotted, for Chromium does not autofill
 * a frame in a shadow root. Once shown, the failure view stays in the tree: a browser's bubble may point at its
 * button, and WebKitGTK ends the page's process where that is taken away.
 */
export function buildShell(root: ShadowRoot, textsNow: () => HostTexts, onRetry: () => void): Shell {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLES);
  root.adoptedStyleSheets = [sheet];

  const place = make('div', {class: 'place'});
  const skeleton = make('div', {part: 'skeleton', 'aria-hidden': 'true'});
  const line = make('p', {class: 'line', part: 'line', role: 'status'});
  const failure = make('div', {class: 'failure', part: 'failure', role: 'alert', hidden: ''});
  const message = make('p', {part: 'message'});
  const button = make('button', {type: 'button', part: 'retry'});
  button.addEventListener('click', onRetry);
  place.append(skeleton, make('slot', {name: 'frame'}), line, failure);
  root.append(place);

  const scale = () => parseFloat(getComputedStyle(place).fontSize) / MEDIUM || 1; // the page has no say in it

  let shown: {view: View; texts: HostTexts} | undefined;
  const show = (view: View) => {
    const texts = textsNow();
    shown = {view, texts};
    skeleton.hidden = view === 'frame';
    skeleton.style.visibility = view === 'failed' ? 'hidden' : ''; // it keeps its height
    line.textContent = view === 'slow' ? texts.loading : '';
    failure.hidden = view !== 'failed';
    message.textContent = view === 'failed' ? texts.failed : '';
    button.textContent = texts.retry;
    if (view === 'failed' && !failure.contains(button)) failure.append(message, button);
    if (failure.hidden) button.blur(); // what is hidden keeps the focus for a while
  };

  return {
    scale,
    show,
    view: () => shown?.view,
    translate() {
      if (shown === undefined || shown.texts === textsNow()) return false;
      show(shown.view);
      return true;
    },
    button: () => (failure.hidden ? undefined : button),
    sketch(fields, layout) {
      skeleton.className = `skeleton fields ${layout}`;
      skeleton.replaceChildren(...fields.map((name) => make('i', {class: name})));
    },
    dress(theme) {
      const {colorText = 'currentColor', colorError = 'currentColor'} = theme;
      const properties = {
        ...measuresOf(theme, scale()),
        '--color-text': colorText,
        '--color-error': colorError,
      };
      for (const [name, value] of Object.entries(properties)) place.style.setProperty(name, value);
    },
  };
}

/** Sets what a frame needs before it is inserted; until it tells its height, it has that of the skeleton. */
export function dressFrame(frame: HTMLIFrameElement, colorScheme: ColorScheme, title: string): void {
  for (const empty of ['name', 'class']) frame.removeAttribute(empty); // as Postmate leaves them
  frame.slot = 'frame';
  frame.title = title;
  frame.referrerPolicy = 'strict-origin';
  if (knowsAutofillPolicy()) frame.allow = 'autofill';
  Object.assign(frame.style, {
    display: 'block',
    inlineSize: '100%',
    blockSize: '0',
    minBlockSize: '100%',
    border: '0',
  });
  setColorScheme(frame, colorScheme);
}

/** The same single word as on the frame's root: any other pair is opaque in some engine. */
export function setColorScheme(frame: HTMLIFrameElement, colorScheme: ColorScheme): void {
  frame.style.colorScheme = colorScheme;
}

/** Where all its inputs are disabled, Firefox would stop at the frame itself on its way by Tab. */
export function setReachable(frame: HTMLIFrameElement, isReachable: boolean): void {
  if (isReachable) frame.removeAttribute('tabindex');
  else frame.tabIndex = -1;
}

/** Whether the focus is in the frame, as far as its page can tell. */
export function hasFocus(frame: HTMLIFrameElement): boolean {
  return (frame.getRootNode() as Document | ShadowRoot).activeElement === frame;
}

export function setHeight(frame: HTMLIFrameElement, pixels: number): void {
  Object.assign(frame.style, {blockSize: `${pixels}px`, minBlockSize: ''});
}

/** Browsers that do not know the feature warn about it. */
function knowsAutofillPolicy(): boolean {
  const {featurePolicy} = document as {featurePolicy?: {features: () => string[]}};
  return featurePolicy?.features().includes('autofill') ?? false;
}

function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string> = {},
  text = '',
) {
  const node = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) node.setAttribute(attribute, value);
  node.textContent = text;
  return node;
}
