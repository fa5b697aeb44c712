import { isForTests } from '../../chain/app/app-code.ts';
import { bodiesOf, handlersOf } from '../../chain/app/handler-code.ts';
import { sameModule } from '../../chain/compare.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { Location } from '../../go/source/location.ts';
import { locationOf } from '../../go/source/location.ts';
import type { Rule } from '../rule.ts';

/**
 * A parameter that x/params does not hold yet, in a module whose version did not rise: reading it
 * panics (incidents.md R17).
 */
export const paramsChangedWithoutMigration: Rule = {
  name: 'params-changed-without-migration',
  severity: 'warning',
  summary: 'a parameter is new, and nothing sets it on a running chain',
  *check({ repo, base, chain, apps }) {
    if (!base?.repo) return;
    const before = pairs(base.repo);
    for (const [dir, { count, location }] of pairs(repo)) {
      const old = before.get(dir);
      if (!old || count <= old.count) continue;
      const module = chain.modules
        .filter(m => m.dir !== '' && (dir === m.dir || dir.startsWith(m.dir + '/')))
        .sort((a, b) => b.dir.length - a.dir.length)[0];
      const was = module && sameModule(base.chain.modules, module)?.consensusVersion;
      if (
        !module ||
        was == null ||
        module.consensusVersion === null ||
        module.consensusVersion > was
      )
        continue;
      const folder = module.dir.split('/').at(-1)!.toLowerCase();
      const written = apps.some(({ repo: r, app, wiring, pending }) =>
        handlersOf(r, app, wiring)
          .filter(h => pending.includes(h.upgrade))
          .some(h =>
            bodiesOf(r, h).some(({ facts, body }) =>
              new RegExp(folder, 'i').test(facts.text.slice(body.start, body.end)),
            ),
          ),
      );
      if (!written)
        yield {
          location,
          message: `x/${module.name} has ${count - old.count} parameter${count - old.count === 1 ? '' : 's'} more than in ${base.ref}, and neither a new ConsensusVersion nor a handler sets them; reading them panics on a running chain: UnmarshalJSON cannot decode empty bytes`,
        };
    }
  },
};

/** How many pairs each package's ParamSetPairs lists. */
function pairs(repo: Repo): ReadonlyMap<string, Pairs> {
  return repo.memoForPackages('parameter pairs', ({ dir }) =>
    isForTests(dir) ? undefined : pairsIn(repo, dir),
  );
}

interface Pairs {
  readonly count: number;
  readonly location: Location;
}

function pairsIn(repo: Repo, dir: string): Pairs | undefined {
  let found: Pairs | undefined;
  for (const facts of repo.filesOf(dir, /\bParamSetPairs\(\)/)) {
    for (const func of facts.funcs) {
      if (func.name !== 'ParamSetPairs' || !func.receiver) continue;
      const count = facts.text.slice(func.start, func.end).match(/NewParamSetPair\(/g)?.length ?? 0;
      if (count > 0)
        found = {
          count,
          location: locationOf(facts, { start: func.nameStart, end: func.nameEnd }),
        };
    }
  }
  return found;
}
