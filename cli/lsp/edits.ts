import { pathToFileURL } from 'node:url';
import type { TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver/node.js';
import type { FileEdit } from '../../core/go/edit/file-edit.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { fileOperations } from '../../core/workspace/file-operations.ts';
import { hunksBetween } from '../../core/workspace/hunks.ts';
import { bom } from '../../core/workspace/linted-repo.ts';
import type { OpenChain } from './open-chain.ts';
import type { Presentation } from './publish.ts';

/** Changed texts as an edit; documents that changed meanwhile refuse it, where editors can. */
export function textEdit(
  chain: OpenChain,
  edits: readonly FileEdit[],
  { features, documents }: Presentation,
): WorkspaceEdit {
  const changed = edits.map(({ file, before, after }) => {
    const path = chain.fileAt(file);
    const version = documents.at(path)?.version ?? null;
    return { uri: documents.uriOf(path), version, edits: hunks(before, after) };
  });
  if (!features.documentChanges)
    return { changes: Object.fromEntries(changed.map(({ uri, edits: list }) => [uri, list])) };
  return {
    documentChanges: changed.map(
      ({ uri, version, edits: list }): TextDocumentEdit => ({
        textDocument: { uri, version },
        edits: list,
      }),
    ),
  };
}

/**
 * A plan as an edit, for an editor that makes files, and renames them where the plan moves some. New
 * files come first, as they are whole; files are moved last, with what is edited in them.
 */
export function planEdit(chain: OpenChain, plan: Plan, presentation: Presentation): WorkspaceEdit {
  const top = { line: 0, character: 0 };
  const created = plan.creates.flatMap(({ file, text }) => {
    const uri = presentation.documents.uriOf(chain.fileAt(file));
    const whole: TextEdit = { range: { start: top, end: top }, newText: text };
    return [
      // Without options: an editor then refuses to write over a file that is there.
      { kind: 'create' as const, uri },
      { textDocument: { uri, version: null }, edits: [whole] },
    ];
  });
  const { moves = [] } = plan;
  const changed = moves
    .filter(({ before, after }) => before !== after)
    .map(({ from, before, after }) => ({ file: from, before, after }));
  const { documentChanges = [] } = textEdit(chain, [...changed, ...plan.edits], presentation);
  const moved = fileOperations(moves).map(({ from, to }) => ({
    kind: 'rename' as const,
    oldUri: presentation.documents.uriOf(chain.fileAt(from)),
    newUri: pathToFileURL(chain.fileAt(to)).href,
  }));
  return { documentChanges: [...created, ...documentChanges, ...moved] };
}

/** Whole lines, so that cursors elsewhere stay where they are. */
function hunks(before: string, after: string): TextEdit[] {
  return hunksBetween(before.replace(bom, ''), after.replace(bom, '')).map(
    ({ from, to, text }) => ({ range: { start: from, end: to }, newText: text }),
  );
}
