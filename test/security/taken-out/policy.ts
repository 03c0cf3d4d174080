import type {Change, Control} from './control.ts';

const header = (from: string, to = ''): Change => ({file: 'widget/publish/headers.ts', from, to});

export const POLICY: readonly Control[] = [
  {
    id: 'C01',
    without: 'the directive for connections',
    changes: [header(`"connect-src 'none'",`, `'connect-src *',`)],
  },
  {
    id: 'C01',
    without: 'the directive for images',
    changes: [header(`"img-src 'none'",`, `'img-src *',`)],
  },
  {
    id: 'C01',
    without: 'the directive for scripts',
    changes: [header("`script-src 'self' ", "`script-src 'self' * ")],
  },
  {
    id: 'C01',
    without: 'the directive for forms',
    changes: [header(`"form-action 'none'",`)],
  },
  {
    id: 'C02',
    without: 'the integrity of the entry',
    changes: [
      {
        file: 'widget/publish/pin.ts',
        from: "opening.replace('>', ` integrity=\"${integrityOf('sha256', entry)}\">`)",
        to: 'opening',
      },
    ],
  },
  {
    id: 'C02',
    without: 'the integrity of the chunks',
    changes: [
      {
        file: 'widget/publish/pin.ts',
        from: 'const sums = [...assets]',
        to: 'const sums = [...assets].slice(0, 0)',
      },
    ],
  },
  {
    id: 'C03',
    without: 'text that stays text',
    changes: [{file: 'widget/main.ts', from: 'document.body.textContent =', to: 'document.body.innerHTML ='}],
  },
  {
    id: 'C04',
    without: 'a constructed style sheet',
    changes: [
      {
        file: 'widget/main.ts',
        from: 'document.adoptedStyleSheets.push(sheet);',
        to: "document.head.append(Object.assign(document.createElement('style'), {textContent: STYLES}));",
      },
    ],
  },
  {
    id: 'C05',
    without: 'the directives for workers and for addresses of scripts',
    changes: [header(`"worker-src 'none'",`), header(`"require-trusted-types-for 'script'",`)],
  },
  {
    id: 'C06',
    without: 'the loader in the inventory',
    changes: [{file: 'widget/publish/publish.ts', from: ', [floating, loader] as const]', to: ']'}],
  },
  {
    id: 'C08',
    without: 'the chunks in the inventory',
    changes: [{file: 'widget/publish/publish.ts', from: '[...chunks, ', to: '['}],
  },
  {
    id: 'C09',
    without: 'the hash of the whole file',
    changes: [
      {
        file: 'widget/publish/inventory.ts',
        from: "integrityOf('sha384', script)",
        to: "integrityOf('sha384', script.subarray(1))",
      },
    ],
  },
  {
    id: 'H01',
    without: 'a process of its own',
    changes: [header(`'Origin-Agent-Cluster': '?1',`)],
  },
  {
    id: 'H01',
    without: 'a ban of scripts in the text',
    changes: [header("`script-src 'self' ", "`script-src 'self' 'unsafe-inline' ")],
  },
  {
    id: 'H02',
    without: 'the header that denies what the page delegates',
    changes: [header(`'Permissions-Policy': PERMISSIONS,`)],
  },
  {
    id: 'H03',
    without: 'the list of those who may embed',
    changes: [header(`origins.length === 0 ? "'none'" : origins.join(' ')`, `'*'`)],
  },
  {
    id: 'H04',
    without: 'the look at who is around',
    changes: [{file: 'widget/main.ts', from: 'window.parent !== window && ', to: ''}],
  },
  {
    id: 'H04',
    without: 'the word to search engines',
    changes: [{file: 'widget/index.html', from: '<meta name="robots" content="noindex" />', to: ''}],
  },
  {
    id: 'H06',
    without: 'the headers of an answer without a body',
    changes: [
      {
        file: 'demo/widget-host.ts',
        from: 'return reply.code(304).send();',
        to: "return reply.code(304).removeHeader('content-security-policy').send();",
      },
    ],
  },
  {
    id: 'H06',
    without: 'the refusal of other methods',
    changes: [{file: 'demo/widget-host.ts', from: "method === 'GET' || method === 'HEAD'", to: 'true'}],
  },
  {
    id: 'H07',
    without: 'the word that the document is kept by no cache',
    changes: [header(`'Cache-Control': 'no-store',`, `'Cache-Control': 'public, max-age=600',`)],
  },
];
