import type {Server} from 'node:http';

import {SealedFieldsError} from '../widget/protocol/errors.ts';
import {ensureKeys} from './gateway/keys.ts';
import {createGateway} from './gateway/server.ts';
import {closeAll, listen, LOCALHOST} from './listen.ts';
import {createShop} from './merchant/server.ts';
import {publishDemo, PUBLISHED} from './publish-demo.ts';
import {readSettings, SettingsError} from './settings.ts';
import {createWidgetHost} from './widget-host.ts';

/** The frame that the shop's gallery shows while it is on its way: its address, and how long that takes, in milliseconds. */
const LATE = {path: '/v1/m/late/', delay: 15_000};

const servers: Server[] = [];

process.stdout.on('error', () => {
  // Whoever read our lines went away; the shop stays open.
});
process.on('SIGINT', end);
process.on('SIGTERM', end);

try {
  await start();
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  await closeAll(servers);
  process.exit(1);
}

async function start(): Promise<void> {
  const {merchantPort, widgetPort, gatewayPort, username, password} = readSettings(process.env);
  const shopOrigin = `http://localhost:${merchantPort}`;
  const widgetOrigin = `http://127.0.0.1:${widgetPort}`;
  const gatewayOrigin = `http://127.0.0.1:${gatewayPort}`;

  const keys = await ensureKeys();
  await publishDemo(shopOrigin);

  const log = (line: string) => process.stdout.write(`${line}\n`);
  const gateway = createGateway({...keys, username, password, log});
  const shop = createShop({widgetOrigin, gatewayOrigin, username, password, log});
  const widget = createWidgetHost(PUBLISHED);
  widget.addHook('onRequest', ({url}, _reply, goOn) => {
    if (url.startsWith(LATE.path)) setTimeout(goOn, LATE.delay);
    else goOn();
  });
  const ip = ['127.0.0.1'] as const;
  servers.push(...(await listen(gateway, {hosts: ip, port: gatewayPort, variable: 'GATEWAY_PORT'})));
  servers.push(...(await listen(widget, {hosts: ip, port: widgetPort, variable: 'WIDGET_PORT'})));
  servers.push(...(await listen(shop, {hosts: LOCALHOST, port: merchantPort, variable: 'MERCHANT_PORT'})));
  log(`Sealed Fields is up: shop ${shopOrigin} · widget ${widgetOrigin} · gateway ${gatewayOrigin}`);
}

/** One line; the stack helps nobody who only wanted to start the demo. */
function explain(error: unknown): string {
  if (error instanceof SealedFieldsError) return `${error.message} ${error.hint}`.trim();
  return error instanceof SettingsError ? error.message : String(error);
}

function end(): void {
  void closeAll(servers).then(() => process.exit(0));
}
