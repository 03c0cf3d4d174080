import {expect} from '@open-wc/testing';
import type {PaymentForm} from '../../widget/components/payment-form.ts';
import {followPageLifecycle, type PageLifecycle} from '../../widget/page-lifecycle.ts';

const TEN_MINUTES_MS = 10 * 60 * 1000;

describe('followPageLifecycle', () => {
  let calls: string[];
  let lifecycle: PageLifecycle;
  let now: number;
  /** Timers of ten minutes, by due time. */
  let timers: Map<number, {due: number; run: () => void}>;
  const real = {setTimeout: window.setTimeout.bind(window), clearTimeout: window.clearTimeout.bind(window)};
  const dateNow = Date.now.bind(Date);

  beforeEach(() => {
    const own: string[] = []; // listeners of earlier tests remain, but write to their own lists
    calls = own;
    now = 1_000_000;
    timers = new Map();
    let id = 0;
    window.setTimeout = ((run: () => void, delay = 0) => {
      if (delay < TEN_MINUTES_MS) return real.setTimeout(run, delay);
      id -= 1;
      timers.set(id, {due: now + delay, run});
      return id;
    }) as typeof setTimeout;
    window.clearTimeout = (timer) => {
      if (!timers.delete(Number(timer))) real.clearTimeout(timer);
    };
    Date.now = () => now;
    const view = {clear: () => own.push('clear')} as unknown as PaymentForm;
    lifecycle = followPageLifecycle(
      view,
      () => own.push('restore'),
      () => own.push('unload'),
    );
  });

  afterEach(() => {
    Object.assign(window, real);
    Date.now = dateNow;
  });

  /** @param areTimersRunning false while the device sleeps. */
  function pass(ms: number, areTimersRunning = true): void {
    now += ms;
    if (!areTimersRunning) return;
    for (const [id, {due, run}] of [...timers])
      if (due <= now) {
        timers.delete(id);
        run();
      }
  }

  const hide = (persisted: boolean) => window.dispatchEvent(new PageTransitionEvent('pagehide', {persisted}));
  const show = (persisted: boolean) => window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted}));

  it('empties the fields ten minutes after the last edit', () => {
    lifecycle.postponeWipe();
    pass(TEN_MINUTES_MS - 1);
    lifecycle.postponeWipe();
    pass(TEN_MINUTES_MS - 1);
    expect(calls).to.deep.equal([]);
    pass(1);
    expect(calls).to.deep.equal(['clear']);
    pass(TEN_MINUTES_MS);
    expect(calls).to.deep.equal(['clear']);
  });

  for (const [what, wake] of [
    ['the user focuses the frame', () => window.dispatchEvent(new FocusEvent('focus'))],
    ['the page is shown', () => document.dispatchEvent(new Event('visibilitychange'))],
    [
      'a value is entered',
      () => {
        lifecycle.postponeWipe();
      },
    ],
  ] as const)
    it(`empties the fields when ${what} after ten minutes of sleep`, () => {
      lifecycle.postponeWipe();
      pass(TEN_MINUTES_MS, false);
      expect(calls).to.deep.equal([]);
      wake();
      expect(calls).to.deep.equal(['clear']);
    });

  it('empties the fields when the user leaves the page, and reports the unload', () => {
    hide(false);
    expect([calls, lifecycle.isFrozen()]).to.deep.equal([['clear', 'unload'], false]);
  });

  it('empties the fields before the page is cached and after it is restored, and reports only the restore', () => {
    hide(true);
    expect([calls, lifecycle.isFrozen()]).to.deep.equal([['clear'], true]);
    show(true);
    expect([calls, lifecycle.isFrozen()]).to.deep.equal([['clear', 'clear', 'restore'], false]);
  });

  it('keeps the values when the page is shown for the first time', () => {
    show(false);
    expect(calls).to.deep.equal([]);
  });
});
