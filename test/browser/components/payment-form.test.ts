import {expect, fixture, html} from '@open-wc/testing';
import '../../../widget/components/icons.ts';
import {
  DEFAULT_SETTINGS,
  type FormSettings,
  type PaymentForm,
} from '../../../widget/components/payment-form.ts';
import type {CardSide} from '../../../widget/fields/security-code.ts';
import {SPECS} from '../../../widget/fields/specs.ts';
import {
  attempt,
  blur,
  configure,
  edit,
  findFaults,
  type FormState,
  startForm,
  summary,
} from '../../../widget/form/state.ts';
import {en} from '../../../widget/locales/en.ts';
import {type Brand, FIELD_NAMES, type FieldName, PRESETS} from '../../../widget/protocol/names.ts';
import {useFrameStyles} from '../frame-styles.ts';
import {canHoldKeys, copy, press, type} from '../keys.ts';

const TODAY = () => ({year: 2026, month: 11});
const EMPTY = startForm(PRESETS.card, [], TODAY);
const CARD = [
  ['cardNumber', '4012 0000 9876 5439'],
  ['expiry', '12 / 31'],
  ['securityCode', '999'],
] as const;

/** A form with these texts. None of its fields has had the focus. */
const filled = (...texts: (readonly [FieldName, string])[]): FormState =>
  texts.reduce((state, [name, text]) => edit(state, name, text), EMPTY);

describe('payment-form', () => {
  let form: PaymentForm;
  let states: FormState[];

  const input = (name: FieldName) => form.querySelector(`input#${name}`) as HTMLInputElement;
  const inputs = () => [...form.querySelectorAll('input')];
  const update = async ({state, settings}: {state?: FormState; settings?: FormSettings} = {}) => {
    if (state) form.controller.apply(() => state);
    if (settings) form.settings = settings;
    await form.updateComplete;
    for (const field of form.querySelectorAll('hosted-field')) await field.updateComplete;
  };
  const typeInto = async (name: FieldName, text: string) => {
    input(name).focus();
    await type(text);
    await update();
  };
  const announced = () => form.querySelector('[role=status]')?.textContent;
  const focused = () => document.activeElement?.id;
  const {setScheme} = useFrameStyles();

  beforeEach(async () => {
    setScheme('light');
    form = await fixture(html`<payment-form .texts=${en}></payment-form>`);
    await update({state: EMPTY});
    states = [];
    form.addEventListener('state-change', () => states.push(form.controller.state));
  });

  (canHoldKeys ? describe : describe.skip)('undo and redo', () => {
    /** Keys after which a browser's own history would show digits that were not entered. */
    const rows: [name: FieldName, keys: readonly string[], after: string][] = [
      ['securityCode', ['9', 'a', '9', 'Control+z', 'Control+z', 'Control+z', 'Control+y'], '9'],
      ['securityCode', ['9', '8', '7', 'Control+z', 'Control+z', 'Control+y'], '98'],
      ['securityCode', ['9', '8', 'Control+z', '7', 'Control+y'], '97'],
      ['cardNumber', ['4', '0', '1', '2', '0', 'Control+z', 'Control+z', '9'], '4019'],
      ['cardNumber', ['4', '0', '1', '2', '0', 'Backspace', 'Backspace', 'Control+z', 'Control+z'], '4012 0'],
      ['expiry', ['1', '/', '2', '7', 'Control+z', 'Control+z', '3', '1'], '01 / 31'],
      ['expiry', ['1', '2', '3', 'Control+z', 'Control+z', 'Control+z', 'Control+z'], ''],
    ];
    for (const [name, keys, after] of rows)
      it(`make ${after || 'an empty field'} of ${keys.join(' ')} in ${name}`, async () => {
        input(name).focus();
        await press(...keys);
        await update();
        expect([input(name).value, form.controller.state.fields[name].text]).to.deep.equal([after, after]);
      });

    it('show only digits that were entered, in their order, after any keys', async () => {
      const KEYS = ['1', '2', '3', '4', '/', 'a', 'Backspace', 'Control+z', 'Control+y', 'Control+Shift+z'];
      let seed = 7;
      const random = (limit: number) => (seed = (seed * 48271) % 2147483647) % limit;
      for (const name of ['cardNumber', 'expiry', 'securityCode'] as const)
        for (let round = 0; round < 8; round += 1) {
          form.clear();
          await update();
          input(name).focus();
          let entered = '';
          for (let count = 0; count < 14; count += 1) {
            const key = KEYS[random(KEYS.length)] ?? '';
            await press(key);
            entered += key.replace(/\D/g, '');
            const shown = input(name).value.replace(/\D/g, '');
            const isInOrder = new RegExp(Array.from(shown.replace(/^0/, '')).join('.*')).test(entered); // 1/ is shown as 01 /
            expect(isInOrder, `${shown} after ${entered}`).to.equal(true);
          }
        }
    });

    it('restore nothing after the fields were cleared', async () => {
      await typeInto('cardNumber', '4012');
      form.clear();
      await update();
      await press('Control+z', 'Control+y');
      expect(input('cardNumber').value).to.equal('');
    });

    it('undo a paste as a whole', async () => {
      await copy('4012 0000 9876 5439');
      input('cardNumber').focus();
      await press('Control+v', 'Control+z');
      await update();
      expect(input('cardNumber').value).to.equal('');
      await press('Control+y');
      await update();
      expect(input('cardNumber').value).to.equal('4012 0000 9876 5439');
    });

    /** As the menu of a browser does. There is no other way for a script. */
    const undoByCommand = () => {
      Reflect.get<Document, 'execCommand'>(document, 'execCommand').call(document, 'undo');
    };

    it('work by command, as from a menu', async () => {
      await typeInto('securityCode', '9a9');
      for (let times = 0; times < 4; times += 1) undoByCommand();
      await update();
      expect('99').to.contain(input('securityCode').value);
    });
  });

  describe('render', () => {
    it('shows the fields of its state, in order, in a form that is never submitted', async () => {
      expect(inputs().map(({id}) => id)).to.deep.equal([...PRESETS.card]);
      expect(form.querySelectorAll('form')).to.have.length(1);
      expect(form.querySelector('form')?.method).to.equal('post');
      expect(form.querySelectorAll('[name], [form], button, [type=submit]')).to.have.length(0);
      const ids = [...form.querySelectorAll('[id]')].map(({id}) => id);
      expect(new Set(ids).size).to.equal(ids.length);
      const submits: Event[] = [];
      form.addEventListener('submit', (event) => submits.push(event));
      form.querySelector('form')?.requestSubmit();
      expect(submits.map(({defaultPrevented}) => defaultPrevented)).to.deep.equal([true]);
      await update({state: startForm(['securityCode', 'expiry'], [], TODAY)});
      expect(inputs().map(({id}) => id)).to.deep.equal(['securityCode', 'expiry']);
    });

    it('shows the labels and placeholders of the page, or else of its locale', async () => {
      const labels = () => [...form.querySelectorAll('label')].map((label) => label.textContent);
      const placeholders = () => PRESETS.card.map((name) => input(name).placeholder);
      expect(labels()).to.deep.equal(PRESETS.card.map((name) => en.labels[name]));
      expect(placeholders()).to.deep.equal(PRESETS.card.map((name) => en.placeholders[name]));
      await update({
        settings: {...DEFAULT_SETTINGS, labels: {expiry: 'Good until'}, placeholders: {expiry: ''}},
      });
      expect(labels()).to.deep.equal([en.labels.cardNumber, 'Good until', en.labels.securityCode]);
      expect(placeholders()).to.deep.equal([en.placeholders.cardNumber, '', en.placeholders.securityCode]);
    });

    const icons = () => [
      form.querySelector('brand-icon')?.brand,
      form.querySelector('.brand')?.textContent.trim(),
      form.querySelector('security-code-icon')?.side,
    ];
    const securityCodeTexts = () => [
      input('securityCode').placeholder,
      document.getElementById(input('securityCode').getAttribute('aria-describedby') ?? '')?.textContent,
    ];
    const brands: [number: string, brand: Brand | undefined, name: string, side: CardSide][] = [
      ['', undefined, '', 'back'],
      ['4012', 'visa', 'Visa', 'back'],
      ['3714', 'american-express', 'American Express', 'front'],
      ['9999 9999 9999 9995', 'unknown', '', 'back'],
      ['6521 50', 'rupay', 'RuPay', 'back'],
    ];
    for (const [number, brand, name, side] of brands)
      it(`shows ${name || 'no brand'} for ${number || 'no number'}, and the code on the ${side}`, async () => {
        await update({state: filled(['cardNumber', number])});
        expect(icons()).to.deep.equal([brand, name, side]);
        const digits = side === 'front' ? en.fourDigits : en.placeholders.securityCode;
        expect(securityCodeTexts()).to.deep.equal([digits, en.securityCodePlaces[side]]);
      });

    it('shows the code of the host’s brand if the form has no card number', async () => {
      const alone = startForm(['securityCode'], [], TODAY);
      await update({state: configure(alone, {brand: 'american-express', optional: false})});
      expect(securityCodeTexts()).to.deep.equal([en.fourDigits, en.securityCodePlaces.front]);
    });

    it('labels the Enter key "done" in the last field and "next" in all others', async () => {
      const keys = () => inputs().map((each) => each.getAttribute('enterkeyhint'));
      expect(keys()).to.deep.equal(['next', 'next', 'done']);
      await update({state: startForm(['securityCode', 'expiry'], [], TODAY)});
      expect(keys()).to.deep.equal(['next', 'done']);
    });

    it('disables all fields', async () => {
      await update({settings: {...DEFAULT_SETTINGS, disabled: true}});
      expect(inputs().every(({disabled}) => disabled)).to.equal(true);
    });

    it('is accessible if empty, filled, with problems, and disabled', async () => {
      for (const state of [EMPTY, filled(...CARD), attempt(EMPTY)]) {
        await update({state});
        await expect(form).to.be.accessible();
      }
      await update({settings: {...DEFAULT_SETTINGS, disabled: true}});
      await expect(form).to.be.accessible();
    });
  });

  describe('state', () => {
    it('changes with keys and focus', async () => {
      input('cardNumber').focus();
      await type('4012');
      input('expiry').focus();
      const entries = [states[0], states.at(-1)].map((state) => state?.fields.cardNumber);
      expect(entries).to.deep.equal([
        {text: '', focused: true, visited: false},
        {text: '4012', focused: false, visited: true},
      ]);
      expect(form.controller.state.fields.expiry.focused).to.equal(true);
    });

    it('is dispatched synchronously with the input event', () => {
      input('cardNumber').value = '4012';
      input('cardNumber').dispatchEvent(new InputEvent('input', {bubbles: true}));
      expect(states.map(({fields}) => fields.cardNumber.text)).to.deep.equal(['4012']);
    });

    it('includes values that a script has set, after the next focus and after readControls()', () => {
      input('expiry').value = '2031-12';
      input('securityCode').focus();
      expect(form.controller.state.fields.expiry.text).to.equal('12 / 31');
      input('cardNumber').setRangeText('4012000098765439');
      form.readControls();
      expect(form.controller.state.fields.cardNumber.text).to.equal('4012 0000 9876 5439');
      expect(form.controller.state.fields.securityCode.text).to.equal('');
    });

    it('is cleared together with the inputs, synchronously with clear()', async () => {
      await update({state: filled(...CARD)});
      form.clear();
      expect(inputs().map(({value}) => value)).to.deep.equal(['', '', '']);
      expect(states.at(-1)?.fields).to.deep.equal(EMPTY.fields);
    });

    (canHoldKeys ? it : it.skip)('does not come back by undo (needs a driver that holds keys)', async () => {
      await typeInto('cardNumber', '4012000098765439');
      form.clear();
      await update();
      await press('Control+z', 'Control+z', '5');
      expect(input('cardNumber').value).to.equal('5');
    });
  });

  describe('problems', () => {
    /** The visible problem of each field, which must also be the description of its input; or an empty text. */
    const shown = () =>
      PRESETS.card.map((name) => {
        const text = form.querySelector<HTMLElement>(`#${name}-problem`) as HTMLElement;
        const {x, y, height} = text.getBoundingClientRect();
        const isInView = document.elementFromPoint(x + 1, y + height / 2) === text;
        const isDescription = input(name).getAttribute('aria-describedby')?.split(' ')[0] === text.id;
        const isInvalid = input(name).getAttribute('aria-invalid') === 'true';
        expect(isDescription, name).to.equal(isInvalid);
        expect(isInView && text.innerText !== '', name).to.equal(isInvalid);
        return text.innerText;
      });
    const {cardNumber, expiry, securityCode} = en.problems;

    it('are hidden while a field is filled in for the first time, and shown once it loses the focus', async () => {
      await typeInto('cardNumber', '4111111111111112');
      expect(shown()).to.deep.equal(['', '', '']);
      await press('Tab');
      await update();
      expect(shown()).to.deep.equal([cardNumber.invalid, '', '']);
      await typeInto('expiry', '13/27');
      await press('Tab');
      await update();
      expect(shown()).to.deep.equal([cardNumber.invalid, expiry.invalid, '']);
      expect(input('expiry').value).to.equal('13 / 27');
    });

    it('disappear with the key that fixes them', async () => {
      await typeInto('cardNumber', '4111111111111112');
      input('expiry').focus();
      input('cardNumber').focus();
      await press('End', 'Backspace');
      await update();
      expect(shown()).to.deep.equal([cardNumber.incomplete, '', '']);
      await type('1');
      await update();
      expect(shown()).to.deep.equal(['', '', '']);
    });

    it('are hidden after tabbing through empty fields', async () => {
      input('cardNumber').focus();
      await press('Tab', 'Tab');
      input('cardNumber').focus();
      await update();
      expect(shown()).to.deep.equal(['', '', '']);
      expect(PRESETS.card.some((name) => form.controller.state.fields[name].visited)).to.equal(false);
    });

    it('are all shown after a submit attempt', async () => {
      await update({state: attempt(filled(['expiry', '12 / 31']))});
      expect(shown()).to.deep.equal([cardNumber.required, '', securityCode.required]);
    });
  });

  describe('announcement', () => {
    const short = blur(filled(['cardNumber', '4012']), 'cardNumber');

    it('is the text of a problem once that is shown', async () => {
      await update({state: edit(EMPTY, 'cardNumber', '')});
      expect(announced()).to.equal('');
      await update({state: short});
      expect(announced()).to.equal(en.problems.cardNumber.incomplete);
    });

    it('is removed when the language changes', async () => {
      await update({state: short});
      form.texts = {...en};
      await update();
      expect(announced()).to.equal('');
    });
  });

  describe('Enter', () => {
    const dispatch = (details: KeyboardEventInit) => {
      const entered: Event[] = [];
      form.addEventListener('enter', (event) => entered.push(event));
      const event = new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, cancelable: true, ...details});
      input('expiry').dispatchEvent(event);
      return {count: entered.length, prevented: event.defaultPrevented};
    };

    it('is dispatched instead of the browser’s submit, and only once while the key is held down', () => {
      expect(dispatch({})).to.deep.equal({count: 1, prevented: true});
      expect(dispatch({repeat: true})).to.deep.equal({count: 0, prevented: true});
    });

    /** The init of the key that ends a composition in Safari; deprecated, but the only sign of it. */
    const AFTER_COMPOSITION: object = {keyCode: 229};

    it('is ignored during a composition, and other keys are left to the browser', () => {
      expect(dispatch({isComposing: true})).to.deep.equal({count: 0, prevented: false});
      expect(dispatch(AFTER_COMPOSITION)).to.deep.equal({count: 0, prevented: false}); // Safari, at its end
      expect(dispatch({key: 'Tab'})).to.deep.equal({count: 0, prevented: false});
    });
  });

  describe('focus', () => {
    it('moves to the named field, or else to the first invalid field, or else to the first field', async () => {
      await update({state: filled(['cardNumber', '4012 0000 9876 5439'])});
      form.focusField();
      expect(focused()).to.equal('expiry');
      await update({state: filled(...CARD)});
      form.focusField();
      expect(focused()).to.equal('cardNumber');
      form.focusField('securityCode');
      expect(focused()).to.equal('securityCode');
    });

    const moves: [fact: string, autoAdvance: boolean, text: string, caret: number, after: FieldName][] = [
      ['advances from a valid field with autoAdvance', true, '4012 0000 9876 543|9', 19, 'expiry'],
      ['stays without autoAdvance', false, '4012 0000 9876 543|9', 19, 'cardNumber'],
      ['stays in an invalid field', true, '4012 0000 9876 543|0', 19, 'cardNumber'],
      ['stays after an edit in the middle', true, '4|012 0000 9876 5439', 2, 'cardNumber'],
    ];
    for (const [fact, autoAdvance, text, caret, after] of moves)
      it(fact, async () => {
        const [before = '', rest = ''] = text.split('|');
        const [key = ''] = rest;
        await update({
          settings: {...DEFAULT_SETTINGS, autoAdvance},
          state: edit(EMPTY, 'cardNumber', before + rest.slice(1)),
        });
        input('cardNumber').focus();
        input('cardNumber').setSelectionRange(before.length, before.length);
        await type(key);
        expect(focused()).to.equal(after);
        if (after === 'cardNumber') expect(input('cardNumber').selectionStart).to.equal(caret);
      });

    it('keeps the track that a card reader types out of all fields, and the focus in the card number', async () => {
      await update({settings: {...DEFAULT_SETTINGS, autoAdvance: true}});
      const data = '34011010000000000000';
      let enters = 0;
      form.addEventListener('enter', () => (enters += 1));
      await typeInto('cardNumber', `%B4012000098765439^NAME/TEST^${data}?;4012000098765439=${data}?`);
      await press('Enter');
      expect(inputs().map(({value}) => value)).to.deep.equal(['4012 0000 9876 5439', '', '']);
      expect([focused(), enters]).to.deep.equal(['cardNumber', 1]);
      expect(findFaults(form.controller.state).map(({field}) => field)).to.deep.equal([
        'expiry',
        'securityCode',
      ]);
    });

    it('accepts digits after the number again once the field has been left', async () => {
      await typeInto('cardNumber', '%B4111111111111111^');
      await type('1');
      expect(input('cardNumber').value).to.equal('4111 1111 1111 1111');
      input('expiry').focus();
      await typeInto('cardNumber', '110');
      expect(input('cardNumber').value).to.equal('4111 1111 1111 1111 110');
    });

    it('stays in the last field', async () => {
      await update({settings: {...DEFAULT_SETTINGS, autoAdvance: true}});
      await typeInto('securityCode', '999');
      expect(focused()).to.equal('securityCode');
    });
  });

  describe('secrets', () => {
    const TEXT_FIELDS = FIELD_NAMES.filter((name) => SPECS[name].choices === undefined);
    const isPrevented = (name: FieldName, event: Event) => !input(name).dispatchEvent(event);

    it('are in no attribute, neither while they are entered nor after', async () => {
      const written: string[] = [];
      const observer = new MutationObserver((records) => {
        for (const {target, attributeName, oldValue} of records)
          written.push(oldValue ?? '', (target as Element).getAttribute(attributeName ?? '') ?? '');
      });
      observer.observe(form, {attributes: true, attributeOldValue: true, subtree: true});
      await typeInto('cardNumber', '401200009876543');
      await update({state: attempt(form.controller.state)});
      await typeInto('cardNumber', '9');
      await typeInto('securityCode', '987');
      observer.disconnect();
      expect(form.controller.state.fields.cardNumber.text).to.equal('4012 0000 9876 5439');
      expect(written).not.to.have.length(0);
      const all = [...written, form.outerHTML].join('\n').replace(/(\d) /g, '$1');
      for (const digits of ['4012', '0000', '5439', '987']) expect(all).not.to.contain(digits);
    });

    it('cannot be copied, cut or dragged, but pasted', async () => {
      await update({state: startForm(TEXT_FIELDS)});
      for (const name of TEXT_FIELDS) {
        for (const event of ['copy', 'cut'])
          expect(
            isPrevented(name, new ClipboardEvent(event, {bubbles: true, cancelable: true})),
            name,
          ).to.equal(SPECS[name].isSecret === true);
        expect(isPrevented(name, new DragEvent('dragstart', {bubbles: true, cancelable: true}))).to.equal(
          true,
        );
        expect(isPrevented(name, new ClipboardEvent('paste', {bubbles: true, cancelable: true}))).to.equal(
          false,
        );
      }
    });

    it('are removed from RegExp.input by clear()', async () => {
      const lastMatch = () =>
        ['$_', '$&', '$`', `$'`].map((name) => Reflect.get(RegExp, name) as string).join();
      form.addEventListener('state-change', () => summary(form.controller.state)); // as the frame does
      form.controller.apply(() => edit(startForm(['accountNumber']), 'accountNumber', '6829 1740'));
      expect(lastMatch()).to.contain('6829');
      form.clear();
      await form.updateComplete;
      expect(lastMatch()).not.to.match(/\d/);
    });

    it('are not sent to spelling services, and are not capitalized except for a name', async () => {
      await update({state: startForm(TEXT_FIELDS)});
      for (const name of TEXT_FIELDS) {
        const attributes = ['autocorrect', 'spellcheck', 'autocapitalize', 'name'];
        const capitals = name === 'cardholderName' ? 'words' : 'off';
        expect(attributes.map((each) => input(name).getAttribute(each))).to.deep.equal([
          'off',
          'false',
          capitals,
          null,
        ]);
      }
    });
  });
});
