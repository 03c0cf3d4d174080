import assert from 'node:assert/strict';
import {typeInto} from '../e2e/shopper.ts';
import {snippet} from '../e2e/stage.ts';
import {heardBy, openByHand, sealByHand} from './by-hand.ts';
import {inEngines} from './suite.ts';

/** What stands in for the browser’s generator in the frame; the page around it keeps its own. */
const BROKEN: Readonly<Record<string, string>> = {
  'no `crypto`': `Object.defineProperty(window, 'crypto', {value: undefined});`,
  'no `getRandomValues`': `Object.defineProperty(Crypto.prototype, 'getRandomValues', {value: undefined});`,
  'one that throws': `Crypto.prototype.getRandomValues = () => { throw new DOMException('no', 'OperationError'); };`,
  'one that gives zeros': `Crypto.prototype.getRandomValues = (bytes) => bytes.fill(0);`,
  'one that gives nothing': `Crypto.prototype.getRandomValues = (bytes) => bytes;`,
  'one that repeats a byte': `Crypto.prototype.getRandomValues = (bytes) => bytes.fill(0xa5);`,
};

/** A frame of each profile. */
const PATHS = ['/v1/m/demo/', '/v1/m/jwe/'];

inEngines({merchants: {jwe: {profile: 'jwe'}}}, (scene) => {
  for (const [what, script] of Object.entries(BROKEN)) {
    scene.prove('K15', `${what}: the page is told`, async (page) => {
      const {stage} = scene;
      await page.evaluateOnNewDocument(`if (window !== top) { ${script} } else {
        window.codes = [];
        addEventListener('sealed-error', ({detail}) => codes.push(detail.code));
      }`);
      stage.pages.set('/shop', snippet(stage, '<sealed-fields data-fields="securityCode"></sealed-fields>'));
      await page.goto(`${stage.page}/shop`);
      await page.waitForFunction('codes.length > 0');
      const outcome = await page.evaluate(
        `document.querySelector('sealed-fields').seal().then(() => 'sealed', ({code}) => code)`,
      );
      assert.equal(outcome, 'no-secure-random');
      for (const code of (await page.evaluate('codes')) as string[]) assert.equal(code, 'no-secure-random');
    });

    scene.prove('K15', `${what}: a page that asks all the same gets no ciphertext`, async (page) => {
      await page.evaluateOnNewDocument(`if (window !== top) { ${script} }`);
      for (const path of PATHS) {
        const frame = await openByHand(page, scene.stage, {path, fields: 'securityCode', until: 'failed'});
        await typeInto(page, frame, 'securityCode', '999');
        const {event, payload} = await sealByHand(page, 1);
        assert.deepEqual([event, payload], ['failed', {request: 1, code: 'no-secure-random'}]);
        assert.ok((await heardBy(page)).every((said) => said.event !== 'sealed'));
      }
    });
  }
});
