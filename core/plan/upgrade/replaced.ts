import type { App, Upgrade } from '../../chain/chain.ts';
import type { Answers } from '../question.ts';

/** The styles in which a chain keeps a single handler, which each release rewrites. */
const rewritten: ReadonlySet<string | undefined> = new Set(['R3', 'R13']);

/**
 * The upgrade whose place a new one takes: the single handler of a chain that rewrites it at each
 * release. Undefined where the chain keeps several, or is to become a list.
 */
export function replacedUpgrade(app: App, answers: Answers): Upgrade | undefined {
  if (answers['convert'] === true) return undefined;
  const registered = app.upgrades.filter(upgrade => upgrade.registered);
  return registered.every(({ style }) => rewritten.has(style)) ? registered[0] : undefined;
}
