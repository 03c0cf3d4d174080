import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Plugin} from 'vite';
import {buildBundle} from '../../support/build.ts';
import {findSeam, findSeams, replaceBody, type Seam} from '../../support/seams.ts';
import {startServers, type Servers, type ServerOptions} from '../../support/servers.ts';
import {MUTANTS, type Mutant} from './mutants.ts';

/** Builds a mutant, and publishes it to servers of its own. */
export async function serveMutant(mutant: Mutant, options: ServerOptions = {}): Promise<Servers> {
  const folder = await mkdtemp(join(tmpdir(), 'sealed-fields-mutant-'));
  try {
    await buildMutant(MUTANTS[mutant], folder);
    return await startServers({...options, bundle: folder}); // publishes a copy
  } finally {
    await rm(folder, {recursive: true});
  }
}

/**
 * @throws Error unless each seam exists once and is part of the build, so a mutant never equals the product by mistake.
 */
async function buildMutant(bodies: Readonly<Record<string, string>>, folder: string): Promise<void> {
  const seams = findSeams();
  const changes = Object.entries(bodies).map(([name, body]) => ({seam: findSeam(name, seams), body}));
  const made = new Set<Seam>();
  await buildBundle(folder, [mutate(changes, made)]);
  const missed = changes.find(({seam}) => !made.has(seam));
  if (missed !== undefined) throw new Error(`@seam ${missed.seam.name} is not part of the build`);
}

/** Replaces the bodies of these seams, at most one per module, before any other plugin transforms the modules. */
function mutate(changes: readonly {seam: Seam; body: string}[], made: Set<Seam>): Plugin {
  return {
    name: 'mutate',
    enforce: 'pre',
    transform(code, id) {
      const change = changes.find(({seam}) => seam.file === id);
      if (change === undefined) return undefined;
      made.add(change.seam);
      return replaceBody(code, change.seam, change.body);
    },
  };
}
