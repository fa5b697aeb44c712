import { argumentItems, stringsOf } from '../../go/eval/lists.ts';
import type { Expr, Value } from '../../go/eval/value.ts';
import { memoize } from '../../go/repo/memoize.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { locationOf } from '../../go/source/location.ts';
import { calleeName } from '../../go/syntax/syntax.ts';
import { appFolders, callsIn } from '../app/app-code.ts';
import { storeName } from '../app/upgrades.ts';
import type { Order, Unknown } from '../chain.ts';
import { readAppConfigs } from '../depinject/app-configs.ts';

export { readInitChainer, readPreBlocker } from '../app/hooks.ts';

/** The orders of a module manager: `SetOrder…` without its prefix. */
export const orderKinds = [
  'PreBlockers',
  'BeginBlockers',
  'EndBlockers',
  'InitGenesis',
  'ExportGenesis',
  'Migrations',
  'PrepareCheckStaters',
  'Precommiters',
];

/** A `SetOrder…` call, with the names that it gives: several calls may share one list. */
export interface OrderCall {
  /** `BeginBlockers` of `SetOrderBeginBlockers`. */
  readonly kind: string;
  readonly call: Expr;
  readonly names: readonly { readonly expr: Expr; readonly value: Value }[];
}

/** The `SetOrder…` calls of an app. */
export function orderCalls(repo: Repo, appDir: string): readonly OrderCall[] {
  return memoize(repo, `orders of ${appDir}`, () =>
    callsIn(
      repo,
      appFolders(repo, appDir),
      orderKinds.map(kind => `SetOrder${kind}`),
    ).map(({ call }) => ({
      kind: calleeName(call.node, call.facts.text).slice('SetOrder'.length),
      call,
      names: stringsOf(repo, argumentItems(repo, call)),
    })),
  );
}

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
  const orders = orderCalls(repo, appDir).map(({ kind, call, names }): Order => {
    const read = names.map(({ expr, value }) => {
      const location = locationOf(expr.facts, expr.node);
      if (value.kind === 'unknown')
        unknown({ location, why: `a part of SetOrder${kind} is not known: ${value.why}` });
      return { ...storeName(value), location };
    });
    return { kind, names: read, location: locationOf(call.facts, call.node) };
  });
  for (const config of readAppConfigs(repo, folders)) {
    for (const { kind, names, location } of config.orders) {
      const read = names.map(({ value, location: at }) => {
        if (value.kind === 'unknown')
          unknown({
            location: at,
            why: `a part of the configured order of ${kind} is not known: ${value.why}`,
          });
        return { ...storeName(value), location: at };
      });
      orders.push({ kind, names: read, location });
    }
  }
  return orders;
}
