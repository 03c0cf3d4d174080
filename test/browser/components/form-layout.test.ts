import {expect} from '@open-wc/testing';
import {createPlaceholder} from '../../../host-sdk/frame/placeholder.ts';
import {TEXTS} from '../../../host-sdk/texts.ts';
import {type FieldName, type Layout, LOCALES} from '../../../widget/protocol/names.ts';
import {clippedText} from '../../support/clipped-text.ts';
import {BANK_FIELDS, CARD_FIELDS, closeForm, type FormDocument, openForm} from './form-document.ts';

const CARD: readonly FieldName[] = CARD_FIELDS;
const BANK: readonly FieldName[] = BANK_FIELDS;

/** The machines that run the tests may have no Devanagari font. */
const WITH_FONTS = LOCALES.filter((locale) => locale !== 'hi');

/** Numbers of fields in each row, from the top. */
const ROWS: [fields: readonly FieldName[], layout: Layout, width: number, rows: number[]][] = [
  [CARD, 'stacked', 240, [1, 1, 1]],
  [CARD, 'stacked', 280, [1, 2]],
  [CARD, 'stacked', 900, [1, 2]],
  [CARD, 'inline', 280, [1, 2]],
  [CARD, 'inline', 560, [1, 2]],
  [CARD, 'inline', 568, [3]],
  [CARD, 'inline', 900, [3]],
  [['expiry'], 'stacked', 280, [1]],
  [['expiry', 'cardNumber'], 'stacked', 280, [1, 1]],
  [['securityCode', 'expiry'], 'stacked', 280, [2]],
  [BANK, 'stacked', 280, [1, 1, 1, 1]],
  [BANK, 'stacked', 900, [1, 1, 1, 1]],
  [BANK, 'inline', 280, [1, 1, 1, 1]],
  [BANK, 'inline', 1200, [4]],
];

const THEMES = [
  [{}, 22 + 44 + 24],
  [{fontSize: '20px', lineHeight: '1.6', height: '56px', borderWidth: '4px', gap: '0px'}, 30 + 56 + 32],
  [{labels: 'hidden', height: '40px'}, 40 + 24],
  [{fontSize: '12px', lineHeight: '1', height: '32px', letterSpacing: '-1px'}, 14 + 32 + 18],
] as const;

/** The longest valid text of each field. */
const LONGEST: Partial<Record<FieldName, string>> = {
  cardNumber: '6212345678901234567',
  expiry: '2099-12',
  securityCode: '123456',
  routingNumber: '99',
  accountNumber: '12345678901234567',
  accountNumberConfirmation: '1234567890123456',
};

const textsFor = (fields: readonly FieldName[]) =>
  Object.fromEntries(Object.entries(LONGEST).filter(([name]) => fields.some((each) => each === name)));

describe('payment-form layout', () => {
  afterEach(closeForm);

  /** The height of the element's shadow root in this view. */
  const shell = (width: number, locale: keyof typeof TEXTS = 'en') => {
    const host = document.createElement('section');
    host.style.width = `${width}px`;
    document.body.append(host);
    const root = host.attachShadow({mode: 'open'});
    const built = createPlaceholder(
      root,
      () => TEXTS[locale],
      () => undefined,
    );
    built.applyTheme({});
    return {
      ...built,
      height: () => root.firstElementChild?.getBoundingClientRect().height,
      remove() {
        host.remove();
      },
    };
  };

  for (const [fields, layout, width, rows] of ROWS)
    it(`puts ${fields.join(', ')}, ${layout} at ${width} px, in rows of ${rows.join(' + ')}, like the skeleton`, async () => {
      const form = await openForm(fields, {width, layout});
      expect(form.rows()).to.deep.equal(rows);
      expect(form.height()).to.equal(4 + 90 * rows.length);
      const skeleton = shell(width);
      skeleton.setFields(fields, layout);
      skeleton.show('loading');
      expect(skeleton.height()).to.equal(form.height());
      skeleton.remove();
    });

  it('has rows with the heights of the theme', async () => {
    const form = await openForm(CARD);
    for (const [theme, row] of THEMES) {
      form.setTheme(theme);
      expect(form.height(), JSON.stringify(theme)).to.equal(4 + 2 * row);
      await form.update({});
      expect(form.root.scrollHeight, 'nothing overflows').to.equal(4 + 2 * row);
    }
  });

  for (const [fields, layout, width, locales] of [CARD, BANK].flatMap((fields) => [
    [fields, 'stacked', 280, LOCALES] as const,
    [fields, 'inline', 280, ['en']] as const,
    [fields, 'inline', 460, ['en', 'de']] as const,
    [fields, 'inline', 600, ['en', 'es']] as const,
  ]))
    it(`clips no text of ${fields.join(', ')}, ${layout} at ${width} px, in ${locales.join(', ')}`, async () => {
      const form = await openForm(fields, {width, layout});
      const clipped = () => clippedText(form.root.ownerDocument);
      for (const locale of locales) {
        await form.setLocale(locale);
        expect(clipped(), locale).to.deep.equal([]);
      }
      await form.type(textsFor(fields));
      await form.showProblems();
      for (const locale of locales) {
        await form.setLocale(locale);
        expect(clipped(), locale).to.deep.equal([]);
      }
    });

  for (const [fields, height] of [
    [CARD, 184],
    [BANK, 364],
  ] as const)
    it(`has labels that fit into one line at 272 px, for ${fields.join(', ')}`, async () => {
      const form = await openForm(fields, {width: 272});
      for (const locale of WITH_FONTS) {
        await form.setLocale(locale);
        expect(form.height(), locale).to.equal(height);
      }
    });

  it('has a failure view that is not higher than one row at 280 px', () => {
    for (const locale of WITH_FONTS) {
      const failure = shell(280, locale);
      failure.setFields(['cardNumber'], 'stacked');
      failure.show('failed');
      expect(failure.height(), locale).to.equal(94);
      failure.remove();
    }
  });

  for (const [locale, fields] of [
    ['en', CARD],
    ['ar', CARD],
    ['fr', ['cardNumber', 'securityCode']],
  ] as const)
    it(`does not overlap labels and entered text with icons at 280 px, for ${fields.join(', ')} in ${locale}`, async () => {
      const form = await openForm(fields, {width: 280});
      await form.setLocale(locale);
      await form.type({cardNumber: '371449635392376', securityCode: '9997'});
      expect(form.root.querySelectorAll('svg')).to.have.length(2);
      expect(coveredByIcons(form)).to.deep.equal([]);
    });
});

/** The icons that overlap the text area of a field or its label. */
function coveredByIcons({root}: FormDocument): string[] {
  const areas = [...root.querySelectorAll('input, label')].map((node) => {
    const {left, right, top, bottom} = node.getBoundingClientRect();
    const {paddingLeft, paddingRight} = getComputedStyle(node);
    return {
      id: node.id,
      left: left + parseFloat(paddingLeft),
      right: right - parseFloat(paddingRight),
      top,
      bottom,
    };
  });
  return [...root.querySelectorAll('svg')].flatMap((icon) => {
    const {left, right, top, bottom} = icon.getBoundingClientRect();
    return areas
      .filter((area) => left < area.right && area.left < right && top < area.bottom && area.top < bottom)
      .map(({id}) => `${icon.parentElement?.localName ?? ''} covers ${id}`);
  });
}
