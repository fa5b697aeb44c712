import { bodiesOf, handlersOf } from '../../chain/app/handler-code.ts';
import type { Module } from '../../chain/chain.ts';
import { sameModule } from '../../chain/compare.ts';
import { basename } from '../../files.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { Location } from '../../go/source/location.ts';
import { locationOf } from '../../go/source/location.ts';
import { isForTests } from '../../wiring/call-sites.ts';
import type { AppContext, Rule } from '../rule.ts';
import { handlersAreRead, handlersNotRead } from '../unread.ts';

/**
 * A parameter that x/params does not hold yet, in a module whose version did not rise: reading it
 * panics (docs/background/incidents.md#params-changed-without-migration).
 */
export const paramsChangedWithoutMigration: Rule = {
  name: 'params-changed-without-migration',
  severity: 'warning',
  summary: 'a parameter is new, and nothing sets it on a running chain',
  notJudged: subject => (subject.base?.repo ? handlersNotRead(subject) : []),
  *check({ repo, base, chain, apps }) {
    if (!base?.repo || !apps.every(handlersAreRead)) return;
    const before = pairsOf(base.repo);
    for (const [dir, { count, location }] of pairsOf(repo)) {
      const old = before.get(dir);
      if (!old || count <= old.count) continue;
      const module = moduleAround(chain.modules, dir);
      if (!module || mayHaveMigrated(module, sameModule(base.chain.modules, module))) continue;
      if (isWritten(apps, module)) continue;
      const more = count - old.count;
      const parameters = more === 1 ? 'parameter' : 'parameters';
      yield {
        location,
        message:
          `x/${module.name} has ${more} ${parameters} more than in ${base.ref}, ` +
          'and neither a new ConsensusVersion nor a handler sets them',
        consequence:
          'reading them panics on a running chain: UnmarshalJSON cannot decode empty bytes',
      };
    }
  },
};

/** The innermost module that a folder belongs to. */
function moduleAround(modules: readonly Module[], dir: string): Module | undefined {
  return modules
    .filter(module => module.dir !== '' && `${dir}/`.startsWith(`${module.dir}/`))
    .sort((a, b) => b.dir.length - a.dir.length)[0];
}

/** Whether the module's version rose, or is not known. */
function mayHaveMigrated(now: Module, before: Module | undefined): boolean {
  const was = before?.consensusVersion;
  return was == null || now.consensusVersion === null || now.consensusVersion > was;
}

/** Whether a pending handler, or a function that it calls, mentions the module. */
function isWritten(apps: readonly AppContext[], { dir }: Module): boolean {
  const mention = new RegExp(basename(dir).toLowerCase(), 'i');
  return apps.some(({ repo, app, wiring, pending }) =>
    handlersOf(repo, app, wiring)
      .filter(({ upgrade }) => pending.includes(upgrade))
      .flatMap(handler => bodiesOf(repo, handler))
      .some(({ facts, body }) => mention.test(facts.text.slice(body.start, body.end))),
  );
}

/** The parameters of a package: how many, and where they are listed. */
interface Pairs {
  readonly count: number;
  readonly location: Location;
}

/** How many pairs each package's ParamSetPairs lists. */
function pairsOf(repo: Repo): ReadonlyMap<string, Pairs> {
  return repo.memoForPackages('parameter pairs', ({ dir }) =>
    isForTests(dir) ? undefined : pairsIn(repo, dir),
  );
}

function pairsIn(repo: Repo, dir: string): Pairs | undefined {
  const found = repo.filesOf(dir, /\bParamSetPairs\(\)/).flatMap(facts =>
    facts.funcs
      .filter(({ name, receiver }) => name === 'ParamSetPairs' && receiver)
      .map(({ start, end, nameStart, nameEnd }) => ({
        // Of a method that no upgrade needs only the text is kept.
        count: facts.text.slice(start, end).split('NewParamSetPair(').length - 1,
        location: locationOf(facts, { start: nameStart, end: nameEnd }),
      })),
  );
  return found.filter(({ count }) => count > 0).at(-1);
}
