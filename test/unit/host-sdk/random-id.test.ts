import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {randomId} from '../../../host-sdk/random-id.ts';
import {RANDOM_ID} from '../../../widget/protocol/envelope.ts';

describe('randomId', () => {
  it('returns 128 bits in hexadecimal, different each time', () => {
    const ids = Array.from({length: 1000}, randomId);
    for (const id of ids) assert.match(id, RANDOM_ID);
    assert.equal(new Set(ids).size, 1000);
  });
});
