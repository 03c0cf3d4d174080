import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {createOpener} from '../../../demo/gateway/open-envelope.ts';
import {readVectors, SKIP} from './vectors.ts';

interface Group {
  privateKeyPem: string;
  /** `msg` and `ct` are hexadecimal. */
  tests: {tcId: number; comment: string; msg: string; ct: string; result: 'valid' | 'invalid'}[];
}

describe('createOpener, with Wycheproof vectors for RSAES-PKCS1-v1_5 with 2048 bits', {skip: SKIP}, () => {
  const {testGroups = []} = readVectors('wycheproof/rsa_pkcs1_2048_test.json') as {testGroups?: Group[]};
  for (const {privateKeyPem, tests} of testGroups) {
    const open = createOpener(privateKeyPem);
    for (const {tcId, comment, msg, ct, result} of tests)
      it(`${result === 'valid' ? 'decrypts' : 'rejects'} vector ${tcId}: ${comment}`, () => {
        const expected = result === 'valid' ? Buffer.from(msg, 'hex').toString('latin1') : undefined;
        assert.equal(open(Buffer.from(ct, 'hex').toString('base64')), expected);
      });
  }

  it('has valid and invalid vectors', () => {
    const results = testGroups.flatMap(({tests}) => tests.map(({result}) => result));
    assert.deepEqual([...new Set(results)].sort(), ['invalid', 'valid']);
  });
});
