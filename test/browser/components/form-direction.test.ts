import {expect} from '@open-wc/testing';
import {BANK_FIELDS, CARD_FIELDS, closeForm, openForm} from './form-document.ts';

/** Tolerance for edges of text: glyphs do not fill their advance width. */
const SLACK_PX = 2;

/** Names and the locale of the page, with the expected direction of the text and the side where it starts. */
const NAMES = [
  ['ar', 'نجيب محفوظ', 'rtl', 'right'],
  ['he', 'Zoë Müller', 'ltr', 'right'],
  ['en', 'דוד בן גוריון', 'rtl', 'start'],
  ['en', 'Zoë Müller', 'ltr', 'start'],
] as const;

describe('payment-form in a right-to-left language', () => {
  afterEach(closeForm);

  for (const locale of ['ar', 'he'] as const) {
    it(`mirrors the row in ${locale}, aligns text to the right and keeps numbers left to right`, async () => {
      const form = await openForm(CARD_FIELDS, {layout: 'inline'});
      await form.setLocale(locale);
      await form.showProblems();
      const edges = CARD_FIELDS.map((name) => {
        const {right} = form.find(`#${name}`).getBoundingClientRect();
        for (const text of [form.find(`#${name}-label`), form.find(`#${name}-problem`)]) {
          const range = text.ownerDocument.createRange();
          range.selectNodeContents(text);
          expect(range.getBoundingClientRect().right, text.id).to.be.closeTo(right, SLACK_PX);
        }
        const {direction, textAlign} = form.styleOf(`#${name}`);
        expect([direction, textAlign]).to.deep.equal(['ltr', 'right']);
        return right;
      });
      expect(edges).to.deep.equal(edges.toSorted((a, b) => b - a));
    });

    it(`puts the button for showing a number at the left of its label in ${locale}`, async () => {
      const form = await openForm(BANK_FIELDS);
      await form.setLocale(locale);
      const boxOf = (id: string) => form.find(`#${id}`).getBoundingClientRect();
      const button = boxOf('accountNumber-reveal');
      expect(button.right).to.be.at.most(boxOf('accountNumber-label').left + SLACK_PX);
      expect(button.left).to.be.closeTo(boxOf('accountNumber').left, SLACK_PX);
    });
  }

  for (const [locale, name, direction, align] of NAMES)
    it(`writes ${name} ${direction} in ${locale}, from the ${align}`, async () => {
      const form = await openForm(['cardholderName']);
      await form.setLocale(locale);
      await form.type({cardholderName: name});
      const style = form.styleOf('#cardholderName');
      expect([style.direction, style.textAlign]).to.deep.equal([direction, align]);
    });

  it('isolates right-to-left placeholders, including those of the page', async () => {
    const form = await openForm(CARD_FIELDS);
    await form.setLocale('ar');
    const placeholders = {cardNumber: '16 digits', expiry: '2 ثم 2'};
    await form.update({settings: {...form.form.settings, placeholders}});
    expect(CARD_FIELDS.map((name) => (form.find(`#${name}`) as HTMLInputElement).placeholder)).to.deep.equal([
      '16 digits',
      '\u20672 ثم 2\u2069',
      '\u20673 أرقام\u2069',
    ]);
  });
});
