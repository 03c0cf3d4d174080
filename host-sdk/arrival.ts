import type {SealedFieldsError} from '../widget/protocol/errors.ts';
import {countdown} from './countdown.ts';
import {blocked, SILENCE} from './faults.ts';
import {probe, type Reach} from './probe.ts';

/** Seconds until a frame that has not said `ready` is called slow, then failed. */
const SLOW = 10;
const TIMEOUT = 20;
/** Seconds for which a document that has loaded may be silent: Postmate knocks in the first three. */
const SILENT = 5;

export interface Expected {
  frame: HTMLIFrameElement;
  url: URL;
  /** What the frame is called in errors. */
  name: string;
  hasGreeted: () => boolean;
  /** It is late, and may still come. */
  onSlow: () => void;
  /** It will not come: why, as far as a page can know. */
  onFailure: (error: SealedFieldsError) => void;
}

/**
 * Waits for a frame to speak. No event tells a page that a foreign document did not come: Chromium fires `load` for
 * its error pages too, Firefox fires nothing. So a frame that is silent is asked for once more, by `fetch`.
 *
 * @param signal ends the waiting, as does the returned function: the frame is ready.
 */
export function expectFrame(
  {frame, url, name, hasGreeted, onSlow, onFailure}: Expected,
  signal: AbortSignal,
): () => void {
  let reach: Reach = 'unknown';
  const ask = async () => {
    if (!hasGreeted() && reach === 'unknown') reach = await probe(url, signal);
  };
  const giveUp = () => {
    onFailure(SILENCE[reach](name));
  };
  const askAndGiveUp = async () => {
    await ask();
    if (!hasGreeted()) giveUp();
  };
  const slow = countdown(SLOW, () => {
    onSlow();
    void ask();
  });
  const deadlines = [slow, countdown(TIMEOUT, giveUp)];
  const stop = () => {
    for (const stopOne of deadlines) stopOne();
  };
  signal.addEventListener('abort', stop);
  const onLoad = () => {
    if (!hasGreeted()) deadlines.push(countdown(SILENT, () => void askAndGiveUp()));
  };
  frame.addEventListener('load', onLoad, {signal});
  const onViolation = ({blockedURI, effectiveDirective, disposition}: SecurityPolicyViolationEvent) => {
    const isOurs = blockedURI === url.origin && effectiveDirective === 'frame-src';
    if (isOurs && disposition === 'enforce' && !hasGreeted()) onFailure(blocked(name, url.origin));
  };
  document.addEventListener('securitypolicyviolation', onViolation, {signal});
  return stop;
}
