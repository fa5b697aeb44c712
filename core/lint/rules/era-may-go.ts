import { quote } from '../../go/syntax/syntax.ts';
import { erasSinceRelease } from '../released-eras.ts';
import type { Rule } from '../rule.ts';

/** An upgrade is pending with which the oldest era could go (docs/eras.md). */
export const eraMayGo: Rule = {
  name: 'era-may-go',
  severity: 'info',
  summary: 'an upgrade is pending with which the oldest era may be retired',
  repair: 'retire it (chain-upgrade era NAME --retire) if the next era has begun on every network',
  *check({ apps }) {
    for (const subject of apps) {
      const eras = erasSinceRelease(subject);
      const upgrade = subject.pending.find(({ name, registered }) => registered && name !== null);
      if (!eras?.now.isWhole || !eras.then.isWhole || !upgrade) continue;
      const [oldest, next] = eras.now.supported;
      const known = new Set(eras.then.supported.map(({ name }) => name));
      // Where one was retired already, the next one is for a later upgrade.
      if (!oldest || !next || oldest.name !== eras.then.supported[0]?.name) continue;
      if (!known.has(next.name)) continue;
      yield {
        location: oldest.location,
        message:
          `the era ${quote(oldest.name!)} may go with the upgrade ${quote(upgrade.name!)}, if ` +
          `${quote(next.name!)} has begun on every network`,
      };
    }
  },
};
