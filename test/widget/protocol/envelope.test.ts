import {expect} from '@open-wc/testing';
import {
  type Envelope,
  FORM_NAME,
  parseEnvelope,
  RANDOM_ID,
  RESERVED_NAMES,
} from '../../../widget/protocol/envelope.ts';

const ENVELOPE: Envelope = {
  values: {encrypted_number: 'QUJD', 'card[csc]': 'REVG'},
  keyId: '2026-11',
  id: '0'.repeat(32),
  sealedAt: '2026-11-23T10:00:00.000Z',
};

describe('envelope', () => {
  it('comes out as it went in, and nothing else with it', () => {
    expect(parseEnvelope({...ENVELOPE, number: '4111111111111111'})).to.deep.equal(ENVELOPE);
  });

  const broken: Record<string, object> = {
    'no values': {values: undefined},
    'values in a list': {values: ['QUJD']},
    'a value that is no text': {values: {encrypted_number: 1}},
    'an endless value': {values: {encrypted_number: 'x'.repeat(8193)}},
    'a name with a space': {values: {'encrypted number': 'x'}},
    'no key id': {keyId: undefined},
    'an id in capitals': {id: 'A'.repeat(32)},
    'a short id': {id: '0'.repeat(31)},
    'another form of time': {sealedAt: '2026-11-23'},
  };
  for (const [what, change] of Object.entries(broken)) {
    it(`refuses ${what}`, () => {
      expect(() => parseEnvelope({...ENVELOPE, ...change})).to.throw(TypeError);
    });
  }

  it('holds sixteen values at most', () => {
    const values = Object.fromEntries(Array.from({length: 40}, (_, at) => [`name${at}`, 'x']));
    expect(Object.keys(parseEnvelope({...ENVELOPE, values}).values)).to.have.length(16);
  });

  it('knows names that every form parser takes', () => {
    for (const name of [...RESERVED_NAMES, 'ccNumber', 'card[number]', 'card.number', 'a-b'])
      expect(name).to.match(FORM_NAME);
    for (const name of ['', '_a', '1a', 'a b', 'a&b', '__proto__', 'é', 'a\n', 'a'.repeat(65)])
      expect(name).to.not.match(FORM_NAME);
  });

  it('knows 128 bits', () => {
    expect('0123456789abcdef0123456789abcdef').to.match(RANDOM_ID);
    for (const id of ['', '0'.repeat(31), '0'.repeat(33), 'g'.repeat(32), `${'0'.repeat(32)}\n`])
      expect(id).to.not.match(RANDOM_ID);
  });
});
