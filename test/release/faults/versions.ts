import {join} from 'node:path';
import ts from 'typescript';
import type {Plugin} from 'vite';
import type * as names from '../../../widget/protocol/names.ts';
import {buildBundle} from '../../support/build.ts';
import {ROOT} from '../../support/root.ts';

/** Builds a version whose scripts have other names, as after any change, and otherwise are the same. */
export function buildNextVersion(folder: string): Promise<void> {
  return buildBundle(folder, [{name: 'next-version', augmentChunkHash: () => 'next version'}]);
}

/** Builds a version that differs from this one only in the number of its protocol. */
export function buildWithProtocol(protocol: number, folder: string): Promise<void> {
  return buildBundle(folder, [replaceConstant('widget/protocol/names.ts', 'PROTOCOL', String(protocol))]);
}

/** @throws Error during the build if the module has no such constant. */
function replaceConstant(module: string, name: keyof typeof names, value: string): Plugin {
  return {
    name: 'replace-constant',
    enforce: 'pre',
    transform(code, id) {
      if (id !== join(ROOT, module)) return undefined;
      const source = ts.createSourceFile(id, code, ts.ScriptTarget.Latest, true);
      const initializer = source.statements
        .filter(ts.isVariableStatement)
        .flatMap(({declarationList}) => [...declarationList.declarations])
        .find((declaration) => declaration.name.getText(source) === name)?.initializer;
      if (initializer === undefined) throw new Error(`${module} has no constant ${name}`);
      return code.slice(0, initializer.getStart(source)) + value + code.slice(initializer.getEnd());
    },
  };
}
