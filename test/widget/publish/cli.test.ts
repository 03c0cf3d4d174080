import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';
import {demo, filesIn, KEYS, makeFolder} from './fixture.ts';

const CLI = fileURLToPath(new URL('../../../widget/publish/cli.ts', import.meta.url));

/** Runs the command line as a process of its own. */
function run(cwd: string, ...args: string[]) {
  return spawnSync(process.execPath, ['--import', import.meta.resolve('tsx'), CLI, ...args], {
    cwd,
    encoding: 'utf8',
  });
}

describe('sealed-fields publish', () => {
  it('publishes a record and prints what it wrote', async (context) => {
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

  it('refuses a private key in one line that holds nothing of it', async (context) => {
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

  it('says what is wrong with a record, and how to go on, in one line', async (context) => {
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
  ])
    it(`refuses "${args.join(' ')}" in one line without a stack`, async (context) => {
      const {status, stdout, stderr} = run(await makeFolder(context), ...args);
      assert.equal(status, 1);
      assert.equal(stdout, '');
      assert.match(stderr, /^error: [^\n]+\n$/);
    });

  it('explains itself', async (context) => {
    const {status, stdout} = run(await makeFolder(context), '--help');
    assert.equal(status, 0);
    assert.match(stdout, /^sealed-fields publish <record\.json>\.\.\. --out <folder>\n/);
  });
});
