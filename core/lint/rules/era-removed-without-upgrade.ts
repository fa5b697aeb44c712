import type { Eras } from '../../chain/eras/eras.ts';
import { readErasOf } from '../../chain/eras/eras.ts';
import { neverBegins } from '../../chain/eras/schedule.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { Location } from '../../go/source/location.ts';
import { locationOf } from '../../go/source/location.ts';
import { quote } from '../../go/syntax/syntax.ts';
import type { ErasSince } from '../released-eras.ts';
import { erasSinceRelease } from '../released-eras.ts';
import type { Finding, Rule } from '../rule.ts';

/** An era of the last release is gone, and no upgrade changes binaries (docs/eras.md). */
export const eraRemovedWithoutUpgrade: Rule = {
  name: 'era-removed-without-upgrade',
  severity: 'error',
  summary: 'an era of the last release is no longer supported, and no upgrade is pending',
  repair: 'keep the era until the first upgrade after its end, and retire it with that upgrade',
  nodeSays: [
    {
      words: { pattern: /unsupported era "([^"]*)" at height \d+/ },
      repair: 'install a release that supports the era $1',
    },
  ],
  *check({ apps }) {
    for (const subject of apps) {
      const now = readErasOf(subject.repo, subject.app);
      if (!now?.isWhole || !subject.base?.repo) continue;
      const eras = erasSinceRelease(subject);
      if (eras?.then.isWhole === false) continue;
      const hasUpgrade = subject.pending.some(({ registered }) => registered);
      if (hasUpgrade) yield* tooEarly(now, eras?.then, subject.base.ref);
      else if (eras) yield* gone(eras, subject.repo, subject.base.repo);
    }
  },
};

/** Eras of the release that are gone, where no upgrade changes binaries. */
function* gone({ now, then, ref }: ErasSince, repo: Repo, released: Repo): Iterable<Finding> {
  const names = new Set(now.supported.map(({ name }) => name));
  for (const [at, { name }] of then.supported.entries()) {
    if (name === null || names.has(name)) continue;
    // The oldest is in force from the first block on, whatever the heights say.
    const isOldest = at === 0 || name === then.first;
    if (!isOldest && neverBegins(released, then, name) && neverBegins(repo, now, name)) continue;
    yield {
      location: listOf(now),
      message: `the era ${quote(name)} is gone, which ${ref} supports, and no upgrade is pending`,
      consequence:
        `a node with this release stops in blocks of that era: unsupported era ${quote(name)}, ` +
        'also when it syncs from the first block, where no upgrade tells it to change binaries',
    };
  }
}

/** An oldest era that no network can be in when the pending upgrade runs. */
function* tooEarly(now: Eras, then: Eras | undefined, ref: string): Iterable<Finding> {
  const oldest = now.supported[0]?.name;
  const known = then ? then.supported.map(({ name }) => name) : [now.first];
  if (oldest === undefined || known.includes(oldest) || known.includes(null)) return;
  yield {
    location: listOf(now),
    message: `the oldest era is ${quote(oldest!)}, which ${ref} does not support`,
    consequence:
      'no network is in it at the height of the pending upgrade, so every node stops there: ' +
      `unsupported era ${quote(known.at(-1)!)}`,
  };
}

function listOf({ definition: { facts, spec } }: Eras): Location {
  return locationOf(facts, { start: spec.nameStart, end: spec.nameEnd });
}
