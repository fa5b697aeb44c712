import type { Analysis } from '../chain/analysis.ts';
import type { Baseline } from '../chain/baseline.ts';
import type { StoreName, Upgrade } from '../chain/chain.ts';
import { storeId } from '../chain/compare.ts';
import { ruleContext } from './subject.ts';

/**
 * The plans that the last release registers and that are registered now, with their stores, as
 * comparable text. A node whose last plan is among them does not start without it, and one that
 * syncs from the beginning loads its stores.
 */
export function appliedPlans(analysis: Analysis, bases: readonly Baseline[]): readonly string[] {
  const plans = bases.flatMap(base =>
    ruleContext(analysis, base).apps.flatMap(({ app, base: before }) => {
      const known = new Set(before?.app.upgrades.filter(isServed).map(({ name }) => name));
      return app.upgrades
        .filter(upgrade => isServed(upgrade) && upgrade.name !== null && known.has(upgrade.name))
        .map(planText);
    }),
  );
  return [...new Set(plans)];
}

function isServed({ registered, loader }: Upgrade): boolean {
  return registered || loader !== undefined;
}

function planText({ name, buildTags, registered, stores, loader }: Upgrade): string {
  const { added = [], deleted = [], renamed = [] } = stores ?? {};
  const parts = [
    name === null ? 'a plan without a name' : `"${name}"`,
    ...buildTags,
    registered ? '' : 'not registered',
    list('adds', added.map(idOf)),
    list('deletes', deleted.map(idOf)),
    list(
      'renames',
      renamed.map(({ from, to }) => `${idOf(from)} to ${idOf(to)}`),
    ),
    loader ? 'with a store loader' : '',
  ];
  return parts.filter(part => part !== '').join(' ');
}

function list(does: string, names: readonly string[]): string {
  return names.length === 0 ? '' : `${does} ${names.join(', ')}`;
}

function idOf(store: StoreName): string {
  return storeId(store) ?? '?';
}
