#!/usr/bin/env node
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {SealedFieldsError} from '../protocol/errors.ts';
import {publish} from './publish.ts';
import {readSource} from './source.ts';

const USAGE = `sealed-fields publish <record.json>... --out <folder>

Writes the files of the widget host for the given merchants:
  <folder>/tree/           the static site to serve
  <folder>/headers.json    the HTTP headers for each path in tree/; never serve tree/ without them
  <folder>/manifest.json   the integrity, size and purpose of each script

Pass the records of all merchants every time. If <folder> contains a merchant without a record, nothing is written.

Options:
  --origin <origin>   the origin of the widget host, for pages that bundle sealed-fields.js
  --out <folder>      the folder to write to; files of earlier versions are kept
  --bundle <folder>   the folder of another build of this package
  --help              prints this text
`;

/** Runs the command. @returns the exit code: 0 on success, 1 on any error. */
async function main(args: string[]): Promise<number> {
  try {
    const {values, positionals} = parseArgs({
      args,
      allowPositionals: true,
      options: {
        origin: {type: 'string'},
        out: {type: 'string'},
        bundle: {type: 'string'},
        help: {type: 'boolean'},
      },
    });
    const [command, ...paths] = positionals;
    if (values.help === true) {
      process.stdout.write(USAGE);
      return 0;
    }
    if (command !== 'publish' || paths.length === 0 || values.out === undefined)
      throw new Error(
        'expected the arguments publish <record.json>... --out <folder>, found others. For help, run sealed-fields --help',
      );
    const records = await Promise.all(paths.map(readSource));
    const {origin, bundle, out} = values;
    for (const path of await publish({records, origin, bundle, out}))
      process.stdout.write(`${join(out, path)}\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`${line(error)}\n`);
    return 1;
  }
}

/** The error as one line: code, message and hint. */
function line(error: unknown): string {
  if (error instanceof SealedFieldsError)
    return [`${error.code}: ${error.message}`, error.hint].filter((part) => part !== '').join('. ');
  return `error: ${error instanceof Error ? error.message : 'unknown'}`.replaceAll('\n', ' ');
}

process.exitCode = await main(process.argv.slice(2));
