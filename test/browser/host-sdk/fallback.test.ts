import {expect, fixture, html, waitUntil} from '@open-wc/testing';
import {SealedFieldsElement} from '../../../host-sdk/element.ts';
import {ScriptedFrame} from './scripted-frame.ts';

const CONTROL = '<select required><option value="">The payment fields have not loaded.</option></select>';

describe('a fallback control', () => {
  let form: HTMLFormElement;
  const control = () => form.querySelector('select') as HTMLSelectElement;
  const isNeutralized = () => control().hidden && control().disabled;

  /** Renders a form with an element of this name. */
  const render = async (name = 'sealed-fields') => {
    form = await fixture<HTMLFormElement>(html`<form><button>Pay</button></form>`);
    form.insertAdjacentHTML('afterbegin', `<${name} data-fields="expiry">${CONTROL}</${name}>`);
  };

  before(() => {
    SealedFieldsElement.define({origin: location.origin, merchant: 'demo'});
  });

  it('blocks the form while the element is not defined', async () => {
    await render('sealed-fields-unknown');
    expect(form.checkValidity()).to.equal(false);
    expect(control().validity.valueMissing).to.equal(true);
    expect([...new FormData(form)]).to.deep.equal([]);
  });

  it('is hidden and disabled by the element, which blocks the form itself', async () => {
    await render();
    expect(isNeutralized()).to.equal(true);
    expect(control().willValidate).to.equal(false);
    expect(form.checkValidity()).to.equal(false);
    const frame = await ScriptedFrame.of(form.querySelector('sealed-fields') as SealedFieldsElement);
    await frame.setComplete(true);
    expect(form.checkValidity()).to.equal(true);
  });

  it('stays neutralized when a library restores it or puts it back', async () => {
    await render();
    control().hidden = control().disabled = false;
    await waitUntil(isNeutralized);
    const element = form.querySelector('sealed-fields');
    control().remove();
    element?.insertAdjacentHTML('beforeend', CONTROL);
    await waitUntil(isNeutralized);
  });

  it('stays enabled in an engine without attachInternals', async () => {
    const before = Object.getOwnPropertyDescriptor(HTMLElement.prototype, 'attachInternals');
    const {onerror} = window;
    Reflect.deleteProperty(HTMLElement.prototype, 'attachInternals');
    window.onerror = () => true; // the failed upgrade is reported
    try {
      await render();
      expect(control().disabled).to.equal(false);
      expect(form.checkValidity()).to.equal(false);
    } finally {
      Object.defineProperty(HTMLElement.prototype, 'attachInternals', before ?? {});
      window.onerror = onerror;
    }
  });
});
