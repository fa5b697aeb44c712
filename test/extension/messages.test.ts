import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Linter } from '../../extension/lint/lint.ts';
import type { Tools } from '../../extension/services.ts';
import { editor, standInForEditor } from '../support/editor-stub.ts';
import { FakeEditor } from '../support/fake-editor.ts';
import { fakeL10n } from '../support/fake-l10n.ts';
import { projectRoot } from '../support/root.ts';
import { untranslatedIn } from '../support/shown-texts.ts';

interface Script {
  readonly bundleFile: string;
  messageBundle(root: string): string;
  sourcesIn(root: string): string[];
  messagesIn(file: string, text: string): { messages: string[]; faults: string[] };
}
const script = (await import(
  pathToFileURL(join(projectRoot, 'scripts/build/l10n.mjs')).href
)) as Script;
const textOf = (file: string) => readFileSync(join(projectRoot, file), 'utf8');

/** Texts that stay English, by file, each with why. */
const english: Readonly<Record<string, readonly string[]>> = {
  // For who wrote the key binding or the extension that calls the command.
  'extension/command-target.ts': [
    'the argument of this command has to be an object with "root" and, as needed, "app", "plan" ',
    'and "answers", but ',
  ],
  // Names.
  'extension/choose.ts': ['Cosmos SDK '],
  'extension/lint/status.ts': ['Chain Upgrade'],
  // What a choice does, for the code.
  'extension/upgrade/confirm.ts': ['apply', 'back', 'cancel'],
};

/** A part of a bundle of another language. */
const german = {
  'Chain Upgrade: 1 error and {0} warnings.': 'Chain Upgrade: {0} Warnungen, dazu 1 Fehler.',
  'Chain Upgrade: {0} errors and {1} warnings.': 'Chain Upgrade: {1} Warnungen, dazu {0} Fehler.',
  'Chain Upgrade: {0}': 'Fehler: {0}',
  'Show Log': 'Protokoll',
};

describe('the messages of the extension', () => {
  it('are all in the bundle for translators, and nothing else is', () => {
    assert.equal(
      textOf(script.bundleFile),
      script.messageBundle(projectRoot),
      'run node scripts/build/l10n.mjs',
    );
  });

  it('are found where the manifest says', () => {
    const { l10n } = JSON.parse(textOf('package.json')) as { l10n: string };
    assert.equal(posix.join(l10n, 'bundle.l10n.json'), script.bundleFile);
  });

  it('are literal, with a placeholder for each value', () => {
    const faultsOf = (call: string) => script.messagesIn('a.ts', call).faults;
    for (const [call, fault] of [
      ['l10n.t(text)', 'has to be literal text'],
      ["l10n.t('a ' + b)", 'has to be literal text'],
      ["l10n.t('a ' - 'b')", 'has to be literal text'],
      [`l10n.t(\`a \${b}\`)`, 'has to be literal text'],
      ["l10n.t('a {0}')", 'do not match its 0 value(s)'],
      ["l10n.t('a', b)", 'do not match its 1 value(s)'],
      ["l10n.t('a {1}', b)", 'do not match its 1 value(s)'],
      ["l10n.t('a {0} {b}', c)", 'do not match its 1 value(s)'],
      ["l10n.t('a {0}', ...b)", 'given one by one'],
      ["l10n.t('a {b}', { b })", 'given one by one'],
      ['const t = l10n.t;', 'only for calls'],
      ["import { l10n as texts } from 'vscode';", 'imported under its own name'],
      ["import { l10n as l10n } from 'vscode';", 'imported under its own name'],
      ["vscode.l10n.t('a')", 'only for calls'],
      ["l10n.t('a {0}', b || l10n.t('the root'))", 'no translated text'],
      [`l10n.t('a {0}', \`$(x) \${l10n.t('b')}\`)`, 'no translated text'],
    ] as const) {
      const faults = faultsOf(`\n${call}`);
      assert.ok(faults.length > 0, call);
      assert.ok(faults[0]!.startsWith('a.ts:2: ') && faults[0]!.includes(fault), faults[0]);
    }
    const good =
      "import { l10n } from 'vscode'; l10n.t('{1} {0}', a, b(c)); l10n.t('the ' + '{0}', b)";
    assert.deepEqual(script.messagesIn('a.ts', good), {
      messages: ['{1} {0}', 'the {0}'],
      faults: [],
    });
  });

  it('are never given to the editor as plain texts', () => {
    for (const file of script.sourcesIn(projectRoot))
      assert.deepEqual(
        untranslatedIn(textOf(file)).map(({ text }) => text),
        english[file] ?? [],
        `${file}: use l10n.t`,
      );
  });

  it('would be missed as plain texts, however they are put together', () => {
    for (const [code, ...texts] of [
      ["say('error', 'No app.')", 'No app.'],
      ["say('error', l10n.t('No app.'), { 'Show Log': () => show() })", 'Show Log'],
      ["const buttons = { 'Show Log': () => show() }", 'Show Log'],
      [`window.showWarningMessage(\`no \${app} here\`)`, 'no ', ' here'],
      ["withProgress(a ? 'Reading' : 'Writing', run)", 'Reading', 'Writing'],
      ["pick.placeholder = 'Which ' + what", 'Which '],
      ["f({ title, prompt: 'Which app?' })", 'Which app?'],
      ["f({ tooltip: ['a', b && 'c'].join('; ') })", 'a', 'c'],
      [`throw new Error(\`\${file} changed\`)`, ' changed'],
      ["return { reason: 'not on a disk' }", 'not on a disk'],
      ["const item = { name: 'Chain' }; item.message = 'Empty'", 'Chain', 'Empty'],
      ["new CodeAction('Repair', CodeActionKind.QuickFix)", 'Repair'],
      ["new Diagnostic(range, 'It halts', severity)", 'It halts'],
    ] as const)
      assert.deepEqual(
        untranslatedIn(code).map(({ text }) => text),
        texts,
        code,
      );
    for (const code of [
      "say('error', l10n.t('No app.'), { [l10n.t('Show Log')]: () => show() })",
      `f({ title: \`\${task}: \${name}\`, label: \`$(check) \${l10n.t('Apply')}\` })`,
      "f({ label: kind === 'a' ? b : c, command: 'vscode.open' })",
    ])
      assert.deepEqual(untranslatedIn(code), [], code);
  });

  describe('in a second language', () => {
    before(standInForEditor);
    // The editor is the same for all tests.
    afterEach(() => Object.assign(editor, { l10n: fakeL10n() }));

    /** What is said of so many findings. */
    async function saidOf(errors: number, warnings: number): Promise<string[]> {
      const fake = new FakeEditor();
      fake.use();
      Object.assign(editor, { l10n: fakeL10n(german) });
      const { lintWorkspace } = await import('../../extension/lint/lint-command.ts');
      const lintNow = async () => ({ errors, warnings, chains: 1, failures: [] });
      await lintWorkspace({ linter: { lintNow } as unknown as Linter } as Tools);
      return fake.said;
    }

    it('are translated, with their values where that language has them', async () => {
      assert.deepEqual(await saidOf(1, 2), ['Chain Upgrade: 2 Warnungen, dazu 1 Fehler.']);
      assert.deepEqual(await saidOf(2, 3), ['Chain Upgrade: 3 Warnungen, dazu 2 Fehler.']);
    });

    it('stay English where there is no translation', async () => {
      assert.deepEqual(await saidOf(0, 1), ['Chain Upgrade: 0 errors and 1 warning.']);
      assert.deepEqual(await saidOf(1, 1), ['Chain Upgrade: 1 error and 1 warning.']);
    });

    it('name their buttons, which do the same', async () => {
      const said: string[][] = [];
      const pressed = new Promise<void>(resolve => {
        Object.assign(editor, {
          l10n: fakeL10n(german),
          CancellationError: class extends Error {},
          window: {
            showErrorMessage: async (...given: string[]) => {
              said.push(given);
              return given[1];
            },
          },
        });
        const log = { error: () => {}, show: resolve } as never;
        void import('../../extension/report.ts').then(({ reporting }) =>
          reporting(log, () => {
            throw new Error('no {0}');
          }),
        );
      });
      await pressed;
      assert.deepEqual(said, [['Fehler: no {0}', 'Protokoll']]);
    });
  });
});
