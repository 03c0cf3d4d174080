import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {algorithmOf, readSpki, RSA, writeSpki} from '../../../widget/keys/der.ts';
import {bytesIn, bytesOf, der, integer, modulusIn, spki} from '../../support/der.ts';
import {sharedKeyPair} from '../../support/openssl.ts';
import {runs} from '../../support/properties.ts';

const toBytes = (...bytes: number[]) => Uint8Array.from(bytes);

describe('readSpki and writeSpki', () => {
  it('read and write a key of OpenSSL', () => {
    const pem = sharedKeyPair().publicPem;
    const bytes = toBytes(...bytesIn(pem));
    const {modulus, exponent} = readSpki(bytes);
    assert.equal(modulus === modulusIn(pem) && exponent === 65537n, true);
    assert.deepEqual([...writeSpki({modulus, exponent})], [...bytes]);
    assert.equal(algorithmOf(bytes), RSA);
  });

  it('write any two integers in DER, and read them back', () => {
    const natural = fc.uint8Array({maxLength: 600}).map((bytes) => {
      const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'));
      return BigInt(`0x0${hex.join('')}`);
    });
    fc.assert(
      fc.property(natural, natural, (modulus, exponent) => {
        const written = writeSpki({modulus, exponent});
        assert.deepEqual([...written], spki(integer(modulus), integer(exponent)));
        const read = readSpki(written);
        assert.equal(read.modulus === modulus && read.exponent === exponent, true);
      }),
      runs(),
    );
  });

  it('read any bytes without throwing', () => {
    fc.assert(
      fc.property(fc.uint8Array({maxLength: 64}), (bytes) => {
        const {modulus, exponent} = readSpki(bytes);
        assert.equal(modulus >= 0n && exponent >= 0n, true);
        algorithmOf(bytes);
      }),
      runs(),
    );
  });

  describe('algorithmOf', () => {
    const table: [oid: string, bytes: number[]][] = [
      ['1.2.840.10045.2.1', [0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1]],
      ['1.3.101.112', [0x2b, 0x65, 0x70]],
      ['0.39', [39]],
      ['2.999.3', [0x88, 0x37, 3]],
    ];
    for (const [oid, bytes] of table)
      it(`returns ${oid}`, () => {
        assert.equal(algorithmOf(toBytes(...der(0x30, der(0x30, der(6, bytes))))), oid);
      });

    it('returns undefined if there is no algorithm', () => {
      for (const bytes of [
        [],
        [0x30],
        der(0x30, der(0x30, [5, 0])),
        der(0x30, der(6, [0x2a])),
        bytesOf(2n ** 99n),
      ])
        assert.equal(algorithmOf(toBytes(...bytes)), undefined);
    });
  });
});
