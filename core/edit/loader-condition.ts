import { commentAbove } from '../go/edit/comment-above.ts';
import { indentAt, indentRest, lineEnd, lineStart } from '../go/edit/edit.ts';
import type { EditBatch } from '../go/edit/edit-batch.ts';
import type { ImportSpec } from '../go/edit/imports.ts';
import { leavesFunction } from '../go/eval/flow.ts';
import type { GoNode } from '../go/eval/go-node.ts';
import { goNode } from '../go/eval/go-node.ts';
import { localDefinition } from '../go/eval/scope.ts';
import { locationOf } from '../go/source/location.ts';
import type { SyntaxNode } from '../go/syntax/syntax.ts';
import { callsOf, childByField, findAll, namedChildren } from '../go/syntax/syntax.ts';
import { Refusal } from '../refusal.ts';
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

/**
 * S3: an `if` on the plan's name. Adds another one below the last. Throws `Refusal` where the plan
 * on disk cannot be seen from there.
 */
export function insertCondition(
  changes: EditBatch,
  loading: StoreLoading,
  names: LoaderNames,
): void {
  const { facts } = loading.site.call;
  const { text } = facts;
  const block = outermost(loading.site);
  const at = namesAt({ facts, func: loading.site.func, dir: loading.site.dir });
  const info = planOnDisk(loading.site, block, at.info?.name);
  if (info === undefined) {
    const { file, line } = locationOf(facts, loading.site.call.node);
    throw new Refusal('the plan on disk cannot be named below this loader; add one by hand', {
      file,
      line,
    });
  }
  const guard = !isLeftForSkip(block.parent, block.start, text);
  const code = render('wiring/loader.go', {
    ...names,
    info,
    keeper: at.keeper,
    base: at.base,
    guard,
    comment: commentOf(loading.site) || false,
  }).trimEnd();
  const indent = indentAt(text, block.start);
  const end = lineEnd(text, block.end);
  changes.edit(facts.path, end, end, `\n${indent}${indentRest(code, indent)}\n`);
}

/** Whether a statement of a block leaves the function, above a place, where a height is skipped. */
function isLeftForSkip(block: SyntaxNode | undefined, place: number, text: string): boolean {
  return namedChildren(block).some(above => {
    const consequence = childByField(above, 'consequence');
    return (
      above.end <= place &&
      above.type === 'if_statement' &&
      callsOf(childByField(above, 'condition'), text, 'IsSkipHeight').length > 0 &&
      consequence !== undefined &&
      leavesFunction(consequence, text)
    );
  });
}

/**
 * The plan on disk as it is called behind a statement of a loader: as the loader calls it, where
 * that is not declared in the statement itself.
 */
function planOnDisk(site: Site, behind: SyntaxNode, read: string | undefined): string | undefined {
  const { facts } = site.call;
  const selectors = [site.call.node, behind]
    .flatMap(node => findAll(node, 'selector_expression'))
    .map(node => goNode({ facts, node }));
  const named = selectors.find(({ name }) => name === 'Height') ?? selectors.find(isNameOfPlan);
  const plan = named?.operand;
  if (!plan) return read;
  let root = plan;
  while (root.operand) root = root.operand;
  if (root.type !== 'identifier') return undefined;
  const isReceiver = root.text === site.func.receiver?.name;
  const isSeen = isReceiver || localDefinition(behind, root.text, facts.text) !== undefined;
  return isSeen ? plan.text : undefined;
}

function isNameOfPlan({ node, name, facts }: GoNode): boolean {
  const compared = node.parent;
  return (
    name === 'Name' && compared !== undefined && goNode({ facts, node: compared }).operator === '=='
  );
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
  const isConstructor =
    callsOf(func.syntax, text, 'LoadLatestVersion', 'NewBaseApp', 'Load').length > 0;
  const behind = after && isConstructor ? statementOf(after) : undefined;
  const pieces: string[] = [];
  const info = at.info?.name ?? freeName(text.slice(func.start, func.end), 'upgradeInfo');
  if (!at.info) {
    pieces.push(
      render('wiring/read-info.go', {
        info,
        err: behind && declaresErrBelow(behind, text) ? `${info}Err` : 'err',
        keeper: at.keeper,
        fmt: fmt.alias ?? 'fmt',
      }).trimEnd(),
    );
    changes.import(facts.path, fmt);
  }
  const body = childByField(func.syntax!, 'body')!;
  const isLeft = isLeftForSkip(behind?.parent ?? body, behind?.end ?? body.end, text);
  const guard = !at.info || !isLeft;
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
  if (behind) {
    const indent = indentAt(text, behind.start);
    const end = lineEnd(text, behind.end);
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

/** Whether `err := …` stands below in the same block: it would declare nothing new any more. */
function declaresErrBelow(statement: SyntaxNode, text: string): boolean {
  return namedChildren(statement.parent).some(below => {
    const left = childByField(below, 'left');
    return (
      below.start > statement.start &&
      below.type === 'short_var_declaration' &&
      left !== undefined &&
      text.slice(left.start, left.end) === 'err'
    );
  });
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
