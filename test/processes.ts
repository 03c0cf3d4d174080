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

/**
 * Milliseconds from the signal, sent to `child` alone as a supervisor does, to the end of its whole group.
 *
 * @throws Error if something of the group is left after four seconds, or if the signal itself ended it.
 */
export async function timeToEnd(child: ChildProcess, signal: 'SIGTERM' | 'SIGINT'): Promise<number> {
  const began = Date.now();
  const exit = once(child, 'exit');
  child.kill(signal);
  while (groupLives(child) && Date.now() - began < 4000)
    await new Promise((resolve) => setTimeout(resolve, 10));
  const time = Date.now() - began;
  if (groupLives(child)) throw new Error('a child was left behind');
  const [code] = (await exit) as [number | null];
  if (code !== 0) throw new Error(`it ended with ${String(code)}`);
  return time;
}

/** Ends what still lives of the groups that these lead. */
export function endGroups(children: readonly ChildProcess[]): void {
  for (const child of children) if (groupLives(child)) process.kill(-(child.pid ?? 0), 'SIGKILL');
}
