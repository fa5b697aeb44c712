import { compareNames, isPrerelease } from '../../chain/app/plan-names.ts';
import type { App, Upgrade } from '../../chain/chain.ts';
import { insertElement } from '../../edit/list-element.ts';
import { dirname } from '../../files.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import { freeImport } from '../../go/edit/imports-in-use.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { namedChildren } from '../../go/syntax/syntax.ts';
import type { Wiring } from '../../wiring/style.ts';
import { storeVersionMismatch, upgradeNeeded } from '../node-words.ts';
import type { AppBase, AppContext, Finding, Rule, SuggestedFix } from '../rule.ts';
import { labelOf } from '../wording.ts';

const template = /(^|[/_-])(vnext|latest|template|example|noop)([/_-]|$)/i;

/**
 * A new upgrade package that nothing registers: the new binary stops at the upgrade height as the
 * old one did (docs/background/incidents.md#upgrade-not-registered).
 */
export const upgradeNotRegistered: Rule = {
  name: 'upgrade-not-registered',
  severity: 'error',
  summary: 'the newest upgrade package is not registered',
  nodeSays: [
    { words: storeVersionMismatch, rank: 1 },
    { words: upgradeNeeded, repair: 'register a handler under the name of the plan' },
  ],
  *check({ apps }) {
    for (const subject of apps) yield* inApp(subject);
  },
};

function* inApp({ repo, app, base, wiring }: AppContext): Iterable<Finding> {
  const registered = app.upgrades.filter(upgrade => upgrade.registered);
  // What is registered under a computed name, or in a way that is not understood, may be any of
  // them.
  if (wiring.unknown.length > 0 || registered.some(({ name }) => name === null)) return;
  for (const upgrade of app.upgrades) {
    const { name } = upgrade;
    if (name === null || !couldBeForgotten(app, upgrade)) continue;
    if (!isNewest(name, registered) || (base && !isNewIn(base, name, upgrade))) continue;
    const isSure = base !== undefined && !isPrerelease(name);
    const needed = `UPGRADE "${name}" NEEDED`;
    yield {
      location: upgrade.location,
      severity: isSure ? 'error' : 'info',
      message: `the upgrade "${name}" in ${upgrade.package} is not registered`,
      consequence: `at its height the new binary stops as the old one did: ${needed}`,
      fixes: registerFix(repo, wiring, upgrade),
    };
  }
}

/** Whether an upgrade has a package of its own that is not a template, and nothing uses it. */
function couldBeForgotten(app: App, upgrade: Upgrade): boolean {
  return (
    !upgrade.registered &&
    !upgrade.loader &&
    upgrade.package !== app.dir &&
    !template.test(upgrade.package)
  );
}

/** Whether the baseline does not have an upgrade, and it is newer than those it registers. */
function isNewIn({ app }: AppBase, name: string, upgrade: Upgrade): boolean {
  const isOld = app.upgrades.some(old => old.name === name || old.package === upgrade.package);
  return (
    !isOld &&
    isNewest(
      name,
      app.upgrades.filter(old => old.registered),
    )
  );
}

/** Newer than each of them; names that cannot be compared prove nothing. */
function isNewest(name: string, others: readonly Upgrade[]): boolean {
  return others.every(other => other.name !== null && (compareNames(name, other.name) ?? -1) > 0);
}

/** Puts the package's `Upgrade` into the chain's list, where it has one of that kind. */
function registerFix(repo: Repo, wiring: Wiring, upgrade: Upgrade): SuggestedFix[] {
  const list = wiring.lists.find(({ code }) => code === 'R1')?.list.literal;
  const path = repo.importPath(upgrade.package);
  const value = repo.value(upgrade.package, 'Upgrade');
  if (!list || path === undefined || !value) return [];
  return [
    {
      title: `Register "${labelOf(upgrade)}"`,
      edit(changes) {
        const { facts, node } = list;
        const spec = freeImport(repo, facts, { path, alias: undefined });
        const qualifier = qualifierOf(repo, dirname(facts.path), spec);
        changes.import(facts.path, spec);
        insertElement(changes, list, namedChildren(node).at(-1), `${qualifier}.Upgrade`, false);
      },
    },
  ];
}
