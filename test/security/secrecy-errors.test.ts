import assert from 'node:assert/strict';
import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {Frame, Page} from 'puppeteer-core';
import {KEY_FOLDER} from '../../demo/gateway/keys.ts';
import type {ErrorCode} from '../../widget/protocol/errors.ts';
import {settle} from '../e2e/settle.ts';
import {readyFrame, typeCard, typeWholeCard} from '../e2e/shopper.ts';
import {snippet} from '../e2e/stage.ts';
import {openByHand, sealByHand} from './by-hand.ts';
import {assertNoCanary, CANARY} from './canary.ts';
import {record, type Recorder} from './recorder.ts';
import {inEngines} from './suite.ts';

/** In every document: what goes wrong in it and what it writes, as text. */
const NOISE = `{
  const texts = [];
  const textOf = (value) => value instanceof Error ? [value.stack, value.message, textOf(value.cause)].join(' ') : String(value);
  window.noise = texts;
  addEventListener('error', ({message, error}) => texts.push(message + textOf(error)));
  addEventListener('unhandledrejection', ({reason}) => texts.push(textOf(reason)));
  for (const method of ['debug', 'log', 'info', 'warn', 'error']) {
    const write = console[method];
    console[method] = (...values) => { texts.push(values.map(textOf).join(' ')); write(...values); };
  }
}`;

/** Asks for a seal and writes what comes of it where the recorder looks. */
const SEAL = `void document.querySelector('sealed-fields').seal().then(
  (result) => console.info('came to', result),
  (error) => console.info('came to', error),
)`;

const SILENCE = 'MessagePort.prototype.postMessage = () => undefined';

/** Ways to break the frame in which a whole card stands, and the code that a seal then comes to. */
const FAULTS: Record<string, {break: string; code: ErrorCode}> = {
  'no random numbers': {
    break: `Object.defineProperty(window, 'crypto', {value: undefined})`,
    code: 'no-secure-random',
  },
  'random numbers that throw': {
    break: `crypto.getRandomValues = () => { throw new Error(document.querySelector('input').value); }`,
    code: 'no-secure-random',
  },
  'a key that runs out while the page is open': {
    break: `Date = class extends Date { constructor(...given) { super(...(given.length ? given : ['2031-06-01'])); } }`,
    code: 'key-expired',
  },
  'a cipher that throws what it was given': {
    break: `{
      const {test} = RegExp.prototype;
      RegExp.prototype.test = function (text) {
        if (this.source === '^[0-9]{12,19}$') throw new Error('refused ' + text, {cause: text});
        return test.call(this, text);
      };
    }`,
    code: 'seal-failed',
  },
  'a frame that no longer answers': {
    break: SILENCE,
    code: 'frame-lost',
  },
};

const key = {kid: 'stage', file: join(KEY_FOLDER, 'public.pem'), notAfter: '2031-01-01T00:00:00Z'};

inEngines({record: {keys: [key]}}, (scene) => {
  const open = async (page: Page, script = ''): Promise<[Frame, Recorder]> => {
    const recorder = await record(page, scene.stage, scene.engine);
    await page.evaluateOnNewDocument(NOISE);
    const form =
      '<form method="post" onsubmit="return false"><sealed-fields></sealed-fields><button>Pay</button></form>';
    scene.stage.pages.set('/errors', snippet(scene.stage, `<script>${script}</script>${form}`));
    await page.goto(`${scene.stage.page}/errors`);
    return [await readyFrame(page, scene.stage), recorder];
  };
  const noiseOf = async (frame: Frame) => {
    try {
      return (await frame.evaluate('noise.join()')) as string;
    } catch {
      return ''; // it is gone
    }
  };

  /** Waits until the page has heard what it came to; all that it and the frame have heard holds no digit that was typed. */
  const assertHeard = async (recorder: Recorder, what: RegExp, frame: Frame) => {
    const outcome = () => recorder.all().find(({text}) => text.startsWith('came to {'))?.text;
    await settle(async () => {
      await recorder.look('then');
      return outcome() !== undefined;
    }, true);
    for (const {where, text} of recorder.all()) assertNoCanary(text, where);
    assertNoCanary(await noiseOf(frame), 'the frame’s console');
    assert.match(outcome() ?? '', what);
  };

  for (const [what, fault] of Object.entries(FAULTS))
    scene.prove('L04', what, async (page) => {
      const [frame, recorder] = await open(page);
      await typeWholeCard(page, frame, CANARY.card);
      await frame.evaluate(`${fault.break}; 'broken'`);
      await page.evaluate(SEAL);
      await assertHeard(recorder, fixedTexts(fault.code), frame);
      assert.equal(await noiseOf(frame), '');
    });

  scene.prove('L04', 'an element that goes while it seals', async (page) => {
    const [frame, recorder] = await open(page);
    await typeWholeCard(page, frame, CANARY.card);
    await frame.evaluate(SILENCE);
    await page.evaluate(`${SEAL}; setTimeout(() => document.querySelector('sealed-fields').remove());`);
    await assertHeard(recorder, /"code":"aborted"/, frame);
  });

  scene.prove('L04', 'names that clash', async (page) => {
    const [frame, recorder] = await open(page);
    await typeWholeCard(page, frame, CANARY.card);
    await page.evaluate(`addEventListener('sealed-error', ({detail}) => console.info('came to', detail));
      document.querySelector('sealed-fields').dataset.names = '{"cardNumber": "encrypted_csc"}';`);
    await assertHeard(recorder, /"code":"config-invalid"/, frame);
  });

  scene.prove('L04', 'a listener of the page’s that throws at every event', async (page) => {
    const [frame, recorder] = await open(
      page,
      `for (const type of ['ready', 'change', 'submit'])
        addEventListener('sealed-' + type, ({detail}) => { throw new Error(type, {cause: detail}); });`,
    );
    await typeCard(page, frame, CANARY.card);
    await page.keyboard.press('Enter');
    await page.evaluate(SEAL);
    await assertHeard(recorder, /"ok":true/, frame);
    assert.ok(recorder.all().some(({where}) => where === 'error'));
    assert.equal(await noiseOf(frame), '');
  });

  scene.prove('L04', 'a text of a megabyte', async (page) => {
    const [frame, recorder] = await open(page);
    await frame.evaluate(`for (const input of document.querySelectorAll('input')) {
      input.value = '${CANARY.card.cardNumber} '.repeat(65_536);
      input.dispatchEvent(new InputEvent('input', {bubbles: true}));
      input.dispatchEvent(new Event('change', {bubbles: true}));
    }`);
    await page.evaluate(SEAL);
    await assertHeard(recorder, /"ok":false/, frame);
    assert.equal(await noiseOf(frame), '');
  });
});

/** An error that says what became of the frame, its code and nothing else. */
function fixedTexts(code: ErrorCode): RegExp {
  const words = `"message":"The frame for cardNumber, expiry, securityCode of http:[^" ]* (reports ${code}|does not answer)\\."`;
  return new RegExp(`"code":"${code}","hint":"[^"0-9]*","docs":"docs/errors.md#${code}",${words}`);
}

/** Takes the place of the key where it was published. */
async function breakKey(out: string): Promise<void> {
  const path = join(out, 'tree/v1/m/demo/index.html');
  const html = await readFile(path, 'utf8');
  await writeFile(path, html.replace(/-----BEGIN.{40}/, '-----BEGIN PUBLIC KEY-----'));
}

inEngines({edit: breakKey}, (scene) => {
  scene.prove('L04', 'a key that is none, and a page that has a card typed all the same', async (page) => {
    await page.evaluateOnNewDocument(NOISE);
    const frame = await openByHand(page, scene.stage);
    await typeCard(page, frame, CANARY.card);
    const {event, payload} = await sealByHand(page, 1);
    assert.deepEqual({event, payload}, {event: 'failed', payload: {request: 1, code: 'key-invalid'}});
    for (const script of ['JSON.stringify([heard, told, broken])', 'noise.join()', 'location.href'])
      assertNoCanary((await page.evaluate(script)) as string, script);
    assert.equal(await frame.evaluate('noise.join()'), '');
  });
});
