/**
 * `npm run releases -- MIRRORS`: lints releases of every bare git repository below a folder
 * (MIRRORS/<owner>+<name>/repo), spread evenly over its versions, and commits of its main line,
 * each against the release before it. What networks ran is where errors are likeliest to be false.
 * Prints each error and warning of a repository once, `severity TAB rule TAB repository@ref TAB
 * baseline TAB place TAB message`, and ends with the sums. `--each N` releases (8), `--commits N`
 * (3), `--only TEXT` the repositories whose name holds the text.
 */
import { parseArgs } from 'node:util';
import type { GoParser } from '../core/go/syntax/parser.ts';
import { startParser } from '../core/go/syntax/parser.ts';
import { fullMessage } from '../core/lint/diagnostic.ts';
import { loadAssets } from '../host/disk/assets.ts';
import { reasonOf } from '../host/errors.ts';
import { git } from '../host/git/git.ts';
import { lintCommit } from './corpus/lint-commit.ts';
import { mirrorsIn, releasesOf, spread } from './corpus/mirrors.ts';
import { Sums } from './corpus/sums.ts';
import { runScript } from './run-script.ts';

const usage = 'npm run releases -- MIRRORS [--each N] [--commits N] [--only TEXT]';

await runScript('releases', main);

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      each: { type: 'string', default: '8' },
      commits: { type: 'string', default: '3' },
      only: { type: 'string', default: '' },
    },
  });
  const mirrors = mirrorsIn(positionals, values.only, usage);
  const parser = await startParser(await loadAssets());
  const sums = new Sums();
  for (const { repository, path } of mirrors) {
    const releases = spread(
      (await releasesOf(path)).map(({ tag }) => tag),
      Number(values.each),
    );
    const commits = spread(await mainLine(path), Number(values.commits));
    for (const ref of [...releases, ...commits])
      await tell({ repository, path, ref }, parser, sums);
  }
  console.log(sums.text());
  return sums.crashes > 0 ? 1 : 0;
}

/** What is linted: a ref of a repository. */
interface Place {
  readonly repository: string;
  readonly path: string;
  readonly ref: string;
}

async function tell({ repository, path, ref }: Place, parser: GoParser, sums: Sums): Promise<void> {
  try {
    const { problems, base, chain } = await lintCommit(path, ref, undefined, parser);
    sums.count(base, chain.apps.length);
    for (const problem of problems) {
      const message = fullMessage(problem).replaceAll('\n', '; ');
      const { severity, rule, location } = problem;
      if (severity === 'info' || !sums.isNew(severity, `${repository} ${rule} ${message}`))
        continue;
      const place = `${location.file}:${location.line}`;
      console.log([severity, rule, `${repository}@${ref}`, base ?? '-', place, message].join('\t'));
    }
  } catch (error) {
    sums.crashes++;
    console.error(`${repository}@${ref}  CRASH ${reasonOf(error)}`);
  }
}

/** The newest commits of the main line, newest first. */
async function mainLine(path: string): Promise<string[]> {
  const log = await git(path, ['rev-list', '--first-parent', '--max-count=1500', 'HEAD']);
  return log.toString().split('\n').filter(Boolean);
}
