import { appFolders, callsIn } from '../../chain/app/app-code.ts';
import { storeName } from '../../chain/app/upgrades.ts';
import { sameStore, storeId, storesAreRead } from '../../chain/compare.ts';
import type { GoNode } from '../../go/eval/go-node.ts';
import { goNode } from '../../go/eval/go-node.ts';
import { behindLocals } from '../../go/eval/locals.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt, returnedBy, stringValue } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { locationOf } from '../../go/source/location.ts';
import { descend } from '../../go/syntax/syntax.ts';
import { nilPointer } from '../node-words.ts';
import type { AppContext, Finding, Rule } from '../rule.ts';
import { isStoreKeyMap } from '../store-key-map.ts';
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
  for (const { call } of callsIn(repo, appFolders(repo, app.dir), constructors)) {
    for (const key of keysGiven(repo, call)) {
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

const constructors = ['NewKeeper', 'NewBaseKeeper', 'NewAccountKeeper', 'NewKeeperWithStore'];

/**
 * The names of the keys that a constructor is given, itself or in a store service: entries of a map
 * of keys, what a method such as `app.GetKey(name)` finds in one, and variables that hold either.
 */
function keysGiven(repo: Repo, call: Expr): Expr[] {
  return goNode(call).arguments.flatMap(argument => {
    const given = behindLocals(argument);
    return [...descend(given.node)].flatMap(node => {
      const part = goNode(exprAt(given, node));
      // A service may be given a variable.
      const inner = part.type === 'identifier' ? behindLocals(part) : part;
      return keyName(repo, inner) ?? [];
    });
  });
}

/** What stands in the brackets of `keys[name]`, or is given to a method that looks it up. */
function keyName(repo: Repo, key: GoNode): Expr | undefined {
  if (key.type === 'index_expression') {
    const map = key.operand;
    return map && isStoreKeyMap(repo, map) ? key.field('index') : undefined;
  }
  const [name, ...others] = key.arguments;
  if (!name || others.length > 0 || !/^Get\w*Key$/.test(key.callee?.name ?? '')) return undefined;
  const found = returnedBy(repo, key);
  const map = found && found.node.type === 'index_expression' ? goNode(found).operand : undefined;
  return map && isStoreKeyMap(repo, map) ? name : undefined;
}
