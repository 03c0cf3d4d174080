import {PROFILES} from '../protocol/names.ts';
import {integrityOf} from './inventory.ts';

/** The frame's template, which runs no script but those of its own build. */
export interface Pinned {
  template: string;
  /** The text of its import map, which the policy must let in by its hash. */
  importMap: string;
}

/** How often a chunk with encryption code can be requested again, each time with another fragment: `seal/load-crypto.ts`. */
const SPARES = 5;
const SEALING = ['seal', ...PROFILES];

const ENTRY = /<script type="module"[^>]* src="\/v1\/assets\/([\w.-]+)">/g;

/**
 * Gives the entry its `integrity`, and all that it may import an import map with theirs (HTML, "Import maps"; in
 * Chromium 127, Safari 18, Firefox 138). Older browsers pass over the map, and then run a chunk as it comes.
 *
 * By SHA-256, each of whose sums takes 20 characters less than one of SHA-384, in a document that no cache keeps.
 *
 * @throws Error unless the template loads one of `assets`, and no other script.
 */
export function pin(template: string, assets: ReadonlyMap<string, Buffer>): Pinned {
  const [tag, ...more] = template.matchAll(ENTRY);
  const [opening = '', name = ''] = tag ?? [];
  const entry = assets.get(name);
  if (entry === undefined || more.length > 0)
    throw new Error('The frame’s template must load one script of its build.');
  const sums = [...assets]
    .filter(([chunk]) => chunk !== name)
    .flatMap(([chunk, script]) =>
      addressesOf(chunk).map((address) => [address, integrityOf('sha256', script)]),
    );
  const importMap = JSON.stringify({integrity: Object.fromEntries(sums) as Record<string, string>});
  const pinned = opening.replace('>', ` integrity="${integrityOf('sha256', entry)}">`);
  const scripts = `<script type="importmap">${importMap}</script>\n    ${pinned}`;
  return {template: template.replace(opening, () => scripts), importMap};
}

function addressesOf(chunk: string): string[] {
  const address = `/v1/assets/${chunk}`;
  const seals = SEALING.some((name) => chunk.startsWith(`${name}-`));
  const spares = seals ? Array.from({length: SPARES}, (_, index) => index + 1) : [];
  return [address, ...spares.map((spare) => `${address}#${spare}`)];
}
