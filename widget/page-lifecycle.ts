import type {PaymentForm} from './components/payment-form.ts';

/** How long field values are kept after the last edit or seal: ten minutes. */
const IDLE_LIMIT_MS = 10 * 60 * 1000;

/** What {@link followPageLifecycle} returns. */
export interface PageLifecycle {
  /**
   * Whether the page is in the back/forward cache or about to enter it. Nothing may be posted to it then: in Firefox, the
   * page would lose its place in the cache.
   */
  isFrozen: () => boolean;
  /** Restarts the inactivity timeout. */
  postponeWipe: () => void;
}

/**
 * Empties the fields when the user leaves the page, and after {@link IDLE_LIMIT_MS} of inactivity.
 *
 * @param onRestore called when the page was restored from the back/forward cache.
 * @param onUnload called when the document unloads and will not be restored.
 */
export function followPageLifecycle(
  view: PaymentForm,
  onRestore: () => void,
  onUnload: () => void,
): PageLifecycle {
  let isFrozen = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wipeAt = Infinity;

  /** Empties the fields before someone else can see their values. @seam wipe */
  const wipe = () => {
    view.clear();
  };
  const wipeIdle = () => {
    clearTimeout(timer);
    wipeAt = Infinity;
    wipe();
  };
  const wipeIfDue = () => {
    if (Date.now() >= wipeAt) wipeIdle();
  };

  window.addEventListener('pagehide', ({persisted}) => {
    isFrozen = persisted;
    wipe();
    if (!persisted) onUnload();
  });
  window.addEventListener('pageshow', ({persisted}) => {
    isFrozen = false;
    if (!persisted) return;
    wipe();
    onRestore();
  });
  // Timers may stop while the device sleeps. Then the fields are emptied when the user returns to the page.
  document.addEventListener('visibilitychange', wipeIfDue);
  window.addEventListener('focus', wipeIfDue);

  return {
    isFrozen: () => isFrozen,
    postponeWipe() {
      wipeIfDue();
      clearTimeout(timer);
      wipeAt = Date.now() + IDLE_LIMIT_MS;
      timer = setTimeout(wipeIdle, IDLE_LIMIT_MS);
    },
  };
}
