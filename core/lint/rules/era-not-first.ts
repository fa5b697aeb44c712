import type { App, Order } from '../../chain/chain.ts';
import { readErasOf } from '../../chain/eras/eras.ts';
import { generationIsBefore } from '../../sdk/generations.ts';
import type { Finding, Rule } from '../rule.ts';

/** The module of eras does not run right behind x/upgrade in a block (docs/eras.md). */
export const eraNotFirst: Rule = {
  name: 'era-not-first',
  severity: 'error',
  summary: 'the module of eras is not run behind x/upgrade at the beginning of a block',
  repair: 'name it behind upgrade in SetOrderPreBlockers, up to SDK 0.47 in SetOrderBeginBlockers',
  *check({ apps }) {
    for (const { repo, app } of apps) {
      const eras = readErasOf(repo, app);
      const path = eras && repo.importPath(eras.dir);
      const module = app.mounted.find(one => one.package !== null && one.package === path);
      const { generation } = app.sdk;
      if (module?.name == null || generation === null) continue;
      const kind = generationIsBefore(generation, '0.50') ? 'BeginBlockers' : 'PreBlockers';
      yield* misplaced(app, kind, module.name);
    }
  },
};

function* misplaced({ orders }: App, kind: string, name: string): Iterable<Finding> {
  for (const order of orders) {
    const names = namesOf(order);
    if (order.kind !== kind || !names) continue;
    const { location } = order;
    const [at, upgrade] = [names.indexOf(name), names.indexOf('upgrade')];
    if (at < 0)
      yield {
        location,
        message: `the order of ${kind} does not name ${name}`,
        consequence:
          'votes on eras change nothing, and a binary that does not know the era in force goes on ' +
          'and comes to another app hash',
      };
    else if (upgrade >= 0 && at !== upgrade + 1)
      yield {
        location,
        severity: 'warning',
        message: `${name} is not right behind upgrade in the order of ${kind}`,
        consequence:
          at < upgrade
            ? 'the era is looked at before the migrations of an upgrade have run'
            : `${names.slice(upgrade + 1, at).join(', ')} may behave by an era that is not checked yet`,
      };
  }
}

/**
 * The modules that an order names, by their constant where what that holds is not known: it is of
 * another module. Undefined where a name is computed.
 */
function namesOf({ names }: Order): string[] | undefined {
  const known = names.flatMap(({ name, const: constant }) => name ?? constant ?? []);
  return known.length === names.length ? known : undefined;
}
