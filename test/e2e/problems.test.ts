import assert from 'node:assert/strict';
import {after, before, beforeEach, describe, it} from 'node:test';
import type {Browser, Frame, Page} from 'puppeteer-core';
import {en} from '../../widget/locales/en.ts';
import {PRESETS, type FieldName} from '../../widget/protocol/names.ts';
import {ALONE, clickInto, openBrowser, readyFrame, RELEASE_ENGINES, typeInto} from './shopper.ts';
import {setStage, snippet, type Stage} from './stage.ts';

const PROBLEMS = en.problems;

const VISA = '4012000098765439';

const FORM = `<form><sealed-fields></sealed-fields>
  <button>Pay</button></form>`;

for (const engine of RELEASE_ENGINES) {
  describe(`problems in ${engine}${ALONE}`, () => {
    let stage: Stage;
    let browser: Browser;
    let page: Page;
    let frame: Frame;
    before(async () => {
      stage = await setStage();
      stage.pages.set('/', snippet(stage, FORM));
      browser = await openBrowser(engine);
      page = await browser.newPage();
    });
    after(async () => {
      await browser.close();
      await stage.close();
    });
    beforeEach(async () => {
      await page.goto(stage.page);
      frame = await readyFrame(page, stage);
    });

    it('are not shown while a field is typed for the first time, and are once it is left', async () => {
      await typeInto(page, frame, 'cardNumber', '4111111111111112');
      await assertStatus(page, 'cardNumber', 'incomplete');
      await assertProblem(frame, 'cardNumber', '');
      await clickInto(frame, 'expiry');
      await assertProblem(frame, 'cardNumber', PROBLEMS.cardNumber.invalid);
      await assertProblem(frame, 'expiry', '');
    });

    it('are gone with the very key that mends them', async () => {
      await typeInto(page, frame, 'cardNumber', '4111111111111112');
      await clickInto(frame, 'expiry');
      await clickInto(frame, 'cardNumber');
      await page.keyboard.press('End');
      await page.keyboard.press('Backspace');
      await assertProblem(frame, 'cardNumber', PROBLEMS.cardNumber.incomplete);
      await page.keyboard.type('1');
      await assertProblem(frame, 'cardNumber', '');
      await assertStatus(page, 'cardNumber', 'valid');
    });

    it('are none where an empty field was passed through', async () => {
      await clickInto(frame, 'cardNumber');
      for (const name of ['expiry', 'securityCode', 'cardNumber']) await clickInto(frame, name);
      for (const name of PRESETS.card) await assertProblem(frame, name, '');
      const visited = await page.evaluate(() =>
        Object.values(document.querySelector('sealed-fields')?.state.fields ?? {}).map(
          (each) => each.visited,
        ),
      );
      assert.deepEqual(visited, [false, false, false]);
    });

    it('are all shown by a try to submit, and the caret goes to the first', async () => {
      await typeInto(page, frame, 'expiry', '12/31');
      await page.click('button');
      await assertCaret(frame, 'cardNumber');
      await assertProblem(frame, 'cardNumber', PROBLEMS.cardNumber.required);
      await assertProblem(frame, 'expiry', '');
      await assertProblem(frame, 'securityCode', PROBLEMS.securityCode.required);
      assert.equal(page.url(), `${stage.page}/`);
    });

    it('are not shown because the page asks whether its form is valid', async () => {
      await page.evaluate(() => {
        document.querySelector('sealed-fields')?.addEventListener('sealed-change', () => {
          for (const button of document.querySelectorAll('button'))
            button.disabled = button.form?.checkValidity() !== true;
        });
      });
      await typeInto(page, frame, 'cardNumber', VISA);
      await assertStatus(page, 'cardNumber', 'valid');
      await clickInto(frame, 'expiry');
      for (const name of PRESETS.card) await assertProblem(frame, name, '');
    });

    it('leave no digit in any attribute, then or in between', async () => {
      const written = await frame.evaluateHandle(() => {
        const values: string[] = [];
        new MutationObserver((records) => {
          for (const {target, attributeName, oldValue} of records)
            values.push(oldValue ?? '', (target as Element).getAttribute(attributeName ?? '') ?? '');
        }).observe(document, {attributes: true, attributeOldValue: true, subtree: true});
        return values;
      });
      await typeInto(page, frame, 'cardNumber', VISA.slice(0, -1));
      await page.click('button');
      await assertProblem(frame, 'cardNumber', PROBLEMS.cardNumber.incomplete);
      await typeInto(page, frame, 'cardNumber', VISA.slice(-1));
      await typeInto(page, frame, 'securityCode', '987');
      await assertStatus(page, 'securityCode', 'valid');
      const all = [...(await written.jsonValue()), await frame.content()].join('\n').replace(/(\d) /g, '$1');
      for (const run of [VISA.slice(0, 4), VISA.slice(4, 8), VISA.slice(-4), '987'])
        assert.ok(!all.replace(/127\.0\.0\.1:\d+|<script[^]*?<\/script>/g, '').includes(run), run);
    });

    it('have fields of their own id, and nothing that a form would send', async () => {
      const ids = await frame.$$eval('[id]', (nodes) => nodes.map(({id}) => id));
      assert.deepEqual(new Set(ids).size, ids.length);
      assert.deepEqual(await frame.$$eval('input', (inputs) => inputs.map(({id}) => id)), [...PRESETS.card]);
      assert.equal(await frame.$('input[name], button, [form]'), null);
      assert.equal(await frame.$eval('form', ({method}) => method), 'post');
    });
  });
}

/** Waits for what a field shows, to the eye and to a screen reader alike; '' is no problem. */
async function assertProblem(frame: Frame, name: FieldName, text: string): Promise<void> {
  const read = (id: string, wanted?: string) => {
    const input = document.querySelector(`input#${id}`);
    const own = input?.closest('hosted-field')?.querySelector('p');
    const {x = 0, y = 0, height = 0} = own?.getBoundingClientRect() ?? {};
    const isInView = document.elementFromPoint(x + 1, y + height / 2) === own;
    const seen = isInView ? own?.innerText : '';
    const [first = ''] = input?.getAttribute('aria-describedby')?.split(' ') ?? [];
    const described = first === own?.id ? own.innerText : '';
    const isInvalid = input?.getAttribute('aria-invalid') === 'true';
    const isThere = seen === wanted && described === wanted && isInvalid === (wanted !== '');
    return wanted === undefined || isThere ? {seen, described, isInvalid} : false;
  };
  await frame.waitForFunction(read, {timeout: 5000}, name, text).catch(() => undefined);
  const expected = {seen: text, described: text, isInvalid: text !== ''};
  assert.deepEqual(await frame.evaluate(read, name), expected);
}

async function assertCaret(frame: Frame, name: FieldName): Promise<void> {
  const isThere = (id: string) => document.hasFocus() && document.activeElement?.id === id;
  await frame.waitForFunction(isThere, {timeout: 5000}, name).catch(() => undefined);
  assert.equal(await frame.evaluate(() => document.hasFocus() && document.activeElement?.id), name);
}

async function assertStatus(page: Page, name: FieldName, status: string): Promise<void> {
  const isThere = (field: FieldName, wanted: string) =>
    document.querySelector('sealed-fields')?.state.fields[field]?.status === wanted;
  await page.waitForFunction(isThere, {timeout: 5000}, name, status);
}
