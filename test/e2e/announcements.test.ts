import assert from 'node:assert/strict';
import {beforeEach} from 'node:test';
import type {Frame, JSHandle, Page} from 'puppeteer-core';
import {TEXTS} from '../../host-sdk/texts.ts';
import {en} from '../../widget/locales/en.ts';
import type {FieldName} from '../../widget/protocol/names.ts';
import {openShop} from '../faults/shop.ts';
import {inEngines} from './scene.ts';
import {settle} from './settle.ts';
import {clickInto, readyFrame, typeInto, valueOf} from './shopper.ts';
import {snippet} from './stage.ts';
import {hang, reset} from './weather.ts';

const {cardNumber, expiry, securityCode} = en.problems;
const VISA = '4012000098765439';

const FORM = '<form><sealed-fields></sealed-fields><button>Pay</button></form>';

inEngines({}, (scene) => {
  beforeEach(() => scene.stage.weather.clear());

  /** Registers a test that is given what the live region of the fields says, from their first moment on. */
  const onForm = (
    name: string,
    test: (tab: Page, frame: Frame, said: () => Promise<string[]>) => Promise<void>,
  ) => {
    scene.onPage(name, async (tab) => {
      const {stage} = scene;
      stage.pages.set('/', snippet(stage, FORM));
      await tab.goto(stage.page);
      const frame = await readyFrame(tab, stage);
      const heard = await listen(frame);
      await test(tab, frame, () => heard.jsonValue());
    });
  };

  const pay = (tab: Page) => tab.click('button');

  onForm('a problem is said once each, whatever happens beside it', async (tab, frame, said) => {
    await typeInto(tab, frame, 'cardNumber', '4012');
    await typeInto(tab, frame, 'expiry', '13/27');
    await typeInto(tab, frame, 'securityCode', '9');
    await clickInto(frame, 'cardNumber');
    await isShown(frame, 'securityCode');
    await clickInto(frame, 'expiry');
    await pay(tab);
    await hasCaret(frame, 'cardNumber');
    await clickInto(frame, 'securityCode');
    assert.deepEqual(await said(), [cardNumber.incomplete, expiry.invalid, securityCode.incomplete]);
  });

  onForm('nothing is said while a field is typed in, however wrong', async (tab, frame, said) => {
    await typeInto(tab, frame, 'cardNumber', '4111111111111112');
    await tab.keyboard.press('Backspace');
    await tab.keyboard.type('3456');
    await settle(() => valueOf(frame, 'cardNumber'), '4111 1111 1111 1113 456');
    assert.deepEqual(await said(), []);
    await clickInto(frame, 'expiry');
    await isShown(frame, 'cardNumber');
    assert.deepEqual(await said(), [cardNumber.invalid]);
  });

  onForm(
    'problems that a try to submit finds are counted, and no second try repeats it',
    async (tab, frame, said) => {
      await pay(tab);
      await isShown(frame, 'cardNumber');
      await hasCaret(frame, 'cardNumber');
      await typeInto(tab, frame, 'cardNumber', VISA);
      await pay(tab);
      await hasCaret(frame, 'expiry');
      assert.deepEqual(await said(), [en.faults(3), '']);
    },
  );

  onForm(
    'the only problem that a try finds is not said by field and region alike',
    async (tab, frame, said) => {
      await typeInto(tab, frame, 'cardNumber', VISA);
      await typeInto(tab, frame, 'securityCode', '999');
      await pay(tab);
      await hasCaret(frame, 'expiry');
      await isShown(frame, 'expiry');
      const [first = '', ...more] = await said();
      // The caret may be there before the problem is: then the field has not said it.
      assert.ok([en.faults(1), expiry.required].includes(first), first);
      assert.deepEqual(more, []);
    },
  );

  onForm('Enter in the only field at fault says why', async (tab, frame, said) => {
    await typeInto(tab, frame, 'expiry', '12/31');
    await typeInto(tab, frame, 'securityCode', '999');
    await typeInto(tab, frame, 'cardNumber', '4012');
    await tab.keyboard.press('Enter');
    await isShown(frame, 'cardNumber');
    assert.deepEqual(await said(), [cardNumber.incomplete]);
  });

  onForm('a problem that was mended and is back is said again', async (tab, frame, said) => {
    await typeInto(tab, frame, 'cardNumber', VISA.slice(0, -1));
    await clickInto(frame, 'expiry');
    await typeInto(tab, frame, 'cardNumber', VISA.slice(-1));
    await settle(() => isInvalid(frame, 'cardNumber'), false);
    await tab.keyboard.press('Backspace');
    await clickInto(frame, 'expiry');
    await isShown(frame, 'cardNumber');
    assert.deepEqual(await said(), [cardNumber.incomplete, '', cardNumber.incomplete]);
  });

  onForm('a field that is left with another problem says that one', async (tab, frame, said) => {
    await typeInto(tab, frame, 'cardNumber', '4111');
    await clickInto(frame, 'expiry');
    await typeInto(tab, frame, 'cardNumber', '111111111112');
    await settle(() => frame.$eval('#cardNumber-problem', (node) => node.textContent), cardNumber.invalid);
    assert.deepEqual(await said(), [cardNumber.incomplete]);
    await clickInto(frame, 'expiry');
    await settle(said, [cardNumber.incomplete, cardNumber.invalid]);
  });

  scene.onPage('fields that are late, and that do not come, are told once each', async (tab) => {
    const {stage} = scene;
    const page = snippet(stage, '<form><button>Pay</button></form>');
    const shop = await openShop(tab, stage, page, {until: 10_000, isPatient: false});
    stage.weather.set('/v1/m/', hang);
    await shop.run(`{
      const element = document.createElement('sealed-fields');
      window.told = told;
      window.seen = ['status', 'alert'].map((role) => {
        const region = element.shadowRoot.querySelector('[role=' + role + ']');
        const texts = [];
        new MutationObserver(() => {
          if (region.checkVisibility()) texts.push(region.textContent);
        }).observe(region, {childList: true, characterData: true, subtree: true, attributes: true});
        return texts;
      });
      document.forms[0].prepend(element);
    }`);
    await shop.hears('sealed-warning slow');
    const {loading, failed, retry} = TEXTS.en;
    await settle(() => shop.run<string[][]>('seen'), [[loading], []]);
    await stage.weather.clear();
    stage.weather.set('/v1/m/', reset);
    await shop.setClock({rate: 20});
    await settle(() => shop.run<string[][]>('seen'), [[loading, ''], [failed + retry]]);
  });

  scene.onPage('the button of the failure, pressed by a key, leads into the fields', async (tab) => {
    const {stage} = scene;
    stage.weather.set('/v1/m/', reset);
    const shop = await openShop(tab, stage, snippet(stage, '<form><button>Pay</button></form>'));
    await shop.mount();
    await settle(() => shop.showsFailure(), true);
    await stage.weather.clear();
    await shop.setClock({rate: 1});
    await shop.run(`element().shadowRoot.querySelector('button').focus()`);
    await tab.keyboard.press('Enter');
    await shop.hears('sealed-ready');
    await settle(() => tab.evaluate(() => document.activeElement?.localName), 'iframe');
    const frame = await readyFrame(tab, stage);
    if (scene.engine !== 'webkit') await hasCaret(frame, 'cardNumber'); // there the first key brings the caret
  });
});

/** Every text that the live region of the fields is given, '' too where it falls silent, each as often as it is. */
async function listen(frame: Frame): Promise<JSHandle<string[]>> {
  return frame.evaluateHandle(() => {
    const said: string[] = [];
    const regions = document.querySelectorAll('[role=status], [role=alert], [aria-live]');
    const [region] = regions;
    if (regions.length !== 1 || region === undefined) throw new Error(`${regions.length} live regions`);
    if (region.textContent !== '') throw new Error('it speaks before anything has happened');
    new MutationObserver(() => said.push(region.textContent)).observe(region, {
      childList: true,
      characterData: true,
      subtree: true,
    });
    return said;
  });
}

function isInvalid(frame: Frame, name: FieldName): Promise<boolean> {
  return frame.$eval(`#${name}`, (input) => input.getAttribute('aria-invalid') === 'true');
}

async function isShown(frame: Frame, name: FieldName): Promise<void> {
  await frame.waitForSelector(`#${name}[aria-invalid=true]`);
}

async function hasCaret(frame: Frame, name: FieldName): Promise<void> {
  const isThere = (id: string) => document.hasFocus() && document.activeElement?.id === id;
  await settle(() => frame.evaluate(isThere, name), true);
}
