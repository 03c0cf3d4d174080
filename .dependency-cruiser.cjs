/** The import table of the design: arrows point one way. */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: {path: from},
  to: {pathNot: allowed},
});

module.exports = {
  forbidden: [
    only('protocol', '^widget/protocol/', '^widget/protocol/', 'protocol imports nothing'),
    only(
      'host-sdk',
      '^host-sdk/',
      '^(host-sdk/|widget/protocol/|node_modules/postmate/|node_modules/@types/postmate/)',
      'the host never sees card data',
    ),
    {
      name: 'frame-and-form',
      comment: 'element.ts alone knows both folders',
      severity: 'error',
      from: {path: '^host-sdk/(frame|form)/'},
      to: {path: '^host-sdk/((frame|form)/|element\\.ts$)', pathNot: '^host-sdk/$1/'},
    },
    only(
      'fields',
      '^widget/fields/',
      '^(widget/fields/|widget/protocol/|node_modules/credit-card-type/)',
      'fields are pure',
    ),
    only(
      'form-state',
      '^widget/form-state\\.ts$',
      '^widget/(fields|protocol)/',
      'form-state knows fields only',
    ),
    only(
      'crypto',
      '^widget/crypto/',
      '^(widget/crypto/|widget/protocol/|widget/record\\.ts$|node_modules/(@types/)?(node-forge|jose|vite)/|(node:)?(url|path)$)',
      'crypto knows the record and the protocol',
    ),
    only(
      'submit',
      '^widget/submit\\.ts$',
      '^widget/(crypto|protocol|form-state|record|fields)',
      'submit -> crypto',
    ),
    only(
      'components',
      '^widget/components/(?!payment-form)',
      '^(widget/(components|fields|protocol|locales)/|node_modules/(lit|lit-html|lit-element|@lit)/)',
      'components are told and tell; payment-form alone knows the state',
    ),
    only(
      'publish',
      '^widget/publish/',
      '^(widget/publish/|widget/protocol/|widget/record\\.ts$|widget/crypto/key-gate\\.ts$|package\\.json$|(node:)?[a-z_/]+$)',
      'publish: protocol, record, key gate',
    ),
    {
      name: 'node-forge-and-jose',
      comment: 'ciphers live in one folder',
      severity: 'error',
      from: {path: '^(widget|host-sdk)/', pathNot: '^widget/crypto/'},
      to: {path: '^node_modules/(@types/)?(node-forge|jose)/'},
    },
    {
      name: 'seal-without-ciphers',
      comment: 'the chunk that all profiles share, and the command line, hold no cipher',
      severity: 'error',
      from: {path: '^widget/(crypto/(seal|key-gate)|publish/cli)\\.ts$'},
      to: {path: '^node_modules/(node-forge|jose)/', reachable: true},
    },
    {
      name: 'jwe-without-forge',
      comment: 'one profile, one cipher',
      severity: 'error',
      from: {path: '^widget/crypto/jwe\\.ts$'},
      to: {path: '^node_modules/node-forge/', reachable: true},
    },
    {
      name: 'paytrace-without-jose',
      comment: 'one profile, one cipher',
      severity: 'error',
      from: {path: '^widget/crypto/paytrace\\.ts$'},
      to: {path: '^node_modules/jose/', reachable: true},
    },
    {
      name: 'postmate',
      comment: 'Postmate is imported in one file on each side',
      severity: 'error',
      from: {path: '^(widget|host-sdk)/', pathNot: '^(widget/bridge|host-sdk/frame/postmate)\\.ts$'},
      to: {path: '^node_modules/(@types/)?postmate/'},
    },
    {
      name: 'node-in-the-frame',
      comment: 'only publish and the build plugin run in Node',
      severity: 'error',
      from: {path: '^(widget|host-sdk)/', pathNot: '^widget/(publish/|crypto/forge-cut\\.ts$)'},
      to: {dependencyTypes: ['core']},
    },
    {name: 'no-circular', severity: 'error', from: {}, to: {circular: true}},
    {name: 'not-to-unresolvable', severity: 'error', from: {}, to: {couldNotResolve: true}},
    {name: 'not-to-test', severity: 'error', from: {pathNot: '^test/'}, to: {path: '^test/'}},
  ],
  options: {
    doNotFollow: {path: 'node_modules'},
    tsPreCompilationDeps: true,
    tsConfig: {fileName: 'tsconfig.json'},
    enhancedResolveOptions: {exportsFields: ['exports'], conditionNames: ['import', 'node', 'default']},
  },
};
