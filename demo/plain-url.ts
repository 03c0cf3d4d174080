/**
 * The path and query of a request, for fastify's `rewriteUrl`; a path with a percent escape becomes one that
 * does not exist.
 *
 * No route of the demo has an escape in its path. Without this, fastify would run no hook, and so log
 * nothing, for an escape that it cannot decode. A URL in absolute form is reduced to its path (RFC 9112
 * §3.2.2).
 */
export function plainUrl({url = '/'}: {url?: string | undefined}): string {
  const path = url.replace(/^https?:\/\/[^/?]*/i, '');
  return /^[^?]*%/.test(path) ? '/no-such-path' : path;
}
