import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {ORIGIN_PLACEHOLDER} from '../../../widget/protocol/names.ts';
import {stamp, stampOrigin} from '../../../widget/publish/stamp.ts';
import {type MerchantRecord, parseRecord} from '../../../widget/merchant-record.ts';
import {TEMPLATE} from './fixture.ts';

const RECORD = parseRecord({
  id: 'demo',
  origins: ['https://shop.example'],
  keys: [{kid: 'k', pem: '-----BEGIN', notBefore: '2026-11-01T00:00:00Z'}],
  expiry: 'plain',
  names: {cardNumber: 'ccNumber'},
});

const recordIn = (html: string) =>
  parseRecord(
    JSON.parse(/<script type="application\/json" id="record">(.*)<\/script>/.exec(html)?.[1] ?? ''),
  );

describe('stamp', () => {
  it('writes the record into the record element and changes nothing else', () => {
    const html = stamp(TEMPLATE, RECORD);

    assert.deepEqual(recordIn(html), RECORD);
    assert.equal(html.replace(/(id="record">).*(<\/script>)/, '$1$2'), TEMPLATE);
  });

  it('escapes characters that could end the element or start a comment, and expands no replacement pattern', () => {
    const hostile: MerchantRecord = {...RECORD, id: `</script><!--<script>&amp;]]>\u2028\u2029$&$'$\``};
    const html = stamp(TEMPLATE, hostile);
    const json = /id="record">(.*)<\/script>\n<script type="module"/.exec(html)?.[1] ?? '';

    assert.doesNotMatch(json, /[<>&\u2028\u2029]/);
    assert.match(json, /\\u003c\/script\\u003e\\u003c!--/);
    assert.equal((JSON.parse(json) as MerchantRecord).id, hostile.id);
  });

  it('rejects a template without the record element, or with two', () => {
    assert.throws(() => stamp('<!doctype html>', RECORD), /expected .* once, found it 0 times/);
    assert.throws(() => stamp(TEMPLATE + TEMPLATE, RECORD), /expected .* once, found it 2 times/);
  });
});

describe('stampOrigin', () => {
  it('replaces the placeholder and changes nothing else', () => {
    const script = Buffer.from(`f("${ORIGIN_PLACEHOLDER}", '“');\n`);
    assert.equal(stampOrigin(script, 'https://pay.example').toString(), `f("https://pay.example", '“');\n`);
  });

  it('rejects a script without the placeholder', () => {
    assert.throws(
      () => stampOrigin(Buffer.from('void 0;'), 'https://pay.example'),
      /expected .* found no such text/,
    );
  });
});
