import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before} from 'node:test';
import {createBuilder, type Plugin} from 'vite';
import {ROOT} from '../files.ts';
import {setStage, type Stage} from '../e2e/stage.ts';

/** One change of the product's source. */
interface Mutation {
  /** Path from the root. */
  file: string;
  /** Stands exactly once in that file. */
  from: string;
  to: string;
}

const anywhere: Mutation = {
  file: 'widget/main.ts',
  from: 'if (isAllowed(record.origins)) {',
  to: 'if (true) {',
};

/** The product without one of its guards. Each is the control of a test, whose attack must win there. */
const MUTANTS = {
  /** The frame listens to every window of every origin. */
  frameGuard: [
    {
      file: 'widget/bridge.ts',
      from: 'event.source === window.parent && origins.includes(event.origin)',
      to: 'true',
    },
  ],
  /** The frame listens to every window of the record's origins. */
  frameSource: [{file: 'widget/bridge.ts', from: 'event.source === window.parent && ', to: ''}],
  /** The frame starts wherever it stands. */
  frameAnywhere: [anywhere],
  /** And listens to its parent, whoever that is. */
  frameOrigin: [anywhere, {file: 'widget/bridge.ts', from: ' && origins.includes(event.origin)', to: ''}],
  /** The host gives the port to any window of the widget's origin. */
  hostSource: [{file: 'host-sdk/bridge.ts', from: 'source !== frame.contentWindow ||', to: ''}],
  /** The host's Postmate hears every window of the widget's origin. */
  hostGuard: [{file: 'host-sdk/guard.ts', from: 'event.stopImmediatePropagation();', to: ''}],
} satisfies Record<string, Mutation[]>;

type Mutant = keyof typeof MUTANTS;

/**
 * Has a stage for each of these mutants while the tests of this file run: what an attack cannot do to the product
 * proves nothing unless it can do it there.
 */
export function standMutants<M extends Mutant>(...names: readonly M[]): Record<M, Stage> {
  const stages = {} as Record<M, Stage>;
  before(async () => {
    for (const name of names) stages[name] = await setMutant(MUTANTS[name]);
  });
  after(async () => {
    for (const stage of Object.values<Stage>(stages)) await stage.close();
  });
  return stages;
}

/** @throws Error unless each text was found, once: a mutant never is the product by mistake. */
async function setMutant(mutations: readonly Mutation[]): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'sealed-fields-mutant-'));
  try {
    await buildMutant(mutations, folder);
    return await setStage({bundle: folder}); // publishes a copy
  } finally {
    await rm(folder, {recursive: true});
  }
}

export async function buildMutant(mutations: readonly Mutation[], folder: string): Promise<void> {
  const made = new Set<Mutation>();
  const builder = await createBuilder({
    configFile: join(ROOT, 'vite.config.ts'),
    logLevel: 'error',
    plugins: [mutate(mutations, made)],
    environments: {
      client: {build: {outDir: join(folder, 'widget')}},
      loader: {build: {outDir: join(folder, 'loader')}},
    },
  });
  const {client, loader} = builder.environments;
  if (client === undefined || loader === undefined) throw new Error('The build has no such parts.');
  await builder.build(client);
  await builder.build(loader);
  const missed = mutations.find((mutation) => !made.has(mutation));
  if (missed !== undefined) throw new Error(`${missed.file} is no part of the build.`);
}

/** Replaces each text as its file is read, before anything else sees it. */
function mutate(mutations: readonly Mutation[], made: Set<Mutation>): Plugin {
  return {
    name: 'mutate',
    enforce: 'pre',
    transform(code, id) {
      const own = mutations.filter(({file}) => id === join(ROOT, file));
      return own.reduce((mutated, mutation) => {
        const [before, after, ...more] = mutated.split(mutation.from);
        if (before === undefined || after === undefined || more.length > 0)
          throw new Error(`${mutation.file} does not hold once: ${mutation.from}`);
        made.add(mutation);
        return before + mutation.to + after;
      }, code);
    },
  };
}
