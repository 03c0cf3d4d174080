import {join} from 'node:path';
import {createBuilder, type Plugin} from 'vite';
import {ROOT} from './root.ts';

/** Builds frame and loader into `folder` with the product's own configuration and these additional plugins. */
export async function buildBundle(folder: string, plugins: Plugin[]): Promise<void> {
  const builder = await createBuilder({
    configFile: join(ROOT, 'vite.config.ts'),
    logLevel: 'error',
    plugins,
    environments: {
      client: {build: {outDir: join(folder, 'widget')}},
      loader: {build: {outDir: join(folder, 'loader')}},
    },
  });
  const {client, loader} = builder.environments;
  if (client === undefined || loader === undefined)
    throw new Error('vite.config.ts has no client or no loader');
  await builder.build(client);
  await builder.build(loader);
}
