interface SpecialEvent {
  trigger?: (this: Element, ...data: unknown[]) => unknown;
}

/** The part of jQuery's event API that this file uses (jQuery 1.7 to 4). */
interface JQueryGlobal {
  event?: {special?: Record<string, SpecialEvent | undefined>};
}

const patched = new WeakSet();

/**
 * Defers `trigger('submit')` and `submit()` of a global jQuery, which call the page's handlers directly, without an event.
 * A jQuery in a bundle is out of reach: its handlers find no card values.
 *
 * @param onTrigger returns whether it takes over the submit of the form.
 */
export function interceptJQuery(onTrigger: (form: HTMLFormElement) => boolean): void {
  const special = (window as {jQuery?: JQueryGlobal}).jQuery?.event?.special;
  if (special === undefined || patched.has(special)) return;
  patched.add(special);
  const before = special['submit'];
  special['submit'] = {
    ...before,
    trigger(...data) {
      const isTakenOver = this instanceof HTMLFormElement && onTrigger(this);
      return isTakenOver ? false : before?.trigger?.apply(this, data);
    },
  };
}
