import type { Expr } from '../../go/eval/value.ts';
import { calledFunction, exprAt, stringValue, structOf, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, descend, findAll, namedChildren } from '../../go/syntax/syntax.ts';
import { listLiteral } from '../registration/lists.ts';
import type { Served, Site } from '../style.ts';
import { storeLists } from './read-store-upgrades.ts';

/**
 * S5: a function of the app looks the plan up in a map of upgrades and makes the loader from what
 * stands there. Undefined where the loader does not come from such a function.
 */
export function servedByLookup(repo: Repo, site: Site, loader: Expr): Served[] | undefined {
  for (const call of madeBy(site, loader)) {
    const called = calledFunction(repo, call);
    const text = called?.facts.text.slice(called.node.start, called.node.end);
    if (!called || !/\bUpgradeStoreLoader\(/.test(text!)) continue;
    for (const source of lookedUpIn(called.node, called.facts.text)) {
      const literal = listLiteral(repo, { facts: called.facts, node: source });
      if (literal && childByField(literal.literal.node, 'type')?.type === 'map_type')
        return namedChildren(literal.body.node).flatMap(entry => served(repo, literal.body, entry));
    }
  }
  return undefined;
}

/** The calls that a loader's expression comes from: itself, or whatever its variable is set to. */
function madeBy(site: Site, loader: Expr): Expr[] {
  if (loader.node.type === 'call_expression') return [loader];
  const name = textOf(loader);
  const { text } = loader.facts;
  return [...descend(site.fn)]
    .filter(n => n.type === 'assignment_statement' || n.type === 'short_var_declaration')
    .filter(n =>
      namedChildren(childByField(n, 'left')).some(
        left => text.slice(left.start, left.end) === name,
      ),
    )
    .flatMap(n => namedChildren(childByField(n, 'right')))
    .filter(n => n.type === 'call_expression')
    .map(node => exprAt(loader, node));
}

/**
 * What a function looks the plan's name up in: `upgrades[info.Name]`, or a loop that compares each
 * key with it.
 */
function lookedUpIn(fn: SyntaxNode, text: string): SyntaxNode[] {
  const indexed = findAll(fn, 'index_expression')
    .filter(n =>
      /\.Name$/.test(text.slice(childByField(n, 'index')!.start, childByField(n, 'index')!.end)),
    )
    .map(n => childByField(n, 'operand')!);
  const looped = findAll(fn, 'range_clause')
    .filter(n => {
      const key = namedChildren(childByField(n, 'left'))[0];
      const body = n.parent && text.slice(n.parent.start, n.parent.end);
      const name = key && text.slice(key.start, key.end);
      return (
        name !== undefined &&
        new RegExp(`\\.Name == ${name}\\b|\\b${name} == [\\w.]+\\.Name\\b`).test(body ?? '')
      );
    })
    .map(n => childByField(n, 'right')!);
  return [...indexed, ...looped];
}

function served(repo: Repo, body: Expr, entry: SyntaxNode): Served[] {
  const [key, value] = namedChildren(entry);
  const struct = value && structOf(repo, exprAt(body, value));
  if (!key || !value) return [];
  const lists = struct && storeLists(repo, struct.expr);
  const stores =
    lists && lists.added.length + lists.deleted.length + lists.renamed.length > 0
      ? lists
      : undefined;
  return [{ name: stringValue(repo, exprAt(body, key)), stores }];
}
