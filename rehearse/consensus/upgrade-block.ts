import type { Cost } from '../../core/rehearse/result.ts';
import { forgetPeakMemory, peakMemory } from '../process-table.ts';
import type { DrivenNode } from './driven-node.ts';

/** The upgrade block as a new version made it. */
export interface UpgradeBlock {
  readonly height: number;
  readonly appHash: Uint8Array;
  readonly cost: Cost;
}

/**
 * Lets a node that was just started make its first block, and measures it. Undefined where it makes
 * none within `limit` milliseconds.
 */
export async function upgradeBlock(
  node: DrivenNode,
  limit: number,
): Promise<UpgradeBlock | undefined> {
  forgetPeakMemory(node.pid);
  const made = await node.makeBlock(Date.now() + limit);
  if (!made) return undefined;
  const { block, appHash, finalizeMs, commitMs } = made;
  return {
    height: block.height,
    appHash,
    cost: {
      finalizeMs: tenths(finalizeMs),
      commitMs: tenths(commitMs),
      peakBytes: peakMemory(node.pid),
    },
  };
}

function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}
