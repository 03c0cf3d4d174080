import {expect, fixture, html} from '@open-wc/testing';

/** Resolves once the page's mutation observers have run. */
const observed = () => new Promise((resolve) => setTimeout(resolve));

describe('loader', () => {
  before(async () => {
    const script = document.createElement('script');
    // Not executed, but found by its address, as the script of a page that runs the loader as a module.
    Object.assign(script, {type: 'text/plain', src: '/v1/sealed-fields.js'});
    script.dataset['upgrade'] = 'any';
    document.head.append(script);
    await import('../../../host-sdk/loader.ts');
  });

  it('adds an element with the attributes of the div to a new div with data-sealed-fields', async () => {
    const node = await fixture(html`
      <div
        data-sealed-fields="expiry"
        data-merchant="demo"
        data-origin=${location.origin}
        data-label-expiry="Good until"
      ></div>
    `);
    await observed();
    const elements = node.querySelectorAll('sealed-fields');
    expect(elements).to.have.length(1);
    expect(Object.assign({}, (elements[0] as HTMLElement).dataset)).to.deep.equal({
      fields: 'expiry',
      merchant: 'demo',
      origin: location.origin,
      labelExpiry: 'Good until',
    });
  });

  it('finds a div inside an added tree, and uses the default fields if it names none', async () => {
    const node = await fixture(
      html`<section><p><div data-sealed-fields data-merchant="demo"></div></p></section>`,
    );
    await observed();
    const element = node.querySelector<HTMLElement>('sealed-fields');
    expect(element?.dataset['fields']).to.equal(undefined);
    expect(element?.dataset['sealedFields']).to.equal(undefined);
  });

  it('adds only one element to a div, even if the div moves', async () => {
    const node = await fixture(html`<div data-sealed-fields="card" data-merchant="demo"></div>`);
    await observed();
    const around = document.createElement('section');
    node.replaceWith(around);
    around.append(node);
    await observed();
    expect(node.querySelectorAll('sealed-fields')).to.have.length(1);
  });

  it('ignores elements other than div with data-sealed-fields', async () => {
    const node = await fixture(html`<span data-sealed-fields="card"></span>`);
    await observed();
    expect(node.children).to.have.length(0);
  });
});
