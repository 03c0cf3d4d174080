import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {html} from '../../demo/html.ts';

describe('html', () => {
  it('escapes what is put in, as text and inside quotes', () => {
    const hostile = `"><script>alert('&')</script>`;
    assert.equal(
      html`<p title="${hostile}">${hostile}</p>`.text,
      '<p title="&quot;&gt;&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;">' +
        '&quot;&gt;&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;</p>',
    );
  });

  it('escapes only once, however deep templates stand in templates', () => {
    const inner = html`<b>${'a & b'}</b>`;
    assert.equal(html`<p>${inner}${[inner, inner]}${1}</p>`.text, `<p>${'<b>a &amp; b</b>'.repeat(3)}1</p>`);
  });
});
