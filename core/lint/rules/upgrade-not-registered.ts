import { compareNames, isPrerelease } from '../../chain/app/plan-names.ts';
import type { Upgrade } from '../../chain/chain.ts';
import { insertElement } from '../../edit/list-element.ts';
import { dirname } from '../../files.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import { freeImport } from '../../go/edit/imports-in-use.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { namedChildren } from '../../go/syntax/syntax.ts';
import type { Wiring } from '../../wiring/style.ts';
import type { Rule, SuggestedFix } from '../rule.ts';

const template = /(^|[/_-])(vnext|latest|template|example|noop)([/_-]|$)/i;

/**
 * A new upgrade package that nothing registers: the new binary stops at the upgrade height as the
 * old one did (incidents.md R4).
 */
export const upgradeNotRegistered: Rule = {
  name: 'upgrade-not-registered',
  severity: 'error',
  summary: 'the newest upgrade package is not registered',
  *check({ apps }) {
    for (const { repo, app, base, wiring } of apps) {
      // What is registered under a computed name, or in a way that is not understood, may be any of
      // them.
      if (wiring.unknown.length > 0 || app.upgrades.some(u => u.registered && u.name === null))
        continue;
      const registered = app.upgrades.filter(u => u.registered);
      for (const upgrade of app.upgrades) {
        if (
          upgrade.registered ||
          upgrade.loader ||
          upgrade.name === null ||
          template.test(upgrade.package) ||
          upgrade.package === app.dir
        )
          continue;
        const isNew = base
          ? !base.app.upgrades.some(
              old => old.name === upgrade.name || old.package === upgrade.package,
            )
          : undefined;
        if (
          isNew === false ||
          !isNewest(upgrade, registered) ||
          (base &&
            !isNewest(
              upgrade,
              base.app.upgrades.filter(u => u.registered),
            ))
        )
          continue;
        yield {
          location: upgrade.location,
          severity: isNew && !isPrerelease(upgrade.name) ? 'error' : 'info',
          message: `the upgrade "${upgrade.name}" in ${upgrade.package} is not registered; at its height the new binary stops as the old one did: UPGRADE "${upgrade.name}" NEEDED`,
          fixes: registerFix(repo, wiring, upgrade),
        };
      }
    }
  },
};

/** Newer than each of them; names that cannot be compared prove nothing. */
function isNewest(upgrade: Upgrade, others: readonly Upgrade[]): boolean {
  return others.every(o => o.name !== null && (compareNames(upgrade.name!, o.name) ?? -1) > 0);
}

/** Puts the package's `Upgrade` into the chain's list, where it has one of that kind. */
function registerFix(repo: Repo, wiring: Wiring, upgrade: Upgrade): SuggestedFix[] {
  const list = wiring.lists.find(l => l.code === 'R1')?.list.literal;
  const path = repo.importPath(upgrade.package);
  const value = repo.value(upgrade.package, 'Upgrade');
  if (!list || path === undefined || !value) return [];
  return [
    {
      title: `Register "${upgrade.name}"`,
      edit(changes) {
        const wanted = freeImport(repo, list.facts, { path, alias: undefined });
        changes.import(list.facts.path, wanted);
        insertElement(
          changes,
          list,
          namedChildren(list.node).at(-1),
          `${qualifierOf(repo, dirname(list.facts.path), wanted)}.Upgrade`,
          false,
        );
      },
    },
  ];
}
