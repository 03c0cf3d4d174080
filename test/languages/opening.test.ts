import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {encrypt as encryptJwe} from '../../widget/crypto/jwe.ts';
import {parsePublicKey} from '../../widget/crypto/key-gate.ts';
import {encrypt as encryptPaytrace} from '../../widget/crypto/paytrace.ts';
import {parseRecord} from '../../widget/record.ts';
import {ROOT} from '../files.ts';
import {FIELDS, JUDGED, KEYS, NOW, PAYLOAD, PUBLIC_PEM, SPOILED} from './envelopes.ts';

/** One way in which docs/opening.md opens envelopes: its code runs as it stands there, asked by a few lines of ours. */
interface Language {
  name: string;
  /** What its code block is marked with; and the file that it becomes. */
  mark: string;
  file: string;
  /** What runs it: the first of these that has all it needs. */
  commands: readonly string[];
  /** Ends well where all it needs is there. */
  probe: readonly string[];
  /** Reads {@link Questions} from standard input, writes {@link Answers}. */
  driver: string;
}

interface Questions {
  keys: Record<string, string>;
  merchants: Record<string, string[]>;
  now: number;
  jwes: string[];
  values: string[];
  payloads: object[];
}

interface Answers {
  jwes: unknown[];
  values: (string | null)[];
  payloads: boolean[];
}

const LANGUAGES: readonly Language[] = [
  {
    name: 'PHP',
    mark: 'php',
    file: 'opening.php',
    commands: ['php'],
    probe: ['-r', 'exit(@include("phpseclib3/autoload.php") ? 0 : 1);'],
    driver: `<?php
require 'phpseclib3/autoload.php';
require __DIR__ . '/opening.php';
$asked = json_decode(stream_get_contents(STDIN), true);
$seen = [];
$remember = function (string $id) use (&$seen) {
    $isNew = !in_array($id, $seen, true);
    $seen[] = $id;
    return $isNew;
};
echo json_encode([
    'jwes' => array_map(fn ($jwe) => open_jwe($jwe, $asked['keys']), $asked['jwes']),
    'values' => array_map(fn ($value) => open_value($value, $asked['keys']['2026-11']), $asked['values']),
    'payloads' => array_map(fn ($each) => is_acceptable($each, $asked['merchants'], $asked['now'], $remember), $asked['payloads']),
]);
`,
  },
  {
    name: 'Python',
    mark: 'python',
    file: 'opening.py',
    commands: ['python3', '/usr/bin/python3'],
    probe: ['-c', 'import jwcrypto, cryptography'],
    driver: `import json, os, sys
sys.path.insert(0, os.path.dirname(__file__))
from opening import *
asked = json.load(sys.stdin)
keys = {kid: pem.encode() for kid, pem in asked["keys"].items()}
seen = set()
def remember(id):
    is_new = id not in seen
    seen.add(id)
    return is_new
json.dump({
    "jwes": [open_jwe(each, keys) for each in asked["jwes"]],
    "values": [open_value(each, keys["2026-11"]) for each in asked["values"]],
    "payloads": [is_acceptable(each, asked["merchants"], asked["now"], remember) for each in asked["payloads"]],
}, sys.stdout)
`,
  },
  {
    name: 'Ruby',
    mark: 'ruby',
    file: 'opening.rb',
    commands: ['ruby'],
    probe: ['-e', 'require "openssl"; exit OpenSSL::PKey::RSA.method_defined?(:decrypt)'],
    driver: `require_relative 'opening'
asked = JSON.parse($stdin.read)
seen = []
remember = ->(id) { seen.include?(id) ? false : seen.push(id).any? }
puts JSON.generate(
  jwes: asked['jwes'].map { |each| open_jwe(each, asked['keys']) },
  values: asked['values'].map { |each| open_value(each, asked['keys']['2026-11']) },
  payloads: asked['payloads'].map { |each| acceptable?(each, asked['merchants'], asked['now'], &remember) }
)
`,
  },
];

describe('docs/opening.md', () => {
  const docs = readFileSync(join(ROOT, 'docs/opening.md'), 'utf8');

  for (const {name, mark, file, commands, probe, driver} of LANGUAGES) {
    const command = commands.find((each) => isThere(each, probe));
    describe(
      `in ${name}`,
      {skip: command === undefined && `there is no ${name} with what its code needs`},
      () => {
        let answers: Answers = {jwes: [], values: [], payloads: []};
        const folder = mkdtempSync(join(tmpdir(), 'sealed-fields-opening-'));
        after(() => {
          rmSync(folder, {recursive: true});
        });

        before(async () => {
          const [, code = ''] = new RegExp(`\`\`\`${mark}\\n(.*?)\`\`\``, 's').exec(docs) ?? [];
          writeFileSync(join(folder, file), code);
          writeFileSync(join(folder, `driver-${file}`), driver);
          const questions: Questions = {
            keys: KEYS,
            merchants: {demo: ['https://shop.example']},
            now: NOW,
            ...(await sealByTheProduct()),
            payloads: JUDGED.map(([, payload]) => payload),
          };
          questions.jwes.push(...Object.values(SPOILED));
          const input = JSON.stringify(questions);
          const options = {input, encoding: 'utf8'} as const;
          answers = JSON.parse(
            execFileSync(command ?? '', [join(folder, `driver-${file}`)], options),
          ) as Answers;
        });

        it('opens what the frame sealed, by both profiles', () => {
          assert.deepEqual(answers.jwes[0], PAYLOAD);
          assert.deepEqual(answers.values.slice(0, 2), [FIELDS.cardNumber, FIELDS.securityCode]);
        });

        it('opens no other value', () => {
          for (const value of answers.values.slice(2)) assert.doesNotMatch(value ?? '', /^[0-9]+$/);
        });

        for (const [index, what] of Object.keys(SPOILED).entries())
          it(`opens no envelope with ${what}`, () => {
            assert.equal(answers.jwes[index + 1], null);
          });

        for (const [index, [what, , isTaken]] of JUDGED.entries())
          it(`${isTaken ? 'takes' : 'refuses'} ${what}`, () => {
            assert.equal(answers.payloads[index], isTaken);
          });
      },
    );
  }
});

/** Envelopes as the frame makes them, by its own ciphers; and values that do not open. */
async function sealByTheProduct(): Promise<{jwes: string[]; values: string[]}> {
  const key = parsePublicKey(PUBLIC_PEM);
  const occasion = (profile: string) => ({
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
  const {sealed: jwe = ''} = await encryptJwe(FIELDS, key, occasion('jwe'));
  const {cardNumber, securityCode} = FIELDS;
  const values = Object.values(await encryptPaytrace({cardNumber, securityCode}, key, occasion('paytrace')));
  return {jwes: [jwe], values: [...values, 'words', '', Buffer.alloc(256, 1).toString('base64')]};
}

function isThere(command: string, probe: readonly string[]): boolean {
  try {
    execFileSync(command, probe, {stdio: 'ignore'});
    return true;
  } catch {
    return false;
  }
}
