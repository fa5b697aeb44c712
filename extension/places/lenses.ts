import type { CodeLensProvider, Disposable, TextDocument } from 'vscode';
import { CodeLens, languages } from 'vscode';
import type { Lens } from '../../core/workspace/lenses.ts';
import { lensesOf } from '../../core/workspace/lenses.ts';
import { textRange } from '../../core/workspace/text-range.ts';
import type { CommandTarget } from '../command-target.ts';
import { editorRange } from '../lint/diagnostics.ts';
import type { Linter } from '../lint/lint.ts';
import type { Linted } from '../lint/linted.ts';
import { settingsFor } from '../settings.ts';

/** Shows lines above upgrades, their handlers and stores, and above module versions. */
export function registerLenses(linter: Linter): Disposable {
  const provider: CodeLensProvider = {
    onDidChangeCodeLenses: linter.onDidLint,
    provideCodeLenses: document => lensesFor(linter, document),
  };
  return languages.registerCodeLensProvider({ language: 'go', scheme: '*' }, provider);
}

function lensesFor(linter: Linter, document: TextDocument): CodeLens[] {
  if (!settingsFor(document.uri).codeLens) return [];
  linter.settle();
  const at = linter.of(document.uri);
  if (!at) return [];
  const { linted, path } = at;
  return lensesOf(linted, path).map(
    lens => new CodeLens(editorRange(textRange(linted.repo, lens.location)), actOf(lens, linted)),
  );
}

function actOf({ title, migrates }: Lens, linted: Linted) {
  // A lens without a command is a text.
  if (migrates === undefined) return { title, command: '' };
  const target: CommandTarget = { root: linted.root.toString(), answers: { module: migrates } };
  return { title, command: 'chainUpgrade.newMigration', arguments: [target] };
}
