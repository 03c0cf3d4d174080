import type {MerchantRecord} from '../merchant-record.ts';
import {integrityOf} from './inventory.ts';

/** Headers by name. */
type Headers = Readonly<Record<string, string>>;

/** The headers of one path, or, where it ends in `*`, of all that begin with what stands before it. */
export interface HeaderRule {
  path: string;
  headers: Headers;
}

/**
 * The headers of every file of the tree; of the rules that match a path, the first holds. Without them the tree is
 * unsafe, so a server must send each one, and no cookie.
 *
 * `Strict-Transport-Security` is not among them: it speaks for a whole host and for years, plain http must not bear
 * it (RFC 6797 §7.2), and only the server that holds the certificate can tell.
 *
 * @param loaders the versions whose pinned loader lies in the tree.
 * @param importMap the one script in the documents' own text.
 */
export function headerRules(
  records: readonly MerchantRecord[],
  loaders: readonly string[],
  importMap: string,
): HeaderRule[] {
  return [
    ...records.map(({id, origins}) => ({
      path: `/v1/m/${id}/*`,
      headers: documentHeaders(origins, importMap),
    })),
    // A merchant who was published once and is no more: the document still lies there, and nobody may embed it.
    {path: '/v1/m/*', headers: documentHeaders([], importMap)},
    {path: '/v1/assets/*', headers: ASSET_HEADERS},
    {
      path: '/v1/sealed-fields.js',
      headers: loaderHeaders('public, max-age=300, stale-while-revalidate=86400'),
    },
    ...loaders.map((version) => ({path: `/${version}/sealed-fields.js`, headers: loaderHeaders(IMMUTABLE)})),
    {path: '/v1/licenses.md', headers: NOTICE_HEADERS},
  ];
}

/** For files that never change under their name: by content hash, or by version. */
const IMMUTABLE = 'public, max-age=31536000, immutable';

/** For what is no document: opened as one, it can do nothing and be framed by nobody. */
const INERT: Headers = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Frame-Options': 'DENY',
  'X-Content-Type-Options': 'nosniff',
};

/** A merchant's frame document. `X-Frame-Options` is absent, for it cannot name other origins. */
function documentHeaders(origins: readonly string[], importMap: string): Headers {
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': framePolicy(origins, importMap),
    // Both, else a page under Cross-Origin-Embedder-Policy cannot show the frame, in Chromium and Firefox alike.
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    // Inert in a frame; opened alone, the document has no opener.
    'Cross-Origin-Opener-Policy': 'same-origin',
    // Its process is not shared with other subdomains of the host.
    'Origin-Agent-Cluster': '?1',
    'Referrer-Policy': 'no-referrer',
    'Permissions-Policy': PERMISSIONS,
    'X-Content-Type-Options': 'nosniff',
    'X-DNS-Prefetch-Control': 'off',
    // A changed key or origin holds from the next load on; a document with a card is kept by no cache.
    'Cache-Control': 'no-store',
  };
}

/**
 * Nothing is run but our own scripts and the map of their hashes, nothing is fetched, posted or framed, and only `origins` may embed. The
 * directives that `default-src` would stand in for are written out, so that each can be read and measured.
 */
function framePolicy(origins: readonly string[], importMap: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' '${integrityOf('sha256', importMap)}'`,
    "style-src 'none'",
    "img-src 'none'",
    "font-src 'none'",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-src 'none'",
    "worker-src 'none'",
    "object-src 'none'",
    "manifest-src 'none'",
    `frame-ancestors ${origins.length === 0 ? "'none'" : origins.join(' ')}`,
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
    // Peer connections, which no fetch directive covers; some engines do not know the directive yet.
    "webrtc 'block'",
  ].join('; ');
}

/** Closed but for what the fields want: `autofill` and `clipboard-write` keep their defaults. */
const PERMISSIONS = [
  'accelerometer',
  'bluetooth',
  'camera',
  'clipboard-read',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
]
  .map((feature) => `${feature}=()`)
  .join(', ');

/** The frame's scripts, all named by their hash; embeddable, for a page under COEP may preload them. */
const ASSET_HEADERS: Headers = {
  'Content-Type': 'text/javascript; charset=utf-8',
  ...INERT,
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': IMMUTABLE,
};

/** The loader runs in merchants' pages: readable across origins, so that browsers can check its `integrity`. */
function loaderHeaders(cacheControl: string): Headers {
  return {
    'Content-Type': 'text/javascript; charset=utf-8',
    ...INERT,
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Access-Control-Allow-Origin': '*',
    'Cache-Control': cacheControl,
  };
}

/** The notices of the software in the tree, for people; plain text, so that browsers show them. */
const NOTICE_HEADERS: Headers = {
  'Content-Type': 'text/plain; charset=utf-8',
  ...INERT,
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'public, max-age=300',
};
