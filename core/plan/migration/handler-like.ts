import type { VersionStep } from '../../edit/version-step.ts';
import { restep } from '../../edit/version-step.ts';
import { dirname } from '../../files.ts';
import { indentAt, indentRest } from '../../go/edit/edit.ts';
import { localDefinition } from '../../go/eval/value.ts';
import type { FoundFunc, Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { locationOf } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { nodeText } from '../go-tree.ts';
import type { MigrationPlace } from './called-migration.ts';
import { closureLike, importCall, packageLike } from './called-migration.ts';
import { closureFor } from './closure.ts';
import { rootOf } from './find-module.ts';
import { holdInMigrator } from './hold-in-migrator.ts';
import type { MigrationJob } from './job.ts';
import { runnerLike, runnerNamed } from './migrator.ts';
import { writeMigration } from './write.ts';

/** A handler that is registered already, and the step it is for. */
interface OldHandler {
  readonly facts: FileFacts;
  readonly node: SyntaxNode;
  readonly step: VersionStep;
}

/** The new handler, written like the old one, with what it calls. */
export function handlerLike(
  job: MigrationJob,
  facts: FileFacts,
  node: SyntaxNode,
  step: VersionStep,
): string {
  const old = { facts, node, step };
  const named = node.type === 'call_expression' ? childByField(node, 'function')! : node;
  if (named.type === 'selector_expression') return namedLike(job, old, named);
  if (node.type === 'func_literal') return literalLike(job, old);
  throw new Refusal(
    `${nodeText(facts, node).slice(0, 60)} cannot be followed; register the migration by hand`,
    { file: facts.path },
  );
}

function placeOf({ repo, module, step, store }: MigrationJob): MigrationPlace {
  return { repo, root: rootOf(module.dir), step, store };
}

/** A handler that is named: a method of the migrator, or a function of a migration's package. */
function namedLike(job: MigrationJob, old: OldHandler, named: SyntaxNode): string {
  const { facts, node } = old;
  const name = nodeText(facts, childByField(named, 'field'));
  const fn = packageFunction(job.repo, facts, named);
  // `migrationv2.Migrate`: the migration's own package hands its function over.
  if (fn && node === named && /v?\d+$/.test(dirname(fn.facts.path)))
    return functionLike(job, old, fn);
  if (node !== named && restep(name, old.step, job.step) === undefined)
    throw new Refusal(
      `${name} makes the handler of every version; register the migration by hand`,
      {
        file: facts.path,
        line: locationOf(facts, node).line,
      },
    );
  return runnerCallLike(job, old, named, fn);
}

/** The function that `package.Name` names; undefined for a method of a variable. */
function packageFunction(repo: Repo, facts: FileFacts, named: SyntaxNode): FoundFunc | undefined {
  const operand = childByField(named, 'operand')!;
  const qualifier = nodeText(facts, operand);
  const isName = operand.type === 'identifier' && !localDefinition(operand, qualifier, facts.text);
  const dir = isName ? repo.folderOf(facts, qualifier) : undefined;
  return dir === undefined
    ? undefined
    : repo.func(dir, nodeText(facts, childByField(named, 'field')));
}

/** A function of a migration's package, handed over as it is. */
function functionLike(job: MigrationJob, { facts, node, step }: OldHandler, fn: FoundFunc): string {
  const { repo, changes } = job;
  const place = placeOf(job);
  if (job.ready) {
    const closure = closureFor(job, facts, closureLike(place, facts, node, step, job.ready));
    return indentRest(closure, indentAt(facts.text, node.start));
  }
  const qualifier = nodeText(facts, childByField(node, 'operand'));
  const like = packageLike(place, { ...fn, step }, { qualifier, given: '' });
  const call = importCall(repo, changes, facts, like);
  writeMigration(job, like.made);
  return call.slice(0, call.indexOf('('));
}

/** A method of the migrator, or a function that makes a handler; both call the migration. */
function runnerCallLike(
  job: MigrationJob,
  { facts, node, step }: OldHandler,
  named: SyntaxNode,
  fn: FoundFunc | undefined,
): string {
  const { repo, changes, module } = job;
  const place = placeOf(job);
  const field = childByField(named, 'field')!;
  const known = runnerNamed(repo, place.root, nodeText(facts, field), step);
  const runner = known ?? (fn && { ...fn, step });
  if (!runner)
    throw new Refusal(
      `${nodeText(facts, node)} was not found in this repository, so it cannot be followed; ` +
        'register the migration by hand',
      { file: facts.path },
    );
  const next = runnerLike(place, changes, runner, job.ready);
  writeMigration(job, next.made);
  if (next.made.holds)
    holdInMigrator(repo, changes, module.dir, dirname(runner.facts.path), next.made.holds);
  const { text } = facts;
  return text.slice(node.start, field.start) + next.name + text.slice(named.end, node.end);
}

/** A closure that is written where it is registered. */
function literalLike(job: MigrationJob, { facts, node, step }: OldHandler): string {
  const like = closureLike(placeOf(job), facts, node, step, job.ready);
  const call = importCall(job.repo, job.changes, facts, like);
  const parameters = nodeText(facts, childByField(node, 'parameters'));
  const named = parameters.replace(/^\((_\s+)?(?=[\w.]+\.Context\))/, '(ctx ');
  writeMigration(job, like.made);
  const indent = indentAt(facts.text, node.start);
  return `func${named} error {\n${indent}\treturn ${call}\n${indent}}`;
}
