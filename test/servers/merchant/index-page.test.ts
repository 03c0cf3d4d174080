import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {createShop} from '../../../demo/merchant/server.ts';

const shop = createShop({
  widgetOrigin: 'http://127.0.0.1:4200',
  gatewayOrigin: 'http://127.0.0.1:4300',
  username: 'shop',
  password: 'correct horse',
});

describe('the index page', () => {
  it('links each pay page and each product', async () => {
    const {payload} = await shop.inject('/');
    const links = [...payload.matchAll(/href="(\/[^"]*)"/g)].map(([, link = '']) => link);
    const pages = [
      '/card',
      '/card-div',
      '/card-jwe',
      '/split',
      '/security-code',
      '/bank',
      '/form',
      '/gallery',
    ];
    for (const link of [...pages, '/card?item=sound', '/card?item=decline']) {
      assert.ok(links.includes(link), link);
    }
    for (const link of links) assert.equal((await shop.inject(link)).statusCode, 200, link);
  });

  it('shows the markup of each integration example', async () => {
    const {payload} = await shop.inject('/');
    for (const markup of [
      '&lt;sealed-fields&gt;',
      '&lt;div data-sealed-fields&gt;',
      'data-fields=&quot;expiry&quot;',
      'data-fields=&quot;securityCode&quot;',
      'data-fields=&quot;bank&quot;',
      'data-optional',
    ]) {
      assert.ok(payload.includes(`<code>${markup}</code>`), markup);
    }
  });

  it('lists test cards and a test bank account, and the pay pages link to them', async () => {
    const {payload} = await shop.inject('/');
    assert.match(payload, /id="test-cards".*4012 0000 9876 5439/s);
    assert.match(payload, /id="test-account".*325070760.*4 to 17 digits/s);
    assert.ok((await shop.inject('/bank')).payload.includes('href="/#test-account"'));
    assert.ok((await shop.inject('/security-code')).payload.includes('href="/#test-cards"'));
  });
});
