import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {TEXTS} from '../../../host-sdk/texts.ts';
import {en, type Texts} from '../../../widget/locales/en.ts';
import {directionOf, loadTexts} from '../../../widget/locales/locale.ts';
import {type Locale, LOCALES} from '../../../widget/protocol/names.ts';

/** The script of each locale that is not written in Latin script. */
const FULL_STOPS: Partial<Record<Locale, string>> = {ja: '。', 'zh-Hans': '。', 'zh-Hant': '。', hi: '।'};

/** Counts for plural forms: how many fields can be invalid at once. */
const COUNTS = [1, 2, 3, 4, 5, 6, 7];

/** Every text of a table, by path. A function counts as its results for each count, or for two labels. */
function textsOf({title, problemCount, ...rest}: Texts): [string, string][] {
  return [
    ['title', title(['Ⅰ', 'Ⅱ'])],
    ...COUNTS.map((count): [string, string] => [`problemCount(${count})`, problemCount(count)]),
    ...flatten(rest),
  ];
}

function flatten(table: object, path = ''): [string, string][] {
  return Object.entries(table).flatMap(([key, value]: [string, object | string]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : flatten(value, `${path}${key}.`),
  );
}

describe('locales', () => {
  for (const locale of LOCALES) {
    it(`${locale} has every text, without markup and under 200 characters`, async () => {
      const texts = textsOf(await loadTexts(locale));
      assert.deepEqual(
        texts.map(([path]) => path),
        textsOf(en).map(([path]) => path),
      );
      for (const [path, text] of texts) {
        assert.ok(text !== '' && text.trim() === text && text.length < 200, path);
        assert.doesNotMatch(text, /[<>&{}]/, path);
      }
    });

    it(`${locale} describes the expiry in the format of its placeholder`, async () => {
      const {placeholders, problems} = await loadTexts(locale);
      assert.ok(problems.expiry.incomplete.includes(placeholders.expiry));
    });

    it(`${locale} uses the full stops, quotes and spaces of its language`, async () => {
      for (const [path, text] of [...flatten(TEXTS[locale]), ...textsOf(await loadTexts(locale))]) {
        const at = `${path}: ${text}`;
        assert.doesNotMatch(text, /['"]|\.{3}| {2}/, at);
        if (/^(problems|problemCount|sealFailed|loading|failed)/.test(path))
          assert.ok(text.endsWith(FULL_STOPS[locale] ?? '.'), at);
        if (locale === 'fr') assert.doesNotMatch(text, /(?<!\u00a0):|(?<!\u202f)[;!?]/, at);
        if (/^(ja|zh)/.test(locale)) assert.doesNotMatch(text, /[,.:;!?()~]|\p{Script=Han} (?!\/|\d)/u, at);
        if (locale === 'ar') assert.doesNotMatch(text, /[,;?]/, at);
      }
    });

    it(`${locale} has one text for each plural form`, async () => {
      const {problemCount} = await loadTexts(locale);
      const rules = new Intl.PluralRules(locale);
      const forms = new Map<string, Set<string>>();
      for (const count of COUNTS) {
        const category = rules.select(count);
        const form = problemCount(count).replace(`${count}`, '#');
        forms.set(category, (forms.get(category) ?? new Set<string>()).add(form));
      }
      for (const [category, found] of forms) assert.equal(found.size, 1, category);
      const isInflected = !['tr', 'hi'].includes(locale); // a noun after a numeral does not change
      if (isInflected)
        assert.equal(new Set([...forms.values()].flatMap((found) => [...found])).size, forms.size);
    });
  }

  it('translate every sentence', async () => {
    const source = new Map(textsOf(en));
    for (const locale of LOCALES.filter((each) => each !== 'en'))
      for (const [path, text] of textsOf(await loadTexts(locale)))
        if (!path.startsWith('placeholders.')) assert.notEqual(text, source.get(path), `${locale} ${path}`);
  });

  it('are right-to-left only in Arabic and Hebrew', () => {
    assert.deepEqual(
      LOCALES.filter((locale) => directionOf(locale) === 'rtl'),
      ['ar', 'he'],
    );
  });
});
