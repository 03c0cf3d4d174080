import type {ChildProcess} from 'node:child_process';
import {once} from 'node:events';

/** Whether anything lives of the process group that `child` was started to lead. */
export function groupLives(child: ChildProcess): boolean {
  try {
    process.kill(-(child.pid ?? 0), 0);
    return true;
  } catch {
    return false;
  }
}

/** Milliseconds in which a group must have ended: whoever stops a container waits ten seconds, and then kills it. */
const ENOUGH = 10_000;

/**
 * Waits until the whole group has ended, after a signal to `child` alone, as a supervisor sends it.
 *
 * @throws Error if something of the group is left, or if the signal itself ended it.
 */
export async function ended(child: ChildProcess, signal: 'SIGTERM' | 'SIGINT'): Promise<void> {
  const began = Date.now();
  const exit = once(child, 'exit');
  child.kill(signal);
  while (groupLives(child)) {
    if (Date.now() - began > ENOUGH) throw new Error('a child was left behind');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const [code] = (await exit) as [number | null];
  if (code !== 0) throw new Error(`it ended with ${String(code)}`);
}

/** Ends what still lives of the groups that these lead. */
export function endGroups(children: readonly ChildProcess[]): void {
  for (const child of children)
    try {
      if (groupLives(child)) process.kill(-(child.pid ?? 0), 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
}
