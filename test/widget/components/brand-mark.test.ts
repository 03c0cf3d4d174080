import {expect, fixture, html} from '@open-wc/testing';
import {type BrandMark} from '../../../widget/components/brand-mark.ts';
import '../../../widget/components/brand-mark.ts';
import {type Brand, BRANDS} from '../../../widget/protocol/names.ts';

/** Relative luminance of `#rgb` or `#rrggbb` (WCAG 2.2). */
function luminance(color: string): number {
  const digits = color.length === 4 ? color.replace(/\w/g, '$&$&') : color;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = parseInt(digits.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [one, other].map(luminance).sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

describe('brand-mark', () => {
  let mark: BrandMark;
  beforeEach(async () => {
    mark = await fixture(html`<brand-mark></brand-mark>`);
  });
  const show = async (brand: Brand | undefined) => {
    mark.brand = brand;
    await mark.updateComplete;
  };
  const part = <E extends Element>(selector: string) => [...mark.querySelectorAll<SVGElement & E>(selector)];

  for (const brand of BRANDS.filter((each) => each !== 'unknown')) {
    it(`shows ${brand} by shapes that stand out from their plate, and lie on it`, async () => {
      await show(brand);
      const [plate] = part('rect');
      const shapes = part<SVGPathElement>('path');
      expect(shapes).not.to.be.empty;
      for (const shape of shapes) {
        const color = shape.getAttribute('fill') ?? '';
        expect(contrast(color, plate?.getAttribute('fill') ?? ''), color).to.be.at.least(3);
        const {x, y, width, height} = shape.getBBox();
        expect([x >= 2, y >= 1.5, x + width <= 26, y + height <= 16.5]).to.deep.equal([
          true,
          true,
          true,
          true,
        ]);
      }
    });
  }

  it('is another one for each brand', async () => {
    const drawn = new Set<string>();
    for (const brand of BRANDS) {
      await show(brand);
      drawn.add(mark.innerHTML.replace(/<!--.*?-->/g, ''));
    }
    expect(drawn.size).to.equal(BRANDS.length);
  });

  for (const brand of [undefined, 'unknown'] as const)
    it(`is empty for ${brand ?? 'no brand'}, and where there was one before`, async () => {
      await show(brand);
      expect(mark.childElementCount).to.equal(0);
      await show('visa');
      expect(mark.childElementCount).to.equal(1);
      await show(brand);
      expect(mark.childElementCount).to.equal(0);
    });

  it('is for the eye alone, and needs no file and no style', async () => {
    for (const brand of BRANDS.filter((each) => each !== 'unknown')) {
      await show(brand);
      expect(mark.firstElementChild?.getAttribute('aria-hidden')).to.equal('true');
      expect(mark.textContent.trim()).to.equal('');
      expect(mark.innerHTML).not.to.match(/style=|href|url\(|data:/);
    }
  });
});
