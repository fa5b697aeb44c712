import type { Upgrade } from '../../chain/chain.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { storeVersionMismatch, upgradeNeeded } from '../node-words.ts';
import type { Rule, SuggestedFix } from '../rule.ts';
import { removeEntryFix } from '../store-fixes.ts';
import { labelOf } from '../wording.ts';

/**
 * One plan name registered twice: SetUpgradeHandler is a map write, the last one wins silently
 * (docs/background/incidents.md#duplicate-upgrade).
 */
export const duplicateUpgrade: Rule = {
  name: 'duplicate-upgrade',
  severity: 'error',
  summary: 'a plan name is registered twice',
  repair: 'give the newer one of the two the name of its own plan',
  nodeSays: [
    { words: storeVersionMismatch, rank: 9 },
    { words: upgradeNeeded, rank: 3 },
    {
      words: { pattern: /upgrade handler.*(?:already|duplicate)/i, vague: true },
      repair: 'register each plan once',
    },
  ],
  *check({ apps }) {
    for (const { repo, app } of apps) {
      const registered = app.upgrades.filter(
        ({ registered: isRegistered, name, style }) =>
          isRegistered && name !== null && style !== undefined,
      );
      for (const [index, upgrade] of registered.entries()) {
        const first = registered.findIndex(({ name }) => name === upgrade.name);
        const earlier = registered[first]!;
        if (first === index || areAlternatives(earlier, upgrade)) continue;
        yield {
          location: upgrade.location,
          message: `"${labelOf(upgrade)}" is registered twice`,
          consequence: 'the handler that is set last silently replaces the other',
          related: [{ location: earlier.location, message: 'registered here too' }],
          fixes: removeFix(repo, earlier, upgrade),
        };
      }
    }
  },
};

/** Build tags choose one of the two. */
function areAlternatives(a: Upgrade, b: Upgrade): boolean {
  return a.buildTags.join() !== b.buildTags.join();
}

/**
 * Takes the second one out where both are the same upgrade. Else one has the other's name by
 * mistake, and taken out it would not run at all.
 */
function removeFix(repo: Repo, earlier: Upgrade, later: Upgrade): SuggestedFix[] {
  return later.package === earlier.package
    ? removeEntryFix(repo, later.location, 'Take the second one out')
    : [];
}
