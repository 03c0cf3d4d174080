import assert from 'node:assert/strict';
import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {Page} from 'puppeteer-core';
import {SealedFieldsError} from '../../widget/protocol/errors.ts';
import {completeRecord} from '../../widget/publish/source.ts';
import {stamp} from '../../widget/publish/stamp.ts';
import {parseRecord} from '../../widget/record.ts';
import {typeInto} from '../e2e/shopper.ts';
import {snippet} from '../e2e/stage.ts';
import {open} from '../openssl.ts';
import {shownIn} from './attacker.ts';
import {heardBy, openByHand, sealByHand} from './by-hand.ts';
import type {Id} from './cases.ts';
import {type Key, KEYS, SECRET} from './keys.ts';
import {inEngines, type Scene} from './suite.ts';
import {NOISE, noiseOf} from './witness.ts';

const merchantOf = (key: Key) => `key-${KEYS.indexOf(key)}`;
const keysOf = (id: Id) => KEYS.filter((key) => key.id === id);

/** Stamps each key into a document of its own, past publication, which would refuse it. */
async function stampKeys(out: string): Promise<void> {
  const demo = await readFile(join(out, 'tree/v1/m/demo/index.html'), 'utf8');
  const [template, json = ''] = [
    demo.replace(/(id="record">).*?(<\/script>)/, '$1$2'),
    /id="record">(.*?)<\/script>/.exec(demo)?.[1],
  ];
  const record = parseRecord(JSON.parse(json));
  for (const key of KEYS) {
    const id = merchantOf(key);
    await mkdir(join(out, 'tree/v1/m', id));
    const html = stamp(template, {...record, id, keys: [{kid: 'given', ...key.entry}]});
    await writeFile(join(out, 'tree/v1/m', id, 'index.html'), html);
  }
  const headers = await readFile(join(out, 'headers.json'), 'utf8');
  await writeFile(join(out, 'headers.json'), headers.replace('/v1/m/demo/*', '/v1/m/*'));
}

/** The codes that seals of these merchants' elements end in, by what is wrong with the keys; and all that was told. */
interface Ends {
  codes: Record<string, string>;
  told: string;
}

/** The kind of an account is chosen from the start: such an element could be sealed at once. */
async function endsOf(page: Page, {stage}: Scene, keys: readonly Key[]): Promise<Ends> {
  const elements = keys.map(
    (key) => `<sealed-fields data-merchant="${merchantOf(key)}" data-fields="accountType"></sealed-fields>`,
  );
  stage.pages.set('/keys', snippet(stage, elements.join('')));
  await page.evaluateOnNewDocument(`${NOISE} if (window === top) {
    Object.assign(window, {ends: [], told: []});
    window.tell = (error) => told.push(JSON.stringify(error), error.message, error.stack, error.hint);
    addEventListener('sealed-error', ({detail}) => { ends.push(detail.code); tell(detail); });
  }`);
  await page.goto(`${stage.page}/keys`);
  await page.waitForFunction(`customElements.get('sealed-fields')`);
  const codes =
    (await page.evaluate(`Promise.all(Array.from(document.querySelectorAll('sealed-fields'), (element) =>
    element.seal().then(() => 'sealed', (error) => { tell(error); return error.code; })))`)) as string[];
  await page.waitForFunction(`ends.length === ${keys.length}`); // each has said at once that its key is none
  assert.deepEqual(((await page.evaluate('ends')) as string[]).sort(), [...codes].sort());
  const told = [
    await page.evaluate('told'),
    await noiseOf(page.mainFrame()),
    await page.content(),
    stage.log,
  ];
  return {
    codes: Object.fromEntries(keys.map(({what}, index) => [what, codes[index] ?? ''])),
    told: JSON.stringify(told),
  };
}

async function publicationOf({entry}: Key): Promise<{code: string; told: string}> {
  const data = {id: 'demo', origins: [], expiry: 'sealed', keys: [{kid: 'given', ...entry}]};
  try {
    await completeRecord({path: 'demo.json', data}, new Date());
    return {code: 'taken', told: ''};
  } catch (error) {
    assert.ok(error instanceof SealedFieldsError);
    return {code: error.code, told: `${String(error)}${error.stack ?? ''}${error.hint}`};
  }
}

inEngines({edit: stampKeys}, (scene) => {
  for (const id of ['K04', 'K07', 'K08', 'K10', 'K11'] as const)
    scene.prove(id, 'in a document stamped past publication, and at publication', async (page) => {
      const keys = keysOf(id);
      const {codes, told} = await endsOf(page, scene, keys);
      assert.deepEqual(codes, Object.fromEntries(keys.map(({what, frame}) => [what, frame])));
      const published = await Promise.all(keys.map(publicationOf));
      assert.deepEqual(
        published.map(({code}) => code),
        keys.map(({publication}) => publication),
      );
      const all = told + published.map((each) => each.told).join();
      for (const line of SECRET.split('\n').slice(1, -2)) assert.ok(!all.includes(line.slice(0, 16)));
    });

  for (const key of keysOf('K04').filter(({what}) => /^(512|1024|16384) bits|^e = [13]$|even/.test(what)))
    scene.prove('K04', `${key.what}: a page that asks all the same gets no ciphertext`, async (page) => {
      const frame = await openByHand(page, scene.stage, {
        path: `/v1/m/${merchantOf(key)}/`,
        fields: 'securityCode',
      });
      await typeInto(page, frame, 'securityCode', '999');
      const {event, payload} = await sealByHand(page, 1);
      assert.deepEqual([event, payload], ['failed', {request: 1, code: 'key-invalid'}]);
      assert.ok((await heardBy(page)).every((said) => said.event !== 'sealed'));
    });

  scene.prove('K06', 'the table, in documents stamped past publication and at publication', async (page) => {
    const {stage} = scene;
    const keys = keysOf('K06');
    const refused = keys.filter(({frame}) => frame === 'key-invalid');
    const {codes} = await endsOf(page, scene, refused);
    assert.deepEqual(codes, Object.fromEntries(refused.map(({what, frame}) => [what, frame])));
    for (const key of keys) assert.equal((await publicationOf(key)).code, key.publication, key.what);
    for (const key of keys.filter(({frame}) => frame === 'no fields')) {
      stage.pages.set(
        '/none',
        snippet(stage, `<sealed-fields data-merchant="${merchantOf(key)}"></sealed-fields>`),
      );
      await page.goto(`${stage.page}/none`);
      const [, frame] = page.frames();
      assert.ok(frame);
      assert.equal(await shownIn(frame), 'neutral', key.what);
    }
    for (const key of keys.filter(({frame}) => frame === 'taken')) {
      const frame = await openByHand(page, stage, {
        path: `/v1/m/${merchantOf(key)}/`,
        fields: 'securityCode',
      });
      await typeInto(page, frame, 'securityCode', '999');
      const {payload} = await sealByHand(page, 1);
      const {values} = payload['envelope'] as {values: Record<string, string>};
      assert.deepEqual(open(Object.values(values), SECRET), ['999'], key.what);
    }
  });
});
