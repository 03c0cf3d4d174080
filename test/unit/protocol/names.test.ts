import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {brandFor, BRANDS} from '../../../widget/protocol/names.ts';

describe('brandFor', () => {
  it('returns unknown in protocol 1 for exactly the brands that it does not have', () => {
    const changed = BRANDS.filter((brand) => brandFor(1, brand) !== brand);
    assert.deepEqual(changed, ['rupay', 'dankort', 'mada', 'carnet', 'uatp']);
    for (const brand of changed) assert.equal(brandFor(1, brand), 'unknown');
    assert.equal(brandFor(1, undefined), undefined);
  });

  it('returns every brand itself from protocol 2 on', () => {
    for (const brand of [undefined, ...BRANDS])
      for (const protocol of [2, 3]) assert.equal(brandFor(protocol, brand), brand);
  });
});
