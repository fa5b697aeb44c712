import type { Checked } from './result.ts';
import type { KeptAndSum, StateTotals } from './state-facts.ts';

/** One invariant in one state: what was found, and whether it holds; null where it is not known. */
interface Finding {
  readonly words: string;
  readonly holds: boolean | null;
}

const checks: readonly (readonly [string, (totals: StateTotals) => Finding])[] = [
  ['supply is the sum of balances', supply],
  ['bonded pool holds the bonded tokens', ({ bonded }) => pool(bonded)],
  ['not bonded pool holds what is unbonding', ({ notBonded }) => pool(notBonded)],
];

/**
 * What has to add up, before and after the upgrade. Where it did not hold before, the upgrade is
 * not blamed.
 */
export function invariants(before: StateTotals, after: StateTotals): Checked[] {
  const sums = checks.map(([name, check]) => {
    const first = check(before);
    const second = check(after);
    const broke = first.holds !== false && second.holds === false;
    return { name, ok: !broke, before: first.words, after: second.words };
  });
  return [...sums, accounts(before, after)];
}

function supply({ supply: differing, denominations, bank }: StateTotals): Finding {
  if (!bank) return notKnown;
  const [first] = Object.entries(differing).sort(([a], [b]) => (a < b ? -1 : 1));
  if (first === undefined) return { words: `${denominations} agree`, holds: true };
  const [denom, { kept, sum }] = first;
  const others = Object.keys(differing).length - 1;
  const more = others > 0 ? `, and ${others} more` : '';
  return { words: `${denom}: supply ${kept}, balances ${sum}${more}`, holds: false };
}

function pool(found: KeptAndSum | null): Finding {
  if (!found) return notKnown;
  const { kept, sum } = found;
  return kept === sum
    ? { words: kept, holds: true }
    : { words: `pool ${kept}, tokens ${sum}`, holds: false };
}

const notKnown: Finding = { words: 'not known', holds: null };

/** Module accounts hold the modules' funds: one that is gone leaves them to nobody. */
function accounts(before: StateTotals, after: StateTotals): Checked {
  const gone = before.moduleAccounts.filter(name => !after.moduleAccounts.includes(name));
  return {
    name: 'module accounts stay',
    ok: gone.length === 0,
    before: String(before.moduleAccounts.length),
    after: gone.length === 0 ? String(after.moduleAccounts.length) : `gone: ${gone.join(', ')}`,
  };
}

/** What is said of one that held before the upgrade and does not after it. */
export function invariantWords({ name, before, after }: Checked): string {
  return `${name}: so before the upgrade (${String(before)}), and not after it (${String(after)})`;
}
