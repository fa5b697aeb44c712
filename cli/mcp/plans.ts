import { createHash } from 'node:crypto';
import type { Repo } from '../../core/go/repo/repo.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { Refusal } from '../../core/refusal.ts';

/** A plan that was shown and not applied yet. */
export interface ShownPlan {
  readonly root: string;
  readonly plan: Plan;
  /** The hash of all that was read when it was made. */
  readonly tree: string;
  readonly command: string;
}

/** How many plans are remembered. */
const most = 20;

/** The plans that an agent was shown, by their hashes. */
export class ShownPlans {
  private readonly plans = new Map<string, ShownPlan>();

  /** Remembers a plan and gives its hash. */
  add(shown: ShownPlan): string {
    const { root, tree, plan } = shown;
    const hash = hashOf([root, tree, plan.creates, plan.edits]);
    this.plans.delete(hash);
    this.plans.set(hash, shown);
    const oldest = [...this.plans.keys()][0]!;
    if (this.plans.size > most) this.plans.delete(oldest);
    return hash;
  }

  /** The plan of a hash. Throws `Refusal` where none was shown under it. */
  get(hash: string): ShownPlan {
    const shown = this.plans.get(hash);
    if (shown) return shown;
    throw new Refusal(
      `no plan with the hash ${hash} was shown: call plan_upgrade or plan_migration first`,
    );
  }

  /** Forgets a plan: it was applied. */
  delete(hash: string): void {
    this.plans.delete(hash);
  }
}

/** The hash of all that was read of a repository: another one after any change that counts. */
export function treeHash(repo: Repo): string {
  return hashOf([...repo.texts]);
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
