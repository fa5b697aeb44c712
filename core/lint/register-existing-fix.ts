import type { Module } from '../chain/chain.ts';
import { codeWith, registrationCall, respeltStep } from '../edit/migration-registration.ts';
import type { VersionStep } from '../edit/version-step.ts';
import { restep } from '../edit/version-step.ts';
import { dirname } from '../files.ts';
import { indentAt, lineEnd, lineStart } from '../go/edit/edit.ts';
import type { EditBatch } from '../go/edit/edit-batch.ts';
import { statementAround } from '../go/edit/repairs.ts';
import type { GoNode } from '../go/eval/go-node.ts';
import { goNode } from '../go/eval/go-node.ts';
import { importedPackage } from '../go/eval/imported.ts';
import { localDefinition } from '../go/eval/scope.ts';
import { exprAt } from '../go/eval/value.ts';
import type { FoundFunc, Repo } from '../go/repo/repo.ts';
import { childByField, findAll, isFunction } from '../go/syntax/syntax.ts';
import type { SuggestedFix } from './rule.ts';

/** The newest registration of a module, which others are written like. */
interface Neighbour {
  /** The statement that registers it and looks at the error. */
  readonly statement: GoNode;
  readonly step: VersionStep;
  readonly call: GoNode;
  /** `m.Migrate1to2`, and the name in it. */
  readonly handler: GoNode;
  readonly method: GoNode;
}

/**
 * Registers the methods that the module's migrator has for missing steps, as its newest migration
 * is registered; nothing where it lacks one of them, or registers in another way. It is preferred
 * only where it is known whose methods they are, and the neighbour is registered in any case.
 */
export function registerExistingFix(
  repo: Repo,
  module: Module,
  missing: readonly number[],
  isSure: boolean,
): SuggestedFix[] {
  const neighbour = neighbourOf(repo, module);
  if (!neighbour) return [];
  const steps = missing.map(from => ({ from, to: from + 1 }));
  const methods = steps.map(step => restep(neighbour.method.text, neighbour.step, step));
  const dir = migratorOf(repo, module, neighbour.method.text, methods);
  if (dir === undefined) return [];
  return [
    {
      title: `Register ${methods.join(', ')}`,
      preferred: isSure && isAlwaysRun(neighbour) && isOf(repo, neighbour, dir),
      edit: changes => registerAll(changes, neighbour, steps),
    },
  ];
}

function neighbourOf(repo: Repo, { migrations }: Module): Neighbour | undefined {
  const [last] = [...migrations].sort((a, b) => b.from - a.from);
  const call = last && registrationCall(repo, last);
  if (!call) return undefined;
  const [, from, handler] = call.arguments;
  const method = handler?.type === 'selector_expression' ? handler.field('field') : undefined;
  const statement = goNode(exprAt(call, statementAround(call.node)));
  if (from?.type !== 'int_literal' || !handler || !method) return undefined;
  if (!isChecked(statement, call) || !isPlain(statement)) return undefined;
  // A function of a package is no method of a migrator.
  if (importedPackage(repo, handler)) return undefined;
  const step = { from: last.from, to: last.from + 1 };
  return { statement, step, call, handler, method };
}

/** `if err := CALL; err != nil { … }` without an else, or `must(CALL)`. */
function isChecked(statement: GoNode, call: GoNode): boolean {
  if (statement.type === 'if_statement') {
    const set = statement.field('initializer');
    const [left, ...others] = set?.field('left')?.children ?? [];
    const right = set?.field('right')?.children ?? [];
    const isOnly = others.length === 0 && right.length === 1 && right[0]!.node === call.node;
    const condition = statement.field('condition')?.text;
    const asksForIt = left !== undefined && condition === `${left.text} != nil`;
    return isOnly && asksForIt && !statement.field('alternative');
  }
  const [outer] = statement.type === 'expression_statement' ? statement.children : [];
  const [given, ...others] = outer?.arguments ?? [];
  return given?.node === call.node && others.length === 0 && outer?.callee?.type === 'identifier';
}

/** Whether a statement has its lines to itself, and says nothing that a copy would not mean. */
function isPlain({ node, facts: { text } }: GoNode): boolean {
  const before = text.slice(lineStart(text, node.start), node.start);
  const behind = text.slice(node.end, lineEnd(text, node.end));
  const odd = [...findAll(node, 'comment'), ...findAll(node, 'raw_string_literal')];
  return before.trim() === '' && behind.trim() === '' && odd.length === 0;
}

/** Whether the function that holds the neighbour always comes to it. */
function isAlwaysRun({ statement }: Neighbour): boolean {
  const block = statement.node.parent;
  return block?.type === 'block' && block.parent !== undefined && isFunction(block.parent);
}

/**
 * The folder near a module whose one type has all these methods, of the same form and in the same
 * builds.
 */
function migratorOf(
  repo: Repo,
  { dir }: Module,
  old: string,
  wanted: readonly (string | undefined)[],
): string | undefined {
  const root = dir.replace(/\/module$/, '');
  const dirs = [...repo.packages.keys()].filter(
    each => each === root || each.startsWith(`${root}/`),
  );
  const methodsNamed = (name: string) =>
    dirs.flatMap(each => repo.functions(each, name).filter(({ func }) => func.receiver));
  const [has, ...others] = methodsNamed(old);
  if (!has || others.length > 0) return undefined;
  const fits = wanted.every(name => {
    const found = name === undefined ? [] : methodsNamed(name);
    return found.length === 1 && formOf(repo, found[0]!) === formOf(repo, has);
  });
  return fits ? dirname(has.facts.path) : undefined;
}

/** What two methods have in common that can take each other's place. */
function formOf(repo: Repo, found: FoundFunc): string {
  const { facts, func } = found;
  const fn = repo.syntaxOf(found);
  const text = (field: string) => {
    const node = childByField(fn, field);
    return node ? facts.text.slice(node.start, node.end) : '';
  };
  // Parameters may have other names.
  const parameters = text('parameters').replace(/\w+ (?=[*\w])/g, '');
  const { type, pointer } = func.receiver!;
  return [dirname(facts.path), type, pointer, facts.buildTags, parameters, text('result')].join();
}

/** Whether the neighbour's method is called on what a function or literal of that folder gave. */
function isOf(repo: Repo, { handler }: Neighbour, dir: string): boolean {
  const operand = handler.operand;
  if (operand?.type !== 'identifier') return false;
  const { facts } = handler;
  const local = localDefinition(operand.node, operand.text, facts.text);
  if (typeof local !== 'object') return false;
  const value = goNode(exprAt(handler, local)).withoutAddressOf;
  const made = value.type === 'composite_literal' ? value.field('type') : value.callee;
  if (!made) return false;
  return made.qualifier === undefined
    ? dirname(facts.path) === dir
    : repo.folderOf(facts, made.qualifier) === dir;
}

/** Writes the registrations below the newest one. */
function registerAll(
  changes: EditBatch,
  neighbour: Neighbour,
  steps: readonly VersionStep[],
): void {
  const { node, facts } = neighbour.statement;
  const { text, path } = facts;
  const end = lineEnd(text, node.end);
  const indent = indentAt(text, node.start);
  const lines = steps.map(step => `${indent}${registrationOf(neighbour, step)}\n`);
  changes.edit(path, end, end, lines.join(''));
}

/** The newest registration for another step: its version, its method, and what its texts say. */
function registrationOf(
  { statement, call, step: old, method }: Neighbour,
  step: VersionStep,
): string {
  const { start, end } = statement.node;
  return codeWith(statement.facts.text, start, end, [
    ...respeltStep(call, [statement], old, step),
    { node: method.node, text: restep(method.text, old, step)! },
  ]);
}
