import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {html} from '../../demo/html.ts';

describe('html', () => {
  it('escapes interpolated values, as text and in quoted attributes', () => {
    const hostile = `"><script>alert('&')</script>`;
    assert.equal(
      html`<p title="${hostile}">${hostile}</p>`.text,
      '<p title="&quot;&gt;&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;">' +
        '&quot;&gt;&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;</p>',
    );
  });

  it('escapes nested templates only once', () => {
    const inner = html`<b>${'a & b'}</b>`;
    assert.equal(html`<p>${inner}${[inner, inner]}${1}</p>`.text, `<p>${'<b>a &amp; b</b>'.repeat(3)}1</p>`);
  });
});
