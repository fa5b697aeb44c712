import { dedentRest, indentAt } from '../../go/edit/edit.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { importsOf } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import {
  calleeName,
  childByField,
  descend,
  findAll,
  namedChildren,
  stringLiteral,
} from '../../go/syntax/syntax.ts';
import { declaredNames, isWithin, nodeText } from '../go-tree.ts';
import { respellProse, speaksOfOther, withoutName } from '../package/naming.ts';
import type { HandlerShape } from './handler-shape.ts';
import { migrationCall } from './handler-shape.ts';
import { isAboutKept } from './kept-comments.ts';
import { isErrorCheck, isLogCall, isLogger, isUnwrap } from './statements.ts';

/** What a new handler's body is made of: the names in reach, and how migrations are run. */
export interface BodyContext {
  readonly ctx: string;
  readonly versionMap: string;
  readonly manager: string;
  readonly configurator: string;
  /** The new plan's name, and the constant that holds it. */
  readonly name: string;
  /**
   * Names that may be used besides parameters and locals: the name constant, the app's receiver.
   */
  readonly inReach: ReadonlySet<string>;
}

/** The body of a handler of SDK 0.39 and 0.42, where modules have no migrations. */
export function bodyWithoutMigrations(name: string): string {
  return `// Modules have no migrations in this SDK: what ${name} changes in the state goes here.`;
}

/**
 * The body of a new handler in the chain's habit: what the newest handler does around RunMigrations
 * (unwrapping the context, logging, checking the error), without what it did for its own upgrade.
 * Log lines must also occur in an older handler, or speak of nothing but upgrade and migrations.
 * Falls back to a single return. Statements are dedented, one a line.
 */
export function handlerBody(shapes: readonly HandlerShape[], context: BodyContext): string {
  const { manager, configurator, ctx, versionMap } = context;
  const minimal = `return ${manager}.RunMigrations(${ctx}, ${configurator}, ${versionMap})`;
  const [newest, ...older] = shapes;
  const call = newest && migrationCall(newest);
  if (!newest || !call) return minimal;
  const statements = newest.closure.body.children;
  const running = statements.find(statement => isWithin(call.node, statement));
  if (!running) return minimal;
  const { text } = newest.facts;
  const habits = habitualStatements(newest, older, running, context.name);
  const commented = habits.filter(
    statement => statement.type !== 'comment' || isAboutKept(statement, statements, habits, text),
  );
  const usable = usableStatements(commented, newest, context, running);
  if (!usable || !returnsResult(usable, running, newest.facts)) return minimal;
  return render(usable, newest, context);
}

/** The statements that any handler of this chain could have. */
function habitualStatements(
  newest: HandlerShape,
  older: readonly HandlerShape[],
  running: SyntaxNode,
  name: string,
): SyntaxNode[] {
  const { facts } = newest;
  const statements = newest.closure.body.children;
  const last = statements.at(-1);
  const behindRunning = statements[statements.indexOf(running) + 1];
  return statements.filter(
    statement =>
      statement === running ||
      (statement === behindRunning && isErrorCheck(statement, facts)) ||
      isUnwrap(statement, facts) ||
      isLogger(statement, facts) ||
      (statement === last && statement.type === 'return_statement') ||
      isHabit(statement, newest, older, name),
  );
}

/** A log line or comment that belongs to the way this chain writes handlers. */
function isHabit(
  statement: SyntaxNode,
  newest: HandlerShape,
  older: readonly HandlerShape[],
  name: string,
): boolean {
  const isLog = isLogCall(statement, newest.facts);
  if (!isLog && statement.type !== 'comment') return false;
  const own = comparable(statement, newest);
  const occursElsewhere = older.some(shape =>
    shape.closure.body.children.some(other => comparable(other, shape) === own),
  );
  if (occursElsewhere) return true;
  if (!isLog || older.some(shape => migrationCall(shape))) return false;
  const message = findAll(statement, 'interpreted_string_literal')
    .map(literal => stringLiteral(literal, newest.facts.text) ?? '')
    .join(' ');
  const respelt = respellProse(message, newest.upgrade, name);
  return (
    saysNothingElse.test(withoutName(message, newest.upgrade)) && !speaksOfOther(respelt, name)
  );
}

/** A message that speaks of nothing but upgrade and migrations. */
const saysNothingElse = new RegExp(
  '^\\W*(' +
    'start\\w*|run\\w*|begin\\w*|finish\\w*|complet\\w*|end\\w*|' +
    'upgrad\\w*|migrat\\w*|modul\\w*|handler|version_?map|name|upgrade_name|plan|' +
    'for|to|of|the|all|v?\\d[\\w.]*|%\\w|\\W' +
    ')+$',
  'i',
);

/** A statement's text without its upgrade's name, and with one name for all contexts. */
function comparable(statement: SyntaxNode, { facts, upgrade }: HandlerShape): string {
  return withoutName(nodeText(facts, statement), upgrade)
    .replace(/\s+/g, ' ')
    .replace(/\b(sdkCtx|wctx|goCtx|ctx|c)\b/g, 'ctx');
}

const predeclared = 'nil true false string len error uint64 map int int64 panic'.split(' ');

/**
 * Takes out statements that use what only left-out statements declare, and declarations that
 * nothing left uses. Undefined where one of them cannot be left out.
 */
function usableStatements(
  statements: readonly SyntaxNode[],
  shape: HandlerShape,
  context: BodyContext,
  running: SyntaxNode,
): SyntaxNode[] | undefined {
  const outside = namesOutside(shape, context);
  let left = [...statements];
  for (;;) {
    const statement = left.find(
      one => usesStrange(one, left, outside, shape.facts) || isUnused(one, left, shape.facts),
    );
    if (!statement) return left;
    const isNeeded = statement === running || /^(return|if)_statement$/.test(statement.type);
    if (isNeeded) return undefined;
    left = left.filter(other => other !== statement);
  }
}

/** The names that mean something in a handler's body without being declared there. */
function namesOutside({ closure, maker, facts }: HandlerShape, context: BodyContext): Set<string> {
  const parameters = [...closure.parameters.list, ...(maker?.parameters.list ?? [])];
  return new Set([
    ...context.inReach,
    ...parameters.map(p => p.name),
    ...predeclared,
    ...(/\berr error\b/.test(closure.result) ? ['err'] : []),
    ...importsOf(facts).map(({ alias, path }) => alias ?? packageNameOf(path)),
  ]);
}

function packageNameOf(path: string): string {
  const elements = path.split('/').filter(element => !/^v\d+$/.test(element));
  return elements.at(-1)!.replaceAll('-', '');
}

function usesStrange(
  statement: SyntaxNode,
  statements: readonly SyntaxNode[],
  outside: ReadonlySet<string>,
  facts: FileFacts,
): boolean {
  const declared = new Set(statements.flatMap(one => declaredBy(one, facts)));
  return usedBy(statement, facts).some(name => !outside.has(name) && !declared.has(name));
}

/** A context or logger that no other statement uses. */
function isUnused(
  statement: SyntaxNode,
  statements: readonly SyntaxNode[],
  facts: FileFacts,
): boolean {
  if (!isUnwrap(statement, facts) && !isLogger(statement, facts)) return false;
  const [name] = declaredBy(statement, facts);
  return !statements.some(other => other !== statement && usedBy(other, facts).includes(name!));
}

function declaredBy(statement: SyntaxNode, facts: FileFacts): string[] {
  return declaredNames(statement).map(name => nodeText(facts, name));
}

function usedBy(statement: SyntaxNode, facts: FileFacts): string[] {
  const declared = new Set(declaredNames(statement));
  return [...descend(statement)]
    .filter(node => node.type === 'identifier' && !declared.has(node))
    .map(node => nodeText(facts, node));
}

/**
 * Whether the statements return the map that RunMigrations gave: what a handler returns is stored
 * as the modules' versions (docs/background/sdk.md#the-version-map-in-a-handler).
 */
function returnsResult(
  statements: readonly SyntaxNode[],
  running: SyntaxNode,
  facts: FileFacts,
): boolean {
  const last = statements.at(-1)!;
  if (last.type !== 'return_statement') return false;
  const values = namedChildren(namedChildren(last)[0]);
  if (last === running)
    return values.length === 1 && calleeName(values[0]!, facts.text) === 'RunMigrations';
  const [map, error, ...rest] = assignedBy(running, facts);
  if (map === undefined || error === undefined || error === '_' || rest.length > 0) return false;
  const [returned, returnedError] = values.map(value => nodeText(facts, value));
  if (returned !== map) return false;
  const check = statements[statements.indexOf(running) + 1];
  const isChecked = check !== undefined && isErrorCheck(check, facts);
  return returnedError === error || (returnedError === 'nil' && isChecked);
}

/** What is left of `=` or `:=` in a statement. */
function assignedBy(statement: SyntaxNode, facts: FileFacts): string[] {
  if (!/^(short_var_declaration|assignment_statement)$/.test(statement.type)) return [];
  return namedChildren(childByField(statement, 'left')).map(node => nodeText(facts, node));
}

function render(
  statements: readonly SyntaxNode[],
  shape: HandlerShape,
  context: BodyContext,
): string {
  const { text } = shape.facts;
  const all = shape.closure.body.children;
  const lines: string[] = [];
  for (const [i, statement] of statements.entries()) {
    const last = statements[i - 1];
    const before = all[all.indexOf(statement) - 1];
    const hasBlank =
      before !== undefined && /\n\s*\n/.test(text.slice(before.end, statement.start));
    const leftOut = before !== last && last?.type !== 'comment';
    // A blank line stays where the original had one before this statement, or where something was
    // left out between.
    if (last && (hasBlank || leftOut)) lines.push('');
    lines.push(renderOne(statement, shape, context));
  }
  return lines.join('\n');
}

function renderOne(statement: SyntaxNode, shape: HandlerShape, context: BodyContext): string {
  const { facts, upgrade } = shape;
  const source = nodeText(facts, statement).replaceAll('\r\n', '\n');
  const dedented = dedentRest(source, indentAt(facts.text, statement.start));
  // Only strings and comments are respelt: identifiers of the neighbour that spell its name are its
  // own.
  return dedented.replace(/"(?:[^"\\]|\\.)*"|\/\/[^\n]*/g, words =>
    respellProse(words, upgrade, context.name),
  );
}
