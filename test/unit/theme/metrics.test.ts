import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {metricsOf} from '../../../widget/theme/metrics.ts';
import {runs} from '../../support/properties.ts';

const PIXELS = /^\d+px$/;

function assertMetrics(metrics: Readonly<Record<string, string>>, expected: Record<string, string>): void {
  const shown = Object.keys(expected).map((name) => [name, metrics[name]]);
  assert.deepEqual(Object.fromEntries(shown), expected);
}

describe('metricsOf', () => {
  it('returns heights of 90 px for a row by default', () => {
    assertMetrics(metricsOf({}, 1), {
      '--label-height': '22px',
      '--height': '44px',
      '--problem-height': '24px',
      '--label-size': '14px',
      '--problem-size': '13px',
      '--gap': '12px',
    });
  });

  it('reserves no space for hidden labels', () => {
    assertMetrics(metricsOf({labels: 'hidden'}, 1), {'--label-height': '0px', '--height': '44px'});
  });

  it('uses the font weight of the theme for values and labels', () => {
    assertMetrics(metricsOf({}, 1), {'--font-weight': '400', '--label-weight': '500'});
    assertMetrics(metricsOf({fontWeight: '300'}, 1), {'--font-weight': '300', '--label-weight': '300'});
  });

  it('returns heights in whole pixels, with text of at least 12 px that fits into the controls', () => {
    fc.assert(
      fc.property(
        fc.double({min: 12, max: 24, noNaN: true}),
        fc.double({min: 1, max: 2, noNaN: true}),
        fc.double({min: 32, max: 72, noNaN: true}),
        fc.double({min: 0, max: 4, noNaN: true}),
        fc.double({min: 0.5, max: 4, noNaN: true}),
        (fontSize, line, height, border, scale) => {
          const metrics = metricsOf(
            {
              fontSize: `${fontSize}px`,
              lineHeight: `${line}`,
              height: `${height}px`,
              borderWidth: `${border}px`,
            },
            scale,
          );
          const size = fontSize * scale;
          for (const name of ['--label-height', '--height', '--problem-height'] as const)
            assert.match(metrics[name] ?? '', PIXELS);
          const pixels = (name: keyof typeof metrics) => parseFloat(metrics[name] ?? '');
          assert.ok(pixels('--problem-size') >= 12);
          assert.ok(pixels('--label-height') >= Math.floor(pixels('--label-size')));
          assert.ok(pixels('--height') >= size * 1.2 + 2 * border);
        },
      ),
      runs(),
    );
  });
});
