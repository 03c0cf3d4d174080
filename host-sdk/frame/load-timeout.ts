import type {SealedFieldsError} from '../../widget/protocol/errors.ts';
import {blockedByPolicy, notConnected, type Reachability} from '../errors.ts';

/** After this time without `ready`, a frame is reported as slow. */
const SLOW_S = 10;
/** After this time without `ready`, a frame has failed. */
const TIMEOUT_S = 20;
/** How long the handshake with a loaded document may take. Postmate posts it during the first two seconds. */
const HANDSHAKE_S = 5;

/** A frame that is loading, and the callbacks of {@link startLoadTimeout}. */
export interface LoadingFrame {
  iframe: HTMLIFrameElement;
  url: URL;
  /** How errors name the frame. */
  name: string;
  /** Whether the handshake is complete. */
  isConnected: () => boolean;
  /** The frame is slow, but may still load. */
  onSlow: () => void;
  /** The frame has failed to load. The error names the reason, as far as a page can detect it. */
  onFailure: (error: SealedFieldsError) => void;
}

/**
 * Starts the timeouts of a loading frame.
 *
 * A page receives no event if a cross-origin document fails to load: Chromium fires `load` for its error page, Firefox
 * fires nothing. So if a frame does not answer, its host is requested again by `fetch` to find the reason.
 *
 * @param signal stops the timers and removes the listeners.
 * @returns a function that stops the timers, to be called when the frame is ready.
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

/** Length of one step of {@link afterSeconds}. */
const STEP_MS = 1000;
/** A step whose timer is late by more than this does not count. */
const LATE_MS = 1000;

/**
 * Calls `action` after the page has run for this number of seconds. Time in which the page is frozen or the device sleeps
 * does not count: after waking, the page must receive the frame's messages before the timeout.
 *
 * @returns a function that cancels the timeout.
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
 * Whether the host answers. Requests `url` and, if that fails, the host's script: in a cross-origin isolated page, the
 * browser blocks a document without the required headers, but rarely a script. The page cannot read either response.
 *
 * @returns `unknown` if the page's own policy (`connect-src`) forbids the requests.
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
