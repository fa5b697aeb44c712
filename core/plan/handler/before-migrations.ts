import { dirname } from '../../files.ts';
import { indentAt, lineStart } from '../../go/edit/edit.ts';
import type { EditBatch } from '../../go/edit/edit-batch.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import { aliasInUse, freeImport, telling } from '../../go/edit/imports-in-use.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { HandlerShape } from './handler-shape.ts';
import { migrationCall } from './handler-shape.ts';

/**
 * The name by which a file calls a package, which is imported there if it is not yet: as the
 * chain's other files call it, where they do by a name that says what it is.
 */
export function importInto(
  repo: Repo,
  changes: EditBatch,
  shape: HandlerShape,
  wanted: ImportSpec,
  near: string,
): string {
  const { facts } = shape;
  const now = freeImport(repo, facts, telling(aliasInUse(repo, near, wanted.path)) ?? wanted);
  changes.import(facts.path, now);
  return qualifierOf(repo, dirname(facts.path), now);
}

/**
 * The SDK's context in a handler that is given a context.Context: a local that it has been
 * unwrapped into already, or one that is still to be declared.
 */
export function sdkContextIn({ facts, closure }: HandlerShape): {
  readonly name: string;
  readonly declares: boolean;
} {
  const local = closure.body.children
    .map(s => /^(\w+) := \w+\.UnwrapSDKContext\(\w+\)$/.exec(facts.text.slice(s.start, s.end))?.[1])
    .find(name => name !== undefined);
  return { name: local ?? 'sdkCtx', declares: local === undefined };
}

/**
 * Writes statements (at column 0) into a handler, above the one that runs the migrations and what
 * stands with it, with a blank line between. False where none does.
 */
export function beforeMigrations(
  changes: EditBatch,
  shape: HandlerShape,
  statements: string,
): boolean {
  const call = migrationCall(shape);
  const { text, path } = shape.facts;
  const all = shape.closure.body.children;
  let first = all.findIndex(s => call && s.start <= call.node.start && call.node.end <= s.end);
  if (first < 0) return false;
  // Comments and log lines right above speak of the migrations; what declares a name is for all.
  while (
    all[first - 1] &&
    /^(comment|expression_statement)$/.test(all[first - 1]!.type) &&
    !/\n\s*\n/.test(text.slice(all[first - 1]!.end, all[first]!.start))
  )
    first--;
  const { start } = all[first]!;
  const indent = indentAt(text, start);
  const at = lineStart(text, start);
  if (text.slice(at, start) !== indent) return false;
  changes.edit(
    path,
    at,
    at,
    `${statements
      .trimEnd()
      .split('\n')
      .map(line => (line === '' ? '' : indent + line))
      .join('\n')}\n\n`,
  );
  return true;
}
