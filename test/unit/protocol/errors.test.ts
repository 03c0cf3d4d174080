import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {ERROR_CODES, SealedFieldsError} from '../../../widget/protocol/errors.ts';
import {ROOT} from '../../support/root.ts';

describe('SealedFieldsError', () => {
  it('has a code, message, hint and cause', () => {
    const given = new Error('why');
    const error = new SealedFieldsError('key-expired', 'no key', {hint: 'publish one', cause: given});
    assert.ok(error instanceof Error);
    const {name, code, message, hint, cause, docs} = error;
    assert.deepEqual(
      {name, code, message, hint, cause, docs},
      {
        name: 'SealedFieldsError',
        code: 'key-expired',
        message: 'no key',
        hint: 'publish one',
        cause: given,
        docs: '',
      },
    );
  });

  it('links to the page of the widget host that the page has named last', () => {
    const before = new SealedFieldsError('aborted', 'gone');
    SealedFieldsError.setWidgetHost('https://pay.example');
    assert.equal(new SealedFieldsError('aborted', 'gone').docs, 'https://pay.example/v1/errors/#aborted');
    assert.equal(before.docs, '');
  });

  it('has an empty hint by default', () => {
    assert.equal(new SealedFieldsError('aborted', 'gone').hint, '');
  });

  it('has a section in docs/errors.md for each code', () => {
    const page = readFileSync(join(ROOT, 'docs/errors.md'), 'utf8');
    for (const code of ERROR_CODES) assert.ok(page.includes(`\n## ${code}\n`), code);
  });
});
