import assert from 'node:assert/strict';
import {once} from 'node:events';
import {createServer} from 'node:net';
import {describe, it} from 'node:test';
import {npmStart, PORT_VARIABLES, untilUp} from '../../support/npm-start.ts';
import {endGroups, ended} from '../../support/processes.ts';

describe('npm start on a terminal', () => {
  it('stops on SIGINT', async (test) => {
    const started = await npmStart();
    test.after(() => {
      endGroups([started.child]);
    });
    await untilUp(started);
    await ended(started.child, 'SIGINT');
  });

  for (const variable of PORT_VARIABLES) {
    it(`prints one line that names ${variable} when its port is in use`, async (test) => {
      const taken = createServer();
      taken.listen(0, '127.0.0.1');
      await once(taken, 'listening');
      const {port} = taken.address() as {port: number};
      const {child, output} = await npmStart({[variable]: String(port)});
      test.after(() => {
        taken.close();
        endGroups([child]);
      });
      const [code] = (await once(child, 'close')) as [number]; // all output has arrived by then
      assert.equal(code, 1);
      const own = output.error.split('\n').filter((text) => text !== '' && !text.startsWith('npm '));
      assert.deepEqual(own, [`Port ${port} is already in use: set ${variable} to another port.`]);
    });
  }
});
