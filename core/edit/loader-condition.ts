import { commentAbove } from '../go/edit/comment-above.ts';
import { indentAt, indentRest, lineEnd, lineStart } from '../go/edit/edit.ts';
import type { EditBatch } from '../go/edit/edit-batch.ts';
import type { ImportSpec } from '../go/edit/imports.ts';
import type { SyntaxNode } from '../go/syntax/syntax.ts';
import { callsOf, childByField, namedChildren } from '../go/syntax/syntax.ts';
import { render } from '../render.ts';
import { namesAt } from '../wiring/names-at.ts';
import { statementOf } from '../wiring/registration/statements.ts';
import type { FuncAt, Site, StoreLoading } from '../wiring/style.ts';

/** What a store loader's code needs to name. */
export interface LoaderNames {
  /** The plan name as Go: a constant or a literal. */
  readonly name: string;
  /** The StoreUpgrades literal at column 0. */
  readonly stores: string;
  readonly upgradetypes: string;
  /** The upgrade keeper and the app, where the function does not show what it calls them. */
  readonly keeper?: string;
  readonly base?: string;
}

/** S3: an `if` on the plan's name. Adds another one below the last. */
export function insertCondition(
  changes: EditBatch,
  loading: StoreLoading,
  names: LoaderNames,
): void {
  const { facts } = loading.site.call;
  const { text } = facts;
  const block = outermost(loading.site);
  const at = namesAt({ facts, func: loading.site.func, dir: loading.site.dir });
  const guard = !asksForSkip(loading.site.fn, text) || headerAsksForSkip(block, text);
  const code = render('wiring/loader.go', {
    ...names,
    info: at.info?.name ?? 'upgradeInfo',
    keeper: at.keeper,
    base: at.base,
    guard,
    comment: commentOf(loading.site) || false,
  }).trimEnd();
  const indent = indentAt(text, block.start);
  const end = lineEnd(text, block.end);
  changes.edit(facts.path, end, end, `\n${indent}${indentRest(code, indent)}\n`);
}

/** Whether code asks the upgrade keeper whether the height is to be skipped. */
function asksForSkip(node: SyntaxNode | undefined, text: string): boolean {
  return callsOf(node, text, 'IsSkipHeight').length > 0;
}

/** The same of a statement without its block, where it has one. */
function headerAsksForSkip(statement: SyntaxNode, text: string): boolean {
  const blockStart = childByField(statement, 'consequence')?.start ?? statement.end;
  return statement.children.some(child => child.start < blockStart && asksForSkip(child, text));
}

/** What the neighbour says above its SetStoreLoader call. */
function commentOf(site: Site): string {
  const comment = commentAbove(site.call.facts.text, statementOf(site).start);
  return comment.includes('\n') ? '' : comment;
}

/** The statement of the function's own block that holds the loader. */
function outermost(site: Site): SyntaxNode {
  let at = site.call.node;
  while (
    at.parent &&
    !(
      at.parent.type === 'block' &&
      (at.parent.parent === site.fn || at.parent.parent?.type === 'func_literal')
    )
  )
    at = at.parent;
  return at;
}

/**
 * S0: nothing loads stores yet. Adds the reading of upgrade-info.json where the function does not
 * do it, and a guarded loader: at the end of a register function, or behind the last registration
 * where that stands in the app's constructor.
 */
export function createCondition(
  changes: EditBatch,
  fn: FuncAt,
  after: Site | undefined,
  names: LoaderNames,
  fmt: ImportSpec,
): void {
  const { facts, func } = fn;
  const { text } = facts;
  const at = {
    ...namesAt(fn),
    ...(names.keeper && { keeper: names.keeper }),
    ...(names.base && { base: names.base }),
  };
  const pieces: string[] = [];
  const info = at.info?.name ?? freeName(text.slice(func.start, func.end), 'upgradeInfo');
  if (!at.info) {
    pieces.push(
      render('wiring/read-info.go', { info, keeper: at.keeper, fmt: fmt.alias ?? 'fmt' }).trimEnd(),
    );
    changes.import(facts.path, fmt);
  }
  const guard = !at.info || !asksForSkip(func.syntax, text);
  pieces.push(
    render('wiring/loader.go', {
      ...names,
      info,
      keeper: at.keeper,
      base: at.base,
      guard,
      comment: false,
    }).trimEnd(),
  );
  const isConstructor =
    callsOf(func.syntax, text, 'LoadLatestVersion', 'NewBaseApp', 'Load').length > 0;
  if (after && isConstructor) {
    const statement = statementOf(after);
    const indent = indentAt(text, statement.start);
    const end = lineEnd(text, statement.end);
    changes.edit(
      facts.path,
      end,
      end,
      `\n${pieces.map(p => indent + indentRest(p, indent)).join('\n\n')}\n`,
    );
    return;
  }
  const code = pieces.map(p => `\t${indentRest(p, '\t')}`).join('\n\n');
  insertAtEnd(changes, fn, code);
}

/** Adds statements at the end of a function, before a return statement that stands there. */
function insertAtEnd(changes: EditBatch, { facts, func }: FuncAt, code: string): void {
  const { path, text } = facts;
  const body = childByField(func.syntax!, 'body')!;
  const close = body.end - 1;
  const last = namedChildren(body).at(-1);
  if (last?.type === 'return_statement') {
    const from = lineStart(text, last.start);
    changes.edit(path, from, from, `${code}\n\n`);
  } else if (text.slice(body.start, body.end).includes('\n')) {
    const from = lineStart(text, close);
    changes.edit(path, from, from, `${last ? '\n' : ''}${code}\n`);
  } else changes.edit(path, close, close, `\n${code}\n`);
}

function freeName(text: string, name: string): string {
  const code = text.replace(/\/\/.*|\/\*[\s\S]*?\*\//g, '');
  let free = name;
  for (let n = 2; new RegExp(`\\b${free}\\b`).test(code); n++) free = `${name}${n}`;
  return free;
}
