import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {createShop} from '../../../demo/merchant/server.ts';

const POLICY =
  "default-src 'none'; script-src http://127.0.0.1:4200; frame-src http://127.0.0.1:4200; connect-src http://127.0.0.1:4200; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const shop = createShop({
  widgetOrigin: 'http://127.0.0.1:4200',
  gatewayOrigin: 'http://127.0.0.1:4300',
  username: 'shop',
  password: 'correct horse',
});

describe('a pay page', () => {
  const marks: [path: string, ...marks: string[]][] = [
    ['/card', '<sealed-fields data-fields="card">'],
    ['/card-div', '<div data-sealed-fields="card">'],
    ['/card-jwe', '<sealed-fields data-fields="card" data-merchant="demo-jwe">'],
    [
      '/split',
      '<sealed-fields data-fields="cardNumber">',
      '<sealed-fields data-fields="expiry">',
      '<sealed-fields data-fields="securityCode">',
    ],
    ['/security-code', '<sealed-fields data-fields="securityCode" data-brand="visa">'],
    ['/bank', '<sealed-fields data-fields="bank">'],
  ];
  for (const [path, ...expected] of marks) {
    it(`has one form, the fields, and sealed-fields.js as the only script at ${path}`, async () => {
      const {statusCode, headers, payload} = await shop.inject(path);
      assert.equal(statusCode, 200);
      assert.equal(headers['content-type'], 'text/html; charset=utf-8');
      assert.equal(headers['content-security-policy'], POLICY);
      assert.deepEqual(payload.match(/<(sealed-fields|div data-sealed)[^>]*>/g), expected);
      // Each has a control that blocks the form if the script does not load.
      const fallback =
        /<(sealed-fields|div data-sealed)[^>]*><select required [^>]*>\s*<option value="">[^<]+</g;
      assert.equal(payload.match(fallback)?.length, expected.length);
      assert.equal(payload.match(/<script/g)?.length, 1);
      assert.ok(
        payload.includes(
          '<script src="http://127.0.0.1:4200/v1/sealed-fields.js" data-merchant="demo" async></script>',
        ),
      );
      assert.equal(payload.match(/<form/g)?.length, 1);
      assert.ok(payload.includes('<form method="post" action="/pay">'));
      assert.match(payload, /<button>Pay \$42\.00<\/button>\s*<\/form>/);
      assert.doesNotMatch(payload, / on\w+=|style=|javascript:|<style/i);
    });
  }

  const required: [path: string, count: number][] = [
    ['/card', 6],
    ['/card-jwe', 6],
    ['/split', 7],
    ['/security-code', 6],
    ['/bank', 6],
    ['/form', 6],
  ];
  for (const [path, count] of required) {
    it(`fills every required input, and contains no card or account data at ${path}`, async () => {
      const {payload} = await shop.inject(path);
      const inputs = (payload.match(/<input[^>]*>/g) ?? []).filter((input) => / required/.test(input));
      assert.equal(inputs.length, count);
      for (const input of inputs) assert.match(input, / value="[^"]+"/);
      assert.equal(/4012|999|32507|isoline-/.test(payload), false);
    });
  }

  const ways: [path: string, way: string[]][] = [
    ['/card', []],
    ['/card-div', []],
    ['/card-jwe', []],
    ['/split', []],
    ['/form', []],
    ['/security-code', ['card-on-file']],
    ['/bank', ['bank']],
  ];
  for (const [path, way] of ways) {
    it(`sets \`pay_with\` at ${path}: ${way.join() || 'none, for a card'}`, async () => {
      const {payload} = await shop.inject(path);
      const said = [...payload.matchAll(/<input type="hidden" name="pay_with" value="([^"]*)" \/>/g)];
      assert.deepEqual(
        said.map(([, value]) => value),
        way,
      );
      assert.equal(payload.split('pay_with').length - 1, way.length);
    });
  }

  it('has an input of the shop between the fields at /split', async () => {
    const {payload} = await shop.inject('/split');
    const order = ['"cardNumber"', 'name="card_name"', '"expiry"', '"securityCode"', '<button>'];
    const places = order.map((mark) => payload.indexOf(mark));
    assert.ok(!places.includes(-1));
    assert.deepEqual(
      places,
      [...places].sort((one, other) => one - other),
    );
  });

  it('names the card on file at /security-code, and asks for a debit authorization at /bank', async () => {
    assert.match((await shop.inject('/security-code')).payload, /Visa ending in 5439/);
    assert.match(
      (await shop.inject('/bank')).payload,
      /you authorise Isoline to debit the total of this order from this account, once/,
    );
  });

  it('sells the product in its URL, and answers 404 to an unknown one', async () => {
    for (const path of ['/card', '/card-div', '/card-jwe', '/split', '/security-code', '/bank', '/form']) {
      assert.match((await shop.inject(`${path}?item=decline`)).payload, /Pay \$0\.29/);
      for (const item of ['', 'nothing', '__proto__', 'constructor', 'ridge&item=sound', '<x>']) {
        assert.equal((await shop.inject(`${path}?item=${item}`)).statusCode, 404);
      }
    }
  });

  it('has an optional card, a fieldset, a reset, two submit buttons, and a script of the shop at /form', async () => {
    const {statusCode, headers, payload} = await shop.inject('/form');
    assert.equal(statusCode, 200);
    assert.equal(headers['content-security-policy'], POLICY.replace('script-src ', "script-src 'self' "));
    assert.ok(payload.includes('<sealed-fields data-fields="card" data-optional></sealed-fields>'));
    assert.ok(payload.includes('<fieldset id="by-card">'));
    assert.deepEqual(payload.match(/<button[^>]*>/g), [
      '<button type="reset">',
      '<button formaction="/reserve" name="until" value="friday">',
      '<button>',
    ]);
    assert.deepEqual(payload.match(/<script src="[^"]*"/g), [
      '<script src="http://127.0.0.1:4200/v1/sealed-fields.js"',
      '<script src="/invoice.js"',
    ]);
    const script = await shop.inject('/invoice.js');
    assert.equal(script.headers['content-type'], 'text/javascript; charset=utf-8');
    assert.doesNotMatch(payload, / on\w+=|style=|javascript:|<style/i);
  });

  it('is the only kind of page that may load from the widget', async () => {
    const {headers} = await shop.inject('/');
    assert.equal(String(headers['content-security-policy']).includes('4200'), false);
  });
});
