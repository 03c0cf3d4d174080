import {expect} from '@open-wc/testing';
import {ERROR_CODES, SealedFieldsError} from '../../../widget/protocol/errors.ts';

describe('errors', () => {
  it('carry code, message, hint, cause and their place in the documentation', () => {
    const cause = new Error('why');
    const error = new SealedFieldsError('key-expired', 'no key', {hint: 'publish one', cause});
    expect(error).to.be.instanceOf(Error);
    expect(error).to.include({
      name: 'SealedFieldsError',
      code: 'key-expired',
      message: 'no key',
      hint: 'publish one',
      cause,
    });
    expect(error.docs).to.equal('docs/errors.md#key-expired');
  });

  it('need no hint', () => {
    expect(new SealedFieldsError('aborted', 'gone').hint).to.equal('');
  });

  it('have a paragraph each in the documentation', async () => {
    const page = await (await fetch('/docs/errors.md')).text();
    for (const code of ERROR_CODES) expect(page).to.contain(`<a id="${code}"></a>\`${code}\``);
  });
});
