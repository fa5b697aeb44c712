import { generationIsBefore } from '../../sdk/generations.ts';
import type { Rule } from '../rule.ts';

/**
 * From 0.47 or older to 0.54 or newer in one upgrade: the newer SDK no longer registers the old
 * steps. Shorter hops were seen to work (live-chain.md 8.7).
 */
export const sdkHopTooLong: Rule = {
  name: 'sdk-hop-too-long',
  severity: 'error',
  summary: 'an upgrade jumps over more SDK generations than the SDK migrates',
  *check({ apps }) {
    for (const { app, base, pending } of apps) {
      const [from, to] = [base?.app.sdk.generation, app.sdk.generation];
      // A fork of the SDK itself has no release of a chain to come from.
      if (!base || !from || !to || app.sdk.version === null || !pending.some(u => u.registered))
        continue;
      if (!generationIsBefore(from, '0.50') || generationIsBefore(to, '0.54')) continue;
      yield {
        location: { file: app.sdk.gomod, start: 0, end: 0, line: 1, column: 1 },
        message: `${base.ref} is on SDK ${from}, and this is ${to}, which no longer migrates from there; at the upgrade height the node stops: no migration found for module auth … Upgrade to 0.50 or 0.53 first`,
      };
    }
  },
};
