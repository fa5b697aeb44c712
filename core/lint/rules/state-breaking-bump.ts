import type { Dependency } from '../../chain/sdk/dependency.ts';
import { compareVersions, dependencyOf } from '../../chain/sdk/dependency.ts';
import type { StateBreakingRelease } from '../../sdk/releases.ts';
import { stateBreakingReleases, watchedModules } from '../../sdk/releases.ts';
import type { AppBase, AppContext, Finding, Rule } from '../rule.ts';
import { registrationsAreRead, registrationsNotRead } from '../unread.ts';

/**
 * A module is raised past a release that makes other blocks, and no upgrade is pending: nodes that
 * take the new version at different heights disagree
 * (docs/background/incidents.md#patches-that-break-the-state).
 */
export const stateBreakingBump: Rule = {
  name: 'state-breaking-bump',
  severity: 'warning',
  summary: 'a dependency was raised past a state-breaking release and no upgrade is pending',
  // What is registered in a way that is not understood, or under a name that is not known, may be
  // the new upgrade.
  notJudged: subject => ([...bumpsOf(subject)].length > 0 ? registrationsNotRead(subject) : []),
  *check({ apps }) {
    for (const subject of apps) {
      const isPending = subject.pending.some(({ registered }) => registered);
      if (!isPending && registrationsAreRead(subject)) yield* bumpsOf(subject);
    }
  },
};

/** The modules that were raised as if nothing else had to change. */
function* bumpsOf({ repo, app, base }: AppContext): Iterable<Finding> {
  if (!base?.repo) return;
  for (const { name, path } of watchedModules) {
    const now = dependencyOf(repo, app.dir, path);
    const before = dependencyOf(base.repo, base.app.dir, path);
    if (!now?.numbers || !before?.numbers) continue;
    const breaking = stateBreakingReleases.find(
      release => release.path === path && isCrossed(release, before, now),
    );
    if (breaking) yield patchFinding(name, breaking, { now, before, base });
    else if (isMinorBump(before, now)) yield minorFinding(name, { now, before, base });
  }
}

/** Whether a release lies between two versions of the same series. */
function isCrossed(
  { version }: StateBreakingRelease,
  before: Dependency,
  now: Dependency,
): boolean {
  const isSeries = [before, now].every(
    ({ numbers }) => numbers![0] === version[0] && numbers![1] === version[1],
  );
  return (
    isSeries &&
    compareVersions(before.numbers!, version) < 0 &&
    compareVersions(now.numbers!, version) >= 0
  );
}

/** Versions of two forks cannot be compared. */
function isMinorBump(before: Dependency, now: Dependency): boolean {
  const [a, b] = [before, now].map(({ path }) => path.replace(/\/v\d+$/, ''));
  return (
    a === b &&
    compareVersions(
      [before.numbers![0], before.numbers![1], 0],
      [now.numbers![0], now.numbers![1], 0],
    ) < 0
  );
}

interface Bump {
  readonly now: Dependency;
  readonly before: Dependency;
  readonly base: AppBase;
}

function patchFinding(
  name: string,
  { version, changes }: StateBreakingRelease,
  { now, before, base }: Bump,
): Finding {
  return {
    location: now.location,
    message:
      `${name} is ${now.version} and was ${before.version} in ${base.ref}: v${version.join('.')} ` +
      `changes ${changes}, and no new upgrade is registered`,
    consequence:
      'nodes that take the new version at different heights make different blocks: ' +
      'wrong Block.Header.AppHash',
    wantsUpgrade: true,
  };
}

function minorFinding(name: string, { now, before, base }: Bump): Finding {
  return {
    location: now.location,
    severity: 'info',
    message:
      `${name} is ${now.version} and was ${before.version} in ${base.ref}, ` +
      'and there is no new upgrade yet',
    consequence: 'a new minor version changes the state: nodes have to take it at one height',
    wantsUpgrade: true,
  };
}
