import { appPackage, callsIn } from '../../chain/app/app-code.ts';
import { storeName } from '../../chain/app/upgrades.ts';
import { sameStore, storeId, storesAreRead } from '../../chain/compare.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt, stringValue, textOf } from '../../go/eval/value.ts';
import { locationOf } from '../../go/source/location.ts';
import { callArguments, childByField, descend } from '../../go/syntax/syntax.ts';
import { nilPointer } from '../node-words.ts';
import type { AppContext, Finding, Rule } from '../rule.ts';
import { mountsNotCompared } from '../unread.ts';

/** A keeper that is built on the key of a store which the app no longer mounts. */
export const keeperStoreNotMounted: Rule = {
  name: 'keeper-store-not-mounted',
  severity: 'warning',
  summary: 'a keeper is built on the key of a store that is no longer mounted',
  repair: 'mount the store, or take its keeper out with it',
  nodeSays: [{ words: nilPointer, rank: 2 }],
  notJudged: mountsNotCompared,
  *check({ apps }) {
    for (const subject of apps) yield* inApp(subject);
  },
};

function* inApp({ repo, app, base }: AppContext): Iterable<Finding> {
  if (!base || !storesAreRead(app)) return;
  const gone = base.app.stores.filter(
    old => old.kind === 'kv' && !app.stores.some(one => sameStore(one, old)),
  );
  if (gone.length === 0) return;
  for (const { call } of callsIn(repo, appPackage(repo, app.dir), ['NewKeeper'])) {
    for (const key of keysGiven(call)) {
      const store = storeName(stringValue(repo, key));
      const name = storeId(store);
      if (name === undefined || !gone.some(old => sameStore(old, store))) continue;
      yield {
        location: locationOf(key.facts, key.node),
        message:
          `a keeper is built on the key of the store "${name}", ` +
          `which ${base.ref} mounts and the app no longer does`,
        consequence: 'the key is nil, and the first access through it panics',
      };
    }
  }
}

/** The arguments, or parts of them, of the form `keys[banktypes.StoreKey]`: what is in brackets. */
function keysGiven(call: Expr): Expr[] {
  return callArguments(call.node)
    .flatMap(argument => [...descend(argument)])
    .filter(({ type }) => type === 'index_expression')
    .flatMap(node => {
      const operand = childByField(node, 'operand');
      const index = childByField(node, 'index');
      const isKeys = operand && /(?:^|\.)keys$/.test(textOf(exprAt(call, operand)));
      return isKeys && index ? [exprAt(call, index)] : [];
    });
}
