/**
 * For fastify's `rewriteUrl`: no address here has an escape in its path, so a path that has one leads to where
 * nothing is. Left to fastify, an escape that cannot be decoded would pass by every hook, the log's too.
 * An address in absolute form is as good as its path (RFC 9112 §3.2.2).
 */
export function plainUrl({url = '/'}: {url?: string | undefined}): string {
  const path = url.replace(/^https?:\/\/[^/?]*/i, '');
  return /^[^?]*%/.test(path) ? '/no-such-path' : path;
}
