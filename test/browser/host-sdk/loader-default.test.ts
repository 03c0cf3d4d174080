import {expect, fixture, html, oneEvent, waitUntil} from '@open-wc/testing';
import type {SealedFieldsElement} from '../../../host-sdk/element.ts';

const FALLBACK = '<select required><option value="">Not loaded</option></select>';

function fragmentOf(markup: string): DocumentFragment {
  return document.createRange().createContextualFragment(markup);
}

describe('loader without data-upgrade', () => {
  let present: HTMLElement;

  before(async () => {
    present = document.createElement('div');
    Object.assign(present.dataset, {sealedFields: 'card', merchant: 'demo'});
    present.append(fragmentOf(FALLBACK));
    document.body.append(present);
    await import('../../../host-sdk/loader.ts');
  });

  after(() => {
    present.remove();
  });

  it('fails with the reason if it cannot know the widget host, because the page has no script of ours', async () => {
    const element = present.querySelector('sealed-fields') as SealedFieldsElement;
    const error: unknown = await element.ready.catch((reason: unknown) => reason);
    expect(error).to.include({
      code: 'config-invalid',
      message: 'sealed-fields.js is part of another script.',
    });
    expect(element.querySelector('iframe')).to.equal(null);
  });

  it('adds an element to a div that the page contains, and neutralizes its fallback control', () => {
    expect(present.querySelectorAll('sealed-fields')).to.have.length(1);
    const {hidden, disabled} = present.querySelector('select') as HTMLSelectElement;
    expect([hidden, disabled]).to.deep.equal([true, true]);
  });

  it('adds another element when a library has removed the first one', async () => {
    present.replaceChildren(fragmentOf(FALLBACK));
    await waitUntil(() => present.querySelector('sealed-fields') !== null);
    expect(present.querySelector('select')?.disabled).to.equal(true);
  });

  it('restores the fallback control when the div is no longer marked', async () => {
    present.removeAttribute('data-sealed-fields');
    await waitUntil(() => present.querySelector('sealed-fields') === null);
    const {hidden, disabled} = present.querySelector('select') as HTMLSelectElement;
    expect([hidden, disabled]).to.deep.equal([false, false]);
  });

  it('ignores a div that is added later, which may be injected markup, and warns', async () => {
    const warned = oneEvent<CustomEvent<{code: string}>>(document, 'sealed-warning');
    const node = await fixture(html`<div data-sealed-fields="card" data-merchant="demo"></div>`);
    expect((await warned).detail.code).to.equal('div-ignored');
    expect(node.children).to.have.length(0);
  });
});
