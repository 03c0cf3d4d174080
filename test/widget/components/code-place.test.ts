import {expect, fixture, html} from '@open-wc/testing';
import {type CodePlace} from '../../../widget/components/code-place.ts';
import '../../../widget/components/code-place.ts';
import type {CardSide} from '../../../widget/fields/security-code.ts';

describe('code-place', () => {
  let place: CodePlace;
  beforeEach(async () => {
    place = await fixture(html`<code-place></code-place>`);
  });

  /** Digits of the code, and where it stands: all of it right of the middle, between these heights. */
  const read = async (side: CardSide) => {
    place.side = side;
    await place.updateComplete;
    const code = place.querySelector('g') as SVGGElement;
    const {y, height} = code.getBBox();
    const rest = [...place.querySelectorAll<SVGPathElement>('svg > path')].map((path) => path.getBBox());
    const digits = [...code.querySelectorAll('circle')];
    const isRight = digits.every(({cx}) => cx.baseVal.value > 14);
    return {digits: digits.length, isRight, top: y, bottom: y + height, rest};
  };

  it('is three digits on the back, below the band and at the end of the strip', async () => {
    const {digits, isRight, top, rest} = await read('back');
    expect([digits, isRight]).to.deep.equal([3, true]);
    const [band, strip] = rest;
    expect(band && band.y + band.height <= top).to.equal(true);
    expect(strip && strip.x + strip.width < 15.5).to.equal(true);
  });

  it('is four digits on the front, above the number', async () => {
    const {digits, isRight, bottom, rest} = await read('front');
    expect([digits, isRight]).to.deep.equal([4, true]);
    expect(rest[0] && rest[0].y >= bottom).to.equal(true);
  });

  it('is for the eye alone, and needs no file and no style', () => {
    expect(place.firstElementChild?.getAttribute('aria-hidden')).to.equal('true');
    expect(place.textContent.trim()).to.equal('');
    expect(place.innerHTML).not.to.match(/style=|href|url\(|data:/);
  });
});
