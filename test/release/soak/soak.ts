import assert from 'node:assert/strict';
import type {CDPSession, Frame, Page} from 'puppeteer-core';
import type {Suite} from '../../support/engines.ts';
import {sessionOf} from '../../support/frames.ts';
import {poll} from '../../support/poll.ts';
import {readyFrame, typeInto} from '../../support/browser.ts';
import {snippet, type Servers} from '../../support/servers.ts';
import {COUNT_RESOURCES, ELEMENTS, resourcesOf, untilIdle} from './resources.ts';
import {FORM, type Life, live, type Sample} from './life.ts';
import {type Memory, memoryOf} from './memory.ts';

/** Growth after garbage collection that is not yet a leak, as a share of the value before. */
const MAX_GROWTH = 0.1;

/** Seals for each round before the measurement, in which the encryption code is loaded and compiled. */
const WARM_SEALS = 50;

/**
 * Chromium keeps the last thousand edits for undo, with the text nodes that they replaced. Until there are as many,
 * every key adds to the heap.
 */
const UNDO_STEPS = 1000;

const SEALED = [
  'encrypted_number',
  'encrypted_expiration_month',
  'encrypted_expiration_year',
  'encrypted_csc',
];

/** A process of Chromium, and what it kept before the measurement. */
interface Process {
  place: string;
  session: CDPSession;
  before: Memory;
}

/** Registers a test: after this life, page and frame keep no more resources than before. */
export function registerLife(suite: Suite, life: Life, timeout: number): void {
  const {engine} = suite;
  const isChromium = engine === 'chromium';
  const what = isChromium ? '' : ' (but not the heap, which its driver does not measure)';
  const {rounds, seals} = life;
  const name = `keep no memory and no listeners after ${rounds * seals} seals and ${rounds * ELEMENTS} elements${what}`;
  suite.onPage(
    name,
    async (page) => {
      const frame = await open(page, suite.servers);
      if (isChromium) await typeInto(page, frame, 'cardNumber', '4'.repeat(UNDO_STEPS));
      await live(page, frame, {...life, seals: WARM_SEALS});
      await untilIdle(page);
      const resources = async () => ({page: await resourcesOf(page), frame: await resourcesOf(frame)});
      const before = await resources();
      const processes = isChromium ? await processesOf(page, frame) : [];
      const began = Date.now();
      assertDecrypted(suite.servers, await live(page, frame, life));
      log(`${engine}: ${Math.round((Date.now() - began) / 1000)} s, seed ${life.seed}`);
      await poll(resources, before);
      for (const process of processes) await assertNoLeak(process);
    },
    timeout,
  );
}

async function open(page: Page, servers: Servers): Promise<Frame> {
  servers.pages.set('/soak', snippet(servers, FORM));
  await page.evaluateOnNewDocument(COUNT_RESOURCES);
  await page.goto(`${servers.page}/soak`);
  return readyFrame(page, servers);
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

async function assertNoLeak({place, session, before}: Process): Promise<void> {
  const after = await memoryOf(session);
  log(`${place}: ${JSON.stringify(before)} before, ${JSON.stringify(after)} after`);
  const {documents, listeners} = after;
  assert.deepEqual({documents, listeners}, {documents: before.documents, listeners: before.listeners}, place);
  for (const what of ['heap', 'nodes'] as const) {
    const growth = after[what] / before[what] - 1;
    assert.ok(growth < MAX_GROWTH, `${place}: ${what} grew by ${(100 * growth).toFixed(1)} %`);
  }
}

/** The submitted values decrypt, with OpenSSL, to the entered ones. */
function assertDecrypted(servers: Servers, samples: readonly Sample[]): void {
  for (const {card, values} of samples) {
    const [month, year = ''] = card.expiry.split('/');
    assert.deepEqual(servers.open(SEALED.map((name) => values[name] ?? '')), [
      card.cardNumber,
      month,
      `20${year}`,
      card.securityCode,
    ]);
  }
  const ids = samples.map(({values}) => values['sealed_id']);
  assert.equal(new Set(ids).size, samples.length);
}

function log(line: string): void {
  process.stdout.write(`${line}\n`);
}
