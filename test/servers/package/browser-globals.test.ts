import assert from 'node:assert/strict';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import ts from 'typescript';
import {ROOT} from '../../support/root.ts';

/** Globals that must be type errors; the probe uses each on a separate line. */
const PROBE = ['Buffer', 'process', '__dirname', 'setImmediate', 'describe', 'mocha'];

describe('code that runs in a browser', () => {
  for (const folder of ['widget', 'host-sdk'])
    it(`cannot use globals of Node or of the test runner: ${folder}/`, () => {
      const config = join(ROOT, folder, 'tsconfig.json');
      const {config: json} = ts.readConfigFile(config, (path) => ts.sys.readFile(path)) as {config: unknown};
      const {options, fileNames} = ts.parseJsonConfigFileContent(json, ts.sys, join(ROOT, folder));
      const probe = join(ROOT, folder, 'probe.ts');
      const host = ts.createCompilerHost(options);
      const getSourceFile = host.getSourceFile.bind(host);
      const fileExists = host.fileExists.bind(host);
      host.fileExists = (path) => path === probe || fileExists(path);
      host.getSourceFile = (path, ...more) =>
        path === probe
          ? ts.createSourceFile(path, `export {};\n${PROBE.join(';\n')};`, ts.ScriptTarget.ES2022)
          : getSourceFile(path, ...more);
      const program = ts.createProgram({rootNames: [...fileNames, probe], options, host});
      const found = program
        .getSemanticDiagnostics(program.getSourceFile(probe))
        .map(({file, start = 0}) => file?.getLineAndCharacterOfPosition(start).line);
      assert.deepEqual(
        found,
        PROBE.map((_, index) => index + 1),
      );
    });
});
