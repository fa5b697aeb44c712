import { appFolders, callsIn } from '../../chain/app/app-code.ts';
import { importedPackage } from '../../go/eval/imported.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { locationOf } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { calleeOf, childByField, findAll } from '../../go/syntax/syntax.ts';
import { storeNotMounted } from '../node-words.ts';
import type { Rule } from '../rule.ts';
import { isStoreKeyMap } from '../store-key-map.ts';

/**
 * A keeper that is built on another module's store
 * (docs/background/incidents.md#keeper-wrong-store-key).
 */
export const keeperWrongStoreKey: Rule = {
  name: 'keeper-wrong-store-key',
  severity: 'warning',
  summary: "a keeper is built with another module's store key",
  repair: 'give the keeper the key of its own store',
  nodeSays: [{ words: storeNotMounted, repair: 'mount the store that the keeper was given' }],
  silentUntilLater: 8,
  *check({ apps }) {
    for (const { repo, app } of apps) {
      for (const { call } of callsIn(repo, appFolders(repo, app.dir), ['NewKeeper'])) {
        const keeper = importOfCallee(repo, call);
        if (keeper === undefined) continue;
        const only = otherKey(repo, call, moduleOf(keeper));
        if (!only) continue;
        yield {
          location: locationOf(call.facts, only.node),
          message: `the keeper of ${keeper} is built on ${only.text}, another module's store`,
          consequence: "it reads and writes that module's state",
        };
      }
    }
  },
};

/** The import path of the package whose NewKeeper is called. */
function importOfCallee(repo: Repo, call: Expr): string | undefined {
  const operand = childByField(calleeOf(call.node, call.facts.text), 'operand');
  return operand && repo.importFor(call.facts, textOf(exprAt(call, operand)));
}

/** What may be a store key that a constructor is given: an entry of a map, under a constant. */
interface GivenKey {
  readonly node: SyntaxNode;
  readonly text: string;
  readonly map: Expr;
  /** The package of the constant. */
  readonly path: string;
}

/**
 * The store key that a constructor is given, where it is another module's. Of two keys one may well
 * be another module's.
 */
function otherKey(repo: Repo, call: Expr, module: string): GivenKey | undefined {
  const given = entriesGiven(repo, call);
  // Only where there is something to find is it asked what the maps hold.
  if (given.every(({ path }) => areRelated(module, moduleOf(path)))) return undefined;
  const [only, ...others] = given.filter(({ map }) => isStoreKeyMap(repo, map));
  const isOther = only && others.length === 0 && !areRelated(module, moduleOf(only.path));
  return isOther ? only : undefined;
}

/** The arguments, or parts of them, of the form `keys[banktypes.StoreKey]`, whatever the map is called. */
function entriesGiven(repo: Repo, call: Expr): GivenKey[] {
  return findAll(childByField(call.node, 'arguments'), 'index_expression').flatMap(node => {
    const map = childByField(node, 'operand');
    const index = childByField(node, 'index');
    const constant = map && index && importedPackage(repo, exprAt(call, index));
    return constant
      ? [
          {
            node,
            text: textOf(exprAt(call, node)),
            map: exprAt(call, map),
            path: constant.path,
          },
        ]
      : [];
  });
}

/**
 * The path of a module without the package below it and without versions: `x/consensus` of
 * `…/x/consensus/keeper`.
 */
function moduleOf(path: string): string {
  return path
    .replace(/\/v\d+(?=\/|$)/g, '')
    .replace(/\/(keeper|types|exported|client|host|\d\d-host)$/, '');
}

/**
 * One module, one below the other, or modules of one name from two repositories; and paths that are
 * no modules, of which nothing is known.
 */
function areRelated(a: string, b: string): boolean {
  const [nameOfA, nameOfB] = [lettersOf(a), lettersOf(b)];
  return (
    a === b ||
    a.startsWith(`${b}/`) ||
    b.startsWith(`${a}/`) ||
    nameOfA.includes(nameOfB) ||
    nameOfB.includes(nameOfA) ||
    !isModule(a) ||
    !isModule(b)
  );
}

function isModule(path: string): boolean {
  return /\/x\/\w+$/.test(path);
}

/** The letters of a path's last element. */
function lettersOf(path: string): string {
  return path
    .split('/')
    .at(-1)!
    .toLowerCase()
    .replace(/[^a-z]/g, '');
}
