import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {encrypt as encryptJwe} from '../../../widget/seal/jwe.ts';
import {parsePublicKey} from '../../../widget/keys/public-key.ts';
import {encrypt as encryptPaytrace} from '../../../widget/seal/paytrace.ts';
import {parseRecord} from '../../../widget/merchant-record.ts';
import {ROOT} from '../../support/root.ts';
import {FIELDS, PAYLOADS, KEYS, NOW, PAYLOAD, PUBLIC_PEM, INVALID_ENVELOPES} from './envelopes.ts';

/** A language for which docs/decrypting.md has code. The code runs unchanged, called by a driver. */
interface Language {
  name: string;
  /** The info string of its code block. */
  infoString: string;
  /** The name of the file that the code is written to. */
  file: string;
  /** Interpreters. The first one that passes the probe is used. */
  commands: readonly string[];
  /** Arguments with which an interpreter exits with 0 if it has everything that the code needs. */
  probe: readonly string[];
  /** Reads {@link Input} from standard input and writes {@link Output}. */
  driver: string;
}

interface Input {
  keys: Record<string, string>;
  merchants: Record<string, string[]>;
  now: number;
  jwes: string[];
  values: string[];
  payloads: object[];
}

interface Output {
  jwes: unknown[];
  values: (string | null)[];
  payloads: boolean[];
}

const LANGUAGES: readonly Language[] = [
  {
    name: 'PHP',
    infoString: 'php',
    file: 'decrypting.php',
    commands: ['php'],
    probe: ['-r', 'exit(@include("phpseclib3/autoload.php") ? 0 : 1);'],
    driver: `<?php
require 'phpseclib3/autoload.php';
require __DIR__ . '/decrypting.php';
$input = json_decode(stream_get_contents(STDIN), true);
$seen = [];
$remember = function (string $id) use (&$seen) {
    $isNew = !in_array($id, $seen, true);
    $seen[] = $id;
    return $isNew;
};
echo json_encode([
    'jwes' => array_map(fn ($jwe) => decrypt_jwe($jwe, $input['keys']), $input['jwes']),
    'values' => array_map(fn ($value) => decrypt_value($value, $input['keys']['2026-11']), $input['values']),
    'payloads' => array_map(fn ($each) => is_acceptable($each, $input['merchants'], $input['now'], $remember), $input['payloads']),
]);
`,
  },
  {
    name: 'Python',
    infoString: 'python',
    file: 'decrypting.py',
    commands: ['python3', '/usr/bin/python3'],
    probe: ['-c', 'import jwcrypto, cryptography'],
    driver: `import json, os, sys
sys.path.insert(0, os.path.dirname(__file__))
from decrypting import *
input = json.load(sys.stdin)
keys = {kid: pem.encode() for kid, pem in input["keys"].items()}
seen = set()
def remember(id):
    is_new = id not in seen
    seen.add(id)
    return is_new
json.dump({
    "jwes": [decrypt_jwe(each, keys) for each in input["jwes"]],
    "values": [decrypt_value(each, keys["2026-11"]) for each in input["values"]],
    "payloads": [is_acceptable(each, input["merchants"], input["now"], remember) for each in input["payloads"]],
}, sys.stdout)
`,
  },
  {
    name: 'Ruby',
    infoString: 'ruby',
    file: 'decrypting.rb',
    commands: ['ruby'],
    probe: ['-e', 'require "openssl"; exit OpenSSL::PKey::RSA.method_defined?(:decrypt)'],
    driver: `require_relative 'decrypting'
input = JSON.parse($stdin.read)
seen = []
remember = ->(id) { seen.include?(id) ? false : seen.push(id).any? }
puts JSON.generate(
  jwes: input['jwes'].map { |each| decrypt_jwe(each, input['keys']) },
  values: input['values'].map { |each| decrypt_value(each, input['keys']['2026-11']) },
  payloads: input['payloads'].map { |each| acceptable?(each, input['merchants'], input['now'], &remember) }
)
`,
  },
];

describe('docs/decrypting.md', () => {
  const docs = readFileSync(join(ROOT, 'docs/decrypting.md'), 'utf8');

  for (const {name, infoString, file, commands, probe, driver} of LANGUAGES) {
    const command = commands.find((each) => canRun(each, probe));
    describe(
      `in ${name}`,
      {skip: command === undefined && `${name} or a library of its code is not installed`},
      () => {
        let output: Output = {jwes: [], values: [], payloads: []};
        const folder = mkdtempSync(join(tmpdir(), 'sealed-fields-decrypting-'));
        after(() => {
          rmSync(folder, {recursive: true});
        });

        before(async () => {
          const [, code = ''] = new RegExp(`\`\`\`${infoString}\\n(.*?)\`\`\``, 's').exec(docs) ?? [];
          writeFileSync(join(folder, file), code);
          writeFileSync(join(folder, `driver-${file}`), driver);
          const input: Input = {
            keys: KEYS,
            merchants: {demo: ['https://shop.example']},
            now: NOW,
            ...(await sealWithProduct()),
            payloads: PAYLOADS.map(([, payload]) => payload),
          };
          input.jwes.push(...Object.values(INVALID_ENVELOPES));
          const options = {input: JSON.stringify(input), encoding: 'utf8'} as const;
          output = JSON.parse(
            execFileSync(command ?? '', [join(folder, `driver-${file}`)], options),
          ) as Output;
        });

        it('decrypts what the product encrypted, in both profiles', () => {
          assert.deepEqual(output.jwes[0], PAYLOAD);
          assert.deepEqual(output.values.slice(0, 2), [FIELDS.cardNumber, FIELDS.securityCode]);
        });

        it('decrypts no other value', () => {
          for (const value of output.values.slice(2)) assert.doesNotMatch(value ?? '', /^[0-9]+$/);
        });

        for (const [index, what] of Object.keys(INVALID_ENVELOPES).entries())
          it(`rejects an envelope with ${what}`, () => {
            assert.equal(output.jwes[index + 1], null);
          });

        for (const [index, [what, , isAcceptable]] of PAYLOADS.entries())
          it(`${isAcceptable ? 'accepts' : 'rejects'} ${what}`, () => {
            assert.equal(output.payloads[index], isAcceptable);
          });
      },
    );
  }
});

/** Envelopes and values that the frame's own code encrypted, and values that are not ciphertext. */
async function sealWithProduct(): Promise<{jwes: string[]; values: string[]}> {
  const key = parsePublicKey(PUBLIC_PEM);
  const context = (profile: string) => ({
    record: parseRecord({
      id: 'demo',
      origins: [],
      profile,
      keys: [{kid: '2026-11', pem: PUBLIC_PEM}],
      expiry: 'sealed',
    }),
    kid: '2026-11',
    submission: {id: PAYLOAD.jti, origin: PAYLOAD.origin},
    now: new Date(NOW * 1000),
  });
  const {sealed: jwe = ''} = await encryptJwe(FIELDS, key, context('jwe'));
  const {cardNumber, securityCode} = FIELDS;
  const values = Object.values(await encryptPaytrace({cardNumber, securityCode}, key, context('paytrace')));
  return {jwes: [jwe], values: [...values, 'other text', '', Buffer.alloc(256, 1).toString('base64')]};
}

function canRun(command: string, probe: readonly string[]): boolean {
  try {
    execFileSync(command, probe, {stdio: 'ignore'});
    return true;
  } catch {
    return false;
  }
}
