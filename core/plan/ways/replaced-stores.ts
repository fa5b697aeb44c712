import type { Expr } from '../../go/eval/value.ts';
import { calledFunction, exprAt, localDefinition, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { locationOf } from '../../go/source/location.ts';
import { callArguments, findAll, withoutAddressOf, withoutParens } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import type { Registration, StoreLoading } from '../../wiring/style.ts';
import { literalType, nodeText } from '../go-tree.ts';
import { replaceStoresLiteral } from '../package/rewrite.ts';
import type { Job } from '../upgrade/job.ts';
import { loadStores } from '../upgrade/load-stores.ts';
import { nameOf } from '../upgrade/neighbour.ts';

// The stores of an upgrade that is rewritten in its place.

/**
 * Replaces the stores of the old upgrade by the new ones; refuses where what is loaded for the old
 * one cannot be told, for it would be loaded for the new one too.
 */
export function replaceStores(job: Job, old: Registration): void {
  const name = nameOf(old);
  // A loader that only serves other names is theirs: the new stores get one of their own.
  const loading =
    job.wiring.loadings.find(
      ({ code, serves }) =>
        /^S[379]$/.test(code) &&
        serves.some(served => served.name.kind === 'known' && served.name.value === name),
    ) ?? job.wiring.loadings.find(isUnread);
  if (!loading) {
    loadStores(job, { constant: constantAt(old), after: old.site });
    return;
  }
  const literal = literalOf(job.repo, loading);
  if (!literal) {
    const { file, line } = locationOf(loading.site.call.facts, loading.site.call.node);
    throw new Refusal(
      `the stores that are loaded for ${name} are not written as a literal that can be found; ` +
        'change them by hand',
      { file, line },
    );
  }
  replaceStoresLiteral(job, job.changes, literal);
}

/** The constant of an upgrade's name, as its registration writes it; undefined for a literal. */
export function constantAt({ nameExpr }: Registration): string | undefined {
  const node = withoutParens(nameExpr.node);
  const isName = node.type === 'identifier' || node.type === 'selector_expression';
  return isName ? textOf(exprAt(nameExpr, node)) : undefined;
}

/** Whether nobody can say whose stores a loader loads. */
function isUnread({ serves }: StoreLoading): boolean {
  return serves.length === 0 || serves.some(({ unread }) => unread !== undefined);
}

function literalOf(repo: Repo, { serves, site }: StoreLoading): Expr | undefined {
  const served = serves.find(one => one.stores)?.stores;
  return served?.literal ?? handedLiteral(site.call) ?? madeLiteral(repo, site.call);
}

/** The StoreUpgrades literal that is handed to a loader, itself or by a local variable. */
function handedLiteral({ facts, node: call }: Expr): Expr | undefined {
  const [loader] = callArguments(call);
  const last = loader && callArguments(loader).at(-1);
  if (!last) return undefined;
  const target = withoutAddressOf(last);
  if (target.type === 'composite_literal') return { facts, node: target };
  const local = localDefinition(target, nodeText(facts, target), facts.text);
  if (typeof local !== 'object') return undefined;
  const node = withoutAddressOf(local);
  return node.type === 'composite_literal' ? { facts, node } : undefined;
}

/** The only StoreUpgrades literal of the function that makes a loader. */
function madeLiteral(repo: Repo, call: Expr): Expr | undefined {
  const [loader] = callArguments(call.node);
  const maker = loader && calledFunction(repo, exprAt(call, loader));
  if (!maker) return undefined;
  const literals = findAll(maker.node, 'composite_literal').filter(literal =>
    /(^|\.)StoreUpgrades$/.test(literalType(maker.facts, literal)),
  );
  const [only, ...others] = literals;
  return only && others.length === 0 ? { facts: maker.facts, node: only } : undefined;
}
