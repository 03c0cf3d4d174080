import {expect, fixture, html} from '@open-wc/testing';
import {localeAt, localeFor} from '../../host-sdk/locale.ts';
import {LOCALES} from '../../widget/protocol/names.ts';

describe('locale', () => {
  for (const locale of LOCALES)
    it(`serves ${locale} by its own tag`, () => {
      expect(localeFor(locale)).to.equal(locale);
    });

  for (const [tag, locale] of Object.entries({
    'en-GB': 'en',
    'de-AT': 'de',
    DE: 'de',
    'es-419': 'es',
    pt: 'pt-BR',
    'pt-PT': 'pt-BR',
    zh: 'zh-Hans',
    'zh-CN': 'zh-Hans',
    'zh-SG': 'zh-Hans',
    'zh-TW': 'zh-Hant',
    'zh-HK': 'zh-Hant',
    'zh-Hans-HK': 'zh-Hans',
    iw: 'he',
    'ar-EG': 'ar',
    'de-u-nu-arab': 'de',
  }))
    it(`serves ${tag} in ${locale}`, () => {
      expect(localeFor(tag)).to.equal(locale);
    });

  for (const tag of ['sv', 'sr-Latn', 'x-klingon', '', 'en_US', '<b>', 'a-', 'abcdefghi'])
    it(`does not know “${tag}”`, () => {
      expect(localeFor(tag)).to.equal(undefined);
    });

  it('is that of the nearest element that has one, then the browser’s', async () => {
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

  it('is that of the page around a shadow root', async () => {
    const node = await fixture<HTMLElement>(html`<section lang="ja"><div></div></section>`);
    const inner = document.createElement('i');
    node.querySelector('div')?.attachShadow({mode: 'open'}).append(inner);
    expect(localeAt(inner, 'auto')).to.equal('ja');
  });

  it('is the one that is asked for, and English where that is none of ours', async () => {
    const node = await fixture(html`<i lang="fr"></i>`);
    expect(localeAt(node, 'de-CH')).to.equal('de');
    expect(localeAt(node, 'sv')).to.equal('en');
  });
});
