import {execFileSync} from 'node:child_process';

/**
 * Lets every browser of this process sleep, as on a laptop whose lid is closed: no process of theirs runs, and their
 * clocks go on.
 */
export async function sleep(milliseconds: number): Promise<void> {
  const pids = descendants();
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  for (const pid of pids) process.kill(pid, 'SIGCONT');
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
