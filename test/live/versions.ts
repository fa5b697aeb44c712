import type { GoChain } from '../go/chain.ts';
import { History } from '../support/git.ts';

/**
 * Builds the chain as its first release, goes on to its next version with the upgrade `plan`, and
 * builds that too where a place for it is named.
 */
export function buildVersions(chain: GoChain, plan: string, old: string, next?: string): void {
  const history = new History(chain.dir);
  history.commit('v2.0.0');
  chain.buildNode(old);
  chain.develop();
  history.commit();
  chain.chainUpgrade('new', plan, '--renamed', 'box=crate', '--yes');
  if (next !== undefined) chain.buildNode(next);
}
