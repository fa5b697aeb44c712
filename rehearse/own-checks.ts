import { checksFile } from '../core/checks-file.ts';
import type { Repo } from '../core/go/repo/repo.ts';
import { Refusal } from '../core/refusal.ts';
import type { Check } from '../core/rehearse/checks/check.ts';
import { readChecks } from '../core/rehearse/checks/read-checks.ts';
import type { AskNode, CheckAnswers } from '../core/rehearse/checks/run-checks.ts';
import { askChecks } from '../core/rehearse/checks/run-checks.ts';
import { messageTypesOf } from './message-types.ts';

/**
 * The checks that a repository has for a plan; none without a file. Throws with the first entry that
 * is wrong, and how many more there are.
 */
export function ownChecks({ texts }: Repo, plan: string): readonly Check[] {
  const file = checksFile(plan);
  const text = texts.get(file);
  const read = text === undefined ? { checks: [] } : readChecks(file, text);
  if ('checks' in read) return read.checks;
  const [{ line, message }, ...more] = read.faults;
  const others =
    more.length > 0 ? ` (wrong too: lines ${more.map(one => one.line).join(', ')})` : '';
  throw new Refusal(`${file}:${line}: ${message}${others}`);
}

/** What a version answers to the checks; its binary says what its messages look like. */
export async function answersOf(
  checks: readonly Check[],
  binary: string,
  ask: AskNode,
): Promise<CheckAnswers> {
  return checks.length === 0 ? new Map() : askChecks(checks, ask, await messageTypesOf(binary));
}
