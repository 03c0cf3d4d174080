import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Page} from 'puppeteer-core';
import {readyFrame, typeInto, valueOf} from '../../support/browser.ts';
import {inEngines} from '../../support/engines.ts';
import {poll} from '../../support/poll.ts';
import {ROOT} from '../../support/root.ts';
import {type Servers, snippet} from '../../support/servers.ts';

const file = (path: string) => readFileSync(join(ROOT, 'node_modules', path), 'utf8');
const LIBRARIES = {
  '/phoenix.js': file('phoenix/priv/static/phoenix.min.js'),
  '/live-view.js': file('phoenix_live_view/priv/static/phoenix_live_view.min.js'),
};

const beforeText = (attributes: string) => `<form>
  <sealed-fields id="card" data-fields="securityCode" ${attributes}><select required><option value="">Not loaded</option></select></sealed-fields>
  <p>`;
const AFTER_TEXT = '</p></form>';

/** The client of LiveView, connected to a server that runs in the page: it renders a form with a text that changes. */
const page = (attributes: string) => `<script src="/phoenix.js"></script><script src="/live-view.js"></script>
  <div id="phx-test" data-phx-main data-phx-session="session" data-phx-static="static">
    ${beforeText(attributes)}rendered${AFTER_TEXT}</div>
  <script>
    const rendered = {s: ${JSON.stringify([beforeText(attributes), AFTER_TEXT])}, 0: 'joined'};
    const codes = [];
    for (const type of ['sealed-warning', 'sealed-error'])
      addEventListener(type, ({detail}) => codes.push(detail.code));
    let push;
    class Server {
      readyState = 1;
      constructor() {
        setTimeout(() => this.onopen());
      }
      send(message) {
        const [joinRef, ref, topic, event] = JSON.parse(message);
        const answer = (name, payload, to = null) =>
          setTimeout(() => this.onmessage({data: JSON.stringify([joinRef, to, topic, name, payload])}));
        const response = event === 'phx_join' ? {rendered, liveview_version: '1.2.0'} : {};
        if (event === 'phx_join') push = (text) => answer('diff', {0: text});
        answer('phx_reply', {status: 'ok', response}, ref);
      }
      close() {}
    }
    const {LiveSocket} = LiveView;
    const connect = () => new LiveSocket('/live', Phoenix.Socket, {transport: Server}).connect();
  </script>`;

inEngines('a page of Phoenix LiveView', (suite) => {
  const open = async (tab: Page, servers: Servers, attributes: string) => {
    for (const [path, html] of Object.entries(LIBRARIES))
      servers.pages.set(path, {html, headers: {'Content-Type': 'text/javascript'}});
    servers.pages.set('/', snippet(servers, page(attributes)));
    await tab.goto(servers.page);
    await typeInto(tab, await readyFrame(tab, servers), 'securityCode', '999');
  };
  const text = (tab: Page) => tab.$eval('p', ({textContent}) => textContent);

  for (const [what, attributes, value, warnings] of [
    [
      'opens another frame when it joins and when it is updated, with warnings',
      '',
      '',
      ['frame-removed', 'frame-removed'],
    ],
    ['keeps the frame with phx-update="ignore"', 'phx-update="ignore"', '999', []],
  ] as const)
    suite.onPage(what, async (tab) => {
      const {servers} = suite;
      await open(tab, servers, attributes);
      await tab.evaluate('connect()');
      await poll(() => text(tab), 'joined');
      assert.equal(await valueOf(await readyFrame(tab, servers), 'securityCode'), value);
      await tab.evaluate(`push('updated')`);
      await poll(() => text(tab), 'updated');
      assert.equal(await valueOf(await readyFrame(tab, servers), 'securityCode'), value);
      assert.deepEqual(await tab.evaluate('codes'), warnings);
      assert.deepEqual(await tab.$eval('select', ({hidden, disabled}) => [hidden, disabled]), [true, true]);
    });
});
