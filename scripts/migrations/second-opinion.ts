import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dirname } from '../../core/files.ts';
import type { Repo } from '../../core/go/repo/repo.ts';
import { writePlan } from '../oracle/export.ts';
import type { Found, Report } from '../oracle/report.ts';
import { askOracle } from '../oracle/report.ts';
import type { Trial } from './trial.ts';

/**
 * What the oracle, which shares nothing with this package's reader, has against migrations that
 * were written: by its count exactly one ConsensusVersion is one higher, and exactly one
 * RegisterMigration more starts from the version before. One list for each trial; the packages that
 * a plan touches are all it sees.
 */
export function secondOpinion(repo: Repo, trials: readonly Trial[]): string[][] {
  const folder = mkdtempSync(join(tmpdir(), 'migrations-'));
  try {
    for (const [i, { plan }] of trials.entries()) {
      const dirs = new Set([...plan!.creates, ...plan!.edits].map(f => dirname(f.file)));
      const before = [...repo.texts].filter(
        ([path]) => path.endsWith('.go') && dirs.has(dirname(path)),
      );
      writePlan(join(folder, `${i}/before`), before);
      writePlan(join(folder, `${i}/after`), [
        ...before,
        ...plan!.edits.map(e => [e.file, e.after] as const),
        ...plan!.creates.map(c => [c.file, c.text] as const),
      ]);
    }
    const report = askOracle(folder);
    return trials.map((trial, i) =>
      against(trial, part(report, `${i}/before/`), part(report, `${i}/after/`)),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Counted {
  readonly versions: readonly Found[];
  readonly migrations: readonly Found[];
}

function part(report: Report, prefix: string): Counted {
  const of = (list: readonly Found[]) => list.filter(f => f.file.startsWith(prefix));
  return { versions: of(report.consensusVersions), migrations: of(report.migrations) };
}

function against({ module }: Trial, before: Counted, after: Counted): string[] {
  const from = module.consensusVersion!;
  const count = (list: readonly Found[], value: number) =>
    list.filter(f => f.value === value).length;
  const known = before.versions.some(v => v.value === from);
  const faults: string[] = [];
  // A number in another package is -1 to the oracle, before and after.
  if (
    known &&
    (count(after.versions, from + 1) !== count(before.versions, from + 1) + 1 ||
      count(after.versions, from) !== count(before.versions, from) - 1)
  )
    faults.push(`the oracle counts no ConsensusVersion ${from + 1} more`);
  if (after.migrations.length !== before.migrations.length + 1)
    faults.push(
      `the oracle counts ${after.migrations.length - before.migrations.length} migrations more`,
    );
  else if (count(after.migrations, from) !== count(before.migrations, from) + 1)
    faults.push(`the oracle finds no migration more from version ${from}`);
  return faults;
}
