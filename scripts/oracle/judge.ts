import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { analyse } from '../../core/chain/analysis.ts';
import { loadRepo } from '../../core/go/repo/repo.ts';
import type { GoParser } from '../../core/go/syntax/parser.ts';
import { gitFiles } from '../../host/git/git-files.ts';
import type { Row } from '../corpus/table.ts';
import { tryUpgrade } from '../corpus/trial.ts';
import { variantsFor } from '../corpus/variants.ts';
import type { Added } from './adds-one.ts';
import { addsOne } from './adds-one.ts';
import type { Comparison } from './compare.ts';
import { compare } from './compare.ts';
import { withFolder, writePlan } from './export.ts';
import { askOracle } from './report.ts';

/**
 * What came of one checkout: how both read it, and what the oracle counts after each new upgrade.
 */
export interface Judgement {
  readonly row: Row;
  readonly absent?: string;
  readonly comparison?: Comparison;
  readonly added: readonly Added[];
}

/**
 * Reads a checkout with both, and lets the oracle count again after each new upgrade that is
 * offered without converting the chain.
 */
export async function judge(row: Row, mirrors: string, parser: GoParser): Promise<Judgement> {
  const git = join(mirrors, row.repository.replace('/', '+'), 'repo');
  if (!existsSync(git)) return { row, absent: 'no such repository here', added: [] };
  const source = gitFiles(git, row.commit, () => undefined);
  const repo = await loadRepo(source, parser);
  const analysis = analyse(repo);
  const { chain } = analysis;
  return withFolder(source, folder => {
    const before = askOracle(folder);
    const comparison = compare(repo, chain, before);
    const added = chain.apps.flatMap(app =>
      variantsFor(app)
        .filter(v => !v.title.startsWith('convert'))
        .flatMap((variant): Added[] => {
          const { plan, outcome } = tryUpgrade({ ...analysis, app }, variant);
          if (outcome !== 'proved' || !plan) return [];
          const files = [
            ...plan.creates.map(c => [c.file, c.text] as const),
            ...plan.edits.map(e => [e.file, e.after] as const),
          ];
          writePlan(folder, files);
          const after = askOracle(folder);
          writePlan(
            folder,
            plan.edits.map(e => [e.file, e.before] as const),
          );
          for (const { file } of plan.creates) rmSync(join(folder, file));
          return [addsOne(app, plan, variant.title, before, after)];
        }),
    );
    return { row, comparison, added };
  });
}
