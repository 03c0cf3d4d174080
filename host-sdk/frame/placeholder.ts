import {metricsOf, MEDIUM_FONT_SIZE_PX} from '../../widget/theme/metrics.ts';
import type {FieldName, Layout, Theme} from '../../widget/protocol/names.ts';
import {LAYOUT_CSS} from '../../widget/theme/layout-css.ts';
import type {HostTexts} from '../texts.ts';

/**
 * What is visible in the element: a skeleton until the fields have painted, with a line of text when they are slow; the
 * frame; or the failure message with its button, for `unreachable` with the advice to check the connection.
 */
export type View = 'loading' | 'slow' | 'frame' | 'failed' | 'unreachable';

/**
 * All views share one grid cell that is as high as the skeleton, so that a change of view moves nothing on the page. The
 * skeleton has the dimensions of the fields: label, input and problem line. The line of text is inside its first input. The
 * failure message is as small as the fields' problem texts and fits 280 by 94 pixels in each language.
 */
const STYLES = `${LAYOUT_CSS}
  :host { display: block; }
  :host([hidden]) { display: none; }
  .place { display: grid; font: medium serif; color: var(--sealed-fields-color-text, var(--color-text)); min-block-size: calc(var(--label-height) + var(--height) + var(--problem-height) + 4px); }
  .place > * { grid-area: 1 / 1; }
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

/** The contents of the element's shadow root, around the slotted frame. */
export interface Placeholder {
  show: (view: View) => void;
  /** The current view; undefined before the first `show`. */
  view: () => View | undefined;
  /** Updates the texts if the language has changed. @returns whether it has. */
  localize: () => boolean;
  /** Sets the fields that the skeleton draws. */
  setFields: (fields: readonly FieldName[], layout: Layout) => void;
  /** Applies the theme of the fields. */
  applyTheme: (theme: Theme) => void;
  /** The user's default font size, relative to {@link MEDIUM_FONT_SIZE_PX}. */
  fontScale: () => number;
  /** The failure view's button while it is shown. */
  retryButton: () => HTMLElement | undefined;
}

/**
 * Creates the placeholder in `root`, from DOM nodes and a constructed style sheet only, which pages that enforce Trusted
 * Types allow. The frame is a slotted light-DOM child, because Chromium does not autofill a frame in a shadow root. Once
 * shown, the failure message stays in the tree: a validation bubble may point at its button, and WebKitGTK crashes if that
 * is removed.
 */
export function createPlaceholder(
  root: ShadowRoot,
  currentTexts: () => HostTexts,
  onRetry: () => void,
): Placeholder {
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

  const fontScale = () => parseFloat(getComputedStyle(place).fontSize) / MEDIUM_FONT_SIZE_PX || 1; // `medium`, whatever the page sets

  let shown: {view: View; texts: HostTexts} | undefined;
  const show = (view: View) => {
    const texts = currentTexts();
    shown = {view, texts};
    skeleton.hidden = view === 'frame';
    const hasFailed = view === 'failed' || view === 'unreachable';
    skeleton.style.visibility = hasFailed ? 'hidden' : ''; // keeps its height
    line.textContent = view === 'slow' ? texts.loading : '';
    failure.hidden = !hasFailed;
    message.textContent = hasFailed ? texts.failed + (view === 'failed' ? '' : texts.connection) : '';
    button.textContent = texts.retry;
    if (hasFailed && !failure.contains(button)) failure.append(message, button);
    if (failure.hidden) button.blur(); // a hidden element keeps the focus for a while
  };

  return {
    fontScale,
    show,
    view: () => shown?.view,
    localize() {
      if (shown === undefined || shown.texts === currentTexts()) return false;
      show(shown.view);
      return true;
    },
    retryButton: () => (failure.hidden ? undefined : button),
    setFields(fields, layout) {
      skeleton.className = `skeleton fields ${layout}`;
      skeleton.replaceChildren(...fields.map((name) => make('i', {class: name})));
    },
    applyTheme(theme) {
      const {colorText = 'currentColor', colorError = 'currentColor'} = theme;
      const properties = {
        ...metricsOf(theme, fontScale()),
        '--color-text': colorText,
        '--color-error': colorError,
      };
      for (const [name, value] of Object.entries(properties)) place.style.setProperty(name, value);
    },
  };
}

function make<K extends keyof HTMLElementTagNameMap>(name: K, attributes: Record<string, string> = {}) {
  const node = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) node.setAttribute(attribute, value);
  return node;
}
