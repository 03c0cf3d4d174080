import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {createSubmissions} from '../../../demo/gateway/submissions.ts';

const NOW = Date.UTC(2026, 10, 15, 12);
const ID = '0123456789abcdef0123456789abcdef';
/** Another valid id. */
const id = (count: number) => count.toString(16).padStart(32, '0');
const FIELDS = {cardNumber: '4012000098765439', securityCode: '999'};
const PAYLOAD = {
  v: 1,
  merchant: 'demo',
  origin: 'https://shop.example',
  iat: NOW / 1000,
  jti: ID,
  fields: FIELDS,
};

/** Submissions whose envelopes are plaintext payloads; the envelope `?` does not decrypt. */
function open() {
  const opened: string[] = [];
  const clock = {now: NOW};
  const take = createSubmissions(
    (jwe) => {
      opened.push(jwe);
      return jwe === '?' ? undefined : jwe;
    },
    {demo: ['https://shop.example', 'https://pay.example'], other: ['https://other.example']},
    () => clock.now,
  );
  const takeWith = (changes: object) => take([JSON.stringify({...PAYLOAD, ...changes})]);
  return {take, takeWith, clock, opened};
}

describe('createSubmissions', () => {
  it('accepts what a known merchant’s page has just sealed', () => {
    const {takeWith} = open();
    assert.deepEqual(takeWith({}), FIELDS);
    assert.deepEqual(takeWith({jti: id(1), origin: 'https://pay.example'}), FIELDS);
    assert.deepEqual(takeWith({jti: id(2), merchant: 'other', origin: 'https://other.example'}), FIELDS);
  });

  it('ignores trailing spaces and unknown members', () => {
    const {take} = open();
    assert.deepEqual(take([`${JSON.stringify({...PAYLOAD, later: 1})}   `]), FIELDS);
  });

  const refused: [what: string, changes: object][] = [
    ['of another version', {v: 2}],
    ['of no version', {v: undefined}],
    ['of an unknown merchant', {merchant: 'unknown'}],
    ['of several merchants', {merchant: ['demo']}],
    ['of a merchant by an inherited name', {merchant: 'constructor'}],
    ['from a page that is not the merchant’s', {origin: 'https://evil.example'}],
    ['from a page of another merchant', {origin: 'https://other.example'}],
    ['from no page', {origin: ''}],
    ['from a list of pages', {origin: ['https://shop.example']}],
    ['from the page with a path', {origin: 'https://shop.example/'}],
    ['of no time', {iat: undefined}],
    ['of a time that is a string', {iat: `${NOW / 1000}`}],
    ['of a time in milliseconds', {iat: NOW}],
    ['of a time with a fraction of a second', {iat: NOW / 1000 + 0.5}],
    ['of a time that is null', {iat: null}],
    ['without an id', {jti: undefined}],
    ['with an id that is a number', {jti: 7}],
    ['with a short id', {jti: 'a'}],
    ['with an id in upper case', {jti: ID.toUpperCase()}],
    ['with an id of a megabyte', {jti: 'a'.repeat(1 << 20)}],
    ['with a line break after its id', {jti: `${ID}\n`}],
    ['without fields', {fields: undefined}],
    ['with fields that are null', {fields: null}],
    ['with fields that are a list', {fields: ['4012000098765439']}],
    ['with a field that is a number', {fields: {cardNumber: 4012000098765439}}],
  ];
  for (const [what, changes] of refused)
    it(`rejects one ${what}`, () => {
      const {takeWith} = open();
      assert.equal(takeWith(changes), undefined);
      assert.deepEqual(takeWith({}), FIELDS);
    });

  for (const text of ['?', '', 'null', '[]', '"x"', '{', '{}'])
    it(`rejects ${text === '?' ? 'one that does not decrypt' : `‘${text}’`}`, () => {
      assert.equal(open().take([text]), undefined);
    });

  it('accepts a time up to ten minutes before or after now', () => {
    for (const [seconds, isTaken] of [
      [-601, false],
      [-600, true],
      [600, true],
      [601, false],
    ] as const)
      assert.deepEqual(open().takeWith({iat: NOW / 1000 + seconds}), isTaken ? FIELDS : undefined);
  });

  it('accepts no id twice, whatever else has changed', () => {
    const {takeWith, clock} = open();
    assert.deepEqual(takeWith({}), FIELDS);
    assert.equal(takeWith({}), undefined);
    clock.now += 60_000;
    assert.equal(takeWith({iat: clock.now / 1000, origin: 'https://pay.example'}), undefined);
  });

  it('does not remember the id of a rejected envelope', () => {
    const {takeWith} = open();
    assert.equal(takeWith({origin: 'https://evil.example'}), undefined);
    assert.deepEqual(takeWith({}), FIELDS);
  });

  describe('of a card in several envelopes', () => {
    const part = (fields: object, changes: object = {}) => JSON.stringify({...PAYLOAD, fields, ...changes});
    const number = part({cardNumber: FIELDS.cardNumber});
    const code = part({securityCode: FIELDS.securityCode});

    it('accepts all of them together', () => {
      assert.deepEqual(open().take([number, code]), FIELDS);
    });

    const none: [what: string, envelopes: string[]][] = [
      ['when one does not decrypt', [number, '?']],
      ['when one is of another submission', [number, part({securityCode: '999'}, {jti: id(1)})]],
      [
        'when one is from another origin',
        [number, part({securityCode: '999'}, {origin: 'https://evil.example'})],
      ],
      ['when one is stale', [number, part({securityCode: '999'}, {iat: NOW / 1000 - 601})]],
      ['when a value occurs twice', [number, code, part({securityCode: '998'})]],
      ['when there are none', []],
    ];
    for (const [what, envelopes] of none)
      it(`decrypts all and accepts none ${what}`, () => {
        const {take, opened} = open();
        assert.equal(take(envelopes), undefined);
        assert.deepEqual(opened, envelopes);
      });
  });

  it('accepts none twice while its time is valid, at either end of the range', () => {
    for (const seconds of [-600, 0, 600]) {
      const {takeWith, clock} = open();
      const iat = NOW / 1000 + seconds;
      assert.deepEqual(takeWith({iat}), FIELDS);
      clock.now = (iat + 600) * 1000;
      assert.equal(takeWith({iat}), undefined);
      assert.deepEqual(takeWith({iat, jti: id(1)}), FIELDS, 'the time is still valid');
    }
  });

  it('remembers 100,000 ids until they expire, and accepts no further ones until then', () => {
    const {takeWith, clock} = open();
    for (let count = 0; count < 100_000; count += 1) assert.ok(takeWith({jti: id(count)}));
    assert.equal(takeWith({jti: id(0)}), undefined);
    assert.equal(takeWith({jti: id(100_000)}), undefined);
    clock.now += 1_200_000;
    assert.equal(takeWith({iat: clock.now / 1000, jti: id(100_000)}), undefined);
    clock.now += 1000;
    assert.deepEqual(takeWith({iat: clock.now / 1000, jti: id(100_000)}), FIELDS);
  });
});
