import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {headerRules} from '../../../widget/publish/headers.ts';
import {parseRecord} from '../../../widget/merchant-record.ts';

const record = (id: string, origins: string[]) =>
  parseRecord({id, origins, keys: [{kid: 'k', pem: '-'}], expiry: 'sealed'});

/** The hashes of these are the output of `openssl dgst -sha256 -binary | base64`. */
const IMPORT_MAP = '{"integrity":{}}';
const STYLE = 'p {}';

const POLICY =
  "default-src 'none'; script-src 'self' 'sha256-v1IUEqDyKCfHdg2mkshdZlh1JwxKZIMqsI0JxkeP1Qo='; style-src 'none'; img-src 'none'; font-src 'none'; connect-src 'none'; " +
  "base-uri 'none'; form-action 'none'; frame-src 'none'; worker-src 'none'; object-src 'none'; manifest-src 'none'; " +
  "frame-ancestors ANCESTORS; require-trusted-types-for 'script'; trusted-types lit-html; webrtc 'block'";

const DOCUMENT = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Origin-Agent-Cluster': '?1',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy':
    'accelerometer=(), bluetooth=(), camera=(), clipboard-read=(), display-capture=(), geolocation=(), gyroscope=(), ' +
    'hid=(), microphone=(), midi=(), payment=(), serial=(), usb=()',
  'X-Content-Type-Options': 'nosniff',
  'X-DNS-Prefetch-Control': 'off',
  'Cache-Control': 'no-store',
};

const INERT = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Frame-Options': 'DENY',
  'X-Content-Type-Options': 'nosniff',
};

const LOADER = {
  ...INERT,
  'Content-Type': 'text/javascript; charset=utf-8',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Access-Control-Allow-Origin': '*',
};

const document = (ancestors: string) => ({
  ...DOCUMENT,
  'Content-Security-Policy': POLICY.replace('ANCESTORS', ancestors),
});

describe('headerRules', () => {
  it('returns the reviewed headers and no others', () => {
    const rules = headerRules(
      [record('demo', ['https://shop.example', 'http://localhost:4100']), record('nowhere', [])],
      ['0.0.9', '0.1.0'],
      IMPORT_MAP,
      STYLE,
    );

    assert.deepEqual(rules, [
      {path: '/v1/m/demo/*', headers: document('https://shop.example http://localhost:4100')},
      {path: '/v1/m/nowhere/*', headers: document("'none'")},
      {path: '/v1/m/*', headers: document("'none'")},
      {
        path: '/v1/assets/*',
        headers: {
          ...INERT,
          'Content-Type': 'text/javascript; charset=utf-8',
          'Cross-Origin-Resource-Policy': 'cross-origin',
          'Referrer-Policy': 'no-referrer',
          'Cache-Control': 'public, max-age=31536000, immutable',
        },
      },
      {
        path: '/v1/sealed-fields.js',
        headers: {...LOADER, 'Cache-Control': 'public, max-age=300, stale-while-revalidate=86400'},
      },
      {
        path: '/0.0.9/sealed-fields.js',
        headers: {...LOADER, 'Cache-Control': 'public, max-age=31536000, immutable'},
      },
      {
        path: '/0.1.0/sealed-fields.js',
        headers: {...LOADER, 'Cache-Control': 'public, max-age=31536000, immutable'},
      },
      {
        path: '/v1/errors/*',
        headers: {
          'Content-Type': 'text/html; charset=utf-8',
          'Content-Security-Policy':
            "default-src 'none'; style-src 'sha256-SNJDlN1Iy2mnt7DOjQIyDb2LQE6O5PQiSZomcdzawQ4='; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          'X-Frame-Options': 'DENY',
          'X-Content-Type-Options': 'nosniff',
          'Cross-Origin-Resource-Policy': 'same-origin',
          'Cross-Origin-Opener-Policy': 'same-origin',
          'Origin-Agent-Cluster': '?1',
          'Referrer-Policy': 'no-referrer',
          'Cache-Control': 'public, max-age=300',
        },
      },
      {
        path: '/v1/licenses.md',
        headers: {
          ...INERT,
          'Content-Type': 'text/plain; charset=utf-8',
          'Cross-Origin-Resource-Policy': 'same-origin',
          'Cache-Control': 'public, max-age=300',
        },
      },
    ]);
  });

  it('uses only printable ASCII characters in values', () => {
    const values = headerRules(
      [record('demo', ['https://shop.example'])],
      ['0.1.0'],
      IMPORT_MAP,
      STYLE,
    ).flatMap(({headers}) => Object.values(headers));
    for (const value of values) assert.match(value, /^[\x20-\x7e]+$/);
  });
});
