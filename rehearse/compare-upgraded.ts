import type { Check } from '../core/rehearse/checks/check.ts';
import type { CheckAnswers } from '../core/rehearse/checks/run-checks.ts';
import { runChecks } from '../core/rehearse/checks/run-checks.ts';
import { compare, disagreements, expectedStores } from '../core/rehearse/compare.ts';
import type { Compared } from '../core/rehearse/result.ts';
import type { ChainNode } from './chain-node.ts';
import { appliedHeightOf, moduleVersionsOf, servesStore } from './chain-queries.ts';
import { readLog } from './node.ts';
import { answersOf } from './own-checks.ts';
import type { Rehearsed } from './rehearsal-input.ts';
import { UpgradeFailed } from './upgrade-failed.ts';

/** An upgraded chain, and what was asked of it before. */
export interface Upgraded {
  /** The height of the plan. */
  readonly height: number;
  readonly versionsBefore: ReadonlyMap<string, number>;
  /** The checks of the plan, and what the halted old version answered to them. */
  readonly checks: readonly Check[];
  readonly answers: CheckAnswers;
  /** The new version, and its binary. */
  readonly node: ChainNode;
  readonly binary: string;
  /** The log of the run that made the upgrade block. */
  readonly log: string;
}

/** The stores that the source says the new version has. */
export function storesToExpect({ now, upgrade }: Rehearsed): readonly string[] {
  return [...expectedStores(now.app, upgrade).keys()];
}

/**
 * Compares the upgraded chain with what the source says, and asks the checks of the plan again.
 * `found` hears of it before this throws `UpgradeFailed` for what is not as it should be.
 */
export async function compareUpgraded(
  subject: Rehearsed,
  { height, versionsBefore, checks, answers, node, binary, log }: Upgraded,
  found: (part: Partial<Compared>) => void,
): Promise<void> {
  const { now, plan, upgrade } = subject;
  const stores = new Map<string, boolean>();
  for (const name of storesToExpect(subject)) stores.set(name, await servesStore(node.query, name));
  const compared = compare(now.chain, now.app, upgrade, {
    plan: { name: plan, height, applied: await appliedHeightOf(node.query, plan) },
    before: versionsBefore,
    after: await moduleVersionsOf(node.query),
    stores,
    log: readLog(log),
  });
  const after = await answersOf(checks, binary, node.query);
  const judged = runChecks(checks, answers, after);
  found({ ...compared, checks: judged.checks });
  const [first] = disagreements(compared);
  if (first !== undefined) throw new UpgradeFailed('compare', first);
  const [failed] = judged.failures;
  if (!failed) return;
  const { file, line } = failed.check;
  throw new UpgradeFailed('compare', failed.why, { file, line });
}
