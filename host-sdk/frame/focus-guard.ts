/** How often the focus is taken back in how many ms. */
const MAX_RETURNS = 3;
const WINDOW_MS = 2000;

/** How long after a click or tap in the page a change of focus can be its consequence, in ms. */
const CLICK_MS = 1000;

/** What can contain another document. */
const FRAMES = 'iframe, frame, object, embed, fencedframe';

/** Decides whether to take back the focus that another frame has taken while the user was typing in ours. */
export class FocusGuard {
  /** When the user last pressed a pointer in the page, outside of frames. */
  #pressedAt = -Infinity;
  #returns: readonly number[] = [];

  /** Notes clicks in the page. @param signal ends that. */
  observe(signal: AbortSignal): void {
    const onPointerDown = () => {
      this.#pressedAt = performance.now();
    };
    window.addEventListener('pointerdown', onPointerDown, {capture: true, signal});
  }

  /**
   * Whether another frame has taken the focus, to be called when ours has lost it while the user was typing. False if the
   * user or the page may have moved it: with a pointer, to an element of the page, to another window, to an open dialog, or
   * to another `<sealed-fields>`.
   *
   * Chromium may keep the frame that has lost the focus as the page's active element.
   *
   * @param ours the frame that has lost the focus.
   * @seam focus-guard
   */
  isTaken(ours: HTMLIFrameElement): boolean {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    const isInFrame = active?.matches(FRAMES) === true && active.closest('dialog[open]') === null;
    const isInOtherFields = active !== ours && active?.closest('sealed-fields') !== null;
    const isPointed = [...document.querySelectorAll(`:is(${FRAMES}):hover`)].some((each) => each !== ours);
    const isClicked = performance.now() - this.#pressedAt < CLICK_MS;
    const isShown = ours.getClientRects().length > 0;
    return document.hasFocus() && isInFrame && !isInOtherFields && !isPointed && !isClicked && isShown;
  }

  /** Whether the focus may be taken back once more. Counts how often that was so. */
  mayReturn(): boolean {
    const now = performance.now();
    this.#returns = this.#returns.filter((time) => now - time < WINDOW_MS);
    if (this.#returns.length >= MAX_RETURNS) return false;
    this.#returns = [...this.#returns, now];
    return true;
  }
}
