import type {ChildProcess} from 'node:child_process';
import {once} from 'node:events';

/** Whether a process of the group that `child` leads is still running. */
export function groupLives(child: ChildProcess): boolean {
  try {
    process.kill(-(child.pid ?? 0), 0);
    return true;
  } catch {
    return false;
  }
}

/** A container runtime kills what is still running ten seconds after it asked a container to stop. */
const GROUP_END_TIMEOUT_MS = 10_000;

/**
 * Signals `child` alone, as a supervisor does, and waits until its whole group has ended.
 *
 * @throws Error if a process of the group is left, or if `child` did not exit with 0.
 */
export async function ended(child: ChildProcess, signal: 'SIGTERM' | 'SIGINT'): Promise<void> {
  const began = Date.now();
  const exit = once(child, 'exit');
  child.kill(signal);
  while (groupLives(child)) {
    if (Date.now() - began > GROUP_END_TIMEOUT_MS) throw new Error('a process of the group is still running');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const [code] = (await exit) as [number | null];
  if (code !== 0) throw new Error(`it ended with ${String(code)}`);
}

/** Kills what is still running of the groups that these lead. */
export function endGroups(children: readonly ChildProcess[]): void {
  for (const child of children)
    try {
      if (groupLives(child)) process.kill(-(child.pid ?? 0), 'SIGKILL');
    } catch {
      // It has just ended.
    }
}
