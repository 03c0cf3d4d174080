import {expect, fixture, html, oneEvent} from '@open-wc/testing';
import {SealedFieldsElement} from '../../host-sdk/element.ts';
import type {SealedFieldsError} from '../../widget/protocol/errors.ts';

SealedFieldsElement.define({origin: location.origin, merchant: 'demo'});

describe('element', () => {
  let form: HTMLFormElement;
  const make = async (template = html`<sealed-fields></sealed-fields>`) => {
    form = await fixture<HTMLFormElement>(html`<form>${template}<button>Pay</button></form>`);
    return form.querySelector('sealed-fields') as SealedFieldsElement;
  };
  const frameOf = (element: Element) => element.querySelector('iframe');
  const addressOf = (element: Element) => new URL(frameOf(element)?.src ?? '');

  it('opens the merchant’s document, with what it must know before it paints in the fragment', async () => {
    const element = await make(
      html`<sealed-fields data-fields="expiry" data-locale="fr" data-theme="dark"></sealed-fields>`,
    );
    const {pathname, search, hash} = addressOf(element);
    expect([pathname, search]).to.deep.equal(['/v1/m/demo/', '']);
    const opening = new URLSearchParams(hash.slice(1));
    expect(opening.get('channel')).to.match(/^[0-9a-f]{32}$/);
    opening.delete('channel');
    expect(Object.fromEntries(opening)).to.deep.equal({
      protocol: '1',
      fields: 'expiry',
      layout: 'stacked',
      locale: 'fr',
      colorScheme: 'dark',
      looks: 'usual',
    });
  });

  it('holds the form while the fields are not there', async () => {
    const element = await make();
    expect(element.form).to.equal(form);
    expect(form.checkValidity()).to.equal(false);
    expect(element.checkValidity()).to.equal(false);
    expect(element.validity.customError).to.equal(true);
    expect(element.validationMessage).to.contain('loading');
    expect(element.willValidate).to.equal(true);
  });

  it('says what is wrong with its attributes, by event, promise and view', async () => {
    const element = document.createElement('sealed-fields');
    element.dataset['fields'] = 'pin';
    const told = oneEvent<CustomEvent<SealedFieldsError>>(element, 'sealed-error');
    document.body.append(element);
    const {detail} = await told;
    expect(detail.code).to.equal('config-invalid');
    expect(detail.message).to.contain('data-fields');
    let rejected: unknown;
    await element.ready.catch((error: unknown) => (rejected = error));
    expect(rejected).to.equal(detail);
    expect(element.shadowRoot?.querySelector('[role=alert]')?.textContent).to.contain('could not be loaded');
    expect(frameOf(element)).to.equal(null);
    element.remove();
  });

  it('tells the error of each failure, not of the first', async () => {
    const element = await make(html`<sealed-fields data-fields="pin"></sealed-fields>`);
    element.dataset['fields'] = 'card';
    element.dataset['layout'] = 'compact';
    element.retry();
    let message = '';
    await element.ready.catch((error: unknown) => (message = (error as SealedFieldsError).message));
    expect(message).to.contain('data-layout');
  });

  it('warns of each mistake in its theme when it is new, and opens all the same', () => {
    const element = document.createElement('sealed-fields');
    const warnings: string[] = [];
    element.addEventListener('sealed-warning', ({detail: {code, message}}) => {
      warnings.push(`${code} ${message.split(' ')[1] ?? ''}`);
    });
    const become = (theme: string) => {
      element.dataset['theme'] = theme;
      return warnings.splice(0);
    };
    become('{"radius": "5vw", "gap": "4px"}');
    document.body.append(element);
    expect(warnings.splice(0)).to.deep.equal(['theme-invalid radius:']);
    expect(frameOf(element)).not.to.equal(null);
    expect(become('{"radius": "5vw", "gap": "x"}')).to.deep.equal(['theme-invalid gap:']);
    element.dataset['labelExpiry'] = 'Good until';
    expect(become('{"radius": "6vw"}')).to.deep.equal(['theme-invalid radius:']);
    expect(become('neon')).to.deep.equal(['theme-invalid expected']);
    expect(become('dark')).to.deep.equal([]);
    expect(become('neon')).to.deep.equal(['theme-invalid expected']);
    element.remove();
  });

  it('waits in a prerendered page until that is shown', async () => {
    Object.defineProperty(document, 'prerendering', {configurable: true, value: true});
    const element = await make();
    expect(frameOf(element)).to.equal(null);
    Reflect.deleteProperty(document, 'prerendering');
    document.dispatchEvent(new Event('prerenderingchange'));
    expect(element.querySelectorAll('iframe')).to.have.length(1);
  });

  it('opens anew on retry, on a channel of its own', async () => {
    const element = await make();
    const before = addressOf(element).hash;
    element.retry();
    expect(element.querySelectorAll('iframe')).to.have.length(1);
    expect(addressOf(element).hash).to.not.equal(before);
  });

  it('closes when it is removed, opens when it comes back, and tells who waited', async () => {
    const element = await make();
    const {ready} = element;
    element.remove();
    expect(frameOf(element)).to.equal(null);
    let code = '';
    await ready.catch((error: unknown) => (code = (error as SealedFieldsError).code));
    expect(code).to.equal('aborted');
    form.append(element);
    expect(element.querySelectorAll('iframe')).to.have.length(1);
    expect(element.ready).to.not.equal(ready);
  });

  it('takes part in no submission while its fieldset is disabled', async () => {
    const element = await make(html`<fieldset disabled><sealed-fields></sealed-fields></fieldset>`);
    expect(element.willValidate).to.equal(false);
    expect(form.checkValidity()).to.equal(true);
  });

  it('has a state without fields until the frame tells one', async () => {
    expect((await make()).state).to.deep.equal({
      fields: {},
      empty: true,
      complete: false,
      sealed: false,
    });
  });

  it('clears away what a cloned or re-parsed element brings along', async () => {
    const element = await make();
    element.insertAdjacentHTML('beforeend', '<input type="hidden" name="encrypted_number" value="old">');
    const copy = document.importNode(element, true);
    form.append(copy);
    expect(copy.querySelectorAll('iframe')).to.have.length(1);
    expect(copy.querySelector('input')).to.equal(null);
    expect(addressOf(copy).hash).to.not.equal(addressOf(element).hash);
  });

  it('keeps the first definition', () => {
    SealedFieldsElement.define({merchant: 'other'});
    expect(customElements.get('sealed-fields')).to.equal(SealedFieldsElement);
  });
});
