import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {describeFault} from '../../demo/request-log.ts';

describe('describeFault', () => {
  it('returns the name and the place of an error, without its message', () => {
    for (const message of ['4012000098765439', 'card\n    at 4012000098765439', '']) {
      const line = describeFault(new TypeError(message));
      assert.match(line, /^fault TypeError at .*request-log\.test\.ts:\d+:\d+\)?$/);
      assert.equal(line.includes('4012'), false);
    }
  });
});
