import { textTable } from '../text-table.ts';
import type { HomeCheckResult } from './check.ts';
import { printable } from './printable.ts';
import type { Verified } from './verify.ts';

/** What `verify` came to, for people: every check, and what to do below those that did not pass. */
export function verifyText({ home, upgrade, folder, checks, attest }: Verified): string {
  const where = folder === null ? '' : `: cosmovisor/upgrades/${folder}`;
  const rows = textTable(
    checks.map(({ check, message, ...how }) => [statusOf(how), check, printable(message)]),
  );
  const lines = rows.flatMap((row, i) => {
    const { ok, fix } = checks[i]!;
    return ok || fix === null ? [row] : [row, `${' '.repeat(10)}→ ${printable(fix)}`];
  });
  const text = [`${printable(upgrade)} in ${home}${where}`, ...lines, summaryOf(checks)];
  return `${[...text, ...(attest ? [JSON.stringify(attest)] : [])].join('\n')}\n`;
}

function statusOf({ ok, severity }: Pick<HomeCheckResult, 'ok' | 'severity'>): string {
  if (!ok) return severity;
  return severity === 'info' ? 'info' : 'ok';
}

function summaryOf(checks: readonly HomeCheckResult[]): string {
  const count = (wanted: string) =>
    checks.filter(({ ok, severity }) => !ok && severity === wanted).length;
  const good = checks.filter(({ ok }) => ok).length;
  return (
    `${good} of ${checks.length} passed, ${count('error')} errors, ` +
    `${count('warning')} warnings, ${count('skipped')} skipped`
  );
}
