import {expect, fixture, html} from '@open-wc/testing';
import type {PaymentForm} from '../../../widget/components/payment-form.ts';
import '../../../widget/components/payment-form.ts';
import {SPECS} from '../../../widget/fields/specs.ts';
import {edit, startForm, summary} from '../../../widget/form-state.ts';
import {en} from '../../../widget/locales/en.ts';
import {FIELD_NAMES, type FieldName} from '../../../widget/protocol/names.ts';

const TYPED = FIELD_NAMES.filter((name) => SPECS[name].choices === undefined);

describe('what stands in a field', () => {
  let form: PaymentForm;
  const input = (name: FieldName) => form.querySelector(`input#${name}`) as HTMLInputElement;
  const isStopped = (name: FieldName, event: Event) => !input(name).dispatchEvent(event);

  beforeEach(async () => {
    form = await fixture(html`<payment-form .texts=${en} .state=${startForm(TYPED)}></payment-form>`);
  });

  for (const type of ['copy', 'cut'])
    it(`is kept from ${type} if it is secret, and mended by it if it is not`, () => {
      const event = () => new ClipboardEvent(type, {bubbles: true, cancelable: true});
      for (const name of TYPED)
        expect(isStopped(name, event()), name).to.equal(SPECS[name].isSecret === true);
    });

  it('is never dragged, and pasted into every field', () => {
    for (const name of TYPED) {
      expect(isStopped(name, new DragEvent('dragstart', {bubbles: true, cancelable: true}))).to.equal(true);
      expect(isStopped(name, new ClipboardEvent('paste', {bubbles: true, cancelable: true}))).to.equal(false);
    }
  });

  it('is forgotten by the engine once it is cleared, which keeps what an expression matched last', async () => {
    const last = () => ['$_', '$&', '$`', `$'`].map((name) => Reflect.get(RegExp, name) as string).join();
    form.addEventListener('state-change', () => summary(form.state)); // as the frame does, to tell its page
    form.transit(edit(startForm(['accountNumber']), 'accountNumber', '6829 1740'));
    expect(last()).to.contain('6829');
    form.clear();
    await form.updateComplete;
    expect(last()).not.to.match(/\d/);
  });

  it('is corrected, spelled and sent by nobody, and a name alone begins its words with capitals', () => {
    for (const name of TYPED) {
      const attributes = ['autocorrect', 'spellcheck', 'autocapitalize', 'name'];
      expect(attributes.map((each) => input(name).getAttribute(each))).to.deep.equal([
        'off',
        'false',
        name === 'cardholderName' ? 'words' : 'off',
        null,
      ]);
    }
  });
});
