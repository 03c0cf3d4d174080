import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {readFile, stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {ORIGIN_PLACEHOLDER} from '../../../widget/protocol/names.ts';
import {ROOT} from '../../support/root.ts';
import {demo, filesIn, KEYS, makeFolder} from '../../unit/publish/fixture.ts';

/** The output of `npm run build`. */
const CLI = join(ROOT, 'dist/cli/cli.js');

/** Runs the command line in a process of its own. */
function run(cwd: string, ...args: string[]) {
  return spawnSync(process.execPath, [CLI, ...args], {cwd, encoding: 'utf8'});
}

describe('sealed-fields publish', () => {
  it('publishes a record and prints the paths of the files', async (context) => {
    const folder = await makeFolder(context);
    await writeFile(join(folder, 'demo.json'), JSON.stringify(demo()));

    const {status, stdout, stderr} = run(
      folder,
      'publish',
      'demo.json',
      '--bundle',
      'bundle',
      '--out',
      'out',
    );

    assert.equal(stderr, '');
    assert.equal(status, 0);
    const written = [...(await filesIn(join(folder, 'out'))).keys()].map((path) => `out/${path}`);
    assert.deepEqual(stdout.trimEnd().split('\n').sort(), written.sort());
  });

  it('writes the origin of the widget host into the script', async (context) => {
    const folder = await makeFolder(context);
    await writeFile(join(folder, 'demo.json'), JSON.stringify(demo()));
    const scriptFor = async (out: string, ...options: string[]) => {
      const {status, stderr} = run(folder, 'publish', 'demo.json', '--out', out, ...options);
      assert.deepEqual([status, stderr], [0, '']);
      return readFile(join(folder, out, 'tree/v1/sealed-fields.js'), 'utf8');
    };
    const built = await readFile(join(ROOT, 'dist/loader/sealed-fields.js'), 'utf8');
    const origin = 'https://pay.example.com';
    assert.equal(await scriptFor('without'), built);
    assert.equal(built.split(ORIGIN_PLACEHOLDER).length, 2);
    assert.equal(await scriptFor('with', '--origin', origin), built.replace(ORIGIN_PLACEHOLDER, origin));
  });

  it('rejects a private key in one line that does not quote it', async (context) => {
    const folder = await makeFolder(context);
    await writeFile(join(folder, 'public.pem'), KEYS.privatePem);
    await writeFile(join(folder, 'demo.json'), JSON.stringify(demo()));

    const {status, stdout, stderr} = run(
      folder,
      'publish',
      'demo.json',
      '--bundle',
      'bundle',
      '--out',
      'out',
    );

    assert.equal(status, 1);
    assert.equal(stdout, '');
    assert.match(stderr, /^private-key-supplied: demo\.json: keys\[0\]: [^\n]+\n$/);
    for (const line of KEYS.privatePem.trim().split('\n')) assert.ok(!stderr.includes(line));
    await assert.rejects(stat(join(folder, 'out')), {code: 'ENOENT'});
  });

  it('reports what is wrong with a record, and how to fix it, in one line', async (context) => {
    const folder = await makeFolder(context);
    await writeFile(join(folder, 'demo.json'), JSON.stringify(demo({origins: ['https://shop.example/pay']})));

    const {status, stderr} = run(folder, 'publish', 'demo.json', '--bundle', 'bundle', '--out', 'out');

    assert.equal(status, 1);
    assert.match(
      stderr,
      /^config-invalid: demo\.json: origins\[0\]: expected an origin such as [^\n]+docs\/[^\n]+\n$/,
    );
  });

  for (const args of [
    [],
    ['publish'],
    ['publish', 'demo.json'],
    ['--out', 'out'],
    ['verify', 'x', '--out', 'y'],
    ['--what'],
    ['publish', 'demo.json', '--out', '--bundle'],
    ['publish', 'demo.json', '--out', 'out', '--origin'],
  ])
    it(`rejects the arguments “${args.join(' ')}” in one line without a stack`, async (context) => {
      const {status, stdout, stderr} = run(await makeFolder(context), ...args);
      assert.equal(status, 1);
      assert.equal(stdout, '');
      assert.match(stderr, /^error: [^\n]+\n$/);
    });

  it('prints its usage with --help', async (context) => {
    const {status, stdout} = run(await makeFolder(context), '--help');
    assert.equal(status, 0);
    assert.match(stdout, /^sealed-fields publish <record\.json>\.\.\. --out <folder>\n/);
  });
});
