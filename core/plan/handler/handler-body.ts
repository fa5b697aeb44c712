import { dedentRest, indentAt } from '../../go/edit/edit.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import {
  childByField,
  descend,
  findAll,
  namedChildren,
  stringLiteral,
} from '../../go/syntax/syntax.ts';
import { respellProse, withoutName } from '../package/naming.ts';
import type { HandlerShape } from './handler-shape.ts';
import { migrationCall } from './handler-shape.ts';

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

/**
 * The body of a new handler in the house's habit: what the newest handler does around RunMigrations
 * (unwrapping the context, logging, checking the error), without what it did for its own upgrade.
 * Log lines must also stand in an older handler, or speak of nothing but upgrade and migrations.
 * Falls back to a single return. Statements are dedented, one a line.
 */
export function handlerBody(shapes: readonly HandlerShape[], context: BodyContext): string {
  const [newest, ...older] = shapes;
  const minimal = `return ${context.manager}.RunMigrations(${context.ctx}, ${context.configurator}, ${context.versionMap})`;
  const call = newest && migrationCall(newest);
  if (!newest || !call) return minimal;
  const { text } = newest.facts;
  const statements = newest.closure.body.children;
  const running = statements.findIndex(s => s.start <= call.node.start && call.node.end <= s.end);
  if (running < 0) return minimal;
  const kept: SyntaxNode[] = [];
  for (const [i, statement] of statements.entries()) {
    if (
      i === running ||
      (isErrorCheck(statement, text) && i === running + 1) ||
      isUnwrap(statement, text) ||
      isLogger(statement, text) ||
      (statement === statements.at(-1) && statement.type === 'return_statement') ||
      isHabit(statement, newest, older)
    )
      kept.push(statement);
  }
  const speaking = kept.filter(s => s.type !== 'comment' || speaksOf(s, statements, kept, text));
  const usable = withoutStrangers(speaking, newest, context, statements[running]!);
  if (!usable || !returnsResult(usable, statements[running]!, text)) return minimal;
  return render(usable, newest, context);
}

/**
 * Whether a comment belongs to something that is kept: a comment of several lines is kept whole or
 * not at all.
 */
function speaksOf(
  comment: SyntaxNode,
  statements: readonly SyntaxNode[],
  kept: readonly SyntaxNode[],
  text: string,
): boolean {
  const isComment = (i: number) => statements[i]?.type === 'comment';
  const gap = (i: number) =>
    i > 0 ? text.slice(statements[i - 1]!.end, statements[i]!.start) : '\n\n';
  // At the end of a line it speaks of that line, and its place there is not kept.
  const alone = (i: number) => gap(i).includes('\n');
  const near = (i: number) => !/\n\s*\n/.test(gap(i));
  const at = statements.indexOf(comment);
  if (!alone(at)) return false;
  let from = at;
  let to = at + 1;
  while (near(from) && isComment(from - 1) && alone(from - 1)) from--;
  while (isComment(to) && near(to)) to++;
  const next = statements[to];
  if (!next || !statements.slice(from, to + 1).every(s => kept.includes(s))) return false;
  return next.type !== 'comment' || speaksOf(next, statements, kept, text);
}

function isUnwrap(statement: SyntaxNode, text: string): boolean {
  return (
    statement.type === 'short_var_declaration' &&
    /^\w+ := \w+\.UnwrapSDKContext\(\w+\)$/.test(slice(statement, text))
  );
}

function isLogger(statement: SyntaxNode, text: string): boolean {
  return (
    statement.type === 'short_var_declaration' &&
    /^\w+ := [\w.]+(\([^()]*\))?\.Logger\(\)(\.With\([^()]*\))?$/.test(slice(statement, text))
  );
}

function isErrorCheck(statement: SyntaxNode, text: string): boolean {
  return (
    statement.type === 'if_statement' &&
    /^if err != nil \{/.test(slice(statement, text)) &&
    childByField(statement, 'consequence')?.children.at(-1)?.type === 'return_statement' &&
    !childByField(statement, 'alternative')
  );
}

/** A log line or comment that belongs to the way this chain writes handlers. */
function isHabit(
  statement: SyntaxNode,
  newest: HandlerShape,
  older: readonly HandlerShape[],
): boolean {
  const source = slice(statement, newest.facts.text);
  const log =
    statement.type === 'expression_statement' &&
    /\b(Logger\(\)|logger)\.(Info|Debug)\(/.test(source.split('\n')[0]!);
  if (!log && statement.type !== 'comment') return false;
  const mine = normal(source, newest.upgrade);
  if (
    older.some(o =>
      o.closure.body.children.some(s => normal(slice(s, o.facts.text), o.upgrade) === mine),
    )
  )
    return true;
  if (!log || (older.length > 0 && older.some(o => migrationCall(o)))) return false;
  const message = findAll(statement, 'interpreted_string_literal')
    .map(s => stringLiteral(s, newest.facts.text) ?? '')
    .join(' ');
  return /^\W*(start\w*|run\w*|begin\w*|finish\w*|complet\w*|end\w*|upgrad\w*|migrat\w*|modul\w*|handler|for|to|of|the|plan|all|version_?map|name|upgrade_name|v?\d[\w.]*|%\w|\W)+$/i.test(
    withoutName(message, newest.upgrade),
  );
}

function normal(text: string, upgrade: string): string {
  return withoutName(text, upgrade)
    .replace(/\s+/g, ' ')
    .replace(/\b(sdkCtx|wctx|goCtx|ctx|c)\b/g, 'ctx');
}

function slice(node: SyntaxNode, text: string): string {
  return text.slice(node.start, node.end);
}

/**
 * Takes out statements that use what only left-out statements declare, and declarations that
 * nothing left uses.
 */
function withoutStrangers(
  statements: readonly SyntaxNode[],
  shape: HandlerShape,
  context: BodyContext,
  running: SyntaxNode,
): SyntaxNode[] | undefined {
  const { text } = shape.facts;
  const outside = new Set([
    ...context.inReach,
    ...shape.closure.parameters.list.map(p => p.name),
    ...(shape.maker?.parameters.list.map(p => p.name) ?? []),
    'nil',
    'true',
    'false',
    'string',
    'len',
    'error',
    'uint64',
    'map',
    'int',
    'int64',
    'panic',
  ]);
  if (/\berr error\b/.test(shape.closure.result)) outside.add('err');
  for (const block of shape.facts.imports)
    for (const i of block.imports)
      outside.add(
        i.alias ??
          i.path
            .split('/')
            .filter(e => !/^v\d+$/.test(e))
            .at(-1)!
            .replaceAll('-', ''),
      );
  let left = [...statements];
  for (let changed = true; changed; ) {
    changed = false;
    const declared = new Set(left.flatMap(s => declaredBy(s, text)));
    for (const statement of left) {
      const strange = usedBy(statement, text).some(
        name => !outside.has(name) && !declared.has(name),
      );
      const unused =
        (isUnwrap(statement, text) || isLogger(statement, text)) &&
        !left.some(
          other =>
            other !== statement && usedBy(other, text).includes(declaredBy(statement, text)[0]!),
        );
      if (!strange && !unused) continue;
      if (
        statement === running ||
        statement.type === 'return_statement' ||
        statement.type === 'if_statement'
      )
        return undefined;
      left = left.filter(s => s !== statement);
      changed = true;
      break;
    }
  }
  return left;
}

function declaredBy(statement: SyntaxNode, text: string): string[] {
  return statement.type === 'short_var_declaration'
    ? namedChildren(childByField(statement, 'left')).map(n => slice(n, text))
    : [];
}

function usedBy(statement: SyntaxNode, text: string): string[] {
  const left =
    statement.type === 'short_var_declaration' ? childByField(statement, 'left') : undefined;
  return [...descend(statement)]
    .filter(n => n.type === 'identifier' && !(left && n.start >= left.start && n.end <= left.end))
    .map(n => slice(n, text));
}

/**
 * The map that RunMigrations gave must be what the handler returns
 * (docs/background/sdk.md#the-version-map-in-a-handler).
 */
function returnsResult(
  statements: readonly SyntaxNode[],
  running: SyntaxNode,
  text: string,
): boolean {
  const last = statements.at(-1)!;
  if (last.type !== 'return_statement') return false;
  if (last === running) return /^return [\w.()]+\.RunMigrations\(/.test(slice(running, text));
  const result =
    running.type === 'short_var_declaration' || running.type === 'assignment_statement'
      ? namedChildren(childByField(running, 'left')).map(n => slice(n, text))
      : [];
  const returned = namedChildren(namedChildren(last)[0]).map(n => slice(n, text));
  const checked = statements[statements.indexOf(running) + 1];
  if (result.length !== 2 || result[1] === '_' || returned[0] !== result[0]) return false;
  return (
    returned[1] === result[1] ||
    (returned[1] === 'nil' && checked !== undefined && isErrorCheck(checked, text))
  );
}

function render(
  statements: readonly SyntaxNode[],
  shape: HandlerShape,
  context: BodyContext,
): string {
  const { text } = shape.facts;
  const lines: string[] = [];
  let last: SyntaxNode | undefined;
  for (const statement of statements) {
    const all = shape.closure.body.children;
    const before = all[all.indexOf(statement) - 1];
    // A blank line stays where the original had one before this statement, or where something was
    // left out between.
    const gap = before ? /\n\s*\n/.test(text.slice(before.end, statement.start)) : false;
    if (last && (gap || (before !== last && !(last.type === 'comment')))) lines.push('');
    lines.push(renderOne(statement, shape, context));
    last = statement;
  }
  return lines.join('\n');
}

function renderOne(statement: SyntaxNode, shape: HandlerShape, context: BodyContext): string {
  const { text } = shape.facts;
  const source = dedentRest(
    slice(statement, text).replaceAll('\r\n', '\n'),
    indentAt(text, statement.start),
  );
  // Only what is said is respelt: identifiers of the neighbour that spell its name are its own.
  return source.replace(/"(?:[^"\\]|\\.)*"|\/\/[^\n]*/g, said =>
    respellProse(said, shape.upgrade, context.name),
  );
}
