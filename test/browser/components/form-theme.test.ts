import {expect} from '@open-wc/testing';
import {PALETTES} from '../../../widget/theme/apply.ts';
import {BANK_FIELDS, CARD_FIELDS, closeForm, openForm} from './form-document.ts';

const TOKENS = {
  colorText: 'rgb(1, 2, 3)',
  colorMuted: 'rgb(2, 3, 4)',
  colorBackground: 'rgba(3, 4, 5, 0.5)',
  colorBorder: 'rgb(4, 5, 6)',
  colorFocus: 'rgb(5, 6, 7)',
  colorError: 'rgb(6, 7, 8)',
  fontFamily: 'monospace',
  fontSize: '18px',
  fontWeight: '600',
  lineHeight: '1.6',
  letterSpacing: '1px',
  radius: '3px',
  borderWidth: '2px',
  padding: '10px',
  gap: '20px',
  height: '50px',
};

/** The expected computed style of an input with these tokens. */
const COMPUTED = {
  color: TOKENS.colorText,
  backgroundColor: TOKENS.colorBackground,
  borderTopColor: TOKENS.colorBorder,
  fontFamily: 'monospace',
  fontSize: '18px',
  fontWeight: '600',
  letterSpacing: '1px',
  borderTopLeftRadius: '3px',
  borderTopWidth: '2px',
  paddingLeft: '10px',
  height: '50px',
  colorScheme: 'dark',
};

describe('payment-form styles', () => {
  afterEach(closeForm);

  it('apply every token of a theme', async () => {
    const form = await openForm(CARD_FIELDS);
    form.setTheme(TOKENS, 'dark');
    expect(form.styleOf('#cardNumber')).to.include(COMPUTED);
    const boxes = ['#expiry', '#securityCode'].map((each) => form.find(each).getBoundingClientRect());
    expect((boxes[1]?.left ?? 0) - (boxes[0]?.right ?? 0)).to.equal(20);
  });

  it('hide labels visually, but not from screen readers', async () => {
    const form = await openForm(CARD_FIELDS);
    form.setTheme({labels: 'hidden'});
    const {width, height} = form.find('label').getBoundingClientRect();
    expect([width, height, form.styleOf('label').display]).to.deep.equal([1, 1, 'block']);
  });

  // The tests of the palettes check the contrast of these colors.
  for (const scheme of ['light', 'dark'] as const)
    it(`use the colors of the ${scheme} palette`, async () => {
      const form = await openForm(CARD_FIELDS);
      form.setTheme({}, scheme);
      const asComputed = (color: string) => {
        const probe = form.root.appendChild(document.createElement('i'));
        probe.style.color = color;
        const computed = getComputedStyle(probe).color;
        probe.remove();
        return computed;
      };
      const {colorText, colorMuted, colorBackground, colorBorder, colorFocus, colorError} = PALETTES[scheme];
      const {color, backgroundColor, borderTopColor} = form.styleOf('#expiry');
      expect([color, backgroundColor, borderTopColor]).to.deep.equal(
        [colorText, colorBackground, colorBorder].map(asComputed),
      );
      expect(form.styleOf('#expiry', '::placeholder').color).to.equal(asComputed(colorMuted));
      expect(form.styleOf('.brand').color).to.equal(asComputed(colorMuted));
      expect(form.styleOf('label').color).to.equal(asComputed(colorText));
      await form.showProblems();
      expect(form.styleOf('#expiry').borderTopColor).to.equal(asComputed(colorError));
      expect(form.styleOf('#expiry-problem').color).to.equal(asComputed(colorError));
      form.find('#expiry').focus();
      expect(form.styleOf('#expiry').outlineColor).to.equal(asComputed(colorFocus));
    });

  it('do not show an invalid field by color alone, and show the focused field differently', async () => {
    const form = await openForm(CARD_FIELDS);
    await form.showProblems();
    const invalid = form.styleOf('#expiry');
    expect(invalid.boxShadow).to.match(/inset/);
    form.find('#cardNumber').focus();
    const focused = form.styleOf('#cardNumber');
    expect([focused.boxShadow, focused.outlineWidth]).to.deep.equal(['none', '2px']);
    expect(focused.outlineColor).not.to.equal(invalid.borderTopColor);
  });

  it('give every control a target size of at least 24 px', async () => {
    const form = await openForm(BANK_FIELDS, {width: 280});
    const controls = [...form.root.querySelectorAll('input, select, button')];
    expect(controls).to.have.length(6);
    for (const control of controls) {
      const {width, height} = control.getBoundingClientRect();
      expect(Math.min(width, height), control.id).to.be.at.least(24);
    }
  });
});
