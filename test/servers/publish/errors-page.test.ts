import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {createWidgetHost} from '../../../demo/widget-host.ts';
import {ERROR_CODES, SealedFieldsError} from '../../../widget/protocol/errors.ts';
import {publish} from '../../../widget/publish/publish.ts';
import {demo, makeFolder} from '../../unit/publish/fixture.ts';

describe('the page that explains the errors', () => {
  it('is served where every error links to, without script, and with the headers of the publication', async (context) => {
    const folder = await makeFolder(context);
    const out = join(folder, 'out');
    await publish({records: [{path: join(folder, 'demo.json'), data: demo()}], out});
    const host = createWidgetHost(out);
    context.after(() => host.close());
    const origin = await host.listen({port: 0, host: '127.0.0.1'});
    SealedFieldsError.setWidgetHost(origin);

    const {docs} = new SealedFieldsError('aborted', 'gone');
    const response = await fetch(docs);
    const page = await response.text();

    assert.equal(response.status, 200);
    const [, style = ''] = /<style>([^]*)<\/style>/.exec(page) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    assert.equal(
      response.headers.get('content-security-policy'),
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    for (const [name, value] of Object.entries({
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'public, max-age=300',
    }))
      assert.equal(response.headers.get(name), value);
    assert.doesNotMatch(page, /<script|\son\w+=|\sstyle=/);

    const ids = [...page.matchAll(/<h2 id="([^"]*)">/g)].map(([, id = '']) => id);
    const links = [...page.matchAll(/href="([^"]*)"/g)].map(([, target = '']) => target);
    for (const link of links)
      assert.ok(link.startsWith('https://') || ids.some((id) => link === `#${id}`), link);
    assert.deepEqual(ids, [...ERROR_CODES]);
  });
});
