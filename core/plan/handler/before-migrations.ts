import { dirname } from '../../files.ts';
import { indentAt, lineStart } from '../../go/edit/edit.ts';
import type { EditBatch } from '../../go/edit/edit-batch.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import { aliasInUse, freeImport, telling } from '../../go/edit/imports-in-use.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { declaredNames, isWithin, nodeText } from '../go-tree.ts';
import type { HandlerShape } from './handler-shape.ts';
import { migrationCall } from './handler-shape.ts';
import { isUnwrap } from './statements.ts';

/**
 * The name by which a handler's file calls a package, which is imported there if it is not yet: as
 * the chain's other files call it, where they do by a name that says what it is. `near`: a folder
 * of the module whose files are looked at first.
 */
export function importInto(
  repo: Repo,
  changes: EditBatch,
  shape: HandlerShape,
  wanted: ImportSpec,
  near: string,
): string {
  const { facts } = shape;
  const spec = freeImport(repo, facts, telling(aliasInUse(repo, near, wanted.path)) ?? wanted);
  changes.import(facts.path, spec);
  return qualifierOf(repo, dirname(facts.path), spec);
}

/**
 * The SDK's context in a handler that is given a context.Context: a local that it has been
 * unwrapped into already, or one that is still to be declared.
 */
export function sdkContextIn({ facts, closure }: HandlerShape): {
  readonly name: string;
  readonly declares: boolean;
} {
  const unwrap = closure.body.children.find(statement => isUnwrap(statement, facts));
  if (!unwrap) return { name: 'sdkCtx', declares: true };
  return { name: nodeText(facts, declaredNames(unwrap)[0]), declares: false };
}

/**
 * Writes statements (at column 0) into a handler, above the one that runs the migrations and the
 * comments and log lines that belong to it, with a blank line between. False where no statement of
 * its own runs them.
 */
export function beforeMigrations(
  changes: EditBatch,
  shape: HandlerShape,
  statements: string,
): boolean {
  const call = migrationCall(shape);
  const running = call && shape.closure.body.children.find(s => isWithin(call.node, s));
  if (!running) return false;
  const { text, path } = shape.facts;
  const { start } = firstAbout(shape, running);
  const indent = indentAt(text, start);
  const at = lineStart(text, start);
  if (text.slice(at, start) !== indent) return false;
  const lines = statements
    .trimEnd()
    .split('\n')
    .map(line => (line === '' ? '' : indent + line));
  changes.edit(path, at, at, `${lines.join('\n')}\n\n`);
  return true;
}

/**
 * The first of the comments and log lines directly above the statement that runs the migrations,
 * which speak of them; else that statement. What declares a name is for all that follows.
 */
function firstAbout({ facts, closure }: HandlerShape, running: SyntaxNode): SyntaxNode {
  const all = closure.body.children;
  let first = running;
  for (let i = all.indexOf(running) - 1; i >= 0; i--) {
    const above = all[i]!;
    const isAside = above.type === 'comment' || above.type === 'expression_statement';
    const hasBlank = /\n\s*\n/.test(facts.text.slice(above.end, first.start));
    if (!isAside || hasBlank) return first;
    first = above;
  }
  return first;
}
