import type {MerchantRecord} from '../merchant-record.ts';
import {integrityOf} from './inventory.ts';

/** Headers by name. */
type Headers = Readonly<Record<string, string>>;

/** The headers of one path. A path that ends in `*` matches every path with that prefix. */
export interface HeaderRule {
  path: string;
  headers: Headers;
}

/**
 * The response headers for every file in the tree. For each path, the first rule that matches applies. The tree is safe
 * only with all of these headers and without cookies.
 *
 * `Strict-Transport-Security` is not included: it applies to the whole host for a long time and must not be sent over
 * plain HTTP (RFC 6797 §7.2), so it is up to the server that has the certificate.
 *
 * @param records the merchants; only the origins in a merchant's record may embed that merchant's frame.
 * @param loaders the versions of the loader that the tree contains, such as `0.1.0`.
 * @param importMap the text of the only inline script of the frame documents.
 * @param errorsStyle the text of the only inline style of the page that explains the errors.
 */
export function headerRules(
  records: readonly MerchantRecord[],
  loaders: readonly string[],
  importMap: string,
  errorsStyle: string,
): HeaderRule[] {
  return [
    ...records.map(({id, origins}) => ({
      path: `/v1/m/${id}/*`,
      headers: documentHeaders(origins, importMap),
    })),
    // Documents of removed merchants may still be on the server. No page may embed them.
    {path: '/v1/m/*', headers: documentHeaders([], importMap)},
    {path: '/v1/assets/*', headers: ASSET_HEADERS},
    {
      path: '/v1/sealed-fields.js',
      headers: loaderHeaders('public, max-age=300, stale-while-revalidate=86400'),
    },
    ...loaders.map((version) => ({path: `/${version}/sealed-fields.js`, headers: loaderHeaders(IMMUTABLE)})),
    {path: '/v1/errors/*', headers: errorsHeaders(errorsStyle)},
    {path: '/v1/licenses.md', headers: NOTICE_HEADERS},
  ];
}

/** For files with a content hash or a version in their path, which never change. One year, in seconds. */
const IMMUTABLE = 'public, max-age=31536000, immutable';

/** For files that are not documents: a browser that opens one as a document loads nothing and blocks framing. */
const INERT: Headers = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Frame-Options': 'DENY',
  'X-Content-Type-Options': 'nosniff',
};

/** A merchant's frame document. Has no `X-Frame-Options`, which cannot list origins; `frame-ancestors` does. */
function documentHeaders(origins: readonly string[], importMap: string): Headers {
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': framePolicy(origins, importMap),
    // Chromium and Firefox require both to show the frame in a page under Cross-Origin-Embedder-Policy.
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    // Has no effect in a frame. In a window of its own, the document gets no opener.
    'Cross-Origin-Opener-Policy': 'same-origin',
    // Asks for a process that other subdomains of the host do not share.
    'Origin-Agent-Cluster': '?1',
    'Referrer-Policy': 'no-referrer',
    'Permissions-Policy': PERMISSIONS,
    'X-Content-Type-Options': 'nosniff',
    'X-DNS-Prefetch-Control': 'off',
    // Changed keys and origins apply from the next load.
    'Cache-Control': 'no-store',
  };
}

/**
 * The content security policy of a frame document. It allows our own scripts, the import map with their hashes, and
 * embedding by `origins`. It blocks all other scripts, requests, form submissions and frames. Directives that default to
 * `default-src` are listed anyway, so that each can be reviewed and tested.
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
    // Blocks peer connections, which no fetch directive covers. Some engines do not support it yet.
    "webrtc 'block'",
  ].join('; ');
}

/** Disables features that the fields do not use. `autofill` and `clipboard-write` keep their defaults. */
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

/** The frame's scripts, named by content hash. Cross-origin, so that a page under COEP can preload them. */
const ASSET_HEADERS: Headers = {
  'Content-Type': 'text/javascript; charset=utf-8',
  ...INERT,
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': IMMUTABLE,
};

/** The loader, which runs in merchants' pages. CORS allows browsers to check its `integrity`. */
function loaderHeaders(cacheControl: string): Headers {
  return {
    'Content-Type': 'text/javascript; charset=utf-8',
    ...INERT,
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Access-Control-Allow-Origin': '*',
    'Cache-Control': cacheControl,
  };
}

/**
 * The page that explains the errors. It has the origin of the frames, so it runs no script, cannot be embedded, shares no
 * window with an opener, and asks for a process of its own as they do.
 */
function errorsHeaders(style: string): Headers {
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': [
      "default-src 'none'",
      `style-src '${integrityOf('sha256', style)}'`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'X-Frame-Options': 'DENY',
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Origin-Agent-Cluster': '?1',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'public, max-age=300',
  };
}

/** The license notices, as plain text, so that browsers display them. */
const NOTICE_HEADERS: Headers = {
  'Content-Type': 'text/plain; charset=utf-8',
  ...INERT,
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'public, max-age=300',
};
