import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

/** The package's entries and their exports. They are resolved by `exports` of package.json. */
const ENTRIES = {
  'sealed-fields': ['SealedFieldsElement', 'SealedFieldsError'],
  'sealed-fields/define': ['define'],
};

describe('importing the package in Node', () => {
  for (const [entry, names] of Object.entries(ENTRIES))
    it(`${entry} exports ${names.join(', ')} and changes nothing`, async () => {
      const globals = Object.getOwnPropertyNames(globalThis);
      const module = (await import(entry)) as object;
      assert.deepEqual(Object.keys(module), names);
      assert.deepEqual(Object.getOwnPropertyNames(globalThis), globals);
    });

  it('define() does nothing', async () => {
    const {define} = await import('../../../host-sdk/define.ts');
    assert.equal(define({origin: 'https://pay.example'}), false);
  });
});
