import type { Rule } from '../rule.ts';
import { removeEntryFix } from '../store-fixes.ts';

/**
 * One plan name registered twice: SetUpgradeHandler is a map write, the last one wins silently
 * (incidents.md 81, 83).
 */
export const duplicateUpgrade: Rule = {
  name: 'duplicate-upgrade',
  severity: 'error',
  summary: 'a plan name is registered twice',
  *check({ apps }) {
    for (const { repo, app } of apps) {
      const registered = app.upgrades.filter(
        u => u.registered && u.name !== null && u.style !== undefined,
      );
      for (const [i, upgrade] of registered.entries()) {
        const first = registered.findIndex(u => u.name === upgrade.name);
        const earlier = registered[first]!;
        // Build tags choose one of them.
        if (first === i || earlier.buildTags.join() !== upgrade.buildTags.join()) continue;
        yield {
          location: upgrade.location,
          message: `"${upgrade.name}" is registered twice; the handler that is set last silently replaces the other`,
          related: [{ location: earlier.location, message: 'registered here too' }],
          // Of two upgrades one has the other's name by mistake; taken out it would not run at all.
          fixes:
            upgrade.package === earlier.package
              ? removeEntryFix(repo, upgrade.location, 'Take the second one out')
              : [],
        };
      }
    }
  },
};
