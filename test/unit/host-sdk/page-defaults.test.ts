import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {bundleDefaults} from '../../../host-sdk/page-defaults.ts';
import {SealedFieldsError} from '../../../widget/protocol/errors.ts';

const ORIGIN = 'https://pay.example';

describe('bundleDefaults', () => {
  for (const [content, defaults] of [
    ['merchant=demo', {merchant: 'demo'}],
    [' merchant = demo ;\n locale=de; ', {merchant: 'demo', locale: 'de'}],
    ['fields=cardNumber, expiry; auto-advance=true', {fields: 'cardNumber, expiry', autoAdvance: 'true'}],
    ['theme={"accent": "#0af", "radius": "4px"}', {theme: '{"accent": "#0af", "radius": "4px"}'}],
    ['label-card-number=a=b; placeholder-expiry=', {labelCardNumber: 'a=b', placeholderExpiry: ''}],
    [
      'action-origins=https://checkout.example; upgrade=any',
      {actionOrigins: 'https://checkout.example', upgrade: 'any'},
    ],
    ['Merchant=demo', {merchant: 'demo'}],
    ['', {}],
  ] as const)
    it(`parses “${content}”`, () => {
      assert.deepEqual(bundleDefaults(content, ORIGIN), {origin: ORIGIN, ...defaults});
    });

  for (const [content, quoted] of [
    ['merchant', 'merchant'],
    ['merchant=demo; colour=red', 'colour=red'],
    ['data-merchant=demo', 'data-merchant=demo'],
    ['merchant=demo; merchant=other', 'merchant=other'],
    ['origin=https://pay.example', 'origin=https://pay.example'],
    ['ORIGIN=https://pay.example', 'ORIGIN=https://pay.example'],
    ['__proto__=x', '__proto__=x'],
    ['=demo', '=demo'],
  ] as const)
    it(`rejects “${content}”`, () => {
      const error = bundleDefaults(content, ORIGIN);
      assert.ok(error instanceof SealedFieldsError);
      assert.equal(error.code, 'config-invalid');
      assert.equal(error.message, `<meta name="sealed-fields">: “${quoted}” is invalid.`);
    });

  it('rejects every content if the script was published for no origin', () => {
    const error = bundleDefaults('merchant=demo', '{no origin}');
    assert.ok(error instanceof SealedFieldsError);
    assert.equal(error.code, 'config-invalid');
    assert.match(error.hint, /publish it with --origin/);
  });
});
