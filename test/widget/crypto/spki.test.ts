import {expect} from '@open-wc/testing';
import * as fc from 'fast-check';
import {algorithmOf, readSpki, RSA, writeSpki} from '../../../widget/crypto/spki.ts';
import {bytesIn, bytesOf, der, integer, modulusIn, spki} from './der.ts';
import {publicPem} from './openssl.ts';

const of = (...bytes: number[]) => Uint8Array.from(bytes);

describe('spki', () => {
  it('reads and writes what OpenSSL writes', async () => {
    const pem = await publicPem();
    const bytes = of(...bytesIn(pem));
    const {modulus, exponent} = readSpki(bytes);
    expect(modulus === modulusIn(pem) && exponent === 65537n).to.be.true;
    expect([...writeSpki({modulus, exponent})]).to.deep.equal([...bytes]);
    expect(algorithmOf(bytes)).to.equal(RSA);
  });

  it('writes any two numbers as DER has them, and reads them back', () => {
    const natural = fc.uint8Array({maxLength: 600}).map((bytes) => {
      const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'));
      return BigInt(`0x0${hex.join('')}`);
    });
    fc.assert(
      fc.property(natural, natural, (modulus, exponent) => {
        const written = writeSpki({modulus, exponent});
        expect([...written]).to.deep.equal(spki(integer(modulus), integer(exponent)));
        const read = readSpki(written);
        expect(read.modulus === modulus && read.exponent === exponent).to.be.true;
      }),
    );
  });

  it('reads any bytes without throwing', () => {
    fc.assert(
      fc.property(fc.uint8Array({maxLength: 64}), (bytes) => {
        const {modulus, exponent} = readSpki(bytes);
        expect(modulus >= 0n && exponent >= 0n).to.be.true;
        algorithmOf(bytes);
      }),
    );
  });

  describe('names an algorithm', () => {
    const table: [oid: string, bytes: number[]][] = [
      ['1.2.840.10045.2.1', [0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1]],
      ['1.3.101.112', [0x2b, 0x65, 0x70]],
      ['0.39', [39]],
      ['2.999.3', [0x88, 0x37, 3]],
    ];
    for (const [oid, bytes] of table)
      it(oid, () => {
        expect(algorithmOf(of(...der(0x30, der(0x30, der(6, bytes)))))).to.equal(oid);
      });

    it('only where there is one', () => {
      for (const bytes of [
        [],
        [0x30],
        der(0x30, der(0x30, [5, 0])),
        der(0x30, der(6, [0x2a])),
        bytesOf(2n ** 99n),
      ])
        expect(algorithmOf(of(...bytes))).to.be.undefined;
    });
  });
});
