import {expect} from '@open-wc/testing';
import {en, type Texts} from '../../../widget/locales/en.ts';
import {directionOf, loadTexts} from '../../../widget/locales/locale.ts';
import {LOCALES} from '../../../widget/protocol/names.ts';

/** Every text of a table by its path; a function's text for two and for three. */
function flatten(table: object, path = ''): [string, string][] {
  return Object.entries(table).flatMap(([key, value]: [string, unknown]): [string, string][] => {
    const at = `${path}${key}`;
    if (typeof value === 'string') return [[at, value]];
    if (typeof value === 'function')
      return [2, 3].map((count) => [`${at}(${count})`, (value as Texts['faults'])(count)]);
    return flatten(value as object, `${at}.`);
  });
}

describe('locales', () => {
  for (const locale of LOCALES) {
    it(`has every text in ${locale}, none of them markup or longer than a message may be`, async () => {
      const texts = flatten(await loadTexts(locale));
      expect(texts.map(([at]) => at)).to.deep.equal(flatten(en).map(([at]) => at));
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

  it('differ from the source in every sentence', async () => {
    for (const locale of LOCALES.filter((each) => each !== 'en')) {
      const source = new Map(flatten(en));
      for (const [at, text] of flatten(await loadTexts(locale)))
        if (!at.startsWith('placeholders.')) expect(text, `${locale} ${at}`).not.to.equal(source.get(at));
    }
  });

  it('run from right to left in Arabic and Hebrew', () => {
    expect(LOCALES.filter((locale) => directionOf(locale) === 'rtl')).to.deep.equal(['ar', 'he']);
  });
});
