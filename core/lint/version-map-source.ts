import type { Handler } from '../chain/app/handler-code.ts';
import { versionMapOf } from '../chain/app/handler-code.ts';
import { mayBothRun } from '../go/eval/flow.ts';
import { exprAt, returnedBy, textOf } from '../go/eval/value.ts';
import type { Repo } from '../go/repo/repo.ts';
import type { FileFacts } from '../go/source/facts.ts';
import type { SyntaxNode } from '../go/syntax/syntax.ts';
import {
  callArguments,
  childByField,
  childrenByField,
  descend,
  enclosing,
  findAll,
  namedChildren,
  withoutParens,
} from '../go/syntax/syntax.ts';

/** A map of versions that does not come from the chain's store. */
export interface OwnVersionMap {
  /** What makes it, or the statement that does. */
  readonly node: SyntaxNode;
  /** What the handler calls it; undefined where it is handed over without a name. */
  readonly name: string | undefined;
  /** `made`: a literal, make or nil. `new code`: the versions of the module manager. */
  readonly from: 'made' | 'new code';
}

/**
 * The map that a RunMigrations call of a handler starts from, where it is not what the handler is
 * given: made there, or the new code's own versions. Undefined where it is the chain's, or where
 * that is not known.
 */
export function ownVersionMap(
  repo: Repo,
  handler: Handler,
  call: SyntaxNode,
): OwnVersionMap | undefined {
  const given = callArguments(call)[2];
  return given && sourceOf(repo, handler, { value: withoutParens(given), use: call }, 0);
}

/** A value, and the statement or call for which it matters. */
interface Used {
  readonly value: SyntaxNode;
  readonly use: SyntaxNode;
}

function sourceOf(
  repo: Repo,
  handler: Handler,
  { value, use }: Used,
  depth: number,
): OwnVersionMap | undefined {
  const from = originOf(handler, value) ?? originOfResult(repo, handler, value);
  if (from) return { node: value, name: undefined, from };
  if (value.type !== 'identifier' || depth > 3) return undefined;
  const name = written(handler.facts, value);
  if (isFilledFromChain(handler, name)) return undefined;
  for (const { statement, value: set } of settings(handler, name)) {
    const isBefore = set.end <= use.start && mayBothRun(statement, use, handler.facts.text);
    if (!isBefore || isConditional(handler, statement, name)) continue;
    const before = { value: withoutParens(set), use: statement };
    const source = sourceOf(repo, handler, before, depth + 1);
    if (source) return { ...source, node: statement, name };
  }
  return undefined;
}

/** What makes a map of versions, where that is no map of the chain. */
function originOf(handler: Handler, value: SyntaxNode): OwnVersionMap['from'] | undefined {
  const text = written(handler.facts, value);
  if (/\bGetVersionMap\(\)$/.test(text)) return 'new code';
  if (text === 'nil') return 'made';
  const isNew = /^(make\(\s*)?((\w+\.)?VersionMap|map\[string\]uint64)\b/.test(text);
  const isMade = value.type === 'composite_literal' || text.startsWith('make(');
  return isNew && isMade && !mentions(handler, value) ? 'made' : undefined;
}

/** The same of what a function of the repository gives that is not told of the chain's map. */
function originOfResult(
  repo: Repo,
  handler: Handler,
  value: SyntaxNode,
): OwnVersionMap['from'] | undefined {
  const isTold = value.type !== 'call_expression' || mentions(handler, value);
  const returned = isTold ? undefined : returnedBy(repo, { facts: handler.facts, node: value });
  return returned && originOf({ ...handler, facts: returned.facts }, withoutParens(returned.node));
}

/** Whether an expression speaks of the map that the handler is given, or of the chain's. */
function mentions(handler: Handler, node: SyntaxNode): boolean {
  const own = versionMapOf(handler);
  return [...descend(node)].some(({ type, start, end }) => {
    if (type !== 'identifier' && type !== 'field_identifier') return false;
    const name = handler.facts.text.slice(start, end);
    return name === own || name === 'GetModuleVersionMap';
  });
}

/** A variable that is set, and the value it gets. */
interface Setting {
  readonly statement: SyntaxNode;
  readonly value: SyntaxNode;
}

function settings({ facts, body }: Handler, name: string): Setting[] {
  const found: Setting[] = [];
  for (const statement of descend(body)) {
    const targets = targetsOf(statement);
    const values = namedChildren(
      childByField(statement, statement.type === 'var_spec' ? 'value' : 'right'),
    );
    const index = targets.findIndex(target => written(facts, target) === name);
    // Of a call with several results a map is the first.
    const isOnlyCall = index === 0 && values.length === 1;
    const isPaired = index >= 0 && targets.length === values.length;
    const value = isPaired || isOnlyCall ? values[index] : undefined;
    if (value) found.push({ statement, value });
  }
  return found;
}

function targetsOf(statement: SyntaxNode): SyntaxNode[] {
  if (statement.type === 'var_spec') return childrenByField(statement, 'name');
  const sets = ['short_var_declaration', 'assignment_statement'].includes(statement.type);
  return sets ? namedChildren(childByField(statement, 'left')) : [];
}

/** Whether a map is only made where something about the given one holds: it is empty, say. */
function isConditional(handler: Handler, statement: SyntaxNode, name: string): boolean {
  for (
    let around = enclosing(statement, 'if_statement', 'expression_case');
    around && around.start > handler.body.start;
    around = enclosing(around, 'if_statement', 'expression_case')
  ) {
    for (const asked of conditionsOf(around)) {
      if (mentions(handler, asked)) return true;
      if (new RegExp(`\\b${name}\\b`).test(written(handler.facts, asked))) return true;
    }
  }
  return false;
}

/** What decides whether a branch is taken, with what is set for that. */
function conditionsOf(branching: SyntaxNode): readonly SyntaxNode[] {
  return ['initializer', 'condition', 'value'].flatMap(
    field => childByField(branching, field) ?? [],
  );
}

/** Whether a map gets what the chain has stored: in a loop, or by a call that is given both. */
function isFilledFromChain(handler: Handler, name: string): boolean {
  if (name === versionMapOf(handler)) return false;
  const { facts, body } = handler;
  const isCopied = findAll(body, 'for_statement').some(loop => {
    const clause = loop.children.find(({ type }) => type === 'range_clause');
    const over = childByField(clause, 'right');
    return over !== undefined && mentions(handler, over) && setsEntryOf(facts, loop, name);
  });
  const isHandedOver = findAll(body, 'call_expression').some(call => {
    const given = callArguments(call);
    return (
      given.some(argument => written(facts, argument).replace('&', '') === name) &&
      given.some(argument => mentions(handler, argument))
    );
  });
  return isCopied || isHandedOver;
}

function setsEntryOf(facts: FileFacts, loop: SyntaxNode, name: string): boolean {
  return findAll(loop, 'assignment_statement').some(statement => {
    const [left] = namedChildren(childByField(statement, 'left'));
    const map = left?.type === 'index_expression' ? childByField(left, 'operand') : undefined;
    return map !== undefined && written(facts, map) === name;
  });
}

function written(facts: FileFacts, node: SyntaxNode): string {
  return textOf(exprAt({ facts, node }, node));
}
