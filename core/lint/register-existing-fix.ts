import type { Module } from '../chain/chain.ts';
import type { VersionStep } from '../edit/version-step.ts';
import { restep } from '../edit/version-step.ts';
import { applyEdits, indentAt, lineEnd } from '../go/edit/edit.ts';
import type { EditBatch } from '../go/edit/edit-batch.ts';
import { statementAround } from '../go/edit/repairs.ts';
import { goNode } from '../go/eval/go-node.ts';
import type { Repo } from '../go/repo/repo.ts';
import type { FileFacts } from '../go/source/facts.ts';
import type { SyntaxNode } from '../go/syntax/syntax.ts';
import { callsOf, findAll } from '../go/syntax/syntax.ts';
import type { SuggestedFix } from './rule.ts';

/** The newest registration of a module, which others are written like. */
interface Registered {
  readonly facts: FileFacts;
  /** The `if` that registers it and looks at the error, or the call as a statement. */
  readonly statement: SyntaxNode;
  readonly step: VersionStep;
  readonly from: SyntaxNode;
  /** The method's name in `m.Migrate1to2`. */
  readonly method: SyntaxNode;
}

/**
 * Registers the methods that the module's migrator has for missing steps, as its newest migration
 * is registered; nothing where it lacks one of them, or registers in another way.
 */
export function registerExistingFix(
  repo: Repo,
  module: Module,
  missing: readonly number[],
  preferred: boolean,
): SuggestedFix[] {
  const newest = newestOf(repo, module);
  if (!newest) return [];
  const steps = missing.map(from => ({ from, to: from + 1 }));
  const name = textOf(newest, newest.method);
  const methods = steps.map(step => restep(name, newest.step, step));
  if (!methods.every(method => method !== undefined && isMigrator(repo, module, name, method)))
    return [];
  return [
    {
      title: `Register ${methods.join(', ')}`,
      preferred,
      edit: changes => registerAll(changes, newest, steps),
    },
  ];
}

function newestOf(repo: Repo, { migrations }: Module): Registered | undefined {
  const last = [...migrations].sort((a, b) => a.from - b.from).at(-1);
  const facts = last && repo.facts(last.location.file);
  const func = facts?.funcs.find(
    ({ start, end }) => start <= last!.location.start && last!.location.end <= end,
  );
  const call = callsOf(func?.syntax, facts?.text ?? '', 'RegisterMigration').find(
    ({ start }) => start === last!.location.start,
  );
  if (!facts || !call) return undefined;
  const [, from, handler] = goNode({ facts, node: call }).arguments;
  const method = handler?.type === 'selector_expression' ? handler.field('field') : undefined;
  const statement = statementAround(call);
  // An assignment has its check in a statement of its own.
  const isWhole = statement.type === 'if_statement' || statement.type === 'expression_statement';
  if (from?.type !== 'int_literal' || !method || !isWhole) return undefined;
  const step = { from: last!.from, to: last!.from + 1 };
  return { facts, statement, step, from: from.node, method: method.node };
}

/** Whether one type near a module has both methods. */
function isMigrator(repo: Repo, { dir }: Module, old: string, wanted: string): boolean {
  const root = dir.replace(/\/module$/, '');
  const dirs = [...repo.packages.keys()].filter(
    each => each === root || each.startsWith(`${root}/`),
  );
  const receivers = (name: string) =>
    dirs.flatMap(each =>
      repo
        .functions(each, name)
        .flatMap(({ func }) => (func.receiver ? [`${each} ${func.receiver.type}`] : [])),
    );
  const [has, wants] = [receivers(old), receivers(wanted)];
  return has.length === 1 && wants.length === 1 && has[0] === wants[0];
}

/** Writes the registrations below the newest one. */
function registerAll(changes: EditBatch, newest: Registered, steps: readonly VersionStep[]): void {
  const { facts, statement } = newest;
  const { text, path } = facts;
  const end = lineEnd(text, statement.end);
  const indent = indentAt(text, statement.start);
  const lines = steps.map(step => `${indent}${registrationOf(newest, step)}\n`);
  changes.edit(path, end, end, lines.join(''));
}

/** The newest registration for another step: its version, its method, and what its texts say. */
function registrationOf(newest: Registered, step: VersionStep): string {
  const { facts, statement, from, method } = newest;
  const { start, end } = statement;
  const respelt = [method, ...findAll(statement, 'interpreted_string_literal')].flatMap(node => {
    const text = restep(textOf(newest, node), newest.step, step);
    return text === undefined ? [] : [{ node, text }];
  });
  const edits = [{ node: from, text: String(step.from) }, ...respelt].map(({ node, text }) => ({
    start: node.start - start,
    end: node.end - start,
    text,
  }));
  return applyEdits(facts.text.slice(start, end), edits);
}

function textOf({ facts }: Registered, { start, end }: SyntaxNode): string {
  return facts.text.slice(start, end);
}
