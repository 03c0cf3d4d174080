import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
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

describe('parseEnvelope', () => {
  it('returns the declared entries and nothing else', () => {
    assert.deepEqual(parseEnvelope({...ENVELOPE, number: '4111111111111111'}), ENVELOPE);
  });

  const broken: Record<string, object> = {
    'no values': {values: undefined},
    'a list of values': {values: ['QUJD']},
    'a value that is not a string': {values: {encrypted_number: 1}},
    'a value of more than 8192 characters': {values: {encrypted_number: 'x'.repeat(8193)}},
    'a name with a space': {values: {'encrypted number': 'x'}},
    'no key id': {keyId: undefined},
    'an id in capitals': {id: 'A'.repeat(32)},
    'a short id': {id: '0'.repeat(31)},
    'a date without a time': {sealedAt: '2026-11-23'},
  };
  for (const [what, change] of Object.entries(broken)) {
    it(`rejects ${what}`, () => {
      assert.throws(() => parseEnvelope({...ENVELOPE, ...change}), TypeError);
    });
  }

  it('returns at most sixteen values', () => {
    const values = Object.fromEntries(Array.from({length: 40}, (_, at) => [`name${at}`, 'x']));
    assert.equal(Object.keys(parseEnvelope({...ENVELOPE, values}).values).length, 16);
  });

  it('accepts only names that every form parser keeps unchanged', () => {
    for (const name of [...RESERVED_NAMES, 'ccNumber', 'card[number]', 'card.number', 'a-b'])
      assert.match(name, FORM_NAME);
    for (const name of ['', '_a', '1a', 'a b', 'a&b', '__proto__', 'é', 'a\n', 'a'.repeat(65)])
      assert.doesNotMatch(name, FORM_NAME);
  });

  it('accepts only ids of 128 bits', () => {
    assert.match('0123456789abcdef0123456789abcdef', RANDOM_ID);
    for (const id of ['', '0'.repeat(31), '0'.repeat(33), 'g'.repeat(32), `${'0'.repeat(32)}\n`])
      assert.doesNotMatch(id, RANDOM_ID);
  });
});
