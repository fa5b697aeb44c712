import { indentAt, indentRest, lineEnd, lineStart } from '../go/edit.ts';
import { child, enclosing, findAll, parts } from '../go/syntax.ts';
import type { Syn } from '../go/syntax.ts';
import type { Wanted } from '../go/imports.ts';
import { render } from '../render.ts';
import type { Changes } from './changes.ts';
import { namesAt } from './names-at.ts';
import { commentBefore, statementOf } from './statements.ts';
import type { Repo } from '../go/repo.ts';
import { at, calledFunction, stringValue } from '../go/value.ts';
import type { Expr, Value } from '../go/value.ts';
import { comparedNames } from './compared.ts';
import { storeLists } from './store-literal.ts';
import type { FuncAt, Site, StoreLoading } from './style.ts';

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

/** The plan names whose stores an `if` (or a case) around the loader's call stands for. */
export function servedByCondition(repo: Repo, site: Site, stores: Expr): StoreLoading {
  const lists = storeLists(repo, stores);
  const names = new Map<string, Value>();
  for (let guard = enclosing(site.call.node, 'if_statement', 'expression_case'); guard; guard = enclosing(guard, 'if_statement', 'expression_case')) {
    const condition = guard.type === 'if_statement' ? [child(guard, 'condition')!] : parts(child(guard, 'value'));
    for (const part of condition) {
      const compared = guard.type === 'expression_case' && child(guard.parent, 'value') ? [stringValue(repo, at(site.call, part))] : comparedNames(repo, at(site.call, part));
      for (const value of compared) names.set(value.kind === 'known' ? value.value : JSON.stringify(value), value);
    }
  }
  const predicate = names.size === 0 && guardedByPredicate(repo, site);
  // A condition that says nothing of names still guards these stores.
  if (names.size === 0) names.set('', { kind: 'unknown', why: 'the plan name that these stores belong to is not compared here' });
  return { code: predicate ? 'S8' : 'S3', site, serves: [...names.values()].map(name => ({ name, stores: lists, ...(lists ? {} : { unread: true as const }) })) };
}

/** Whether a function of the app decides, comparing the plan's name with one that it computes. */
function guardedByPredicate(repo: Repo, site: Site): boolean {
  const guard = enclosing(site.call.node, 'if_statement'), condition = guard && child(guard, 'condition');
  return findAll(condition, 'call_expression').some(node => {
    const called = calledFunction(repo, at(site.call, node));
    return called !== undefined && /\.Name == \w/.test(called.facts.text.slice(called.node.start, called.node.end));
  });
}

/** S3: an `if` on the plan's name. Adds another one below the last. */
export function insertCondition(changes: Changes, loading: StoreLoading, names: LoaderNames): void {
  const { facts } = loading.site.call, { text } = facts;
  const block = outermost(loading.site);
  const at = namesAt({ facts, func: loading.site.func, dir: loading.site.dir });
  const guard = /IsSkipHeight\(/.test(text.slice(block.start, child(block, 'consequence')?.start ?? block.end)) || !/IsSkipHeight\(/.test(text.slice(loading.site.func.start, loading.site.func.end));
  const code = render('wiring/loader.go', { ...names, info: at.info?.name ?? 'upgradeInfo', keeper: at.keeper, base: at.base, guard, comment: commentOf(loading.site) || false }).trimEnd();
  const indent = indentAt(text, block.start), end = lineEnd(text, block.end);
  changes.edit(facts.path, end, end, `\n${indent}${indentRest(code, indent)}\n`);
}

/** What the neighbour says above its SetStoreLoader call. */
function commentOf(site: Site): string {
  const comment = commentBefore(site.call.facts.text, statementOf(site));
  return comment.includes('\n') ? '' : comment;
}

/** The statement of the function's own block that holds the loader. */
function outermost(site: Site): Syn {
  let at = site.call.node;
  while (at.parent && !(at.parent.type === 'block' && (at.parent.parent === site.fn || at.parent.parent?.type === 'func_literal'))) at = at.parent;
  return at;
}

/**
 * S0: nothing loads stores yet. Adds the reading of upgrade-info.json where the function does not do it, and a guarded loader:
 * at the end of a register function, or behind the last registration where that stands in the app's constructor.
 */
export function createCondition(changes: Changes, fn: FuncAt, after: Site | undefined, names: LoaderNames, fmt: Wanted): void {
  const { facts, func } = fn, { text } = facts;
  const at = { ...namesAt(fn), ...names.keeper && { keeper: names.keeper }, ...names.base && { base: names.base } };
  const pieces: string[] = [];
  const info = at.info?.name ?? freeName(text.slice(func.start, func.end), 'upgradeInfo');
  if (!at.info) {
    pieces.push(render('wiring/read-info.go', { info, keeper: at.keeper, fmt: fmt.alias ?? 'fmt' }).trimEnd());
    changes.import(facts.path, fmt);
  }
  const guard = !at.info || !/IsSkipHeight\(/.test(text.slice(func.start, func.end));
  pieces.push(render('wiring/loader.go', { ...names, info, keeper: at.keeper, base: at.base, guard, comment: false }).trimEnd());
  const inConstructor = after !== undefined && /\b(LoadLatestVersion|NewBaseApp)\(|\.Load\(/.test(text.slice(func.start, func.end));
  if (inConstructor) {
    const statement = statementOf(after), indent = indentAt(text, statement.start), end = lineEnd(text, statement.end);
    changes.edit(facts.path, end, end, '\n' + pieces.map(p => indent + indentRest(p, indent)).join('\n\n') + '\n');
    return;
  }
  const body = child(func.syntax!, 'body')!, close = body.end - 1;
  const empty = parts(body).length === 0;
  const code = pieces.map(p => '\t' + indentRest(p, '\t')).join('\n\n');
  const last = parts(body).at(-1);
  if (last?.type === 'return_statement') {
    const from = lineStart(text, last.start);
    changes.edit(facts.path, from, from, `${code}\n\n`);
  } else if (text.slice(body.start, body.end).includes('\n')) {
    const from = lineStart(text, close);
    changes.edit(facts.path, from, from, `${empty ? '' : '\n'}${code}\n`);
  } else changes.edit(facts.path, close, close, `\n${code}\n`);
}

function freeName(text: string, name: string): string {
  const code = text.replace(/\/\/.*|\/\*[^]*?\*\//g, '');
  let free = name;
  for (let n = 2; new RegExp(`\\b${free}\\b`).test(code); n++) free = `${name}${n}`;
  return free;
}

/** Whether a site stands inside another function's closure, where statements run later. */
export function inClosure(site: Site): boolean {
  return enclosing(site.call.node, 'func_literal') !== undefined;
}
