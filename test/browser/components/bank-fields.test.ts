import {expect, fixture, html} from '@open-wc/testing';
import type {PaymentForm} from '../../../widget/components/payment-form.ts';
import '../../../widget/components/payment-form.ts';
import {shownProblem, startForm} from '../../../widget/form/state.ts';
import {texts as de} from '../../../widget/locales/de.ts';
import {en} from '../../../widget/locales/en.ts';
import {type FieldName, PRESETS} from '../../../widget/protocol/names.ts';
import {useFrameStyles} from '../frame-styles.ts';
import {press, type} from '../keys.ts';

const FIELDS: readonly FieldName[] = ['accountType', ...PRESETS.bank];

describe('bank fields of payment-form', () => {
  let form: PaymentForm;
  const input = (name: FieldName) => form.querySelector(`input#${name}`) as HTMLInputElement;
  const revealButton = () => form.querySelector('.accountNumber button') as HTMLButtonElement;
  const select = () => form.querySelector('select') as HTMLSelectElement;
  const isMasked = (name: FieldName) =>
    getComputedStyle(input(name)).getPropertyValue('-webkit-text-security') === 'disc';
  const typeInto = async (name: FieldName, text: string) => {
    input(name).focus();
    input(name).select();
    await type(text);
    await form.updateComplete;
  };
  const {setScheme} = useFrameStyles();

  beforeEach(async () => {
    setScheme('light');
    form = await fixture(html`<payment-form .texts=${en}></payment-form>`);
    form.controller.apply(() => startForm(FIELDS));
    await form.updateComplete;
  });

  it('mask an account number while another field has the focus', async () => {
    const masked = () => PRESETS.bank.map(isMasked);
    await typeInto('accountNumber', '001234');
    expect(masked()).to.deep.equal([false, false, false]);
    await typeInto('accountNumberConfirmation', '001234');
    expect(masked()).to.deep.equal([false, true, false]);
    input('routingNumber').focus();
    expect(masked()).to.deep.equal([false, true, true]);
    expect(input('accountNumber').type).to.equal('text');
    expect(input('accountNumber').value).to.equal('001234');
  });

  it('do not mask a placeholder', () => {
    input('routingNumber').focus();
    expect(input('accountNumber').placeholder).to.equal(en.placeholders.accountNumber);
    expect(isMasked('accountNumber')).to.equal(false);
  });

  it('show the account number after a click on a labelled button, and mask it after the next', async () => {
    await typeInto('accountNumber', '001234');
    const name = () =>
      (revealButton().getAttribute('aria-labelledby') ?? '')
        .split(' ')
        .map((id) => form.querySelector(`#${id}`)?.textContent.trim())
        .join(' ');
    expect(name()).to.equal('Show Account number');
    revealButton().focus();
    revealButton().click();
    await form.updateComplete;
    expect([isMasked('accountNumber'), name()]).to.deep.equal([false, 'Hide Account number']);
    revealButton().click();
    await form.updateComplete;
    expect([isMasked('accountNumber'), name()]).to.deep.equal([true, 'Show Account number']);
  });

  it('mask a new number after a shown one was cleared', async () => {
    await typeInto('accountNumber', '001234');
    revealButton().click();
    await form.updateComplete;
    form.clear();
    await form.updateComplete;
    await typeInto('accountNumber', '5678');
    input('routingNumber').focus();
    expect(isMasked('accountNumber')).to.equal(true);
  });

  it('treat the focus on the button as focus on its field', async () => {
    await typeInto('accountNumber', '12');
    revealButton().focus();
    expect(shownProblem(form.controller.state, 'accountNumber')).to.equal(undefined);
    expect(form.controller.state.fields.accountNumber.focused).to.equal(true);
    input('routingNumber').focus();
    expect(shownProblem(form.controller.state, 'accountNumber')).to.equal('incomplete');
    expect(form.controller.state.fields.accountNumber.focused).to.equal(false);
  });

  it('dispatch enter for an input, but not for the button or the list', async () => {
    const entered: Event[] = [];
    form.addEventListener('enter', (event) => entered.push(event));
    for (const control of [revealButton(), select()]) {
      control.focus();
      const event = new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, cancelable: true});
      control.dispatchEvent(event);
      expect(event.defaultPrevented, control.localName).to.equal(false);
    }
    expect(entered).to.have.length(0);
    input('accountNumber').focus();
    await press('Enter');
    expect(entered).to.have.length(1);
  });

  it('have checking selected at first and after clear()', async () => {
    expect([...select().options].map(({value, text}) => [value, text])).to.deep.equal([
      ['checking', 'Checking'],
      ['savings', 'Savings'],
    ]);
    expect(select().value).to.equal('checking');
    select().value = 'savings';
    select().dispatchEvent(new Event('change', {bubbles: true}));
    await form.updateComplete;
    expect(form.controller.state.fields.accountType.text).to.equal('savings');
    form.clear();
    await form.updateComplete;
    expect(select().value).to.equal('checking');
  });

  it('validate the confirmation again when the number changes', async () => {
    await typeInto('accountNumber', '001234');
    await typeInto('accountNumberConfirmation', '001234');
    const problem = () => form.querySelector('#accountNumberConfirmation-problem')?.textContent;
    await typeInto('accountNumber', '001235');
    expect(problem()).to.equal(en.problems.accountNumberConfirmation.mismatch);
    await typeInto('accountNumber', '001234');
    expect(problem()).to.equal('');
  });

  it('advance the focus from a routing number, but not from an account number, whose length is unknown', async () => {
    form.settings = {...form.settings, autoAdvance: true};
    await form.updateComplete;
    await typeInto('accountNumber', '12345');
    expect(document.activeElement).to.equal(input('accountNumber'));
    await typeInto('routingNumber', '325070760');
    expect(document.activeElement).to.equal(input('accountNumber'));
  });

  it('have the texts of the form’s locale', async () => {
    form.texts = de;
    await form.updateComplete;
    expect(select().options[1]?.text).to.equal(de.accountTypes.savings);
    expect(revealButton().textContent.trim()).to.equal(de.show);
  });

  it('are disabled with the form', async () => {
    form.settings = {...form.settings, disabled: true};
    await form.updateComplete;
    const controls = [...form.querySelectorAll<HTMLInputElement>('input, select, button')];
    expect(controls.map(({disabled}) => disabled)).to.deep.equal(Array(6).fill(true));
  });

  it('are accessible if empty and with problems', async () => {
    await expect(form).to.be.accessible();
    await typeInto('routingNumber', '99');
    await typeInto('accountNumber', '1');
    await typeInto('accountNumberConfirmation', '2');
    input('routingNumber').focus();
    await form.updateComplete;
    await expect(form).to.be.accessible();
  });
});
