import { plural } from '../../core/plural.ts';
import { table } from '../corpus/section.ts';
import type { Verdict } from './verdict.ts';
import { hasPassed, reasonNotToCount } from './verdict.ts';

/** What the page says of a run. `day` is such as `2026-12-01`. */
export function sectionOf(verdicts: readonly Verdict[], version: string, day: string): string {
  const protocols = [...new Set(verdicts.map(({ protocol }) => protocol))];
  const rows = protocols.map(protocol =>
    rowOf(verdicts.filter(verdict => verdict.protocol === protocol)),
  );
  const heads = ['protocol', 'scenarios passed', 'checks passed', 'warned', 'not applicable'];
  return (
    `\nSuite ${version}, ${day}.\n\n${table(heads, rows)}\n` +
    `Not applicable, by the reason:\n\n${reasonsOf(verdicts).join('')}\n`
  );
}

function rowOf(verdicts: readonly Verdict[]): string[] {
  const ran = verdicts.filter(({ notRun }) => notRun === undefined);
  const sum = (counted: (verdict: Verdict) => readonly unknown[]) =>
    ran.reduce((total, verdict) => total + counted(verdict).length, 0);
  const passed = sum(({ passed: checks }) => checks);
  const failed = sum(({ failed: checks }) => checks);
  const warned = sum(({ warned: checks }) => checks);
  const checks = sum(({ notCounted }) => notCounted);
  return [
    verdicts[0]!.protocol,
    `${ran.filter(hasPassed).length} of ${ran.length}`,
    `${passed} of ${passed + failed + warned}`,
    String(warned),
    left(verdicts.length - ran.length, checks),
  ];
}

/** `1 scenario, 2 checks`. */
function left(scenarios: number, checks: number): string {
  return `${plural(scenarios, 'scenario')}, ${plural(checks, 'check')}`;
}

/** Each reason, with how many scenarios and checks it keeps from counting. */
function reasonsOf(verdicts: readonly Verdict[]): string[] {
  const scenarios = verdicts.flatMap(({ notRun }) => notRun ?? []);
  const checks = verdicts.flatMap(({ notCounted }) => notCounted).map(reasonNotToCount);
  const count = (all: readonly string[], reason: string) =>
    all.filter(other => other === reason).length;
  return [...new Set([...scenarios, ...checks])].map(
    reason => `* ${reason}: ${left(count(scenarios, reason), count(checks, reason))}\n`,
  );
}
