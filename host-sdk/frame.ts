import type {ColorScheme} from '../widget/protocol/names.ts';
import type {HostTexts} from './texts.ts';

/**
 * What a shopper sees in the place of the element: a skeleton until the fields have painted, with a line of text
 * when they are late; the frame; or the failure view with its button.
 */
export type View = 'loading' | 'slow' | 'frame' | 'failed';

/** Height of the frame before it tells its own, in CSS pixels: that of the card fields, so that nothing moves. */
const FIRST_HEIGHT = 184;

const STYLES = `
  :host { display: block; position: relative; }
  :host([hidden]) { display: none; }
  .skeleton { position: absolute; inset: 0; display: grid; grid-template-columns: 1fr 1fr; gap: 48px 12px;
    align-content: start; padding-block-start: 24px; pointer-events: none; }
  .skeleton i { block-size: 44px; border-radius: 8px; background: currentColor; opacity: 0.08; }
  .skeleton i:first-child { grid-column: 1 / -1; }
  .line, .failure p { margin: 0; font: 14px/1.4 system-ui, sans-serif; }
  .failure { display: grid; gap: 12px; justify-items: start; align-content: center; min-block-size: ${FIRST_HEIGHT}px; }
  .failure button { font: 600 14px/1 system-ui, sans-serif; color: inherit; background: none; border: 1px solid;
    border-radius: 8px; padding: 12px 16px; cursor: pointer; }
  [hidden] { display: none; }
`;

/**
 * Builds what stands around the frame, in the element's shadow root, by nodes and a constructed sheet alone: pages
 * that demand Trusted Types allow nothing else. The frame is a light child, slotted, for Chromium does not autofill
 * a frame in a shadow root.
 *
 * @returns shows a view, in a language.
 */
export function buildShell(root: ShadowRoot, onRetry: () => void): (view: View, texts: HostTexts) => void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLES);
  root.adoptedStyleSheets = [sheet];

  const skeleton = make('div', {class: 'skeleton', part: 'skeleton', 'aria-hidden': 'true'});
  skeleton.append(make('i'), make('i'), make('i'));
  const line = make('p', {class: 'line', part: 'line', role: 'status'});
  const failure = make('div', {class: 'failure', part: 'failure', role: 'alert'});
  root.append(skeleton, make('slot', {name: 'frame'}), line, failure);

  return (view, texts) => {
    skeleton.hidden = view !== 'loading' && view !== 'slow';
    line.textContent = view === 'slow' ? texts.loading : '';
    failure.hidden = view !== 'failed';
    failure.replaceChildren(...(view === 'failed' ? failureView(texts, onRetry) : []));
  };
}

function failureView({retry, failed}: HostTexts, onRetry: () => void): HTMLElement[] {
  const button = make('button', {type: 'button', part: 'retry'}, retry);
  button.addEventListener('click', onRetry);
  return [make('p', {part: 'message'}, failed), button];
}

/** Sets what a frame needs before it is inserted. */
export function dressFrame(frame: HTMLIFrameElement, colorScheme: ColorScheme, title: string): void {
  for (const empty of ['name', 'class']) frame.removeAttribute(empty); // as Postmate leaves them
  frame.slot = 'frame';
  frame.title = title;
  frame.referrerPolicy = 'strict-origin';
  if (knowsAutofillPolicy()) frame.allow = 'autofill';
  Object.assign(frame.style, {display: 'block', inlineSize: '100%', border: '0'});
  setColorScheme(frame, colorScheme);
  setHeight(frame, FIRST_HEIGHT);
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

export function setHeight(frame: HTMLIFrameElement, pixels: number): void {
  frame.style.blockSize = `${pixels}px`;
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
