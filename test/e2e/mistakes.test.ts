import assert from 'node:assert/strict';
import type {Frame, Page} from 'puppeteer-core';
import {en} from '../../widget/locales/en.ts';
import {type FieldName, PRESETS} from '../../widget/protocol/names.ts';
import {clickInto, readyFrame, typeInto, untilCaret, valueOf} from '../support/browser.ts';
import {inEngines} from '../support/engines.ts';
import {CARD_VALUES, openCard} from '../support/payment.ts';
import {poll} from '../support/poll.ts';
import {snippet} from '../support/servers.ts';

const {cardNumber, expiry, securityCode} = en.problems;

const FORM = `<form method="post" action="/received">
  <sealed-fields></sealed-fields><button>Pay</button><input id="after" />
</form>`;

inEngines('mistakes and corrections', (suite) => {
  const open = async (page: Page) => {
    const {servers} = suite;
    servers.received.length = 0;
    servers.pages.set('/', snippet(servers, FORM));
    servers.pages.set('/received', {html: 'Received.'});
    await page.goto(servers.page);
    return readyFrame(page, servers);
  };

  suite.onPage(
    'shows a problem when a field is left, and removes it with the key that fixes it',
    async (page) => {
      const frame = await open(page);
      await typeInto(page, frame, 'cardNumber', '4111111111111112');
      await untilStatus(page, 'cardNumber', 'incomplete');
      await poll(() => shownIn(frame), ['', '', '']);
      await clickInto(frame, 'expiry');
      await clickInto(frame, 'securityCode'); // an empty field that was left shows nothing
      await poll(() => shownIn(frame), [cardNumber.invalid, '', '']);

      await clickInto(frame, 'cardNumber');
      await page.keyboard.press('End');
      await page.keyboard.press('Backspace');
      await poll(() => shownIn(frame), [cardNumber.incomplete, '', '']);
      await page.keyboard.type('1');
      await poll(() => shownIn(frame), ['', '', '']);
      await untilStatus(page, 'cardNumber', 'valid');
      const visited = await page.$eval('sealed-fields', ({state}) =>
        Object.values(state.fields).map((field) => field.visited),
      );
      assert.deepEqual(visited, [true, false, false]);
    },
  );

  suite.onPage(
    'shows every problem on submit and moves the focus to the first invalid field',
    async (page) => {
      const {servers} = suite;
      const frame = await open(page);
      const message = () => page.$eval('sealed-fields', ({validationMessage}) => validationMessage);
      await typeInto(page, frame, 'expiry', '13/31');
      await page.click('#after');
      await poll(() => shownIn(frame), ['', expiry.invalid, '']);
      await page.click('button');
      await untilCaret(frame, 'cardNumber');
      await poll(() => shownIn(frame), [cardNumber.required, expiry.invalid, securityCode.required]);
      await poll(message, cardNumber.required);

      await page.keyboard.type('4012000098765439');
      await page.keyboard.press('Enter');
      await untilCaret(frame, 'expiry');
      await poll(() => shownIn(frame), ['', expiry.invalid, securityCode.required]);
      await poll(message, expiry.invalid);
      assert.deepEqual(servers.received, []);
      await page.keyboard.press('End');
      while ((await valueOf(frame, 'expiry')) !== '') await page.keyboard.press('Backspace');
      await page.keyboard.type('1231');
      await typeInto(page, frame, 'securityCode', '999');
      await poll(message, '');
      await page.click('button');
      assert.deepEqual(openCard(servers, (await servers.nextReceived()).form), CARD_VALUES);
    },
  );
});

/** The problem of each field if it is visible, describes the input and marks it as invalid; else what is wrong. */
function shownIn(frame: Frame): Promise<string[]> {
  return frame.evaluate(
    (names) =>
      names.map((name) => {
        const input = document.querySelector(`input#${name}`);
        const problem = input?.closest('hosted-field')?.querySelector('p');
        const {x = 0, y = 0, height = 0} = problem?.getBoundingClientRect() ?? {};
        const isVisible = document.elementFromPoint(x + 1, y + height / 2) === problem;
        const seen = isVisible ? (problem?.innerText ?? '') : '';
        const [first = ''] = input?.getAttribute('aria-describedby')?.split(' ') ?? [];
        const described = first === problem?.id ? problem.innerText : '';
        const isInvalid = input?.getAttribute('aria-invalid') === 'true';
        const isConsistent = seen === described && isInvalid === (seen !== '');
        return isConsistent ? seen : JSON.stringify({seen, described, isInvalid});
      }),
    [...PRESETS.card],
  );
}

async function untilStatus(page: Page, name: FieldName, status: string): Promise<void> {
  await poll(
    () => page.$eval('sealed-fields', ({state}, field) => state.fields[field]?.status as string, name),
    status,
  );
}
