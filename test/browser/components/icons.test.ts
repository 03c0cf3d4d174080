import {expect, fixture, html} from '@open-wc/testing';
import '../../../widget/components/icons.ts';
import type {BrandIcon} from '../../../widget/components/brand-icon.ts';
import type {SecurityCodeIcon} from '../../../widget/components/security-code-icon.ts';
import type {CardSide} from '../../../widget/fields/security-code.ts';
import {type Brand, BRANDS} from '../../../widget/protocol/names.ts';
import {contrast} from '../contrast.ts';

/** Asserts that an icon is hidden from screen readers and refers to no other source, which the frame's policy would block. */
function assertDecorative(element: HTMLElement): void {
  expect(element.firstElementChild?.getAttribute('aria-hidden')).to.equal('true');
  expect(element.textContent.trim()).to.equal('');
  expect(element.innerHTML).not.to.match(/style=|href|url\(|data:/);
}

describe('brand-icon', () => {
  let icon: BrandIcon;
  beforeEach(async () => {
    icon = await fixture(html`<brand-icon></brand-icon>`);
  });
  const show = async (brand: Brand | undefined) => {
    icon.brand = brand;
    await icon.updateComplete;
  };

  it('draws each brand, five of them as any card, with shapes inside the plate and a contrast of at least 3', async () => {
    const drawn = new Map<string, Brand[]>();
    for (const brand of BRANDS.filter((each) => each !== 'unknown')) {
      await show(brand);
      const drawing = icon.innerHTML.replace(/<!--.*?-->/g, '');
      drawn.set(drawing, [...(drawn.get(drawing) ?? []), brand]);
      assertDecorative(icon);
      const plate = icon.querySelector('rect')?.getAttribute('fill') ?? '';
      const shapes = [...icon.querySelectorAll('path')];
      expect(shapes, brand).not.to.have.length(0);
      for (const shape of shapes) {
        const color = shape.getAttribute('fill') ?? '';
        expect(contrast(color, plate), `${color} of ${brand}`).to.be.at.least(3);
        const {x, y, width, height} = shape.getBBox();
        const isWithin = x >= 2 && y >= 1.5 && x + width <= 26 && y + height <= 16.5;
        expect(isWithin, brand).to.equal(true);
      }
    }
    const alike = [...drawn.values()].filter((brands) => brands.length > 1);
    expect(alike).to.deep.equal([['rupay', 'dankort', 'mada', 'carnet', 'uatp']]);
  });

  for (const brand of [undefined, 'unknown'] as const)
    it(`is empty for ${brand ?? 'no brand'}, even after another brand`, async () => {
      await show(brand);
      expect(icon.childElementCount).to.equal(0);
      await show('visa');
      expect(icon.childElementCount).to.equal(1);
      await show(brand);
      expect(icon.childElementCount).to.equal(0);
    });
});

describe('security-code-icon', () => {
  let icon: SecurityCodeIcon;
  beforeEach(async () => {
    icon = await fixture(html`<security-code-icon></security-code-icon>`);
  });

  const read = async (side: CardSide) => {
    icon.side = side;
    await icon.updateComplete;
    const code = icon.querySelector('g') as SVGGElement;
    const {y, height} = code.getBBox();
    const rest = [...icon.querySelectorAll<SVGPathElement>('svg > path')].map((path) => path.getBBox());
    const digits = [...code.querySelectorAll('circle')];
    const isRight = digits.every(({cx}) => cx.baseVal.value > 14);
    assertDecorative(icon);
    return {digits: digits.length, isRight, top: y, bottom: y + height, rest};
  };

  it('draws three digits on the back, below the stripe and to the right of the signature', async () => {
    const {digits, isRight, top, rest} = await read('back');
    expect([digits, isRight]).to.deep.equal([3, true]);
    const [stripe, signature] = rest;
    expect(stripe && stripe.y + stripe.height <= top).to.equal(true);
    expect(signature && signature.x + signature.width < 15.5).to.equal(true);
  });

  it('draws four digits on the front, above the number', async () => {
    const {digits, isRight, bottom, rest} = await read('front');
    expect([digits, isRight]).to.deep.equal([4, true]);
    expect(rest[0] && rest[0].y >= bottom).to.equal(true);
  });
});
