import { locationOf } from '../../go/source/location.ts';
import { quote } from '../../go/syntax/syntax.ts';
import { erasSinceRelease } from '../released-eras.ts';
import type { Rule } from '../rule.ts';

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
      const eras = erasSinceRelease(subject);
      const hasUpgrade = subject.pending.some(({ registered }) => registered);
      if (!eras?.now.isWhole || !eras.then.isWhole || hasUpgrade) continue;
      const { now, then, ref } = eras;
      const names = new Set(now.supported.map(({ name }) => name));
      const { facts, spec } = now.definition;
      for (const { name } of then.supported) {
        if (names.has(name)) continue;
        yield {
          location: locationOf(facts, { start: spec.nameStart, end: spec.nameEnd }),
          message: `the era ${quote(name!)} is gone, which ${ref} supports, and no upgrade is pending`,
          consequence:
            `a node with this release stops in blocks of that era: unsupported era ${quote(name!)}, ` +
            'also when it syncs from the first block, where no upgrade tells it to change binaries',
        };
      }
    }
  },
};
