/** The parts of node-forge that are used here. The types of the whole package would bring those of Node with them. */
declare module 'node-forge/lib/forge.js' {
  interface BigInteger {
    bitLength: () => number;
  }
  const forge: {
    jsbn: {BigInteger: new (digits: string, radix: number) => BigInteger};
    pki: {
      setRsaPublicKey: (
        modulus: BigInteger,
        exponent: BigInteger,
      ) => {encrypt: (bytes: string, scheme: 'RSAES-PKCS1-V1_5') => string};
    };
    util: {encode64: (bytes: string) => string};
  };
  export default forge;
}
declare module 'node-forge/lib/rsa.js';
