import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {errorsPage} from '../../../widget/publish/errors-page.ts';

describe('errorsPage', () => {
  it('is an HTML document in English, with a title and both color schemes', () => {
    const page = errorsPage('# Errors\n');
    assert.match(page, /^<!doctype html>\n<html lang="en">/);
    assert.match(page, /<title>[^<]+<\/title>/);
    assert.match(page, /<meta name="color-scheme" content="light dark">/);
    assert.match(page, /<h1>Errors<\/h1>/);
  });

  it('gives each section the id that the errors link to', () => {
    assert.match(
      errorsPage('## seal-failed\n\nText.\n'),
      /<h2 id="seal-failed">seal-failed<\/h2>\n<p>Text.<\/p>/,
    );
  });

  it('links to its own sections and to other sites, and names the files of other documents', () => {
    const page = errorsPage(
      '[a](#aborted), [b](https://example.com/), [`c`](keys.md#rotating) and [d](deploy.md).',
    );
    assert.match(
      page,
      /<a href="#aborted">a<\/a>, <a href="https:\/\/example.com\/">b<\/a>, <code>c<\/code> \(<code>docs\/keys.md<\/code>\) and d \(<code>docs\/deploy.md<\/code>\)\./,
    );
  });

  it('escapes code', () => {
    assert.match(errorsPage('`<script>`'), /<code>&lt;script&gt;<\/code>/);
  });
});
