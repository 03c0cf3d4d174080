import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {npmStart, untilUp} from '../support/npm-start.ts';
import {endGroups, ended} from '../support/processes.ts';

describe('npm start', () => {
  it('serves three origins, prints them in one line, and stops on SIGTERM with a response pending', async (test) => {
    const started = await npmStart();
    const {child, output, ports} = started;
    test.after(() => {
      endGroups([child]);
    });
    await untilUp(started);
    const [shop, widget, gateway] = ports;
    const line = `shop http://localhost:${shop} · widget http://127.0.0.1:${widget} · gateway http://127.0.0.1:${gateway}`;
    assert.ok(output.out.includes(`Sealed Fields is up: ${line}\n`), output.out);

    const page = await fetch(`http://localhost:${shop}/card`);
    assert.equal(page.status, 200);
    assert.ok((await page.text()).includes(`<script src="http://127.0.0.1:${widget}/v1/sealed-fields.js"`));
    const frame = await fetch(`http://127.0.0.1:${widget}/v1/m/demo/`);
    assert.match(
      frame.headers.get('content-security-policy') ?? '',
      new RegExp(`frame-ancestors http://localhost:${shop};`),
    );
    const key = await fetch(`http://127.0.0.1:${gateway}/v3/e2ee/public-key.pem`);
    assert.match(await key.text(), /^-----BEGIN PUBLIC KEY-----\n/);

    const late = assert.rejects(fetch(`http://127.0.0.1:${widget}/v1/m/late/`)); // its answer takes 15 seconds
    await ended(child, 'SIGTERM');
    await assert.rejects(fetch(`http://localhost:${shop}/card`));
    await late;
  });
});
