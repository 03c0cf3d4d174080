import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {readSettings, SettingsError} from '../../demo/settings.ts';

describe('readSettings', () => {
  const usual = {merchantPort: 4100, widgetPort: 4200, gatewayPort: 4300, username: 'demo', password: 'demo'};

  it('knows the usual ports and login, also where a variable is empty', () => {
    assert.deepEqual(readSettings({}), usual);
    assert.deepEqual(readSettings({MERCHANT_PORT: '', SANDBOX_PASSWORD: ''}), usual);
  });

  it('takes what the environment says', () => {
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
    it(`refuses the port "${port}" and names its variable`, () => {
      assert.throws(
        () => readSettings({WIDGET_PORT: port}),
        (error) => error instanceof SettingsError && /^WIDGET_PORT must be a number/.test(error.message),
      );
    });
  }
});
