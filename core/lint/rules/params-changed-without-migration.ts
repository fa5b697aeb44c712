import type { Module } from '../../chain/chain.ts';
import { sameModule } from '../../chain/compare.ts';
import { parameterTypes } from '../../chain/modules/parameter-types.ts';
import { isStoredOtherwise, storedForms } from '../../chain/modules/stored-parameter.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { Location } from '../../go/source/location.ts';
import { locationOf } from '../../go/source/location.ts';
import { isForTests } from '../../wiring/call-sites.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';
import {
  handledCodeIsRead,
  handledCodeNotRead,
  isWithoutState,
  isWritten,
  unmigratedModules,
} from '../unmigrated.ts';

/**
 * A parameter that x/params does not hold yet, or that has a type of another kind, in a module whose
 * version did not rise (docs/background/incidents.md#params-changed-without-migration).
 */
export const paramsChangedWithoutMigration: Rule = {
  name: 'params-changed-without-migration',
  severity: 'warning',
  summary: 'a parameter is new or of another type, and nothing sets it on a running chain',
  notJudged: handledCodeNotRead,
  *check(subject) {
    yield* newParameters(subject);
    yield* otherTypes(subject);
  },
};

function* newParameters({ repo, base, chain, apps }: RuleContext): Iterable<Finding> {
  if (!base?.repo || !apps.every(handledCodeIsRead)) return;
  const before = pairsOf(base.repo);
  for (const [dir, { count, location }] of pairsOf(repo)) {
    const old = before.get(dir);
    if (!old || count <= old.count) continue;
    const module = moduleAround(chain.modules, dir);
    if (!module || mayHaveMigrated(module, sameModule(base.chain.modules, module))) continue;
    if (isWritten(apps, module) || isWithoutState(repo, apps, module)) continue;
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
}

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

/** Parameters that are stored as another kind of value than the last release stored them. */
function* otherTypes(subject: RuleContext): Iterable<Finding> {
  for (const { now, before, old } of unmigratedModules(subject)) {
    const was = parameterTypes(old, before);
    const isGenerated = ![...was.values()].some(({ isInStruct }) => isInStruct);
    const forms = storedForms(old, before, isGenerated);
    for (const { field, type, location } of parameterTypes(subject.repo, now).values()) {
      const earlier = was.get(field)?.type;
      if (earlier === undefined || !isStoredOtherwise(type, earlier, forms)) continue;
      yield {
        location,
        message:
          `the parameter ${field} of x/${now.name} is a ${type} and was a ${earlier} ` +
          `in ${subject.base!.ref}, and neither a new ConsensusVersion nor a handler converts it`,
        consequence: 'what the network has stored is read as another value, or not at all',
      };
    }
  }
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
