import {isIP} from 'node:net';

import type {FastifyInstance, FastifyReply, FastifyRequest} from 'fastify';

/** The names of this machine for itself, as they are in a URL. No DNS server can make them names of another machine. */
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Refuses requests that name another server, with `refuse`. A foreign page can let its own name resolve to this machine
 * (DNS rebinding); its requests are then same-origin for the browser, but have its name in `Host`.
 *
 * @param address the address that the server listens on, a further name. For all addresses, `0.0.0.0` or `::`, every IP
 * address is a name.
 */
export function refuseOtherHosts(
  app: FastifyInstance,
  refuse: (reply: FastifyReply) => FastifyReply,
  address = '127.0.0.1',
): void {
  const names = new Set([...LOOPBACK, hostnameIn(inUrl(address))]);
  const isAnyAddress = address === '0.0.0.0' || address === '::';

  app.addHook('onRequest', async (request, reply) => {
    const authority = authorityOf(request);
    if (authority === undefined) return;
    const name = hostnameIn(authority);
    const isOwn = name !== undefined && (names.has(name) || (isAnyAddress && isAddress(name)));
    if (!isOwn) return refuse(reply);
  });
}

/** An address or a name as it is in a URL: an IPv6 address is in brackets. */
export function inUrl(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}

/** A URL in absolute form replaces `Host` (RFC 9112 §3.2.2). HTTP/1.0 needs neither; Node rejects HTTP/1.1 without `Host`. */
function authorityOf({originalUrl, headers}: FastifyRequest): string | undefined {
  return /^https?:\/\/([^/?]*)/i.exec(originalUrl)?.[1] ?? headers.host;
}

/** The host of `host:port` as browsers write it; undefined if the text has another form. */
function hostnameIn(authority: string): string | undefined {
  const isForm = /^([\w.-]+|\[[\da-f:.]+\])(:\d+)?$/i.test(authority);
  const url = `http://${authority}`;
  return isForm && URL.canParse(url) ? new URL(url).hostname : undefined;
}

function isAddress(hostname: string): boolean {
  return isIP(hostname.replace(/^\[|\]$/g, '')) > 0;
}
