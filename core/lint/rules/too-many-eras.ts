import { readErasOf } from '../../chain/eras/eras.ts';
import { locationOf } from '../../go/source/location.ts';
import type { Rule } from '../rule.ts';

/** A release needs the era in force and the next one. */
const enough = 2;

/** More eras are supported than the one in force and the next one (docs/eras.md). */
export const tooManyEras: Rule = {
  name: 'too-many-eras',
  severity: 'info',
  summary: 'more than two eras are supported',
  repair: 'retire the oldest era with the next upgrade: chain-upgrade era NAME --retire',
  *check({ apps }) {
    for (const { repo, app } of apps) {
      const eras = readErasOf(repo, app);
      if (!eras || eras.supported.length <= enough) continue;
      const { facts, spec } = eras.definition;
      const names = eras.supported.map(({ name }) => name ?? '…').join(', ');
      yield {
        location: locationOf(facts, { start: spec.nameStart, end: spec.nameEnd }),
        message: `${eras.supported.length} eras are supported: ${names}`,
        consequence: 'every switch keeps a behaviour that no block needs any more',
      };
    }
  },
};
