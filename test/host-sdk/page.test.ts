import {expect, fixture, html} from '@open-wc/testing';
import {colorSchemeAt, removeValues, writeValues} from '../../host-sdk/page.ts';

describe('page', () => {
  it('resolves the color scheme of the place to one word', async () => {
    const node = await fixture<HTMLElement>(html`<div></div>`);
    const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
    const cases = {
      normal: 'light',
      light: 'light',
      dark: 'dark',
      'only dark': 'dark',
      'light dark': system,
      'dark light': system,
    };
    for (const [page, scheme] of Object.entries(cases)) {
      node.style.colorScheme = page;
      expect(colorSchemeAt(node, 'auto'), page).to.equal(scheme);
    }
    expect(colorSchemeAt(node, 'dark')).to.equal('dark');
    expect(colorSchemeAt(node, 'light')).to.equal('light');
  });

  it('writes form values that stand in FormData, once', async () => {
    const form = await fixture<HTMLFormElement>(html`<form><div></div></form>`);
    const place = form.firstElementChild as Element;
    writeValues(place, {encrypted_number: 'old', gone: 'x'});
    writeValues(place, {encrypted_number: 'new', sealed_id: 'y'});
    expect(Object.fromEntries(new FormData(form))).to.deep.equal({encrypted_number: 'new', sealed_id: 'y'});
    removeValues(place);
    expect([...new FormData(form)]).to.deep.equal([]);
  });

  it('follows the form attribute', async () => {
    const around = await fixture(
      html`<div>
        <form id="far"></form>
        <div form="far"></div>
      </div>`,
    );
    writeValues(around.lastElementChild as Element, {encrypted_csc: 'z'});
    expect(new FormData(around.firstElementChild as HTMLFormElement).get('encrypted_csc')).to.equal('z');
  });
});
