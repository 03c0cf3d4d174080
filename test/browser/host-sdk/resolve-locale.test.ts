import {expect, fixture, html} from '@open-wc/testing';
import {matchLocale, resolveLocale} from '../../../host-sdk/attributes.ts';

describe('resolveLocale', () => {
  it('returns the `lang` of the nearest element that has one, or else the language of the browser', async () => {
    const node = await fixture(
      html`<section lang="fr-CA">
        <p lang=""><b></b></p>
        <u lang="en_US"></u><i></i>
      </section>`,
    );
    const at = (name: string) => resolveLocale(node.querySelector(name) as Element, 'auto');
    const browser = navigator.languages.map(matchLocale).find((locale) => locale !== undefined) ?? 'en';
    expect(at('i')).to.equal('fr');
    expect(at('b')).to.equal(browser);
    expect(at('u')).to.equal(browser);
  });

  it('returns the `lang` outside of a shadow root if there is none inside', async () => {
    const node = await fixture<HTMLElement>(html`<section lang="ja"><div></div></section>`);
    const inner = document.createElement('i');
    node.querySelector('div')?.attachShadow({mode: 'open'}).append(inner);
    expect(resolveLocale(inner, 'auto')).to.equal('ja');
  });

  it('returns the requested locale, or English if it is not supported', async () => {
    const node = await fixture(html`<i lang="fr"></i>`);
    expect(resolveLocale(node, 'de-CH')).to.equal('de');
    expect(resolveLocale(node, 'sv')).to.equal('en');
  });
});
