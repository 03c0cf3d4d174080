/** What is known of an address that did not give us a frame that speaks. */
export type Reach = 'unknown' | 'answers' | 'unreachable';

/**
 * Asks whether anything answers at `url`; what it answers no page may read. An isolated page is kept from a document
 * that lacks its headers even so, but hardly from the script of the same host. Where the page's own policy forbids to
 * ask (`connect-src`), nothing is known.
 *
 * @param signal ends the asking.
 */
export async function probe(url: URL, signal: AbortSignal): Promise<Reach> {
  const policy = {forbids: false};
  const onViolation = ({blockedURI}: SecurityPolicyViolationEvent) => {
    policy.forbids ||= blockedURI.startsWith(url.origin);
  };
  document.addEventListener('securitypolicyviolation', onViolation, {signal});
  try {
    if ((await answers(url, signal)) || (await answers(new URL('/v1/sealed-fields.js', url), signal)))
      return 'answers';
    await new Promise((resolve) => setTimeout(resolve)); // until the violation was told
    return policy.forbids ? 'unknown' : 'unreachable';
  } finally {
    document.removeEventListener('securitypolicyviolation', onViolation);
  }
}

function answers(url: URL, signal: AbortSignal): Promise<boolean> {
  return fetch(url, {mode: 'no-cors', credentials: 'omit', cache: 'no-store', signal}).then(
    () => true,
    () => false,
  );
}
