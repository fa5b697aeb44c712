import type { Migration } from '../../chain/chain.ts';
import { dirname } from '../../files.ts';
import { dedentRest, indentAt, indentRest, lineEnd } from '../../go/edit/edit.ts';
import { statementAround } from '../../go/edit/repairs.ts';
import { localDefinition, textOf } from '../../go/eval/value.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { locationOf } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import {
  callArguments,
  callsOf,
  childByField,
  descend,
  namedChildren,
} from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { closureFor } from './closure.ts';
import { rootOf } from './find-module.ts';
import { holdInMigrator } from './hold-in-migrator.ts';
import type { MigrationJob } from './job.ts';
import { closureLike, importCall, packageLike, runnerLike, runnerNamed } from './migrator.ts';
import type { VersionStep } from './step.ts';
import { restep } from './step.ts';
import { writeMigration } from './write.ts';

/**
 * Registers one more migration below the newest of a module, as that one is registered: the same
 * statement, the same check of its result.
 */
export function registerLike(job: MigrationJob, newest: Migration): void {
  const { changes, step } = job;
  const found = callAt(job, newest);
  const { facts, call } = found;
  const { text, path } = facts;
  const [, from, handler] = callArguments(call);
  const old: VersionStep = { from: newest.from, to: newest.from + 1 };
  if (from?.type !== 'int_literal' || !handler)
    throw new Refusal(
      `migrations of ${job.module.name} are registered in a loop or a helper; add this one by hand`,
      { file: path, line: newest.location.line },
    );
  const next = handlerLike(job, facts, handler, old);
  const statement = statementAround(call);
  const last = checkBehind(statement, text) ?? statement;
  const edits = [
    { node: from, text: String(step.from) },
    { node: handler, text: next },
    ...said(statement, last, handler, text, old, step),
  ];
  const indent = indentAt(text, statement.start);
  const spelt = spell(text, statement.start, last.end, edits);
  const written = declares(statement, text) ? spelt.replace(/^(\w+) :=/, '$1 =') : spelt;
  const end = lineEnd(text, last.end);
  const apart =
    /\n[ \t]*\n[ \t]*$/.test(text.slice(0, statement.start)) &&
    statement.parent!.children.indexOf(statement) > 1;
  changes.edit(
    path,
    end,
    end,
    `${apart ? '\n' : ''}${indent}${indentRest(dedentRest(written, indent), indent)}\n`,
  );
}

function callAt(
  { repo, module }: MigrationJob,
  { location }: Migration,
): { facts: FileFacts; call: SyntaxNode } {
  const facts = repo.facts(location.file);
  const func = facts?.funcs.find(f => f.start <= location.start && location.end <= f.end);
  const call =
    facts &&
    func?.syntax &&
    callsOf(func.syntax, facts.text, 'RegisterMigration').find(c => c.start === location.start);
  if (!facts || !call)
    throw new Refusal(
      `the migrations of ${module.name} are not registered where they can be followed; add this one by hand`,
      { file: location.file, line: location.line },
    );
  return { facts, call };
}

/** The new handler, written like the old one, with what it calls. */
function handlerLike(
  job: MigrationJob,
  facts: FileFacts,
  handler: SyntaxNode,
  old: VersionStep,
): string {
  const { repo, changes, module, step } = job;
  const root = rootOf(module.dir);
  const written = (node: SyntaxNode) => textOf({ facts, node });
  const named =
    handler.type === 'selector_expression'
      ? handler
      : handler.type === 'call_expression'
        ? childByField(handler, 'function')!
        : handler;
  if (named.type === 'selector_expression') {
    const operand = childByField(named, 'operand')!;
    const name = written(childByField(named, 'field')!);
    const path =
      operand.type === 'identifier' && !localDefinition(operand, written(operand), facts.text)
        ? repo.importFor(facts, written(operand))
        : undefined;
    const dir = path === undefined ? undefined : repo.dirOf(path, dirname(facts.path));
    const fn = dir === undefined ? undefined : repo.func(dir, name);
    // `migrationv2.Migrate`: the migration's own package hands its function over.
    if (fn && handler === named && dir !== undefined && /v?\d+$/.test(dir)) {
      if (job.ready)
        return indentRest(
          closureFor(job, facts, closureLike(repo, root, facts, handler, old, step, job.ready)),
          indentAt(facts.text, handler.start),
        );
      const like = packageLike(repo, root, { ...fn, step: old }, step, written(operand));
      const text = importCall(repo, changes, facts, like);
      writeMigration(job, like.made);
      return text.slice(0, text.indexOf('('));
    }
    if (handler !== named && restep(name, old, step) === undefined)
      throw new Refusal(
        `${name} makes the handler of every version; register the migration by hand`,
        { file: facts.path, line: locationOf(facts, handler).line },
      );
    const runner = runnerNamed(repo, root, name, old) ?? (fn && { ...fn, step: old });
    if (!runner)
      throw new Refusal(
        `${written(handler)} was not found in this repository, so it cannot be followed; register the migration by hand`,
        { file: facts.path },
      );
    const next = runnerLike(repo, changes, root, runner, step, job.ready);
    writeMigration(job, next.made);
    if (next.made.holds)
      holdInMigrator(repo, changes, module.dir, dirname(runner.facts.path), next.made.holds);
    return (
      facts.text.slice(handler.start, childByField(named, 'field')!.start) +
      next.name +
      facts.text.slice(named.end, handler.end)
    );
  }
  if (handler.type !== 'func_literal')
    throw new Refusal(
      `${written(handler).slice(0, 60)} cannot be followed; register the migration by hand`,
      { file: facts.path },
    );
  const like = closureLike(repo, root, facts, handler, old, step, job.ready);
  const call = importCall(repo, changes, facts, like);
  const list = written(childByField(handler, 'parameters')!).replace(
    /^\((_\s+)?(?=[\w.]+\.Context\))/,
    '(ctx ',
  );
  writeMigration(job, like.made);
  return `func${list} error {\n${indentAt(facts.text, handler.start)}\treturn ${call}\n${indentAt(facts.text, handler.start)}}`;
}

/** The `if err != nil` that follows an assignment of the result. */
function checkBehind(statement: SyntaxNode, text: string): SyntaxNode | undefined {
  if (statement.type !== 'assignment_statement' && statement.type !== 'short_var_declaration')
    return undefined;
  const siblings = namedChildren(statement.parent);
  const next = siblings[siblings.indexOf(statement) + 1];
  return next?.type === 'if_statement' && /^if err\w* != nil/.test(text.slice(next.start, next.end))
    ? next
    : undefined;
}

function declares(statement: SyntaxNode, text: string): boolean {
  return (
    statement.type === 'short_var_declaration' &&
    /^\w+ :=/.test(text.slice(statement.start, statement.end))
  );
}

/** What is said of the old step in messages, about the new one. */
function said(
  statement: SyntaxNode,
  last: SyntaxNode,
  handler: SyntaxNode,
  text: string,
  old: VersionStep,
  now: VersionStep,
): { node: SyntaxNode; text: string }[] {
  return [statement, ...(last === statement ? [] : [last])]
    .flatMap(n => [...descend(n)])
    .filter(
      n =>
        n.type === 'interpreted_string_literal' &&
        !(handler.start <= n.start && n.end <= handler.end),
    )
    .flatMap(node => {
      const again = restep(text.slice(node.start, node.end), old, now);
      return again === undefined ? [] : [{ node, text: again }];
    });
}

function spell(
  text: string,
  start: number,
  end: number,
  edits: readonly { node: SyntaxNode; text: string }[],
): string {
  let out = '';
  let at = start;
  for (const edit of [...edits].sort((a, b) => a.node.start - b.node.start)) {
    out += text.slice(at, edit.node.start) + edit.text;
    at = edit.node.end;
  }
  return out + text.slice(at, end);
}
