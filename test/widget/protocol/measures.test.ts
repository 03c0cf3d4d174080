import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {measuresOf} from '../../../widget/protocol/measures.ts';

const PIXELS = /^\d+px$/;

describe('measures', () => {
  it('are those of a row of 90 px where a theme says nothing', () => {
    expect(measuresOf({}, 1)).to.include({
      '--label-height': '22px',
      '--height': '44px',
      '--problem-height': '24px',
      '--label-size': '14px',
      '--problem-size': '13px',
      '--gap': '12px',
    });
  });

  it('leave no room for labels that are hidden', () => {
    expect(measuresOf({labels: 'hidden'}, 1)).to.include({'--label-height': '0px', '--height': '44px'});
  });

  it('have one weight for all once a theme has one', () => {
    expect(measuresOf({}, 1)).to.include({'--font-weight': '400', '--label-weight': '500'});
    expect(measuresOf({fontWeight: '300'}, 1)).to.include({'--font-weight': '300', '--label-weight': '300'});
  });

  it('are whole pixels in height, for letters that can be read, in controls that hold them', () => {
    fc.assert(
      fc.property(
        fc.double({min: 12, max: 24, noNaN: true}),
        fc.double({min: 1, max: 2, noNaN: true}),
        fc.double({min: 32, max: 72, noNaN: true}),
        fc.double({min: 0, max: 4, noNaN: true}),
        fc.double({min: 0.5, max: 4, noNaN: true}),
        (letters, line, height, border, scale) => {
          const measures = measuresOf(
            {
              fontSize: `${letters}px`,
              lineHeight: `${line}`,
              height: `${height}px`,
              borderWidth: `${border}px`,
            },
            scale,
          );
          const size = letters * scale;
          for (const name of ['--label-height', '--height', '--problem-height'] as const)
            expect(measures[name]).to.match(PIXELS);
          const pixels = (name: keyof typeof measures) => parseFloat(measures[name] ?? '');
          expect(pixels('--problem-size')).to.be.at.least(12);
          expect(pixels('--label-height')).to.be.at.least(Math.floor(pixels('--label-size')));
          expect(pixels('--height')).to.be.at.least(size * 1.2 + 2 * border);
        },
      ),
    );
  });
});
