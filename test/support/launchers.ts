import type {BrowserLauncher} from '@web/test-runner';
import {chromeLauncher} from '@web/test-runner-chrome';
import {webdriverLauncher} from '@web/test-runner-webdriver';
import puppeteer from 'puppeteer-core';
import type * as puppeteerModule from 'puppeteer-core';
import {
  CHROMIUM_ARGUMENTS,
  type Engine,
  findBrowser,
  findWebKit,
  foundEngines,
  requireChromium,
} from './find-browsers.ts';
import {startServers} from './webkit/servers.ts';

/** The browsers for web-test-runner: the engines that `ENGINES` lists, only Chromium if it is not set. */
export async function launchers(): Promise<BrowserLauncher[]> {
  const engines: Engine[] = process.env['ENGINES'] === undefined ? ['chromium'] : foundEngines();
  return Promise.all(engines.map(async (engine) => LAUNCHERS[engine]()));
}

const LAUNCHERS: Record<Engine, () => BrowserLauncher | Promise<BrowserLauncher>> = {
  chromium: () =>
    chromeLauncher({launchOptions: {executablePath: requireChromium(), args: CHROMIUM_ARGUMENTS}}),
  firefox,
  webkit,
};

function firefox(): BrowserLauncher {
  const executablePath = findBrowser('firefox');
  if (executablePath === undefined) throw new Error('Firefox is not installed.');
  const launcher = chromeLauncher({
    puppeteer: puppeteer as unknown as typeof puppeteerModule, // only its launch() is called
    concurrency: 1,
    launchOptions: {browser: 'firefox', executablePath},
  });
  launcher.name = 'Firefox';
  return launcher;
}

/** WebKitGTK on its own X server. X server and WebDriver server end with the launcher or with this process. */
async function webkit(): Promise<BrowserLauncher> {
  const found = findWebKit();
  if (found === undefined) throw new Error('WebKitGTK is not installed.');
  const servers = await startServers(found, {width: 1280, height: 900});
  const launcher = webdriverLauncher({
    hostname: '127.0.0.1',
    port: servers.port,
    path: '/',
    logLevel: 'error',
    capabilities: {
      browserName: 'MiniBrowser',
      'wdio:enforceWebDriverClassic': true,
      'webkitgtk:browserOptions': {binary: found.browser, args: ['--automation']},
    } as WebdriverIO.Capabilities,
  }) as unknown as BrowserLauncher; // its declaration differs in an optional property only
  const stop = launcher.stop?.bind(launcher);
  launcher.stop = async () => {
    await stop?.();
    servers.end();
  };
  return launcher;
}
