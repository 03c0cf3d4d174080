import {expect, fixture, html} from '@open-wc/testing';
import {colorSchemeAt} from '../../../host-sdk/frame/environment.ts';

describe('environment', () => {
  it('resolves the color scheme of an element to light or dark', async () => {
    const node = await fixture<HTMLElement>(html`<div></div>`);
    const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
    const cases = {
      normal: 'light',
      light: 'light',
      dark: 'dark',
      'only dark': 'dark',
      'light dark': system,
      'dark light': system,
    };
    for (const [page, scheme] of Object.entries(cases)) {
      node.style.colorScheme = page;
      expect(colorSchemeAt(node, 'auto'), page).to.equal(scheme);
    }
    expect(colorSchemeAt(node, 'dark')).to.equal('dark');
    expect(colorSchemeAt(node, 'light')).to.equal('light');
  });
});
