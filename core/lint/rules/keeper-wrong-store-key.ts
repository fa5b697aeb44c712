import { appPackage, callsIn } from '../../chain/app/app-code.ts';
import { exprAt, textOf } from '../../go/eval/value.ts';
import { locationOf } from '../../go/source/location.ts';
import { callArguments, childByField, descend } from '../../go/syntax/syntax.ts';
import type { Rule } from '../rule.ts';

/** A keeper that is built on another module's store (incidents.md 95, R18). */
export const keeperWrongStoreKey: Rule = {
  name: 'keeper-wrong-store-key',
  severity: 'warning',
  summary: "a keeper is built with another module's store key",
  *check({ apps }) {
    for (const { repo, app } of apps) {
      for (const { call } of callsIn(repo, appPackage(repo, app.dir), ['NewKeeper'])) {
        const callee = childByField(call.node, 'function');
        const operand = callee && childByField(callee, 'operand');
        const keeper = operand && repo.importFor(call.facts, textOf(exprAt(call, operand)));
        if (!keeper) continue;
        const keys = callArguments(call.node)
          .filter(a => textOf(exprAt(call, a)).includes('keys['))
          .flatMap(a => [...descend(a)])
          .flatMap(node => {
            if (node.type !== 'index_expression') return [];
            const written = textOf(exprAt(call, node));
            const key = /(^|\.)keys\[(\w+)\.\w+\]$/.exec(written);
            const path = key ? repo.importFor(call.facts, key[2]!) : undefined;
            return path === undefined ? [] : [{ node, path, written }];
          });
        // Two keys: one may well be another module's.
        const [only, ...others] = keys;
        if (!only || others.length > 0 || related(moduleOf(keeper), moduleOf(only.path))) continue;
        yield {
          location: locationOf(call.facts, only.node),
          message: `the keeper of ${keeper} is built on ${only.written}, the store of another module; it reads and writes that module's state`,
        };
      }
    }
  },
};

/**
 * The path of a module without the package below it and without versions: `x/consensus` of
 * `…/x/consensus/keeper`.
 */
function moduleOf(path: string): string {
  return path
    .replace(/\/v\d+(?=\/|$)/g, '')
    .replace(/\/(keeper|types|exported|client|host|\d\d-host)$/, '');
}

/** One module, one below the other, or modules of one name from two repositories. */
function related(a: string, b: string): boolean {
  const last = (path: string) =>
    path
      .split('/')
      .at(-1)!
      .toLowerCase()
      .replace(/[^a-z]/g, '');
  return (
    a === b ||
    a.startsWith(b + '/') ||
    b.startsWith(a + '/') ||
    last(a).includes(last(b)) ||
    last(b).includes(last(a)) ||
    !/\/x\/\w+$/.test(a) ||
    !/\/x\/\w+$/.test(b)
  );
}
