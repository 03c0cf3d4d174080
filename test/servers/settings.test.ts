import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {readGatewaySettings, readSettings, SettingsError} from '../../demo/settings.ts';

describe('readSettings', () => {
  const usual = {merchantPort: 4100, widgetPort: 4200, gatewayPort: 4300, username: 'demo', password: 'demo'};

  it('returns the default ports and login, also if a variable is empty', () => {
    assert.deepEqual(readSettings({}), usual);
    assert.deepEqual(readSettings({MERCHANT_PORT: '', SANDBOX_PASSWORD: ''}), usual);
  });

  it('reads the environment', () => {
    const environment = {
      MERCHANT_PORT: '1',
      WIDGET_PORT: '65535',
      GATEWAY_PORT: '8080',
      SANDBOX_USERNAME: 'a',
      SANDBOX_PASSWORD: 'b',
    };
    assert.deepEqual(readSettings(environment), {
      merchantPort: 1,
      widgetPort: 65535,
      gatewayPort: 8080,
      username: 'a',
      password: 'b',
    });
  });

  for (const port of ['0', '65536', '-1', '1.5', '0x10', '4e3', ' 80', 'http', '٤١٠٠', '99999999999']) {
    it(`rejects the port "${port}" and names its variable`, () => {
      assert.throws(
        () => readSettings({WIDGET_PORT: port}),
        (error) => error instanceof SettingsError && /^WIDGET_PORT must be a number/.test(error.message),
      );
    });
  }
});

describe('readGatewaySettings', () => {
  const usual = {
    host: '127.0.0.1',
    port: 4300,
    keyFolder: undefined,
    keyId: '2026-11',
    merchants: {},
    username: 'demo',
    password: 'demo',
  };

  it('returns the default address and login, also if a variable is empty', () => {
    assert.deepEqual(readGatewaySettings({}), usual);
    assert.deepEqual(readGatewaySettings({GATEWAY_HOST: '', GATEWAY_KEYS: '', GATEWAY_KEY_ID: ''}), usual);
  });

  it('reads the environment', () => {
    const environment = {
      GATEWAY_HOST: '::1',
      GATEWAY_PORT: '8080',
      GATEWAY_KEYS: '/keys',
      GATEWAY_KEY_ID: '2027-05',
      GATEWAY_MERCHANTS: '{"demo": ["https://shop.example"]}',
      SANDBOX_USERNAME: 'a',
      SANDBOX_PASSWORD: 'b',
    };
    assert.deepEqual(readGatewaySettings(environment), {
      host: '::1',
      port: 8080,
      keyFolder: '/keys',
      keyId: '2027-05',
      merchants: {demo: ['https://shop.example']},
      username: 'a',
      password: 'b',
    });
  });

  it('rejects an invalid port and names its variable', () => {
    assert.throws(() => readGatewaySettings({GATEWAY_PORT: '0'}), /^Error: GATEWAY_PORT must be a number/);
  });

  it('rejects merchants that are not lists of origins by id', () => {
    for (const text of ['demo', '[]', 'null', '{"demo": "https://shop.example"}', '{"demo": [1]}'])
      assert.throws(
        () => readGatewaySettings({GATEWAY_MERCHANTS: text}),
        /^Error: GATEWAY_MERCHANTS must be/,
      );
  });
});
