import assert from 'node:assert/strict';
import {readyFrame, typeInto, valueOf} from '../../support/browser.ts';
import {inEngines} from '../../support/engines.ts';
import {servePackages} from '../../support/page-scripts.ts';
import {snippet} from '../../support/servers.ts';

const LIBRARIES = {
  '/turbo.js': '@hotwired/turbo/dist/turbo.es2017-umd.js',
  '/idiomorph.js': 'idiomorph/dist/idiomorph.min.js',
  '/morphdom.js': 'morphdom/dist/morphdom-umd.min.js',
  '/alpine-morph.js': '@alpinejs/morph/dist/cdn.min.js',
  '/alpine.js': 'alpinejs/dist/cdn.min.js',
};

const ELEMENT = '<sealed-fields data-fields="securityCode"></sealed-fields>';

/** The form of a page that a library updates, with a paragraph that changes. */
const morphed = (text: string) =>
  `<form id="form">${ELEMENT.replace('></', '><select required><option value="">Not loaded</option></select></')}<p>${text}</p></form>`;

/** Makes `form` equal to the markup `after`; `options` are what docs/integration.md excludes the element with. */
interface Morphing {
  scripts: readonly string[];
  morph: (options: string) => string;
  options: string;
}

const MORPHINGS: Record<string, Morphing> = {
  'Turbo 8': {
    scripts: ['/turbo.js'],
    morph: (listen) => `${listen};
      Turbo.renderStreamMessage(\`<turbo-stream action="replace" method="morph" target="form">
        <template>\${after}</template></turbo-stream>\`)`,
    options: `document.addEventListener('turbo:before-morph-element', (event) => {
        if (event.target.localName === 'sealed-fields') event.preventDefault();
      })`,
  },
  Idiomorph: {
    scripts: ['/idiomorph.js'],
    morph: (options) => `Idiomorph.morph(form, after, ${options || '{}'})`,
    options: `{callbacks: {beforeNodeMorphed: (node) => node.localName !== 'sealed-fields'}}`,
  },
  morphdom: {
    scripts: ['/morphdom.js'],
    morph: (options) => `morphdom(form, after, ${options || '{}'})`,
    options: `{onBeforeElUpdated: (element) => element.localName !== 'sealed-fields'}`,
  },
  'the morph of Alpine and Livewire': {
    scripts: ['/alpine-morph.js', '/alpine.js'],
    morph: (options) => `Alpine.morph(form, after, ${options || '{}'})`,
    options: `{updating(element, to, childrenOnly, skip) {
        if (element.localName === 'sealed-fields') skip();
      }}`,
  },
};

inEngines('a page that a library morphs', (suite) => {
  for (const [library, {scripts, morph, options}] of Object.entries(MORPHINGS))
    for (const [what, script, value, warnings] of [
      ['opens another frame, with a warning', morph(''), '', ['frame-removed']],
      ['keeps the frame of an element that is excluded', morph(options), '999', []],
    ] as const)
      suite.onPage(`${what}: ${library}`, async (page) => {
        const {servers} = suite;
        servePackages(servers, LIBRARIES);
        const tags = scripts.map((src) => `<script defer src="${src}"></script>`).join('');
        servers.pages.set('/', snippet(servers, `${tags}${morphed('before')}`));
        await page.goto(servers.page);
        await typeInto(page, await readyFrame(page, servers), 'securityCode', '999');
        await page.evaluate(`{
          window.codes = [];
          for (const type of ['sealed-warning', 'sealed-error'])
            addEventListener(type, ({detail}) => codes.push(detail.code));
          const form = document.querySelector('form');
          const after = ${JSON.stringify(morphed('after'))};
          ${script};
        }`);
        await page.waitForFunction(`document.querySelector('p').textContent === 'after'`);
        const frame = await readyFrame(page, servers);
        assert.equal(await valueOf(frame, 'securityCode'), value);
        assert.deepEqual(await page.evaluate('codes'), warnings);
        assert.deepEqual(await page.$eval('select', ({hidden, disabled}) => [hidden, disabled]), [
          true,
          true,
        ]);
      });
});
