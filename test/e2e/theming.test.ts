import assert from 'node:assert/strict';
import {afterEach} from 'node:test';
import type {Frame} from 'puppeteer-core';
import {readyFrame, typeInto, valueOf} from '../support/browser.ts';
import {inEngines} from '../support/engines.ts';
import {movesOf, painted, shiftsOf, watchNewDocument} from '../support/layout-shift.ts';
import {after} from '../support/network-faults.ts';
import {poll} from '../support/poll.ts';
import {snippet} from '../support/servers.ts';

const DARK_PAGE = `<style>html { color-scheme: dark; background: #0f1418; } form { width: 500px; }</style>
  <form><sealed-fields></sealed-fields></form>`;

const THEME = {colorText: 'rgb(1, 2, 3)', fontSize: '1.125rem', radius: '3px', height: '50px'};
const STYLE_OF_THEME = {
  scheme: 'light',
  color: 'rgb(1, 2, 3)',
  fontSize: '18px',
  radius: '3px',
  height: '50px',
};

inEngines('the theme of the fields', (suite) => {
  afterEach(() => suite.servers.networkFaults.clear());

  suite.onPage('follows a dark page, and changes at run time with the values kept', async (page) => {
    const {servers} = suite;
    servers.pages.set('/', snippet(servers, DARK_PAGE));
    await page.goto(servers.page);
    const frame = await readyFrame(page, servers);
    await typeInto(page, frame, 'expiry', '12/31');
    const setTheme = (theme: string) =>
      page.$eval('sealed-fields', ({dataset}, value) => (dataset['theme'] = value), theme);
    const dark = await styleOf(frame);
    assert.equal(dark.scheme, 'dark');
    await setTheme('light');
    await poll(async () => (await styleOf(frame)).scheme, 'light');
    const light = await styleOf(frame);
    assert.notEqual(light.color, dark.color);
    await setTheme(JSON.stringify({scheme: 'light', ...THEME}));
    await poll(() => styleOf(frame), STYLE_OF_THEME);
    await poll(
      () => page.evaluate(() => document.querySelector('iframe')?.clientHeight),
      await frame.evaluate(() => document.documentElement.scrollHeight),
    );
    await page.$eval('sealed-fields', ({dataset}) => delete dataset['theme']);
    await poll(() => styleOf(frame), dark);
    assert.equal(await valueOf(frame, 'expiry'), '12 / 31');
  });

  suite.onFreshPage('moves nothing in the page while the fields load, however late', async (page) => {
    const {servers} = suite;
    let releaseScript = () => {};
    let releaseFrame = () => {};
    servers.networkFaults.set(
      '/v1/sealed-fields.js',
      after(new Promise<void>((resolve) => (releaseScript = resolve))),
    );
    servers.networkFaults.set('/v1/m/', after(new Promise<void>((resolve) => (releaseFrame = resolve))));
    await watchNewDocument(page);
    const loaded = page.goto(`${servers.shop}/card`, {waitUntil: 'domcontentloaded'});
    await page.waitForFunction(() => document.querySelector('form button') !== null);
    await painted(page);
    releaseScript();
    await page.waitForFunction(() => document.querySelector('sealed-fields > iframe') !== null);
    await painted(page);
    releaseFrame();
    await loaded;
    await readyFrame(page, servers);
    await painted(page);
    assert.deepEqual([await movesOf(page), await shiftsOf(page)], [[], []]);
  });
});

function styleOf(frame: Frame) {
  return frame.$eval('input', (input) => {
    const {color, fontSize, borderTopLeftRadius, height} = getComputedStyle(input);
    const {scheme = ''} = document.documentElement.dataset;
    return {scheme, color, fontSize, radius: borderTopLeftRadius, height};
  });
}
