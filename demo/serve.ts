import {ensureKeys} from './gateway/keys.ts';
import {createGateway} from './gateway/server.ts';
import {listen, LOCALHOST} from './listen.ts';
import {createShop} from './merchant/server.ts';
import {publishDemo, PUBLISHED} from './publish-demo.ts';
import {runServers} from './run-servers.ts';
import {readSettings} from './settings.ts';
import {createWidgetHost} from './widget-host.ts';

/** The frame that is delayed, so that the shop's gallery can show how fields load. */
const LATE_FRAME = {path: '/v1/m/late/', delayMs: 15_000};

await runServers(async (servers, log) => {
  const {merchantPort, widgetPort, gatewayPort, username, password} = readSettings(process.env);
  const shopOrigin = `http://localhost:${merchantPort}`;
  const widgetOrigin = `http://127.0.0.1:${widgetPort}`;
  const gatewayOrigin = `http://127.0.0.1:${gatewayPort}`;

  const keys = await ensureKeys();
  const merchants = await publishDemo(shopOrigin);

  const gateway = createGateway({...keys, merchants, username, password, log});
  const shop = createShop({widgetOrigin, gatewayOrigin, username, password, log});
  const widget = createWidgetHost(PUBLISHED);
  widget.addHook('onRequest', ({url}, _reply, goOn) => {
    if (url.startsWith(LATE_FRAME.path)) setTimeout(goOn, LATE_FRAME.delayMs);
    else goOn();
  });
  const ip = ['127.0.0.1'] as const;
  servers.push(...(await listen(gateway, {hosts: ip, port: gatewayPort, variable: 'GATEWAY_PORT'})));
  servers.push(...(await listen(widget, {hosts: ip, port: widgetPort, variable: 'WIDGET_PORT'})));
  servers.push(...(await listen(shop, {hosts: LOCALHOST, port: merchantPort, variable: 'MERCHANT_PORT'})));
  log(`Sealed Fields is up: shop ${shopOrigin} · widget ${widgetOrigin} · gateway ${gatewayOrigin}`);
});
