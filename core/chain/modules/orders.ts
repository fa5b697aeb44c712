import { argumentItems, stringsOf } from '../../go/eval/lists.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { locationOf } from '../../go/source/location.ts';
import { calleeName } from '../../go/syntax/syntax.ts';
import { appFolders, callsIn } from '../app/app-code.ts';
import { storeName } from '../app/upgrades.ts';
import type { Order, Unknown } from '../chain.ts';
import { readAppConfigs } from '../depinject/app-configs.ts';

export { readInitChainer, readPreBlocker } from '../app/hooks.ts';

const kinds = [
  'PreBlockers',
  'BeginBlockers',
  'EndBlockers',
  'InitGenesis',
  'ExportGenesis',
  'Migrations',
  'PrepareCheckStaters',
  'Precommiters',
];

/**
 * The orders in which an app runs its modules' hooks: `SetOrder…` calls, and the runtime module's
 * lists of a depinject app.
 */
export function readOrders(
  repo: Repo,
  appDir: string,
  unknown: (unknown: Unknown) => void,
): Order[] {
  const folders = appFolders(repo, appDir);
  const orders = callsIn(
    repo,
    folders,
    kinds.map(kind => `SetOrder${kind}`),
  ).map(({ call }): Order => {
    const kind = calleeName(call.node, call.facts.text).slice('SetOrder'.length);
    const names = stringsOf(repo, argumentItems(repo, call)).map(({ expr, value }) => {
      if (value.kind === 'unknown')
        unknown({
          location: locationOf(expr.facts, expr.node),
          why: `a part of SetOrder${kind} is not known: ${value.why}`,
        });
      return storeName(value);
    });
    return { kind, names, location: locationOf(call.facts, call.node) };
  });
  for (const config of readAppConfigs(repo, folders)) {
    for (const { kind, names, location } of config.orders) {
      for (const { value, location: at } of names) {
        if (value.kind === 'unknown')
          unknown({
            location: at,
            why: `a part of the configured order of ${kind} is not known: ${value.why}`,
          });
      }
      orders.push({ kind, names: names.map(({ value }) => storeName(value)), location });
    }
  }
  return orders;
}
