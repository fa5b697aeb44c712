import { checksNotCounted, reasonNotTo } from './not-applicable.ts';
import type { Check } from './suite.ts';

/** What came of one scenario. */
export interface Verdict {
  readonly protocol: string;
  readonly scenario: string;
  /** Why it was not run. */
  readonly notRun?: string;
  /** By their ids, each once. */
  readonly passed: readonly string[];
  readonly failed: readonly Check[];
  /** What a server only should do. */
  readonly warned: readonly Check[];
  readonly notCounted: readonly string[];
}

/** What came of the checks of a scenario. Of checks with one id the worst counts. */
export function verdictOf(protocol: string, scenario: string, checks: readonly Check[]): Verdict {
  const counted = checks.filter(({ id }) => reasonNotTo(id, checksNotCounted) === undefined);
  const failed = counted.filter(({ status }) => status === 'FAILURE');
  const warned = counted.filter(({ status }) => status === 'WARNING');
  const bad = new Set([...failed, ...warned].map(({ id }) => id));
  const good = counted.filter(({ id, status }) => status === 'SUCCESS' && !bad.has(id));
  const passed = [...new Set(good.map(({ id }) => id))];
  const others = checks.filter(({ id }) => !bad.has(id) && !passed.includes(id));
  return {
    ...{ protocol, scenario, passed, failed, warned },
    notCounted: [...new Set(others.map(({ id }) => id))],
  };
}

/** A scenario that was not run. */
export function notRun(protocol: string, scenario: string, reason: string): Verdict {
  const none = { passed: [], failed: [], warned: [], notCounted: [] };
  return { protocol, scenario, notRun: reason, ...none };
}

/** Whether a scenario counts as passed: it ran, and nothing in it failed. */
export function hasPassed({ notRun: reason, passed, failed }: Verdict): boolean {
  return reason === undefined && failed.length === 0 && passed.length > 0;
}

/** A verdict in words, with a line for each check that did not pass. */
export function wordsOf(verdict: Verdict): string {
  const { protocol, scenario, passed, failed, warned, notCounted } = verdict;
  const name = `${protocol} ${scenario}`;
  if (verdict.notRun !== undefined) return `${name}: not applicable: ${verdict.notRun}`;
  const counts = [
    `${passed.length} passed`,
    `${failed.length} failed`,
    ...(warned.length > 0 ? [`${warned.length} warned`] : []),
    ...(notCounted.length > 0 ? [`${notCounted.length} not applicable`] : []),
  ];
  const lines = [...failed, ...warned].map(
    ({ id, status, errorMessage = '' }) => `  ${status} ${id}: ${errorMessage}`,
  );
  const others = notCounted.map(id => `  not applicable ${id}: ${reasonNotToCount(id)}`);
  return [`${name}: ${counts.join(', ')}`, ...lines, ...others].join('\n');
}

/** Why a check that did not fail is not counted as passed. */
export function reasonNotToCount(id: string): string {
  return reasonNotTo(id, checksNotCounted) ?? 'skipped by the suite';
}
