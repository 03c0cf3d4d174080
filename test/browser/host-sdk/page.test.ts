import {expect, fixture, html} from '@open-wc/testing';
import {localeAt, localeFor} from '../../../host-sdk/locale.ts';
import {colorSchemeAt, removeValues, writeValues} from '../../../host-sdk/page.ts';

describe('page', () => {
  it('resolves the color scheme of an element to light or dark', async () => {
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

  it('writes form values once, in place of earlier ones, and removes them', async () => {
    const form = await fixture<HTMLFormElement>(html`<form><div></div></form>`);
    const place = form.firstElementChild as Element;
    writeValues(place, {encrypted_number: 'old', gone: 'x'});
    writeValues(place, {encrypted_number: 'new', sealed_id: 'y'});
    expect(Object.fromEntries(new FormData(form))).to.deep.equal({encrypted_number: 'new', sealed_id: 'y'});
    removeValues(place);
    expect([...new FormData(form)]).to.deep.equal([]);
  });

  it('writes form values for the form attribute', async () => {
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

describe('localeAt', () => {
  it('is the `lang` of the nearest element that has one, then the language of the browser', async () => {
    const node = await fixture(
      html`<section lang="fr-CA">
        <p lang=""><b></b></p>
        <u lang="en_US"></u><i></i>
      </section>`,
    );
    const at = (name: string) => localeAt(node.querySelector(name) as Element, 'auto');
    const browser = navigator.languages.map(localeFor).find((locale) => locale !== undefined) ?? 'en';
    expect(at('i')).to.equal('fr');
    expect(at('b')).to.equal(browser);
    expect(at('u')).to.equal(browser);
  });

  it('is the `lang` outside of a shadow root', async () => {
    const node = await fixture<HTMLElement>(html`<section lang="ja"><div></div></section>`);
    const inner = document.createElement('i');
    node.querySelector('div')?.attachShadow({mode: 'open'}).append(inner);
    expect(localeAt(inner, 'auto')).to.equal('ja');
  });

  it('is the requested one, or English if that is not supported', async () => {
    const node = await fixture(html`<i lang="fr"></i>`);
    expect(localeAt(node, 'de-CH')).to.equal('de');
    expect(localeAt(node, 'sv')).to.equal('en');
  });
});
