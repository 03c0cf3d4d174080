import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {readFile, rm, stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import packageJson from '../../../package.json' with {type: 'json'};
import type {HeaderRule} from '../../../widget/publish/headers.ts';
import {integrityOf} from '../../../widget/publish/inventory.ts';
import {type Manifest, publish} from '../../../widget/publish/publish.ts';
import {demo, filesIn, KEYS, makeFolder, TEMPLATE} from './fixture.ts';

const {version} = packageJson;

/** The records as if they had been read from files in `folder`. */
const sources = (folder: string, ...records: object[]) =>
  records.map((data, index) => ({path: join(folder, `record-${index}.json`), data}));

async function publishInto(folder: string, ...records: object[]) {
  const out = join(folder, 'out');
  return publish({records: sources(folder, ...records), bundle: join(folder, 'bundle'), out});
}

describe('publish', () => {
  it('writes assets first, then headers, documents and the loader, and the manifest last', async (context) => {
    const folder = await makeFolder(context);
    const written = await publishInto(folder, demo(), demo({id: 'other'}));

    assert.deepEqual(written, [
      'tree/v1/assets/index-1a2b3c4d.js',
      'tree/v1/assets/jwe-7a8b9c0d.js',
      'tree/v1/assets/seal-4d5e6f7a.js',
      'tree/v1/licenses.md',
      `tree/${version}/sealed-fields.js`,
      'headers.json',
      'tree/v1/errors/index.html',
      'tree/v1/m/demo/index.html',
      'tree/v1/m/other/index.html',
      'tree/v1/sealed-fields.js',
      'manifest.json',
    ]);
    assert.deepEqual([...(await filesIn(join(folder, 'out'))).keys()].sort(), written.toSorted());
  });

  it('writes the record of each merchant into its document', async (context) => {
    const folder = await makeFolder(context);
    await publishInto(folder, demo(), demo({id: 'other', origins: []}));
    const files = await filesIn(join(folder, 'out/tree/v1/m'));
    assert.match(files.get('demo/index.html') ?? '', /"id":"demo","origins":\["https:\/\/shop\.example"/);
    assert.match(files.get('other/index.html') ?? '', /"id":"other","origins":\[\]/);
    const [line = ''] = KEYS.publicPem.split('\n').slice(1);
    assert.ok(files.get('demo/index.html')?.includes(line));
  });

  it('writes a header rule with a content type for every file in the tree', async (context) => {
    const folder = await makeFolder(context);
    await publishInto(folder, demo());
    const files = await filesIn(join(folder, 'out'));
    const {rules} = JSON.parse(files.get('headers.json') ?? '') as {rules: HeaderRule[]};
    const types = Object.fromEntries(
      [...files.keys()]
        .filter((path) => path.startsWith('tree/'))
        .map((path) => path.slice('tree'.length))
        .map((path) => [path, typeOf(path, rules)]),
    );
    assert.deepEqual(types, {
      '/v1/assets/index-1a2b3c4d.js': 'text/javascript; charset=utf-8',
      '/v1/assets/jwe-7a8b9c0d.js': 'text/javascript; charset=utf-8',
      '/v1/assets/seal-4d5e6f7a.js': 'text/javascript; charset=utf-8',
      '/v1/errors/index.html': 'text/html; charset=utf-8',
      '/v1/licenses.md': 'text/plain; charset=utf-8',
      '/v1/m/demo/index.html': 'text/html; charset=utf-8',
      '/v1/sealed-fields.js': 'text/javascript; charset=utf-8',
      [`/${version}/sealed-fields.js`]: 'text/javascript; charset=utf-8',
    });
  });

  it('lists every script with the integrity that OpenSSL computes', async (context) => {
    const folder = await makeFolder(context);
    await publishInto(folder, demo());
    const tree = join(folder, 'out/tree');
    const manifest = JSON.parse(await readFile(join(folder, 'out/manifest.json'), 'utf8')) as Manifest;

    assert.equal(manifest.version, version);
    assert.deepEqual(Object.keys(manifest.assets).sort(), [
      `/${version}/sealed-fields.js`,
      '/v1/assets/index-1a2b3c4d.js',
      '/v1/assets/jwe-7a8b9c0d.js',
      '/v1/assets/seal-4d5e6f7a.js',
      '/v1/sealed-fields.js',
    ]);
    for (const [path, {integrity, bytes}] of Object.entries(manifest.assets)) {
      const digest = execFileSync('openssl', ['dgst', '-sha384', '-binary', join(tree, path)]);
      assert.equal(integrity, `sha384-${digest.toString('base64')}`);
      assert.equal(bytes, (await stat(join(tree, path))).size);
    }
  });

  it('writes the origin of the widget host into the script, in both places', async (context) => {
    const folder = await makeFolder(context);
    const [out, bundle] = [join(folder, 'out'), join(folder, 'bundle')];
    await publish({records: sources(folder, demo()), bundle, origin: 'https://pay.example', out});
    const files = await filesIn(out);
    const {assets} = JSON.parse(files.get('manifest.json') ?? '') as Manifest;
    for (const path of [`/${version}/sealed-fields.js`, '/v1/sealed-fields.js']) {
      const script = files.get(`tree${path}`) ?? '';
      assert.equal(script, 'void "https://pay.example";\n');
      assert.equal(assets[path]?.integrity, integrityOf('sha384', script));
    }
  });

  it('rejects an origin with a path, and writes nothing', async (context) => {
    const folder = await makeFolder(context);
    const [out, bundle] = [join(folder, 'out'), join(folder, 'bundle')];
    const publication = {records: sources(folder, demo()), bundle, out};
    await assert.rejects(publish({...publication, origin: 'https://pay.example/v1'}), {
      message: /^origin: expected an origin such as/,
    });
    await assert.rejects(stat(out), {code: 'ENOENT'});
  });

  it('lists the purpose of every script, and rejects a script without one', async (context) => {
    const folder = await makeFolder(context);
    await writeFile(join(folder, 'bundle/widget/assets/pt-br-DK-MQgfp.js'), 'export {};\n');
    await publishInto(folder, demo());
    const {assets} = JSON.parse(await readFile(join(folder, 'out/manifest.json'), 'utf8')) as Manifest;
    for (const {purpose} of Object.values(assets)) assert.match(purpose, /^[A-Z].{30,}\.$/);
    assert.match(assets['/v1/assets/pt-br-DK-MQgfp.js']?.purpose ?? '', /Brazilian Portuguese/);

    await writeFile(join(folder, 'bundle/widget/assets/tracker-1a2b3c4d.js'), 'export {};\n');
    const publication = publish({
      records: sources(folder, demo()),
      bundle: join(folder, 'bundle'),
      out: join(folder, 'other'),
    });
    await assert.rejects(publication, {
      code: 'config-invalid',
      message: /tracker-1a2b3c4d\.js: expected a script with a purpose, found none for “tracker”/,
    });
    await assert.rejects(stat(join(folder, 'other')), {code: 'ENOENT'});
  });

  it('writes nothing if one of the records is rejected', async (context) => {
    const folder = await makeFolder(context);
    await assert.rejects(publishInto(folder, demo(), demo({id: 'other', expiry: 'shown'})), {
      code: 'config-invalid',
      message: /record-1\.json: expiry: expected one of sealed, plain/,
    });
    await assert.rejects(stat(join(folder, 'out')), {code: 'ENOENT'});
  });

  it('rejects two records with the same id', async (context) => {
    const folder = await makeFolder(context);
    await assert.rejects(publishInto(folder, demo(), demo()), {
      code: 'config-invalid',
      message: /record-1\.json: id: expected a different id in each record, found demo twice/,
      hint: /Change the id/,
    });
    await assert.rejects(stat(join(folder, 'out')), {code: 'ENOENT'});
  });

  it('keeps the files of earlier publications, and writes headers for them', async (context) => {
    const folder = await makeFolder(context);
    await publishInto(folder, demo());
    const oldLoader = join(folder, 'out/tree/0.0.1/sealed-fields.js');
    execFileSync('cp', ['-r', join(folder, `out/tree/${version}`), join(folder, 'out/tree/0.0.1')]);
    await rm(join(folder, 'bundle/widget/assets/index-1a2b3c4d.js'));
    await writeFile(join(folder, 'bundle/widget/assets/index-77777777.js'), 'export {};\n');
    await writeFile(join(folder, 'bundle/widget/index.html'), TEMPLATE.replace('1a2b3c4d', '77777777'));

    await publishInto(folder, demo());

    const files = await filesIn(join(folder, 'out'));
    const {rules} = JSON.parse(files.get('headers.json') ?? '') as {rules: HeaderRule[]};
    assert.ok(files.has('tree/v1/assets/index-1a2b3c4d.js'));
    assert.ok(files.has('tree/v1/assets/index-77777777.js'));
    assert.ok((await stat(oldLoader)).isFile());
    assert.equal(typeOf('/0.0.1/sealed-fields.js', rules), 'text/javascript; charset=utf-8');
  });

  it('writes nothing if the folder contains a merchant without a record', async (context) => {
    const folder = await makeFolder(context);
    await publishInto(folder, demo(), demo({id: 'other'}));
    const before = await filesIn(join(folder, 'out'));
    await assert.rejects(publishInto(folder, demo({origins: []})), {
      code: 'config-invalid',
      message: /expected a record for each merchant in this folder, found none for other/,
      hint: /records of all merchants/,
    });
    assert.deepEqual(await filesIn(join(folder, 'out')), before);
  });

  it('forbids every page to embed a removed merchant', async (context) => {
    const folder = await makeFolder(context);
    await publishInto(folder, demo(), demo({id: 'gone'}));
    await rm(join(folder, 'out/tree/v1/m/gone'), {recursive: true});
    await publishInto(folder, demo());
    const headers = await readFile(join(folder, 'out/headers.json'), 'utf8');
    const {rules} = JSON.parse(headers) as {rules: HeaderRule[]};
    const rule = ruleFor('/v1/m/gone/index.html', rules);
    assert.match(rule?.headers['Content-Security-Policy'] ?? '', /frame-ancestors 'none'/);
  });

  it('replaces a document by a rename, not in place', async (context) => {
    const folder = await makeFolder(context);
    const path = join(folder, 'out/tree/v1/m/demo/index.html');
    await publishInto(folder, demo());
    const before = await stat(path);
    await publishInto(folder, demo({origins: []}));
    assert.notEqual((await stat(path)).ino, before.ino);
  });

  it('rejects an incomplete build with a hint to run the build', async (context) => {
    const folder = await makeFolder(context);
    await rm(join(folder, 'bundle/loader'), {recursive: true});
    await assert.rejects(publishInto(folder, demo()), {
      code: 'config-invalid',
      message: /bundle: expected a complete build, found files missing/,
      hint: /^Run npm run build/,
    });
  });
});

function ruleFor(path: string, rules: readonly HeaderRule[]): HeaderRule | undefined {
  return rules.find((rule) =>
    rule.path.endsWith('*') ? path.startsWith(rule.path.slice(0, -1)) : path === rule.path,
  );
}

function typeOf(path: string, rules: readonly HeaderRule[]): string | undefined {
  return ruleFor(path, rules)?.headers['Content-Type'];
}
