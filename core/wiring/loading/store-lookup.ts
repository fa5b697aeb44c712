import type { GoNode } from '../../go/eval/go-node.ts';
import { goNode } from '../../go/eval/go-node.ts';
import type { Expr } from '../../go/eval/value.ts';
import { calledFunction, exprAt, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { callsOf, childByField, descend, findAll, namedChildren } from '../../go/syntax/syntax.ts';
import { listLiteral } from '../registration/lists.ts';
import type { Site } from '../style.ts';
import { isNameOfPlan } from './plan-name-conditions.ts';

/**
 * S5: whether a function of the app looks the plan up in a map of upgrades and makes the loader from
 * what stands there.
 */
export function isMadeByLookup(repo: Repo, site: Site, loader: Expr): boolean {
  return madeBy(site, loader).some(call => {
    const called = calledFunction(repo, call);
    if (!called || callsOf(called.node, called.facts.text, 'UpgradeStoreLoader').length === 0)
      return false;
    return lookedUpIn(called).some(source => listLiteral(repo, source)?.type?.kind === 'map');
  });
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
function lookedUpIn(fn: Expr): Expr[] {
  const indexed = findAll(fn.node, 'index_expression')
    .map(node => goNode(exprAt(fn, node)))
    .filter(expr => isNameOfPlan(expr.field('index')))
    .map(expr => expr.operand!);
  const looped = findAll(fn.node, 'range_clause')
    .map(node => goNode(exprAt(fn, node)))
    .filter(clause => comparesKey(clause))
    .map(clause => clause.field('right')!);
  return [...indexed, ...looped];
}

/** Whether a loop compares its key with a name: `info.Name == key`. */
function comparesKey(clause: GoNode): boolean {
  const key = clause.field('left')?.children[0]?.text;
  const loop = clause.node.parent;
  if (key === undefined || !loop) return false;
  return findAll(loop, 'binary_expression').some(node => {
    const comparison = goNode(exprAt(clause, node));
    const sides = [comparison.field('left'), comparison.field('right')];
    return (
      comparison.operator === '==' &&
      sides.some(side => side?.text === key) &&
      sides.some(side => isNameOfPlan(side))
    );
  });
}
