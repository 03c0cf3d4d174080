import assert from 'node:assert/strict';
import type {CDPSession, Frame, Page} from 'puppeteer-core';
import type {Scene} from '../e2e/scene.ts';
import {settle} from '../e2e/settle.ts';
import {readyFrame, typeInto} from '../e2e/shopper.ts';
import {snippet, type Stage} from '../e2e/stage.ts';
import {COUNT, heldBy, MOUNTS, rest} from './held.ts';
import {FORM, type Life, live, type Sample} from './life.ts';
import {type Memory, memoryOf, sessionOf} from './memory.ts';

/** Of the heap as it was: more, once garbage was collected, is a leak. */
const GROWTH = 0.1;

/** Of a round of what comes before: ciphers are loaded, code is compiled. Mounts take longer to be as fast as they get. */
const WARM_SEALS = 50;

/**
 * Chromium keeps the last thousand edits, to undo them, and with them the text nodes that they replaced. Until it has
 * as many, a frame grows by every key.
 */
const UNDONE = 1000;

const SEALED = [
  'encrypted_number',
  'encrypted_expiration_month',
  'encrypted_expiration_year',
  'encrypted_csc',
];

/** A process of Chromium's, and what it held before. */
interface Process {
  place: string;
  session: CDPSession;
  before: Memory;
}

/** Registers a test: such a life leaves the page, and the frame that it had all along, as they were. */
export function registerLife(scene: Scene, life: Life, timeout: number): void {
  const {engine} = scene;
  const isChromium = engine === 'chromium';
  const why = isChromium ? 'heap and all' : 'but for the heap, of which its driver does not tell';
  const {rounds, seals} = life;
  const name = `${rounds * seals} seals and ${rounds * MOUNTS} mounts leave page and frame as they were, ${why}`;
  scene.onPage(
    name,
    async (page) => {
      const frame = await open(page, scene.stage);
      if (isChromium) await typeInto(page, frame, 'cardNumber', '4'.repeat(UNDONE));
      await live(page, frame, {...life, seals: WARM_SEALS});
      await rest(page);
      const held = async () => ({page: await heldBy(page), frame: await heldBy(frame)});
      const before = await held();
      const processes = isChromium ? await processesOf(page, frame) : [];
      const began = Date.now();
      assertOpen(scene.stage, await live(page, frame, life));
      say(`${engine}: ${Math.round((Date.now() - began) / 1000)} s, seed ${life.seed}`);
      await settle(held, before);
      for (const process of processes) await assertFlat(process);
    },
    timeout,
  );
}

async function open(page: Page, stage: Stage): Promise<Frame> {
  stage.pages.set('/soak', snippet(stage, FORM));
  await page.evaluateOnNewDocument(COUNT);
  await page.goto(`${stage.page}/soak`);
  return readyFrame(page, stage);
}

async function processesOf(page: Page, frame: Frame): Promise<Process[]> {
  const sessions = {page: await page.createCDPSession(), frame: sessionOf(frame)};
  const measured = Object.entries(sessions).map(async ([place, session]) => ({
    place,
    session,
    before: await memoryOf(session),
  }));
  return Promise.all(measured);
}

async function assertFlat({place, session, before}: Process): Promise<void> {
  const after = await memoryOf(session);
  say(`${place}: ${JSON.stringify(before)} before, ${JSON.stringify(after)} after`);
  const {documents, listeners} = after;
  assert.deepEqual({documents, listeners}, {documents: before.documents, listeners: before.listeners}, place);
  for (const what of ['heap', 'nodes'] as const) {
    const grown = after[what] / before[what] - 1;
    assert.ok(grown < GROWTH, `${place}: ${what} grew by ${(100 * grown).toFixed(1)} %`);
  }
}

/** Opens by OpenSSL what was sent, and finds what was typed. */
function assertOpen(stage: Stage, samples: readonly Sample[]): void {
  for (const {card, values} of samples) {
    const [month, year = ''] = card.expiry.split('/');
    assert.deepEqual(stage.open(SEALED.map((name) => values[name] ?? '')), [
      card.cardNumber,
      month,
      `20${year}`,
      card.securityCode,
    ]);
  }
  const ids = samples.map(({values}) => values['sealed_id']);
  assert.equal(new Set(ids).size, samples.length);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
