import type {SealedFieldsError} from '../../widget/protocol/errors.ts';
import {blockedByPolicy, notConnected, type Reachability} from '../errors.ts';

/** Seconds until a frame that has not posted `ready` is reported as slow, and until it has failed. */
const SLOW_S = 10;
const TIMEOUT_S = 20;
/** Seconds that a loaded document has for the handshake. Postmate sends it in the first two. */
const HANDSHAKE_S = 5;

export interface LoadingFrame {
  iframe: HTMLIFrameElement;
  url: URL;
  /** How errors name the frame. */
  name: string;
  /** Whether the handshake is complete. */
  isConnected: () => boolean;
  /** The frame is late and may still load. */
  onSlow: () => void;
  /** The frame will not load; the error names the reason as far as a page can find it out. */
  onFailure: (error: SealedFieldsError) => void;
}

/**
 * Limits the time in which a frame must be ready.
 *
 * No event tells a page that a cross-origin document failed to load: Chromium fires `load` for its error pages, Firefox
 * fires nothing. So the widget host of a silent frame is requested once more by `fetch`, to name the reason.
 *
 * @param signal ends it.
 * @returns stops the timers: the frame is ready.
 */
export function startLoadTimeout(
  {iframe, url, name, isConnected, onSlow, onFailure}: LoadingFrame,
  signal: AbortSignal,
): () => void {
  let reachability: Reachability = 'unknown';
  const testHost = async () => {
    if (!isConnected() && reachability === 'unknown') reachability = await reachabilityOf(url, signal);
  };
  const fail = () => {
    onFailure(notConnected(name, reachability));
  };
  const testHostAndFail = async () => {
    await testHost();
    if (!isConnected()) fail();
  };
  const cancels = [
    afterSeconds(SLOW_S, () => {
      onSlow();
      void testHost();
    }),
    afterSeconds(TIMEOUT_S, fail),
  ];
  const stop = () => {
    for (const cancel of cancels) cancel();
  };
  signal.addEventListener('abort', stop);
  const onLoad = () => {
    if (!isConnected()) cancels.push(afterSeconds(HANDSHAKE_S, () => void testHostAndFail()));
  };
  iframe.addEventListener('load', onLoad, {signal});
  const onViolation = ({blockedURI, effectiveDirective, disposition}: SecurityPolicyViolationEvent) => {
    const isOurs = blockedURI === url.origin && effectiveDirective === 'frame-src';
    if (isOurs && disposition === 'enforce' && !isConnected()) onFailure(blockedByPolicy(name, url.origin));
  };
  document.addEventListener('securitypolicyviolation', onViolation, {signal});
  return stop;
}

/** Length of one step of {@link afterSeconds} in ms, and how late its timer may be and still count. */
const STEP_MS = 1000;
const LATE_MS = 1000;

/**
 * Calls `action` after so many seconds in which the page ran. Time in which the page was frozen or the device asleep
 * does not count: after waking, the page must receive the frame's messages before it gives the frame up.
 *
 * @returns cancels it.
 */
export function afterSeconds(seconds: number, action: () => void): () => void {
  let left = seconds;
  let timer: ReturnType<typeof setTimeout>;
  const step = () => {
    const start = performance.now();
    timer = setTimeout(() => {
      if (performance.now() - start <= STEP_MS + LATE_MS) left -= 1;
      if (left > 0) step();
      else action();
    }, STEP_MS);
  };
  step();
  return () => {
    clearTimeout(timer);
  };
}

/**
 * Requests `url`, and the host's script if that fails: in a cross-origin isolated page the browser blocks a document
 * without the required headers, but rarely a script. No page can read either response. `unknown` if the page's own
 * policy (`connect-src`) forbids the requests.
 */
async function reachabilityOf(url: URL, signal: AbortSignal): Promise<Reachability> {
  const policy = {forbids: false};
  const onViolation = ({blockedURI}: SecurityPolicyViolationEvent) => {
    policy.forbids ||= blockedURI.startsWith(url.origin);
  };
  document.addEventListener('securitypolicyviolation', onViolation, {signal});
  if ((await answers(url, signal)) || (await answers(new URL('/v1/sealed-fields.js', url), signal)))
    return 'answers';
  await new Promise((resolve) => setTimeout(resolve)); // the violation event follows the failed request
  return policy.forbids ? 'unknown' : 'unreachable';
}

function answers(url: URL, signal: AbortSignal): Promise<boolean> {
  return fetch(url, {mode: 'no-cors', credentials: 'omit', cache: 'no-store', signal}).then(
    () => true,
    () => false,
  );
}
