#!/usr/bin/env node
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {SealedFieldsError} from '../protocol/errors.ts';
import {publish} from './publish.ts';
import {readSource} from './source.ts';

const USAGE = `sealed-fields publish <record.json>... --out <folder>

Writes the widget host's files for these merchants:
  <folder>/tree/           the static site to serve
  <folder>/headers.json    the headers of every path in it; do not serve it without them
  <folder>/manifest.json   every script with its integrity and its purpose

Give the records of all merchants each time. Nothing is written if <folder> holds a merchant that has no record.

  --out <folder>      where to write; earlier versions in it are kept
  --bundle <folder>   the built package, if not this one's own
  --help              this text
`;

/** @returns the exit code. */
async function main(args: string[]): Promise<number> {
  try {
    const {values, positionals} = parseArgs({
      args,
      allowPositionals: true,
      options: {out: {type: 'string'}, bundle: {type: 'string'}, help: {type: 'boolean'}},
    });
    const [command, ...paths] = positionals;
    if (values.help === true) {
      process.stdout.write(USAGE);
      return 0;
    }
    if (command !== 'publish' || paths.length === 0 || values.out === undefined)
      throw new Error('expected: sealed-fields publish <record.json>... --out <folder>; see --help');
    const records = await Promise.all(paths.map(readSource));
    for (const path of await publish({records, bundle: values.bundle, out: values.out}))
      process.stdout.write(`${join(values.out, path)}\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`${line(error)}\n`);
    return 1;
  }
}

/** One line, with what can be done about it. */
function line(error: unknown): string {
  if (error instanceof SealedFieldsError)
    return [`${error.code}: ${error.message}`, error.hint].filter((part) => part !== '').join('. ');
  return `error: ${error instanceof Error ? error.message : 'unknown'}`.replaceAll('\n', ' ');
}

process.exitCode = await main(process.argv.slice(2));
