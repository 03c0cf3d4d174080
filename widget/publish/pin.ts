import {PROFILES} from '../protocol/names.ts';
import {integrityOf} from './inventory.ts';

/** The frame's template with the hashes of the build's scripts in it. */
export interface Pinned {
  template: string;
  /** The text of its import map. The policy must allow it by its hash. */
  importMap: string;
}

/** How many times `seal/load-crypto.ts` can request a chunk again. Each request needs a URL with a different fragment. */
const SPARE_URL_COUNT = 5;
/** The chunks with encryption code. */
const SEAL_CHUNKS = ['seal', ...PROFILES];

const ENTRY = /<script type="module"[^>]* src="\/v1\/assets\/([\w.-]+)">/g;

/**
 * Adds hashes to the template, so that browsers run only the scripts of this build. The entry script gets an `integrity`
 * attribute, and an import map has the hashes of the chunks that it imports (HTML, "Import maps"; supported from Chromium
 * 127, Safari 18, Firefox 138). Older browsers ignore the hashes in the map and do not check the chunks.
 *
 * Uses SHA-256: the document is loaded each time, and each hash is 20 characters shorter than with SHA-384.
 *
 * @param assets the scripts of the build, by file name.
 * @throws Error unless the template loads exactly one script and it is one of `assets`.
 */
export function pin(template: string, assets: ReadonlyMap<string, Buffer>): Pinned {
  const tags = [...template.matchAll(ENTRY)];
  const [opening = '', name = ''] = tags[0] ?? [];
  const entry = assets.get(name);
  if (entry === undefined || tags.length > 1) {
    const found = tags.map(([, each]) => each).join(', ') || 'none';
    throw new Error(`widget/index.html: expected one script of the build, found ${found}`);
  }
  const hashes = [...assets]
    .filter(([chunk]) => chunk !== name)
    .flatMap(([chunk, script]) => urlsOf(chunk).map((url) => [url, integrityOf('sha256', script)]));
  const importMap = JSON.stringify({integrity: Object.fromEntries(hashes) as Record<string, string>});
  const pinned = opening.replace('>', ` integrity="${integrityOf('sha256', entry)}">`);
  const scripts = `<script type="importmap">${importMap}</script>\n    ${pinned}`;
  return {template: template.replace(opening, () => scripts), importMap};
}

/** The URLs that a chunk may be requested by: its own and, for encryption code, the spare ones. */
function urlsOf(chunk: string): string[] {
  const url = `/v1/assets/${chunk}`;
  const isSealChunk = SEAL_CHUNKS.some((name) => chunk.startsWith(`${name}-`));
  const spares = isSealChunk ? Array.from({length: SPARE_URL_COUNT}, (_, index) => index + 1) : [];
  return [url, ...spares.map((spare) => `${url}#${spare}`)];
}
