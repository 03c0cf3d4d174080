import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {matchLocale} from '../../../host-sdk/attributes.ts';
import {LOCALES} from '../../../widget/protocol/names.ts';

describe('matchLocale', () => {
  it('returns each locale for its own tag', () => {
    for (const locale of LOCALES) assert.equal(matchLocale(locale), locale);
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
    it(`returns ${locale} for ${tag}`, () => {
      assert.equal(matchLocale(tag), locale);
    });

  for (const tag of ['sv', 'sr-Latn', 'x-klingon', '', 'en_US', '<b>', 'a-', 'abcdefghi'])
    it(`returns undefined for “${tag}”`, () => {
      assert.equal(matchLocale(tag), undefined);
    });
});
