import { locationOf } from '../../go/source/location.ts';
import { quote } from '../../go/syntax/syntax.ts';
import { erasSinceRelease } from '../released-eras.ts';
import type { Rule } from '../rule.ts';

/** The release that brings an era also brings an upgrade (docs/eras.md). */
export const eraBehindPendingUpgrade: Rule = {
  name: 'era-behind-pending-upgrade',
  severity: 'warning',
  summary: 'the release that brings an era also has the handler of a pending upgrade',
  repair: 'release the era without the handler, or give it its height after the upgrade',
  *check({ apps }) {
    for (const subject of apps) {
      const eras = erasSinceRelease(subject);
      const upgrade = subject.pending.find(({ name, registered }) => registered && name !== null);
      if (!eras?.then.isWhole || !upgrade) continue;
      const known = new Set(eras.then.supported.map(({ name }) => name));
      for (const { name, expr } of eras.now.supported) {
        if (name === null || known.has(name)) continue;
        yield {
          location: locationOf(expr.facts, expr.node),
          message: `the era ${quote(name)} comes with the handler of the upgrade ${quote(upgrade.name!)}`,
          consequence:
            'before the height of the upgrade this binary stops with BINARY UPDATED BEFORE TRIGGER, so ' +
            'no validator can be ready for the era until then',
        };
      }
    }
  },
};
