import {execFileSync} from 'node:child_process';

/**
 * Suspends every browser of this process, as a laptop does when its lid is closed: none of their processes runs, and
 * their clocks continue.
 */
export async function suspendBrowsers(milliseconds: number): Promise<void> {
  const pids = descendants();
  signal(pids, 'SIGSTOP');
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  signal(pids, 'SIGCONT');
}

/** Ignores processes that have ended since they were listed, such as the renderer of a closed tab. */
function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids)
    try {
      process.kill(pid, name);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
}

/** All processes below this one, without the `ps` that lists them. */
function descendants(): number[] {
  const listed = execFileSync('ps', ['-e', '-o', 'pid=,ppid=,comm='], {encoding: 'utf8'});
  const processes = listed
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , command]) => command !== 'ps')
    .map(([pid, parent]) => ({pid: Number(pid), parent: Number(parent)}));
  const found: number[] = [];
  for (let parents = [process.pid]; parents.length > 0;) {
    const children = processes.filter(({parent}) => parents.includes(parent)).map(({pid}) => pid);
    found.push(...children);
    parents = children;
  }
  return found;
}
