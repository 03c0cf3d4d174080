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
  it('leads to each pay page and each thing for sale', async () => {
    const {payload} = await shop.inject('/');
    const links = [...payload.matchAll(/href="(\/[^"]*)"/g)].map(([, link = '']) => link);
    for (const link of ['/card', '/card-div', '/card?item=sound', '/card?item=decline']) {
      assert.ok(links.includes(link), link);
    }
    for (const link of links) assert.equal((await shop.inject(link)).statusCode, 200, link);
  });
});
