import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import type {PaymentForm} from '../../../widget/components/payment-form.ts';
import '../../../widget/components/payment-form.ts';
import {shownProblem, startForm} from '../../../widget/form-state.ts';
import {de} from '../../../widget/locales/de.ts';
import {en} from '../../../widget/locales/en.ts';
import {type FieldName, PRESETS} from '../../../widget/protocol/names.ts';
import {STYLES} from '../../../widget/styles.ts';

const FIELDS: readonly FieldName[] = ['accountType', ...PRESETS.bank];

describe('bank fields', () => {
  let form: PaymentForm;
  let entered: number;
  const input = (name: FieldName) => form.querySelector(`input#${name}`) as HTMLInputElement;
  const button = (name: FieldName) =>
    form.querySelector<HTMLButtonElement>(`.${name} button`) as HTMLButtonElement;
  const select = () => form.querySelector('select') as HTMLSelectElement;
  const isHidden = (name: FieldName) =>
    getComputedStyle(input(name)).getPropertyValue('-webkit-text-security') === 'disc';

  before(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES);
    document.adoptedStyleSheets = [sheet];
  });
  after(() => {
    document.adoptedStyleSheets = [];
  });

  beforeEach(async () => {
    form = await fixture(html`<payment-form .texts=${en} .state=${startForm(FIELDS)}></payment-form>`);
    entered = 0;
    form.addEventListener('enter', () => (entered += 1));
  });

  async function type(name: FieldName, text: string) {
    input(name).focus();
    input(name).value = text;
    input(name).dispatchEvent(new InputEvent('input', {bubbles: true, inputType: 'insertText'}));
    await form.updateComplete;
  }

  it('hide the account number while the caret is elsewhere, and show it where it is', async () => {
    await type('accountNumber', '001234');
    expect(isHidden('accountNumber')).to.equal(false);
    await type('accountNumberConfirmation', '001234');
    expect([isHidden('accountNumber'), isHidden('accountNumberConfirmation')]).to.deep.equal([true, false]);
    input('routingNumber').focus();
    expect([isHidden('accountNumber'), isHidden('accountNumberConfirmation')]).to.deep.equal([true, true]);
    expect(isHidden('routingNumber')).to.equal(false);
    expect(input('accountNumber').type).to.equal('text');
    expect(input('accountNumber').value).to.equal('001234');
  });

  it('show it by a button that tells what it shows, and hide it by the same', async () => {
    await type('accountNumber', '001234');
    const shown = button('accountNumber');
    const name = () =>
      (shown.getAttribute('aria-labelledby') ?? '')
        .split(' ')
        .map((id) => form.querySelector(`#${id}`)?.textContent.trim())
        .join(' ');
    expect(name()).to.equal('Show Account number');
    shown.focus();
    shown.click();
    await form.updateComplete;
    expect(isHidden('accountNumber')).to.equal(false);
    expect(name()).to.equal('Hide Account number');
    shown.click();
    await form.updateComplete;
    expect(isHidden('accountNumber')).to.equal(true);
  });

  it('hide the next number after one that was shown', async () => {
    await type('accountNumber', '001234');
    button('accountNumber').click();
    await form.updateComplete;
    form.clear();
    await form.updateComplete;
    await type('accountNumber', '5678');
    input('routingNumber').focus();
    expect(isHidden('accountNumber')).to.equal(true);
  });

  it('never hide the placeholder', () => {
    input('routingNumber').focus();
    expect(input('accountNumber').placeholder).to.equal(en.placeholders.accountNumber);
    expect(isHidden('accountNumber')).to.equal(false);
  });

  it('take a step from the number to its button for no leaving', async () => {
    await type('accountNumber', '12');
    button('accountNumber').focus();
    expect(shownProblem(form.state, 'accountNumber')).to.equal(undefined);
    expect(form.state.fields.accountNumber.focused).to.equal(true);
    input('routingNumber').focus();
    expect(shownProblem(form.state, 'accountNumber')).to.equal('incomplete');
    expect(form.state.fields.accountNumber.focused).to.equal(false);
  });

  it('leave Enter to the button and to the list', async () => {
    for (const control of [button('accountNumber'), select()]) {
      control.focus();
      const event = new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, cancelable: true});
      control.dispatchEvent(event);
      expect(event.defaultPrevented, control.localName).to.equal(false);
    }
    expect(entered).to.equal(0);
    input('accountNumber').focus();
    await sendKeys({press: 'Enter'});
    expect(entered).to.equal(1);
  });

  it('have checking chosen, and take the other', async () => {
    expect([...select().options].map(({value, text}) => [value, text])).to.deep.equal([
      ['checking', 'Checking'],
      ['savings', 'Savings'],
    ]);
    expect(select().value).to.equal('checking');
    select().value = 'savings';
    select().dispatchEvent(new Event('change', {bubbles: true}));
    await form.updateComplete;
    expect(form.state.fields.accountType.text).to.equal('savings');
    form.clear();
    await form.updateComplete;
    expect(select().value).to.equal('checking');
  });

  it('judge the confirmation anew when the number changes', async () => {
    await type('accountNumber', '001234');
    await type('accountNumberConfirmation', '001234');
    await type('accountNumber', '001235');
    const problem = () => form.querySelector('#accountNumberConfirmation-problem')?.textContent;
    expect(problem()).to.equal(en.problems.accountNumberConfirmation.mismatch);
    await type('accountNumber', '001234');
    expect(problem()).to.equal('');
  });

  it('leave it to the person when an account number is whole, and go on from a routing number', async () => {
    form.settings = {...form.settings, autoAdvance: true};
    await form.updateComplete;
    await type('accountNumber', '12345');
    expect(document.activeElement).to.equal(input('accountNumber'));
    await type('routingNumber', '325070760');
    expect(document.activeElement).to.equal(input('accountNumber'));
  });

  it('speak the language of the form', async () => {
    form.texts = de;
    await form.updateComplete;
    expect(select().options[1]?.text).to.equal(de.accountTypes.savings);
    expect(button('accountNumber').textContent.trim()).to.equal(de.show);
  });

  it('are disabled with the rest', async () => {
    form.settings = {...form.settings, disabled: true};
    await form.updateComplete;
    const controls = [...form.querySelectorAll<HTMLInputElement>('input, select, button')];
    expect(controls.length).to.equal(6);
    expect(controls.every(({disabled}) => disabled)).to.equal(true);
  });

  it('are accessible, empty and with their problems on display', async () => {
    await expect(form).to.be.accessible();
    for (const [name, text] of [
      ['routingNumber', '99'],
      ['accountNumber', '1'],
      ['accountNumberConfirmation', '2'],
    ] as const)
      await type(name, text);
    input('routingNumber').focus();
    await form.updateComplete;
    await expect(form).to.be.accessible();
  });
});
