import {expect, fixture, html, oneEvent} from '@open-wc/testing';

describe('loader without data-upgrade', () => {
  let present: HTMLElement;

  before(async () => {
    present = await fixture(html`
      <div data-sealed-fields="card" data-merchant="demo">
        <select required>
          <option value="">Not loaded</option>
        </select>
      </div>
    `);
    await import('../../../host-sdk/loader.ts');
  });

  it('adds an element to a div that the page contains, and neutralizes its fallback control', () => {
    expect(present.querySelectorAll('sealed-fields')).to.have.length(1);
    const {hidden, disabled} = present.querySelector('select') as HTMLSelectElement;
    expect([hidden, disabled]).to.deep.equal([true, true]);
  });

  it('ignores a div that is added later, which may be injected markup, and warns', async () => {
    const warned = oneEvent<CustomEvent<{code: string}>>(document, 'sealed-warning');
    const node = await fixture(html`<div data-sealed-fields="card" data-merchant="demo"></div>`);
    expect((await warned).detail.code).to.equal('div-ignored');
    expect(node.children).to.have.length(0);
  });
});
