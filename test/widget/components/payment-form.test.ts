import {expect, fixture, html} from '@open-wc/testing';
import '../../../widget/components/pictures.ts';
import type {CardSide} from '../../../widget/fields/security-code.ts';
import type {PaymentForm, Settings} from '../../../widget/components/payment-form.ts';
import '../../../widget/components/payment-form.ts';
import {
  attempt,
  blur,
  configure,
  edit,
  focus,
  type FormState,
  startForm,
} from '../../../widget/form-state.ts';
import {en} from '../../../widget/locales/en.ts';
import {type Brand, PRESETS, type FieldName} from '../../../widget/protocol/names.ts';
import {STYLES} from '../../../widget/styles.ts';
import {setTheme} from '../../../widget/theme.ts';

const TODAY = () => ({year: 2026, month: 11});
const EMPTY = startForm(PRESETS.card, [], TODAY);
const PLAIN: Settings = {
  labels: {},
  placeholders: {},
  disabled: false,
  autoAdvance: false,
  layout: 'stacked',
};
const CARD = [
  ['cardNumber', '4012 0000 9876 5439'],
  ['expiry', '12 / 31'],
  ['securityCode', '999'],
] as const;

/** A form in which this was typed, and no field entered. */
const filled = (...texts: (readonly [FieldName, string])[]): FormState =>
  texts.reduce((state, [name, text]) => edit(state, name, text), EMPTY);

describe('payment-form', () => {
  let form: PaymentForm;
  let told: FormState[];

  const input = (name: FieldName) => form.querySelector(`input#${name}`) as HTMLInputElement;
  const type = (name: FieldName, text: string, caret = text.length) => {
    input(name).value = text;
    input(name).setSelectionRange(caret, caret);
    input(name).dispatchEvent(new InputEvent('input', {bubbles: true}));
  };
  const become = async (changes: Partial<Pick<PaymentForm, 'state' | 'settings'>>) => {
    Object.assign(form, changes);
    await form.updateComplete;
    for (const field of form.querySelectorAll('hosted-field')) await field.updateComplete;
  };
  const announced = () => form.querySelector('[role=status]')?.textContent;
  const caret = () => document.activeElement?.id;

  beforeEach(async () => {
    form = await fixture(html`<payment-form .texts=${en} .state=${EMPTY}></payment-form>`);
    told = [];
    form.addEventListener('state-change', () => told.push(form.state));
  });

  describe('as it is rendered', () => {
    it('has its fields in the order of its state, in one form that sends nothing', async () => {
      expect([...form.querySelectorAll('input')].map(({id}) => id)).to.deep.equal([...PRESETS.card]);
      expect(form.querySelectorAll('form')).to.have.length(1);
      expect(form.querySelectorAll('[name], button, [type=submit]')).to.have.length(0);
      const ids = [...form.querySelectorAll('[id]')].map(({id}) => id);
      expect(new Set(ids).size).to.equal(ids.length);
      await become({state: startForm(['securityCode', 'expiry'], [], TODAY)});
      expect([...form.querySelectorAll('input')].map(({id}) => id)).to.deep.equal(['securityCode', 'expiry']);
    });

    it('takes labels and placeholders from its texts, and from the page where that has its own', async () => {
      const labels = () => [...form.querySelectorAll('label')].map((label) => label.textContent);
      const placeholders = () => PRESETS.card.map((name) => input(name).placeholder);
      expect(labels()).to.deep.equal(PRESETS.card.map((name) => en.labels[name]));
      expect(placeholders()).to.deep.equal(PRESETS.card.map((name) => en.placeholders[name]));
      await become({settings: {...PLAIN, labels: {expiry: 'Good until'}, placeholders: {expiry: ''}}});
      expect(labels()).to.deep.equal([en.labels.cardNumber, 'Good until', en.labels.securityCode]);
      expect(placeholders()).to.deep.equal([en.placeholders.cardNumber, '', en.placeholders.securityCode]);
    });

    const pictured = () => [
      form.querySelector('brand-mark')?.brand,
      form.querySelector('.mark')?.textContent.trim(),
      form.querySelector('code-place')?.side,
    ];
    const asked = () => [
      input('securityCode').placeholder,
      document.getElementById(input('securityCode').getAttribute('aria-describedby') ?? '')?.textContent,
    ];
    const marks: [number: string, brand: Brand | undefined, name: string, side: CardSide][] = [
      ['', undefined, '', 'back'],
      ['4012', 'visa', 'Visa', 'back'],
      ['3714', 'american-express', 'American Express', 'front'],
      ['9999 9999 9999 9995', 'unknown', '', 'back'],
    ];
    for (const [number, brand, name, side] of marks) {
      it(`marks ${number || 'no number'} as ${name || 'nothing'}, and asks for the code on its ${side}`, async () => {
        await become({state: filled(['cardNumber', number])});
        expect(pictured()).to.deep.equal([brand, name, side]);
        const digits = side === 'front' ? en.fourDigits : en.placeholders.securityCode;
        expect(asked()).to.deep.equal([digits, en.codePlaces[side]]);
      });
    }

    it('leads from each field to the next by the key of a screen, and ends with the last', async () => {
      const keys = () => [...form.querySelectorAll('input')].map((each) => each.getAttribute('enterkeyhint'));
      expect(keys()).to.deep.equal(['next', 'next', 'done']);
      await become({state: startForm(['securityCode', 'expiry'], [], TODAY)});
      expect(keys()).to.deep.equal(['next', 'done']);
    });

    it('asks for the code of the brand that the host names, where it has no number', async () => {
      const alone = startForm(['securityCode'], [], TODAY);
      await become({state: configure(alone, {brand: 'american-express', optional: false})});
      expect(asked()).to.deep.equal([en.fourDigits, en.codePlaces.front]);
    });

    it('disables every field at once', async () => {
      await become({settings: {...PLAIN, disabled: true}});
      expect([...form.querySelectorAll('input')].every(({disabled}) => disabled)).to.be.true;
    });
  });

  describe('as its state changes', () => {
    it('tells of an edit in the task of the input', () => {
      type('cardNumber', '4012');
      expect(told.map(({fields}) => fields.cardNumber.text)).to.deep.equal(['4012']);
    });

    it('tells where the caret is, and that a field was left', () => {
      input('cardNumber').focus();
      type('cardNumber', '4012');
      input('expiry').focus();
      const entries = [told[0], told.at(-1)].map((state) => state?.fields.cardNumber);
      expect(entries).to.deep.equal([
        {text: '', focused: true, visited: false},
        {text: '4012', focused: false, visited: true},
      ]);
      expect(form.state.fields.expiry.focused).to.be.true;
    });

    it('takes up what a script put into any field, when the caret comes, and when it is asked', () => {
      input('expiry').value = '2031-12';
      input('securityCode').focus();
      expect(form.state.fields.expiry.text).to.equal('12 / 31');
      input('cardNumber').setRangeText('4012000098765439');
      form.takeUp();
      expect(form.state.fields.cardNumber.text).to.equal('4012 0000 9876 5439');
      expect(form.state.fields.securityCode.text).to.equal('');
    });

    it('is empty in the task of clear(), inputs and state', async () => {
      await become({state: filled(...CARD)});
      form.clear();
      expect([...form.querySelectorAll('input')].map(({value}) => value)).to.deep.equal(['', '', '']);
      expect(told.at(-1)?.fields).to.deep.equal(EMPTY.fields);
    });
  });

  describe('as it announces problems', () => {
    const short = blur(filled(['cardNumber', '4012']), 'cardNumber');

    it('says one by its text, when it comes into view', async () => {
      await become({state: edit(EMPTY, 'cardNumber', '')});
      expect(announced()).to.equal('');
      await become({state: short});
      expect(announced()).to.equal(en.problems.cardNumber.incomplete);
    });

    it('says several by their number', async () => {
      await become({state: attempt(EMPTY)});
      expect(announced()).to.equal(en.faults(3));
    });

    it('says by their number, of what a try to submit has found, those that were said before, too', async () => {
      await become({state: short});
      await become({state: attempt(short)});
      expect(announced()).to.equal(en.faults(3));
    });

    it('counts the only one that a try to submit has found, unless the caret stands there already', async () => {
      const expired = filled(['cardNumber', '4012 0000 9876 5439'], ['securityCode', '999']);
      await become({state: expired});
      await become({state: attempt(expired)});
      expect(announced()).to.equal(en.faults(1));
      await become({state: focus(expired, 'expiry')});
      await become({state: attempt(focus(expired, 'expiry'))});
      expect(announced()).to.equal(en.problems.expiry.required);
    });

    it('says another problem of a field as it is left, and nothing on the way to it', async () => {
      const wrong = edit(focus(short, 'cardNumber'), 'cardNumber', '4111 1111 1111 1112');
      for (const state of [short, focus(short, 'cardNumber'), wrong]) {
        await become({state});
        expect(announced()).to.equal(en.problems.cardNumber.incomplete);
      }
      await become({state: blur(wrong, 'cardNumber')});
      expect(announced()).to.equal(en.problems.cardNumber.invalid);
    });

    it('says only those that are new', async () => {
      await become({state: short});
      await become({state: blur(edit(short, 'expiry', '13 / 31'), 'expiry')});
      expect(announced()).to.equal(en.problems.expiry.invalid);
    });

    it('says one anew that was mended and is back, whatever else stands there', async () => {
      const both = blur(
        edit(blur(edit(EMPTY, 'expiry', '13 / 31'), 'expiry'), 'cardNumber', '4012'),
        'cardNumber',
      );
      await become({state: blur(edit(EMPTY, 'expiry', '13 / 31'), 'expiry')});
      await become({state: both});
      expect(announced()).to.equal(en.problems.cardNumber.incomplete);
      await become({state: edit(both, 'cardNumber', '4012 0000 9876 5439')});
      expect(announced()).to.equal('');
      await become({state: both});
      expect(announced()).to.equal(en.problems.cardNumber.incomplete);
    });

    it('falls silent when none is left in view', async () => {
      await become({state: short});
      await become({state: edit(short, 'cardNumber', '4012 0000 9876 5439')});
      expect(announced()).to.equal('');
    });
  });

  describe('as keys are pressed', () => {
    const press = (details: KeyboardEventInit) => {
      const heard: Event[] = [];
      form.addEventListener('enter', (event) => heard.push(event));
      const event = new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, cancelable: true, ...details});
      input('expiry').dispatchEvent(event);
      return {count: heard.length, prevented: event.defaultPrevented};
    };

    it('tells of Enter, and keeps the browser from doing anything by it', () => {
      expect(press({})).to.deep.equal({count: 1, prevented: true});
    });

    it('tells once of Enter that is held down', () => {
      expect(press({repeat: true})).to.deep.equal({count: 0, prevented: true});
    });

    it('leaves Enter to a composition, and every other key to the browser', () => {
      expect(press({isComposing: true})).to.deep.equal({count: 0, prevented: false});
      expect(press({key: 'Tab'})).to.deep.equal({count: 0, prevented: false});
    });

    it('is not submitted, whoever asks', () => {
      const events: Event[] = [];
      form.addEventListener('submit', (event) => events.push(event));
      form.querySelector('form')?.requestSubmit();
      expect(events.map(({defaultPrevented}) => defaultPrevented)).to.deep.equal([true]);
    });
  });

  describe('as the caret moves', () => {
    it('goes to the first at fault, or to the first where none is, or where it is told', async () => {
      await become({state: filled(['cardNumber', '4012 0000 9876 5439'])});
      form.focusField();
      expect(caret()).to.equal('expiry');
      await become({state: filled(...CARD)});
      form.focusField();
      expect(caret()).to.equal('cardNumber');
      form.focusField('securityCode');
      expect(caret()).to.equal('securityCode');
    });

    const moves: [fact: string, autoAdvance: boolean, text: string, at: number, after: FieldName][] = [
      ['moves on from a valid field where the page wants it', true, '4012000098765439', 16, 'expiry'],
      ['stays where the page does not', false, '4012000098765439', 16, 'cardNumber'],
      ['stays in a field that is not valid', true, '4012000098765430', 16, 'cardNumber'],
      ['stays after an edit in the middle', true, '4012000098765439', 5, 'cardNumber'],
    ];
    for (const [fact, autoAdvance, text, at, after] of moves) {
      it(fact, async () => {
        await become({settings: {...PLAIN, autoAdvance}});
        input('cardNumber').focus();
        type('cardNumber', text, at);
        expect(caret()).to.equal(after);
      });
    }

    it('stays in the last field', async () => {
      await become({settings: {...PLAIN, autoAdvance: true}});
      input('securityCode').focus();
      type('securityCode', '999');
      expect(caret()).to.equal('securityCode');
    });
  });

  it('is accessible empty, filled, at fault and disabled', async () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES);
    document.adoptedStyleSheets = [sheet];
    setTheme({}, 'light');
    for (const state of [EMPTY, filled(...CARD), attempt(EMPTY)]) {
      await become({state});
      await expect(form).to.be.accessible();
    }
    await become({settings: {...PLAIN, disabled: true}});
    await expect(form).to.be.accessible();
    document.adoptedStyleSheets = [];
  });
});
