import type { Upgrade } from '../../chain/chain.ts';
import { nodeAt } from '../../go/edit/repairs.ts';
import { textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { Location } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { enclosing } from '../../go/syntax/syntax.ts';
import type { Registration } from '../../wiring/style.ts';
import { storeVersionMismatch, upgradeNeeded } from '../node-words.ts';
import type { AppContext, Rule, SuggestedFix } from '../rule.ts';
import { setSameHandler } from '../same-handler.ts';
import { removeEntryFix } from '../store-fixes.ts';
import { registrationsNotRead } from '../unread.ts';
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
  notJudged: registrationsNotRead,
  *check({ apps }) {
    for (const subject of apps) {
      const { repo, app } = subject;
      const registered = app.upgrades.filter(
        ({ registered: isRegistered, name, style }) =>
          isRegistered && name !== null && style !== undefined,
      );
      for (const [index, upgrade] of registered.entries()) {
        const earlier = registered
          .slice(0, index)
          .find(other => other.name === upgrade.name && !areAlternatives(subject, other, upgrade));
        if (!earlier) continue;
        const isSuperfluous = isSameHandler(subject, earlier, upgrade);
        const isHarmless = isSuperfluous || isReplacement(subject, earlier, upgrade);
        const twice = `"${labelOf(upgrade)}" is registered twice`;
        yield {
          location: upgrade.location,
          // A handler that is set and then replaced ran on networks without harm.
          ...(isHarmless ? { severity: 'warning' as const } : {}),
          message: isSuperfluous ? `${twice}, with the same handler` : twice,
          consequence: isSuperfluous
            ? 'the second is superfluous: it sets the same handler again'
            : 'the handler that is set last silently replaces the other',
          related: [{ location: earlier.location, message: 'registered here too' }],
          fixes: removeFix(repo, earlier, upgrade),
        };
      }
    }
  },
};

/** Whether the second sets the very handler that the first has set. */
function isSameHandler({ repo, app, wiring }: AppContext, one: Upgrade, other: Upgrade): boolean {
  const [a, b] = [one, other].map(upgrade => {
    const registration = wiring.registrations[app.upgrades.indexOf(upgrade)];
    return registration && { upgrade, registration };
  });
  return a !== undefined && b !== undefined && setSameHandler(repo, a, b);
}

/**
 * Whether both are registered by calls that take the name from one and the same place: then it is
 * the plan that is meant, and the second handler is to replace the first.
 */
function isReplacement({ app, wiring }: AppContext, earlier: Upgrade, later: Upgrade): boolean {
  const [a, b] = [earlier, later].map(one => wiring.registrations[app.upgrades.indexOf(one)]);
  if (!a || !b || a.list || b.list || a.site.loop || b.site.loop) return false;
  const isSameConstant = earlier.const !== undefined && earlier.const === later.const;
  const isSamePlace =
    a.nameExpr.facts.path === b.nameExpr.facts.path &&
    a.nameExpr.node.start === b.nameExpr.node.start;
  return isSameConstant || isSamePlace || isSameVariable(a, b);
}

/** Whether both names are written as the same variable of one function. */
function isSameVariable(a: Registration, b: Registration): boolean {
  const [name, other] = [a.nameExpr, b.nameExpr].map(textOf);
  return a.site.fn === b.site.fn && name === other && /^[A-Za-z_]\w*$/.test(name!);
}

/**
 * Build tags choose one of the two. What has none is in every build, but for a list that another
 * takes the place of under a tag.
 */
function areAlternatives({ app, wiring }: AppContext, a: Upgrade, b: Upgrade): boolean {
  if (a.buildTags.join() === b.buildTags.join()) return false;
  if (a.buildTags.length > 0 && b.buildTags.length > 0) return true;
  const [one, other] = [a, b].map(up => wiring.registrations[app.upgrades.indexOf(up)]?.list);
  const tagged = a.buildTags.length > 0 ? one : other;
  // What is appended comes on top.
  return one?.name === other?.name && tagged?.literal.node.type === 'literal_value';
}

/**
 * Takes the second one out where both are the same upgrade. Else one has the other's name by
 * mistake, and taken out it would not run at all. Only the very same element, twice in one list, is
 * surely there by mistake.
 */
function removeFix(repo: Repo, earlier: Upgrade, later: Upgrade): SuggestedFix[] {
  if (later.package !== earlier.package) return [];
  const isSame = isSameElement(repo, earlier.location, later.location);
  return removeEntryFix(repo, later.location, 'Take the second one out', isSame);
}

/** Whether two places of one list hold the same text. */
function isSameElement(repo: Repo, a: Location, b: Location): boolean {
  const facts = a.file === b.file ? repo.facts(a.file) : undefined;
  const [one, other] = [a, b].map(place => facts && nodeAt(facts, place));
  const listOf = (node: SyntaxNode) => enclosing(node, 'literal_value');
  return (
    facts !== undefined &&
    one !== undefined &&
    other !== undefined &&
    listOf(one) === listOf(other) &&
    facts.text.slice(a.start, a.end) === facts.text.slice(b.start, b.end)
  );
}
