import {expect} from '@open-wc/testing';
import {TEXTS} from '../../../host-sdk/texts.ts';
import {en, type Texts} from '../../../widget/locales/en.ts';
import {directionOf, loadTexts} from '../../../widget/locales/locale.ts';
import {type Locale, LOCALES} from '../../../widget/protocol/names.ts';

/** Where it is not the one of Latin script. */
const FULL_STOPS: Partial<Record<Locale, string>> = {ja: '。', 'zh-Hans': '。', 'zh-Hant': '。', hi: '।'};

/** As many fields as may be at fault at once. */
const COUNTS = [1, 2, 3, 4, 5, 6, 7];

/** Every text of a table by its path; those with something in them for each count, and for two labels. */
function textsOf({title, faults, ...rest}: Texts): [string, string][] {
  return [
    ['title', title(['Ⅰ', 'Ⅱ'])],
    ...COUNTS.map((count): [string, string] => [`faults(${count})`, faults(count)]),
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
    it(`has every text in ${locale}, none of them markup or longer than a message may be`, async () => {
      const texts = textsOf(await loadTexts(locale));
      expect(texts.map(([at]) => at)).to.deep.equal(textsOf(en).map(([at]) => at));
      for (const [at, text] of texts) {
        expect(text.trim(), at).to.equal(text);
        expect(text, at).not.to.equal('');
        expect(text.length, at).to.be.lessThan(200);
        expect(text, at).not.to.match(/[<>&{}]/);
      }
    });

    it(`asks in ${locale} for the very form that stands in the field`, async () => {
      const {placeholders, problems} = await loadTexts(locale);
      expect(problems.expiry.incomplete).to.contain(placeholders.expiry);
    });
  }

  for (const locale of LOCALES)
    it(`is set in ${locale} as that is printed: its full stop, its quotes, its spaces`, async () => {
      const texts = await loadTexts(locale);
      for (const [at, text] of [...flatten(TEXTS[locale]), ...textsOf(texts)]) {
        expect(text, at).not.to.match(/['"]|\.{3}| {2}/);
        if (/^(problems|faults|unsealed|loading|failed)/.test(at))
          expect(text.endsWith(FULL_STOPS[locale] ?? '.'), text).to.equal(true);
        if (locale === 'fr') expect(text, at).not.to.match(/(?<!\u00a0):|(?<!\u202f)[;!?]/);
        if (/^(ja|zh)/.test(locale)) expect(text, at).not.to.match(/[,.:;!?()~]|\p{Script=Han} (?!\/|\d)/u);
        if (locale === 'ar') expect(text, at).not.to.match(/[,;?]/);
      }
    });

  for (const locale of LOCALES)
    it(`counts in ${locale} as its plural rules do`, async () => {
      const {faults} = await loadTexts(locale);
      const rules = new Intl.PluralRules(locale);
      const forms = new Map<string, Set<string>>();
      for (const count of COUNTS) {
        const category = rules.select(count);
        const form = faults(count).replace(`${count}`, '#');
        forms.set(category, (forms.get(category) ?? new Set<string>()).add(form));
      }
      for (const [category, found] of forms) expect([...found], category).to.have.length(1);
      const isInflected = !['tr', 'hi'].includes(locale); // a noun behind a numeral stays as it is
      if (isInflected)
        expect(new Set([...forms.values()].flatMap((found) => [...found])).size).to.equal(forms.size);
    });

  it('differ from the source in every sentence', async () => {
    for (const locale of LOCALES.filter((each) => each !== 'en')) {
      const source = new Map(textsOf(en));
      for (const [at, text] of textsOf(await loadTexts(locale)))
        if (!at.startsWith('placeholders.')) expect(text, `${locale} ${at}`).not.to.equal(source.get(at));
    }
  });

  it('run from right to left in Arabic and Hebrew', () => {
    expect(LOCALES.filter((locale) => directionOf(locale) === 'rtl')).to.deep.equal(['ar', 'he']);
  });
});
