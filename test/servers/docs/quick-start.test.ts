import assert from 'node:assert/strict';
import {execFile, execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {createGateway} from '../../../demo/gateway/server.ts';
import {ROOT} from '../../support/root.ts';
import {keyPair, seal} from '../gateway/openssl.ts';

type Form = Record<string, unknown>;
type Result = [status: number, message: string];

/** A language of the quick start. Its code runs unchanged, apart from the address of the gateway. */
interface Language {
  name: string;
  /** The info string of its code block. */
  infoString: string;
  file: string;
  command: string;
  driver: string;
  /** Reads `[form, amount][]` as JSON from the file in its only argument, and prints {@link Result}s. */
  code: string;
}

const LANGUAGES: readonly Language[] = [
  {
    name: 'PHP',
    infoString: 'php',
    file: 'pay.php',
    command: 'php',
    driver: 'driver.php',
    code: `<?php
require __DIR__ . '/pay.php';
$calls = json_decode(file_get_contents($argv[1]), true);
echo json_encode(array_map(fn ($call) => pay(...$call), $calls));
`,
  },
  {
    name: 'Python',
    infoString: 'python',
    file: 'pay.py',
    command: 'python3',
    driver: 'driver.py',
    code: `import json, sys
from pay import pay
print(json.dumps([pay(*call) for call in json.load(open(sys.argv[1]))]))
`,
  },
  {
    name: 'Node.js',
    infoString: 'js',
    file: 'pay.mjs',
    command: process.execPath,
    driver: 'driver.mjs',
    code: `import {readFileSync} from 'node:fs';
import {pay} from './pay.mjs';
const results = [];
for (const call of JSON.parse(readFileSync(process.argv[2], 'utf8'))) results.push(await pay(...call));
console.log(JSON.stringify(results));
`,
  },
  {
    name: 'Ruby',
    infoString: 'ruby',
    file: 'pay.rb',
    command: 'ruby',
    driver: 'driver.rb',
    code: `require_relative 'pay'
puts JSON.generate(JSON.parse(File.read(ARGV[0])).map { |call| pay(*call) })
`,
  },
];

const pair = keyPair();
const submissionId = (count: number) => count.toString(16).padStart(32, '0');

/** The values that a form posts. */
function cardForm(id: string, changed: Form = {}): Form {
  return {
    encrypted_number: seal(pair, '4012000098765439'),
    encrypted_csc: seal(pair, '999'),
    encrypted_expiration_month: seal(pair, '12'),
    encrypted_expiration_year: seal(pair, '2031'),
    sealed_key_id: '2026-11',
    sealed_id: id,
    ...changed,
  };
}

type Call = readonly [fact: string, form: Form, amount: string, status: number];

/** The calls of one language. Every language needs its own ciphertexts, because the gateway accepts each once. */
function makeCalls(): Call[] {
  const first = cardForm(submissionId(1));
  const {encrypted_number: number} = first;
  return [
    ['charges a card', first, '42.00', 200],
    ['rejects a sealed_id that it has seen', cardForm(submissionId(1)), '42.00', 409],
    ['reports a decline', cardForm(submissionId(2)), '0.29', 402],
    ['rejects a form without fields', {}, '42.00', 400],
    ['rejects an empty value', cardForm(submissionId(3), {encrypted_csc: ''}), '42.00', 400],
    ['rejects a sealed_id that is a path', cardForm('../outside'), '42.00', 409],
    [
      'reports a ciphertext that is invalid',
      cardForm(submissionId(4), {encrypted_number: 'AAAA'}),
      '42.00',
      402,
    ],
    ...Object.keys(cardForm(''))
      .filter((name) => name.startsWith('encrypted_'))
      .map((name, index): Call => [
        `rejects an ${name} that it has seen, with a new sealed_id`,
        cardForm(submissionId(5 + index), {[name]: first[name]}),
        '42.00',
        409,
      ]),
    ...[`${String(number)}\n`, String(number).replace('==', ''), `${String(number)}AAAA`, 'A', 'é'].map(
      (text, index): Call => [
        `rejects a number that is not canonical base64 (${index + 1})`,
        cardForm(submissionId(9 + index), {encrypted_number: text}),
        '42.00',
        409,
      ],
    ),
  ];
}

describe('docs/quick-start.md', () => {
  const text = readFileSync(join(ROOT, 'docs/quick-start.md'), 'utf8');
  const gateway = createGateway({
    ...pair,
    merchants: {},
    username: 'demo',
    password: 'demo',
    log: () => undefined,
    now: Date.now,
  });
  let origin = '';

  before(async () => {
    origin = await gateway.listen({host: '127.0.0.1', port: 0});
  });

  after(async () => {
    await gateway.close();
  });

  for (const language of LANGUAGES)
    describe(
      `the handler in ${language.name}`,
      {skip: !isInstalled(language) && `${language.name} is not installed`},
      () => {
        const folder = mkdtempSync(join(tmpdir(), 'sealed-fields-quick-start-'));
        const calls = makeCalls();
        let results: Result[] = [];

        before(async () => {
          mkdirSync(join(folder, 'submissions'));
          results = await payAll(text, language, folder, origin, calls);
        });

        after(() => {
          rmSync(folder, {recursive: true});
        });

        for (const [index, [fact, , , status]] of calls.entries())
          it(fact, () => {
            assert.equal(results[index]?.[0], status, results[index]?.[1]);
          });

        it('writes nothing outside of its folder', () => {
          const names = readdirSync(join(folder, 'submissions'));
          const ids = [1, 2, 4, 5, 6, 7, 8].map(submissionId);
          assert.deepEqual(names.filter((name) => name.length === 32).toSorted(), ids);
          assert.ok(names.every((name) => /^([0-9a-f]{32}|[0-9a-f]{64})$/.test(name)));
        });

        it('reports a gateway that does not answer', async () => {
          const call = ['', cardForm(submissionId(9)), '42.00', 502] as const;
          const [result] = await payAll(text, language, folder, 'http://127.0.0.1:9', [call]);
          assert.equal(result?.[0], 502);
        });
      },
    );
});

/** The results of the calls, one after the other, made by the code of the document. */
async function payAll(
  text: string,
  {infoString, file, command, driver, code}: Language,
  folder: string,
  origin: string,
  calls: readonly (readonly [string, Form, string, number])[],
): Promise<Result[]> {
  const [, block = ''] = new RegExp(`\`\`\`${infoString}\\n(.*?)\`\`\``, 's').exec(text) ?? [];
  assert.ok(block.includes('http://127.0.0.1:4300'), `no code for ${infoString}`);
  writeFileSync(join(folder, file), block.replace('http://127.0.0.1:4300', origin));
  writeFileSync(join(folder, driver), code);
  writeFileSync(join(folder, 'calls.json'), JSON.stringify(calls.map(([, form, amount]) => [form, amount])));
  const output = await new Promise<string>((resolve, reject) => {
    execFile(command, [driver, 'calls.json'], {cwd: folder}, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${command} failed: ${stderr}`, {cause: error}));
    });
  });
  return JSON.parse(output) as Result[];
}

function isInstalled({command}: Language): boolean {
  try {
    execFileSync(command, ['--version'], {stdio: 'ignore'});
    return true;
  } catch {
    return false;
  }
}
