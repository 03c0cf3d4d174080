import assert from 'node:assert/strict';
import {copyFile, mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before} from 'node:test';
import type {Page} from 'puppeteer-core';
import {PROTOCOL} from '../../../widget/protocol/names.ts';
import {readyFrame, typeWholeCard} from '../../support/browser.ts';
import {inEngines} from '../../support/engines.ts';
import {ROOT} from '../../support/root.ts';
import {snippet} from '../../support/servers.ts';
import {assertPaid, CARD, payForm, serve} from './merchant-page.ts';
import {buildWithProtocol} from './versions.ts';

/** Protocol numbers of script and frame, and whether they are compatible. */
const PAIRS: readonly [script: number, frame: number, isCompatible: boolean][] = [
  [PROTOCOL, PROTOCOL + 1, true],
  [PROTOCOL + 1, PROTOCOL, true],
  [PROTOCOL, PROTOCOL + 2, false],
  [PROTOCOL + 2, PROTOCOL, false],
];

const RECORD = `<script>
  const codes = [];
  addEventListener('sealed-error', ({detail: {code}}) => codes.push(code));
</script>`;

/** Folders of the built versions, by protocol number. */
const builds = new Map([[PROTOCOL, join(ROOT, 'dist')]]);
before(async () => {
  for (const protocol of [PROTOCOL + 1, PROTOCOL + 2]) {
    const folder = await mkdtemp(join(tmpdir(), 'sealed-fields-protocol-'));
    builds.set(protocol, folder);
    await buildWithProtocol(protocol, folder);
  }
});
after(async () => {
  builds.delete(PROTOCOL);
  for (const folder of builds.values()) await rm(folder, {recursive: true});
});

inEngines('versions', (suite) => {
  /** Publishes both, and opens a page with that script. Its address differs each time, because browsers cache it. */
  const open = async (page: Page, script: number, frame: number) => {
    const {servers} = suite;
    const loader = join(builds.get(script) ?? '', 'loader/sealed-fields.js');
    const edit = (out: string) => copyFile(loader, join(out, 'tree/v1/sealed-fields.js'));
    await servers.publishAnew({bundle: builds.get(frame), edit});
    serve(servers);
    const {html} = snippet(servers, RECORD + payForm());
    servers.pages.set('/', {html: html.replace('.js"', `.js?${script}-${frame}"`)});
    await page.goto(servers.page);
  };

  for (const [script, frame, isCompatible] of PAIRS)
    suite.onPage(
      `a script of protocol ${script} and a frame of protocol ${frame} ${isCompatible ? 'pay' : 'fail with version-mismatch'}`,
      async (page) => {
        await open(page, script, frame);
        if (isCompatible) {
          await typeWholeCard(page, await readyFrame(page, suite.servers), CARD);
          await page.click('button');
          await assertPaid(suite.servers);
        } else {
          await page.waitForFunction('codes.length > 0');
          assert.deepEqual(await page.evaluate('codes'), ['version-mismatch']);
          const view = await page.$('sealed-fields >>> [role=alert]');
          assert.equal(await view?.isVisible(), true);
          await page.click('button');
          assert.equal(suite.servers.received.length, 0);
        }
      },
    );
});
