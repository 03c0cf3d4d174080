/**
 * For fastify's `rewriteUrl`: no address here has an escape in its path, so a path that has one leads to where
 * nothing is. Left to fastify, an escape that cannot be decoded would pass by every hook, the log's too.
 */
export function plainUrl({url = '/'}: {url?: string | undefined}): string {
  return /^[^?]*%/.test(url) ? '/no-such-path' : url;
}
