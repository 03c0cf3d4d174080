import {resolve} from 'node:path';

import {listen} from '../listen.ts';
import {inUrl} from '../own-host.ts';
import {runServers} from '../run-servers.ts';
import {readGatewaySettings} from '../settings.ts';
import {ensureKeys, KEY_FOLDER} from './keys.ts';
import {createGateway} from './server.ts';

/** `npm run gateway`: the sandbox gateway alone, for a merchant's own tests. */
await runServers(async (servers, log) => {
  const {host, port, keyFolder: folder = KEY_FOLDER, ...settings} = readGatewaySettings(process.env);
  const keyFolder = resolve(folder);
  const keys = await ensureKeys(keyFolder);
  const gateway = createGateway({...keys, ...settings, host, log});
  servers.push(...(await listen(gateway, {hosts: [host], port, variable: 'GATEWAY_PORT'})));
  log(
    `The sandbox gateway is up: http://${inUrl(host)}:${port} · login ${settings.username} · keys ${keyFolder}`,
  );
});
