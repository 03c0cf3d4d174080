import {execFileSync} from 'node:child_process';

/**
 * Lets every browser of this process sleep, as on a laptop whose lid is closed: no process of theirs runs, and their
 * clocks go on.
 */
export async function sleep(milliseconds: number): Promise<void> {
  const pids = descendants();
  signal(pids, 'SIGSTOP');
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  signal(pids, 'SIGCONT');
}

/** Passes over those that are gone since they were listed, as the renderers of a closed tab are: the others must wake. */
function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids)
    try {
      process.kill(pid, name);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
}

/** Those that are there now; the listing itself is gone when it is read. */
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
