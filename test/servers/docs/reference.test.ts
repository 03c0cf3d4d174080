import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {dirname, join, normalize} from 'node:path';
import {describe, it} from 'node:test';
import ts from 'typescript';
import {IDENTITY_ATTRIBUTES, LIVE_ATTRIBUTES, SCRIPT_ATTRIBUTES} from '../../../host-sdk/attributes.ts';
import {parseRecord} from '../../../widget/merchant-record.ts';
import {RESERVED_NAMES} from '../../../widget/protocol/envelope.ts';
import {ERROR_CODES} from '../../../widget/protocol/errors.ts';
import {FRAME_EVENTS, HOST_EVENTS} from '../../../widget/protocol/messages.ts';
import {
  BRANDS,
  FIELD_NAMES,
  FIELD_PROBLEMS,
  FIELD_STATUSES,
  LOCALES,
  THEME_TOKENS,
} from '../../../widget/protocol/names.ts';
import {headerRules} from '../../../widget/publish/headers.ts';
import {ROOT} from '../../support/root.ts';
import {anchors, codes, DOCUMENTS, firstColumn, headings, links, prose, rows, section} from './markdown.ts';

const INTEGRATION = 'docs/integration.md';

/** Asserts that a document has exactly these names, in any order. */
function assertSame(documented: readonly string[], expected: readonly string[]) {
  assert.deepEqual([...new Set(documented)].toSorted(), [...new Set(expected)].toSorted());
}

/** The declarations of a source file. */
function sourceOf(path: string): ts.SourceFile {
  return ts.createSourceFile(path, readFileSync(join(ROOT, path), 'utf8'), ts.ScriptTarget.ESNext, true);
}

/** The quoted or plain name of a member. */
function nameOf({name}: {name?: ts.PropertyName | undefined}): string {
  return name === undefined ? '' : ts.isStringLiteral(name) ? name.text : name.getText();
}

function membersOfInterface(path: string, name: string): string[] {
  const found = sourceOf(path).statements.filter(ts.isInterfaceDeclaration);
  return found.filter((each) => each.name.text === name).flatMap(({members}) => members.map(nameOf));
}

function literalsOfType(path: string, name: string): string[] {
  const found = sourceOf(path).statements.filter(ts.isTypeAliasDeclaration);
  return codes(
    found
      .filter((each) => each.name.text === name)
      .map(({type}) => type.getText().replaceAll("'", '`'))
      .join(),
  );
}

/** Members of the element's class that a page uses: neither private, nor static, nor called by the browser. */
function publicMembersOfElement(): string[] {
  const [element] = sourceOf('host-sdk/element.ts').statements.filter(ts.isClassDeclaration);
  return (element?.members ?? [])
    .filter((member) => !ts.isConstructorDeclaration(member))
    .filter((member) => !ts.getCombinedModifierFlags(member) || !isStatic(member))
    .map(nameOf)
    .filter((name) => !name.startsWith('#') && !name.endsWith('Callback'));
}

function isStatic(member: ts.ClassElement): boolean {
  return (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Static) !== 0;
}

function exportsOfModule(path: string): string[] {
  return sourceOf(path)
    .statements.filter(ts.isExportDeclaration)
    .flatMap(({exportClause}) =>
      exportClause !== undefined && ts.isNamedExports(exportClause)
        ? exportClause.elements.map(({name}) => name.text)
        : [],
    );
}

describe('docs/integration.md', () => {
  it('lists every attribute, and no other', () => {
    const known = [...IDENTITY_ATTRIBUTES, ...LIVE_ATTRIBUTES, ...SCRIPT_ATTRIBUTES].map((name) =>
      name.replace(/^(data-(?:label|placeholder)-).*/, '$1<field>'),
    );
    const listed = rows(section(INTEGRATION, 'Attributes')).map(([cell = '']) => codes(cell)[0] ?? '');
    assertSame(listed, known);
  });

  it('names no attribute that does not exist', () => {
    const used = prose(INTEGRATION).match(/data-[a-z-]+(?:<field>)?/g) ?? [];
    const known = ['data-sealed-fields', ...IDENTITY_ATTRIBUTES, ...LIVE_ATTRIBUTES, ...SCRIPT_ATTRIBUTES];
    const isKnown = (name: string) => known.some((each) => each === name || name === `${each}s`);
    const patterns = ['data-label-<field>', 'data-placeholder-<field>'];
    for (const name of used) assert.ok(isKnown(name) || patterns.includes(name), name);
  });

  it('lists every field', () => {
    const listed = rows(section(INTEGRATION, 'Fields')).map(([cell = '']) => codes(cell)[0] ?? '');
    assertSame(listed.slice(0, FIELD_NAMES.length), FIELD_NAMES);
  });

  it('lists every problem of every field, and each status', () => {
    const text = section(INTEGRATION, 'State');
    const problems = rows(text).filter(([name = '']) => FIELD_NAMES.some((field) => name === `\`${field}\``));
    assert.deepEqual(
      Object.fromEntries(problems.map(([name = '', list = '']) => [name.slice(1, -1), codes(list)])),
      FIELD_PROBLEMS,
    );
    for (const status of FIELD_STATUSES) assert.ok(codes(text).includes(status), status);
  });

  it('lists every member of the state', () => {
    const members = firstColumn(INTEGRATION, 'State').filter((name) => !(name in FIELD_PROBLEMS));
    assertSame(members, membersOfInterface('widget/protocol/messages.ts', 'FieldsState'));
  });

  it('lists every event and every code of a warning', () => {
    assertSame(firstColumn(INTEGRATION, 'Events'), [
      ...membersOfInterface('host-sdk/events.ts', 'SealedEvents'),
      ...literalsOfType('host-sdk/events.ts', 'WarningCode'),
    ]);
  });

  it('lists every member of the element', () => {
    const listed = firstColumn(INTEGRATION, 'Methods and properties').map((name) => name.replace(/\(.*/, ''));
    assertSame(listed, publicMembersOfElement());
  });

  it('lists every export of the package', () => {
    assertSame(firstColumn(INTEGRATION, 'The npm module'), [...exportsOfModule('host-sdk/module.ts')]);
  });

  it('lists every theme token', () => {
    assertSame(
      rows(section(INTEGRATION, 'Themes')).map(([cell = '']) => codes(cell)[0] ?? ''),
      ['scheme', ...THEME_TOKENS],
    );
  });

  it('lists the ranges of every brand', () => {
    assertSame([...firstColumn(INTEGRATION, 'Card brands'), 'unknown'], BRANDS);
    const [, accepted = ''] =
      /accepted brands, of ([^.]+?): /.exec(section('docs/deploy.md', 'brands')) ?? [];
    assertSame(codes(accepted), BRANDS);
  });

  it('lists every language and every brand', () => {
    const [, languages = ''] = /16 languages: ([^.]+)\./.exec(section(INTEGRATION, 'Languages')) ?? [];
    assertSame(languages.split(/, | and /), LOCALES);
    const [, brands = ''] = /The brands are ([^.]+)\./.exec(section(INTEGRATION, 'A card on file')) ?? [];
    assertSame(codes(brands), BRANDS);
  });
});

describe('docs/errors.md', () => {
  it('has a section for every code, and for no other', () => {
    const sections = headings('docs/errors.md').filter(({level}) => level === 2);
    assert.deepEqual(
      sections.map(({text}) => text),
      [...ERROR_CODES],
    );
  });

  it('says in every section how to fix it', () => {
    for (const code of ERROR_CODES) assert.match(section('docs/errors.md', code), /\*\*Fix\.\*\* \S/, code);
  });
});

describe('README.md', () => {
  it('lists every form value', () => {
    const names = parseRecord({
      id: 'demo',
      origins: [],
      keys: [{kid: 'k', pem: '-----BEGIN PUBLIC KEY-----'}],
      expiry: 'sealed',
    }).names;
    assertSame(firstColumn('README.md', 'Form values'), [
      ...Object.values(names),
      'expiration_month',
      'expiration_year',
      'sealed',
      ...RESERVED_NAMES,
    ]);
  });
});

describe('docs/deploy.md', () => {
  it('names every header and every policy that the widget host sends', () => {
    const record = parseRecord({
      id: 'demo',
      origins: ['https://shop.example.com'],
      keys: [{kid: 'k', pem: '-----BEGIN PUBLIC KEY-----'}],
      expiry: 'sealed',
    });
    const sent = headerRules([record], ['0.1.0'], '{}', '').flatMap(({headers}) => Object.keys(headers));
    const documented = codes(section('docs/deploy.md', 'Headers'));
    for (const name of sent) assert.ok(documented.includes(name), name);
    const looksLikeHeader = documented.filter((code) => /^[A-Z][A-Za-z]*(?:-[A-Z][A-Za-z]*)+$/.test(code));
    const others = ['Strict-Transport-Security', 'Set-Cookie'];
    for (const name of looksLikeHeader) assert.ok(sent.includes(name) || others.includes(name), name);
  });

  it('names every entry of a merchant record', () => {
    const expected = membersOfInterface('widget/merchant-record.ts', 'MerchantRecord');
    const documented = firstColumn('docs/deploy.md', 'The merchant record');
    for (const name of expected) assert.ok(documented.includes(name), name);
  });

  it('names every option of the command line', () => {
    const help = execFileSync(process.execPath, [join(ROOT, 'dist/cli/cli.js'), '--help'], {
      encoding: 'utf8',
    });
    const text = readFileSync(join(ROOT, 'docs/deploy.md'), 'utf8');
    assertSame(text.match(/(?<=[\s`])--[a-z]+/g) ?? [], help.match(/--[a-z]+/g) ?? []);
  });
});

describe('docs/protocol.md', () => {
  for (const [direction, messages] of [
    ['the host to the frame', HOST_EVENTS],
    ['the frame to the host', FRAME_EVENTS],
  ] as const)
    it(`lists every message from ${direction}, and no other`, () => {
      const text = section('docs/protocol.md', `Messages from ${direction}`);
      const listed = [...text.matchAll(/^### (.+)$/gm)].map(([, message = '']) => message);
      assertSame(listed, Object.keys(messages));
    });
});

describe('CONTRIBUTING.md', () => {
  it('lists every script of package.json, and no other', () => {
    const {scripts} = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {scripts: object};
    const runBySomeOther = ['prepare', 'prestart'];
    const known = Object.keys(scripts).filter((name) => !runBySomeOther.includes(name));
    assertSame(
      firstColumn('CONTRIBUTING.md', 'Commands').map((command) => command.replace(/^npm (run )?/, '')),
      known,
    );
  });
});

for (const path of DOCUMENTS)
  describe(path, () => {
    it('links to files and headings that exist', () => {
      for (const link of links(path).filter((target) => !/^[a-z]+:/.test(target))) {
        const [file = '', anchor] = link.split('#');
        const target = file === '' ? path : normalize(join(dirname(path), file));
        assert.ok(existsSync(join(ROOT, target)), link);
        if (anchor !== undefined) assert.ok(anchors(target).includes(anchor), link);
      }
    });

    it('has no table cell over 100 characters', () => {
      const cells = rows(prose(path)).flat();
      assert.deepEqual(
        cells.filter((cell) => cell.length > 100),
        [],
      );
    });

    it('has a heading once', () => {
      const all = anchors(path);
      if (path !== 'CHANGELOG.md') assert.equal(new Set(all).size, all.length);
    });
  });
