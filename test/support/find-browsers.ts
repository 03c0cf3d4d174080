import {execFileSync, type ExecFileSyncOptions} from 'node:child_process';
import {accessSync, constants, existsSync, readdirSync} from 'node:fs';
import {delimiter, join} from 'node:path';

/** Chromium is required; the others are used if they are installed. */
export type Engine = PuppeteerEngine | 'webkit';

/** Engines that puppeteer can drive. */
type PuppeteerEngine = 'chromium' | 'firefox';

/** Executables that drive WebKitGTK: the WebDriver server, Xvfb and the browser. */
export interface WebKit {
  driver: string;
  display: string;
  browser: string;
}

const COMMANDS: Record<PuppeteerEngine, readonly string[]> = {
  chromium: [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
    'msedge',
  ],
  firefox: ['firefox-esr', 'firefox'],
};

const WELL_KNOWN: Record<PuppeteerEngine, readonly string[]> = {
  chromium: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
  firefox: [
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
  ],
};

const INSTALL = {
  firefox: 'sudo apt-get install firefox-esr',
  webkit: 'sudo apt-get install webkit2gtk-driver xvfb',
};

/** Arguments for every Chromium. Most turn off its background requests, which fail in a closed network. */
export const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The browser's executable: from `CHROME_PATH` or `FIREFOX_PATH`, else from `PATH`, else from its usual folder. */
export function findBrowser(engine: PuppeteerEngine): string | undefined {
  const configured = process.env[engine === 'chromium' ? 'CHROME_PATH' : 'FIREFOX_PATH'];
  if (configured !== undefined && existsSync(configured)) return configured;
  return findCommand(COMMANDS[engine]) ?? WELL_KNOWN[engine].find(isExecutable);
}

/** WebKitGTK with everything that drives it, if all of it is installed. Only Linux has it. */
export function findWebKit(): WebKit | undefined {
  const driver = findCommand(['WebKitWebDriver']);
  const display = findCommand(['Xvfb']);
  const folders = ['/usr/libexec', '/usr/lib', ...foldersIn('/usr/lib')];
  const browser = folders.map((folder) => join(folder, 'webkit2gtk-4.1/MiniBrowser')).find(isExecutable);
  return driver && display && browser ? {driver, display, browser} : undefined;
}

/** Lines that name the engines that were found, and how to install the others. */
export function describeEngines(): string {
  const found = foundEngines();
  const missing = Object.entries(INSTALL).filter(
    ([engine]) => !installedEngines().some((each) => each === engine),
  );
  const lines = missing.map(([engine, line]) => `Not found: ${engine}. Debian: ${line}`);
  return [`Engines: ${found.join(', ')}`, ...lines].join('\n');
}

/** The engines to run in: all that are found, or those of them that `ENGINES` lists. */
export function foundEngines(): Engine[] {
  const wanted = process.env['ENGINES']?.split(',');
  return installedEngines().filter((engine) => wanted?.includes(engine) ?? true);
}

function installedEngines(): Engine[] {
  const others: Engine[] = findBrowser('firefox') === undefined ? [] : ['firefox'];
  return ['chromium', ...others, ...(findWebKit() === undefined ? [] : (['webkit'] as const))];
}

/**
 * The executable of Chromium. Installs it with apt if there is none, on Debian as root.
 *
 * @throws Error whose message says in one line what to install.
 */
export function requireChromium(): string {
  const found = findBrowser('chromium');
  if (found !== undefined) return found;
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    process.stdout.write('No browser found: installing Debian’s chromium.\n');
    install('chromium');
    const installed = findBrowser('chromium');
    if (installed !== undefined) return installed;
  }
  throw new Error(
    'The tests need Chromium, Chrome or Edge: install one (Debian: sudo apt-get install chromium), or set CHROME_PATH to its executable.',
  );
}

function install(name: string): void {
  const options: ExecFileSyncOptions = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {...process.env, DEBIAN_FRONTEND: 'noninteractive'},
  };
  execFileSync('apt-get', ['update', '-qq'], options);
  execFileSync(
    'apt-get',
    ['install', '-y', '-qq', '-o', 'DPkg::Lock::Timeout=120', '--no-install-recommends', name],
    options,
  );
}

function findCommand(commands: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return commands.flatMap((command) => folders.map((folder) => join(folder, command))).find(isExecutable);
}

function foldersIn(path: string): string[] {
  return existsSync(path) ? readdirSync(path).map((name) => join(path, name)) : [];
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
