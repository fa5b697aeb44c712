import type { Guard, GuardRelease } from '../../chain/guard.ts';
import { readGuardOf } from '../../chain/guard.ts';
import { quote } from '../../go/syntax/syntax.ts';
import type { AppContext, Finding, Rule } from '../rule.ts';

/**
 * The table of app versions is not as the version guard needs it (docs/version-guard.md): no node is
 * refused wrongly for it, but messages mislead and some mistakes pass.
 */
export const appVersionRow: Rule = {
  name: 'app-version-row',
  severity: 'warning',
  summary: 'the table of app versions lacks a row or a plan, has a gap or lost a row',
  repair: 'give each app version its row, in order, with the plans that lead to it',
  nodeSays: [
    {
      words: { pattern: /app version mismatch at height \d+/ },
      repair:
        'start the binary whose app version the state has, or give the plan the row of the app ' +
        'version that it leads to',
    },
  ],
  *check({ apps }) {
    for (const subject of apps) {
      const guard = readGuardOf(subject.repo, subject.app);
      if (!guard?.isWhole) continue;
      yield* rowsOutOfOrder(guard);
      yield* rowsLost(guard, subject);
      yield* plansWithoutRow(guard, subject);
    }
  },
};

function* rowsOutOfOrder({ current, releases, dir }: Guard): Iterable<Finding> {
  for (const [i, row] of releases.entries()) {
    const before = releases[i - 1]?.version;
    if (before == null || row.version === null || row.version === before + 1) continue;
    yield {
      location: row.location,
      message: `the row of app version ${row.version} follows that of ${before}`,
      consequence: 'the guard names the wrong releases to go through',
    };
  }
  const last = releases.at(-1);
  if (!last || current === null || last.version === null || last.version === current) return;
  yield {
    location: last.location,
    message: `the last row of ${dir} has app version ${last.version}, Current is ${current}`,
    consequence: `messages call app version ${current} an unknown release`,
  };
}

/** Rows of the last release that are gone. */
function* rowsLost(guard: Guard, { base }: AppContext): Iterable<Finding> {
  const was = base?.repo && readGuardOf(base.repo, base.app);
  const [first] = guard.releases;
  if (!base || !was?.isWhole || !first) return;
  for (const { version } of was.releases) {
    if (version === null || guard.releases.some(row => row.version === version)) continue;
    yield {
      location: first.location,
      message: `the row of app version ${version} is gone, which ${base.ref} has`,
      consequence: 'nodes that sync from the first block are told of an unknown release',
    };
  }
}

/** Pending upgrades that no row names, and names of the last row that no upgrade has. */
function* plansWithoutRow(guard: Guard, { app, base, pending }: AppContext): Iterable<Finding> {
  const last = guard.releases.at(-1);
  const areKnown = guard.releases.every(row => !row.upgrades.includes(null));
  const was = base?.repo && readGuardOf(base.repo, base.app);
  // Where the app version is to be raised yet, another rule says so.
  if (!base || !last || !areKnown || was?.current === guard.current) return;
  const named = new Set(guard.releases.flatMap(row => row.upgrades));
  for (const { name } of pending) {
    if (name === null || named.has(name)) continue;
    yield {
      location: last.location,
      message: `no row of ${guard.dir} names the upgrade ${quote(name)}`,
      consequence: 'the guard lets any binary with a handler of that name run it',
    };
  }
  yield* unknownPlans(
    last,
    app.upgrades.map(({ name }) => name),
  );
}

function* unknownPlans(
  { upgrades, location }: GuardRelease,
  registered: readonly (string | null)[],
): Iterable<Finding> {
  if (registered.includes(null)) return;
  for (const name of upgrades) {
    if (name === null || registered.includes(name)) continue;
    yield {
      location,
      message: `the last row names the upgrade ${quote(name)}, which has no handler`,
      consequence: 'the upgrade that was meant is in no row',
    };
  }
}
