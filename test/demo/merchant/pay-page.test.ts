import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {createShop} from '../../../demo/merchant/server.ts';

const POLICY =
  "default-src 'none'; script-src http://127.0.0.1:4200; frame-src http://127.0.0.1:4200; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const shop = createShop({
  widgetOrigin: 'http://127.0.0.1:4200',
  gatewayOrigin: 'http://127.0.0.1:4300',
  username: 'shop',
  password: 'correct horse',
});

describe('a pay page', () => {
  const marks: [string, string][] = [
    ['/card', '<sealed-fields data-fields="card"></sealed-fields>'],
    ['/card-div', '<div data-sealed-fields="card"></div>'],
  ];
  for (const [path, mark] of marks) {
    it(`has at ${path} one form, one snippet, one place for the fields, and no other script`, async () => {
      const {statusCode, headers, payload} = await shop.inject(path);
      assert.equal(statusCode, 200);
      assert.equal(headers['content-type'], 'text/html; charset=utf-8');
      assert.equal(headers['content-security-policy'], POLICY);
      assert.equal(payload.split(mark).length, 2);
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

  it('comes with every required input filled', async () => {
    const {payload} = await shop.inject('/card');
    const inputs = payload.match(/<input[^>]*>/g) ?? [];
    const required = inputs.filter((input) => / required/.test(input));
    assert.equal(required.length, 6);
    for (const input of required) assert.match(input, / value="[^"]+"/);
    assert.equal(/4012|5439|999/.test(payload), false);
  });

  it('sells what the address names, and nothing that the shop does not have', async () => {
    assert.match((await shop.inject('/card?item=decline')).payload, /Pay \$0\.29/);
    for (const item of ['', 'nothing', '__proto__', 'constructor', 'ridge&item=sound', '<x>']) {
      assert.equal((await shop.inject(`/card?item=${item}`)).statusCode, 404);
    }
  });

  it('has at /form an optional card, a fieldset, a reset, two buttons that send, and one script of the shop’s', async () => {
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
