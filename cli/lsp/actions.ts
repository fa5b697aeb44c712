import type { CodeAction, CodeActionParams } from 'vscode-languageserver/node.js';
import { CodeActionKind } from 'vscode-languageserver/node.js';
import { offeredName } from '../../core/plan/upgrade/upgrade-questions.ts';
import { repairAll, repairAllTitle, repairsOf } from '../../core/workspace/repairs.ts';
import { textRange, touches } from '../../core/workspace/text-range.ts';
import type { ChainFile } from './chains.ts';
import { fixAllKind, serverCommands, writesPlans } from './client.ts';
import { textEdit } from './edits.ts';
import type { Presentation } from './publish.ts';
import { diagnosticFor } from './publish.ts';

/** The repairs that are offered for a place of a file, or all of a file's where those are asked. */
export function codeActions(
  at: ChainFile,
  { range, context, textDocument: { uri } }: CodeActionParams,
  presentation: Presentation,
): CodeAction[] {
  const { only } = context;
  const asks = (kind: string) =>
    only?.some(asked => kind === asked || kind.startsWith(`${asked}.`));
  if (asks(fixAllKind)) return everyRepair(at, presentation);
  if (only && !asks(CodeActionKind.QuickFix)) return [];
  const { linted } = at.chain;
  return linted.problems
    .filter(({ location }) => location.file === at.path)
    .filter(({ location }) => touches(textRange(linted.repo, location), range))
    .flatMap(problem => {
      const diagnostics = [diagnosticFor(at.chain, problem, presentation)];
      const repairs = repairsOf(linted, problem).map(
        (repair): CodeAction => ({
          title: repair.title,
          kind: CodeActionKind.QuickFix,
          diagnostics,
          isPreferred: repair.preferred,
          edit: textEdit(at.chain, repair.edits, presentation),
        }),
      );
      const upgrade = problem.wantsUpgrade ? newUpgrade(at, uri, presentation) : [];
      return [...repairs, ...upgrade.map(action => ({ ...action, diagnostics }))];
    });
}

function everyRepair({ chain, path }: ChainFile, presentation: Presentation): CodeAction[] {
  const edits = repairAll(chain.linted, path);
  if (edits.length === 0) return [];
  const edit = textEdit(chain, edits, presentation);
  return [{ title: repairAllTitle, kind: fixAllKind, edit }];
}

/** The upgrade that would repair a finding, with its defaults; it makes files. */
function newUpgrade({ chain, path }: ChainFile, uri: string, presentation: Presentation) {
  const app = chain.linted.appOf(path);
  const name = app && offeredName(app);
  if (name === undefined || !writesPlans(presentation.features)) return [];
  const title = `New Upgrade "${name}"`;
  const given = { uri, answers: { name } };
  const command = { title, command: serverCommands.newUpgrade, arguments: [given] };
  return [{ title, kind: CodeActionKind.QuickFix, command }];
}
