import assert from 'node:assert/strict';
import {copyFile, mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before} from 'node:test';
import type {Page} from 'puppeteer-core';
import {PROTOCOL} from '../../widget/protocol/names.ts';
import {ROOT} from '../files.ts';
import {buildMutant} from '../security/mutant.ts';
import {inEngines} from '../e2e/scene.ts';
import {readyFrame, typeWholeCard} from '../e2e/shopper.ts';
import {snippet} from '../e2e/stage.ts';
import {CARD, payForm, serve} from './shop.ts';

/** Builds of versions that will be: each is this one but for the number of its protocol. */
const LATER = [PROTOCOL + 1, PROTOCOL + 2];

/** Which script meets which frame, and whether they understand each other. */
const MEETINGS: readonly [script: number, frame: number, isUnderstood: boolean][] = [
  [PROTOCOL, PROTOCOL + 1, true],
  [PROTOCOL + 1, PROTOCOL, true],
  [PROTOCOL, PROTOCOL + 2, false],
  [PROTOCOL + 2, PROTOCOL, false],
];

const builds = new Map<number, string>();
before(async () => {
  for (const protocol of LATER) {
    const folder = await mkdtemp(join(tmpdir(), 'sealed-fields-protocol-'));
    builds.set(protocol, folder);
    await buildMutant(
      [
        {
          file: 'widget/protocol/names.ts',
          from: `export const PROTOCOL = ${PROTOCOL};`,
          to: `export const PROTOCOL = ${protocol};`,
        },
      ],
      folder,
    );
  }
});
after(async () => {
  for (const folder of builds.values()) await rm(folder, {recursive: true});
});

inEngines({}, (scene) => {
  for (const [script, frame, isUnderstood] of MEETINGS)
    scene.onPage(
      `F10 a script of protocol ${script} and a frame of protocol ${frame} ${isUnderstood ? 'pay' : 'say that they differ'}`,
      async (page) => {
        const {stage} = scene;
        const loader = join(builds.get(script) ?? join(ROOT, 'dist'), 'loader/sealed-fields.js');
        const edit = (out: string) => copyFile(loader, join(out, 'tree/v1/sealed-fields.js'));
        await stage.publishAnew({bundle: builds.get(frame), edit});
        await open(page, `${script}-${frame}`);
        if (isUnderstood) await pay(page);
        else await isRefused(page);
      },
    );

  /** @param version makes the script's address another one, for the browser keeps that for minutes. */
  const open = async (page: Page, version: string) => {
    const watch = `<script>
      const codes = [];
      addEventListener('sealed-error', ({detail: {code}}) => codes.push(code));
    </script>`;
    serve(scene.stage);
    const {html} = snippet(scene.stage, watch + payForm());
    scene.stage.pages.set('/', {html: html.replace('.js"', `.js?${version}"`)});
    await page.goto(scene.stage.page);
  };

  const pay = async (page: Page) => {
    await typeWholeCard(page, await readyFrame(page, scene.stage), CARD);
    await page.click('button');
    const {form} = await scene.stage.nextReceived();
    assert.deepEqual(scene.stage.open([form['encrypted_number'] ?? '']), [CARD.cardNumber]);
  };

  const isRefused = async (page: Page) => {
    await page.waitForFunction('codes.length > 0');
    assert.deepEqual(await page.evaluate('codes'), ['version-mismatch']);
    const view = await page.$('sealed-fields >>> [role=alert]');
    assert.equal(await view?.isVisible(), true);
    await page.click('button');
    assert.equal(scene.stage.received.length, 0);
  };
});
