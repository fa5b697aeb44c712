import type { HomeCheck } from '../check.ts';
import { skipped, told } from '../check.ts';

/** V23. */
export const timeLeft: HomeCheck = {
  name: 'time-left',
  severity: 'info',
  summary: 'how many blocks are left, and about how long they take',
  look({ chain, upgrade }) {
    if (chain.is === 'absent') return skipped('no node was named', 'give --rpc URL or --node URL');
    if (chain.is === 'unread') return skipped(chain.why);
    const { plan, height, blockSeconds } = chain.value;
    if (plan?.name !== upgrade) return skipped('see plan-on-chain');
    const blocks = plan.height - height;
    if (blocks <= 0) return told(`the chain is at ${height}, the plan was for ${plan.height}`);
    const time = blockSeconds === null ? '' : `, about ${spoken(blocks * blockSeconds)}`;
    return told(`${blocks} blocks are left${time}`);
  },
};

/** Seconds as people say them. */
function spoken(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} seconds`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} minutes`;
  return seconds < 172_800
    ? `${Math.round(seconds / 3600)} hours`
    : `${Math.round(seconds / 86_400)} days`;
}
