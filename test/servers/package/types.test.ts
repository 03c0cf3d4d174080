import assert from 'node:assert/strict';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import ts from 'typescript';
import {ROOT} from '../../support/root.ts';

const STRICT: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  verbatimModuleSyntax: true,
  skipLibCheck: false,
  noEmit: true,
  types: [],
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
};

/** How a project resolves packages: by its bundler, or like Node. */
const RESOLUTIONS: Record<string, ts.CompilerOptions> = {
  'a bundler': {module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler},
  Node: {module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext},
};

describe('the types of the package', () => {
  for (const [resolver, options] of Object.entries(RESOLUTIONS)) {
    it(`compile in a strict project whose packages are resolved by ${resolver}`, () => {
      const program = ts.createProgram([join(ROOT, 'test/servers/package/consumer.ts')], {
        ...STRICT,
        ...options,
      });
      const texts = ts
        .getPreEmitDiagnostics(program)
        .map(({file, start = 0, messageText}) =>
          [
            file?.fileName,
            file?.getLineAndCharacterOfPosition(start).line,
            ts.flattenDiagnosticMessageText(messageText, ' '),
          ].join(':'),
        );
      assert.deepEqual(texts, []);
      const sources = program.getSourceFiles().map(({fileName}) => fileName);
      for (const entry of ['module', 'define'])
        assert.ok(sources.some((name) => name.endsWith(`dist/types/host-sdk/${entry}.d.ts`)));
    });
  }
});
