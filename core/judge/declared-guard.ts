import type { GuardRelease } from '../chain/guard.ts';
import { readGuardOf } from '../chain/guard.ts';
import type { Repo } from '../go/repo/repo.ts';
import type { DeclaredGuard } from '../plan/task.ts';

/**
 * What is wrong with a version guard that a plan was to bring about or to raise: the binary's app
 * version and the last row must be what was declared, all other rows as they were, and the start
 * guarded.
 */
export function guardFault(
  before: Repo,
  after: Repo,
  { dir, version, software, upgrade }: DeclaredGuard,
): string | undefined {
  const [was, is] = [before, after].map(repo => readGuardOf(repo, { dir }));
  if (!is) return 'the version guard would not be there';
  if (is.current !== version) return `the app version would be ${is.current ?? 'unknown'}`;
  if (upgrade === undefined && !is.start) return 'the start command would not be guarded';
  const rows = is.releases.map(rowText);
  const kept = (was?.releases ?? []).filter(row => row.version !== version).map(rowText);
  const last = is.releases.at(-1);
  const isRight =
    rows.slice(0, -1).join('\n') === kept.join('\n') &&
    last?.version === version &&
    (was?.current === version || last.software === software) &&
    (upgrade === undefined || last.upgrades.includes(upgrade));
  return isRight ? undefined : 'the releases of the version guard would not be as asked';
}

function rowText({ version, software, upgrades }: GuardRelease): string {
  return JSON.stringify([version, software, upgrades]);
}
