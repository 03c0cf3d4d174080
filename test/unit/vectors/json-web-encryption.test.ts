import assert from 'node:assert/strict';
import {createPrivateKey, type JsonWebKey} from 'node:crypto';
import {describe, it} from 'node:test';
import {createJweOpener} from '../../../demo/gateway/open-envelope.ts';
import {readVectors, SKIP} from './vectors.ts';

interface Case {
  tcId: number;
  comment: string;
  /** In compact serialization. */
  jwe: string;
  /** The plaintext, in hexadecimal. */
  pt?: string;
  result: 'valid' | 'invalid';
}

/** Whether a JWE uses the algorithms of our profile. The gateway must reject all others, even if they are valid. */
function isOurs(jwe: string): boolean {
  const [head = ''] = jwe.split('.');
  const {alg, enc} = JSON.parse(Buffer.from(head, 'base64url').toString()) as Record<string, unknown>;
  return alg === 'RSA-OAEP-256' && enc === 'A256GCM';
}

describe('createJweOpener, with Wycheproof vectors', {skip: SKIP}, () => {
  const {testGroups = []} = readVectors('wycheproof/json_web_encryption_test.json') as {
    testGroups?: {private: JsonWebKey; tests: Case[]}[];
  };
  const groups = testGroups.filter(({private: {kty}}) => kty === 'RSA');
  const decrypted: number[] = [];

  for (const {private: jwk, tests} of groups) {
    const key = createPrivateKey({key: jwk, format: 'jwk'});
    const open = createJweOpener(new Map([undefined, jwk['kid']].map((kid) => [kid, key])));
    for (const {tcId, comment, jwe, pt = '', result} of tests) {
      const isDecrypted = result === 'valid' && isOurs(jwe);
      if (isDecrypted) decrypted.push(tcId);
      const why = result === 'valid' ? 'another algorithm' : 'invalid';
      it(`${isDecrypted ? 'decrypts' : `rejects (${why})`} vector ${tcId}: ${comment}`, () => {
        assert.equal(open(jwe), isDecrypted ? Buffer.from(pt, 'hex').toString() : undefined);
      });
    }
  }

  it('has more than 40 vectors, one of which uses our algorithms', () => {
    assert.ok(groups.flatMap(({tests}) => tests).length > 40);
    assert.deepEqual(decrypted, [90]);
  });

  it('rejects the vectors for other types of keys', () => {
    const [group] = groups;
    assert.ok(group);
    const open = createJweOpener(
      new Map([[undefined, createPrivateKey({key: group.private, format: 'jwk'})]]),
    );
    for (const {tests} of testGroups.filter((each) => !groups.includes(each)))
      for (const {jwe, tcId} of tests) assert.equal(open(jwe), undefined, `vector ${tcId}`);
  });
});
