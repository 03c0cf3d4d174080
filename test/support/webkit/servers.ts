import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import type {WebKit} from '../find-browsers.ts';
import {freePorts} from '../ports.ts';

/** A virtual display, and a WebDriver server whose browsers use it. */
export interface WebKitServers {
  port: number;
  /** Ends both, and their browsers. */
  end: () => void;
}

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** Starts a new display and driver. They also end with this process. */
export async function startServers(
  webkit: WebKit,
  size: {width: number; height: number},
): Promise<WebKitServers> {
  const started: ChildProcess[] = [];
  const exit = () => process.exit(1);
  const end = () => {
    for (const child of started.splice(0).reverse()) endGroup(child);
    process.off('exit', end);
    for (const signal of SIGNALS) process.off(signal, exit);
  };
  process.once('exit', end);
  for (const signal of SIGNALS) process.once(signal, exit);
  try {
    const screen = `${size.width}x${size.height}x24`;
    const display = spawn(webkit.display, ['-displayfd', '3', '-screen', '0', screen, '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      detached: true,
    });
    started.push(display);
    const DISPLAY = `:${await firstLine(display)}`;
    const [port = 0] = await freePorts(1, ['127.0.0.1']);
    started.push(
      spawn(webkit.driver, [`--port=${port}`, '--host=127.0.0.1'], {
        stdio: 'ignore',
        detached: true, // its own process group, which includes the browser's processes
        env: {...process.env, DISPLAY, GDK_BACKEND: 'x11', LIBGL_ALWAYS_SOFTWARE: '1'},
      }),
    );
    await untilAnswered(`http://127.0.0.1:${port}/status`);
    return {port, end};
  } catch (error) {
    end();
    throw error;
  }
}

async function untilAnswered(url: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    try {
      await fetch(url);
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** The display number that an X server writes once it is up. */
async function firstLine(display: ChildProcess): Promise<string> {
  const stream = display.stdio[3];
  if (!stream) throw new Error('The display has no output.');
  let text = '';
  while (!text.includes('\n')) {
    const [data] = (await Promise.race([once(stream, 'data'), once(display, 'exit')])) as [unknown];
    if (display.exitCode !== null) throw new Error('The display did not start.');
    text += String(data);
  }
  return text.trim();
}

function endGroup({pid}: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // it has already ended
  }
}
