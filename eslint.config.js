import markdown from '@eslint/markdown';
import globals from 'globals';
import {configs as lit} from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import {configs as wc} from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

/** Words that neither code nor documents use: see CONTRIBUTING.md, “Style”. */
const AVOIDED =
  /\b(anew|whoever|nobody|meanwhile|at fault|in clear|is told|was typed|stands?(?! for|-in)|mends?|ciphers)\b/i;

/** Reports {@link AVOIDED} words in comments, strings and the text of documents. */
const plainEnglish = {
  meta: {type: 'suggestion', schema: [], messages: {avoided: 'Write “{{word}}” in plain English.'}},
  create(context) {
    const check = (node, text) => {
      const [word] = AVOIDED.exec(text.replaceAll(/\s*\n[\s*]*/g, ' ')) ?? [];
      if (word !== undefined) context.report({node, messageId: 'avoided', data: {word}});
    };
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) check(comment, comment.value);
      },
      Literal(node) {
        if (typeof node.value === 'string') check(node, node.value);
      },
      TemplateElement(node) {
        check(node, node.value.raw);
      },
      text(node) {
        check(node, node.value);
      },
    };
  },
};

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'node_modules/',
      'eslint.config.js',
      'web-test-runner.config.js',
      '.dependency-cruiser.cjs',
      '**/*.cjs',
      'test/servers/package/consumer.ts',
    ],
  },
  {plugins: {prose: {rules: {'plain-english': plainEnglish}}}, rules: {'prose/plain-english': 'error'}},
  {files: ['**/*.md'], plugins: {markdown}, language: 'markdown/gfm'},
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: {
      globals: globals.browser,
      parserOptions: {projectService: true, tsconfigRootDir: import.meta.dirname},
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', {allowNumber: true}],
      '@typescript-eslint/consistent-type-imports': ['error', {fixStyle: 'inline-type-imports'}],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'CallExpression[callee.property.name="postMessage"] > Literal[value="*"]',
          message: 'Name the target origin.',
        },
        {
          selector: 'AssignmentExpression[left.property.name=/^(inner|outer)HTML$/]',
          message: 'Build nodes instead.',
        },
        {
          selector: ':matches(Program, ExportNamedDeclaration) > VariableDeclaration[kind="let"]',
          message: 'No module state.',
        },
        {selector: 'TSEnumDeclaration', message: 'Use a const array and its union.'},
      ],
      eqeqeq: 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
    },
  },
  {
    files: ['widget/**/*.ts', 'host-sdk/**/*.ts'],
    ...lit['flat/recommended'],
  },
  {
    files: ['widget/components/**', 'host-sdk/**'],
    plugins: {...wc['flat/recommended'].plugins, 'lit-a11y': litA11y},
    rules: {
      ...wc['flat/recommended'].rules,
      ...litA11y.configs.recommended.rules,
      'wc/guard-super-call': 'off',
    },
  },
  {
    files: ['widget/**', 'host-sdk/**'],
    ignores: ['widget/publish/**', 'host-sdk/events.ts'], // events.ts logs mistakes in the set-up
    rules: {'no-console': 'error'},
  },
  {
    files: ['test/**'],
    rules: {'@typescript-eslint/no-unused-expressions': 'off'}, // chai's properties are its assertions
  },
  {
    files: ['test/browser/**'],
    rules: {'@typescript-eslint/no-floating-promises': 'off'}, // its accessibility plugin makes each one a promise
  },
  {
    files: ['test/unit/**', 'test/servers/**', 'test/e2e/**', 'test/release/**', 'test/support/**'],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            {from: 'package', name: ['describe', 'it', 'test', 'suite'], package: 'node:test'},
          ],
        },
      ],
    },
  },
);
