import assert from 'node:assert/strict';
import {after, before} from 'node:test';
import {setStage, type Stage} from '../e2e/stage.ts';
import {arrivedAt, openFields, pause, tryAll, WAYS, withTrap} from './exfiltration.ts';
import {editHeaders} from './publication.ts';
import {inEngines} from './suite.ts';
import type {Trap} from './trap.ts';

/** One way for each directive that is about loading: without the policy, these arrive in every engine. */
const SURE = ['fetch', 'image', 'script', 'link-stylesheet', 'font-face', 'object', 'iframe', 'beacon'];

/** Publishes the frame's documents without their policy. */
const dropPolicy = (out: string) =>
  editHeaders(out, (path, headers) => {
    if (path.startsWith('/v1/m/')) delete headers['Content-Security-Policy'];
  });

/** Waits until all that is sure has come, and then nothing more for a second. @returns when the last came. */
async function untilQuiet(trap: Trap): Promise<number> {
  const start = Date.now();
  let [last, known] = [0, 0];
  const missing = () => SURE.filter((name) => !arrivedAt(trap).has(name));
  while (missing().length > 0 || Date.now() - start - last < 1000) {
    assert.ok(Date.now() - start < 30_000, `did not arrive: ${missing().join()}`);
    await pause(25);
    if (trap.caught.length > known) last = Date.now() - start;
    known = trap.caught.length;
  }
  return last;
}

/** Twice as long as the slowest took where it arrived; and the way to the trap is open. */
async function untilAllWouldHaveCome(trap: Trap, slowest: number): Promise<void> {
  await pause(2 * slowest + 500);
  await fetch(`${trap.origin}/marker`);
  while (!arrivedAt(trap).has('marker')) await pause(10);
}

inEngines({}, (scene) => {
  const {prove} = scene;
  let bare: Stage;
  before(async () => {
    bare = await setStage({edit: dropPolicy});
  });
  after(() => bare.close());

  prove(
    'C01',
    'without the policy, one way at least for each directive arrives; with it, none',
    async (page) => {
      const slowest = await withTrap(async (trap) => {
        await tryAll(await openFields(page, bare), WAYS, trap);
        return untilQuiet(trap);
      });
      await withTrap(async (trap) => {
        await tryAll(await openFields(page, scene.stage), WAYS, trap);
        await untilAllWouldHaveCome(trap, slowest);
        assert.deepEqual([...arrivedAt(trap)], ['marker']);
        assert.equal(trap.datagrams(), 0);
      });
    },
  );
});
