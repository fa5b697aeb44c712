/**
 * `npm run ran -- MIRRORS TABLE`: releases that main networks upgraded to. Each is linted at its tag
 * against the release before it, read out of bare git repositories (MIRRORS/<owner>+<name>/repo):
 * its plan has to be seen, and an error is a false alarm unless the network suffered for it. The
 * results are written into docs/corpus.md. `--only TEXT` takes the releases whose name holds the
 * text and leaves the page alone.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Chain } from '../core/chain/chain.ts';
import type { GoParser } from '../core/go/syntax/parser.ts';
import { startParser } from '../core/go/syntax/parser.ts';
import { loadAssets } from '../host/disk/assets.ts';
import { lintCommit } from './corpus/lint-commit.ts';
import type { RanResult } from './corpus/ran-page.ts';
import { isRight, ranSection } from './corpus/ran-page.ts';
import type { RanRelease } from './corpus/ran-table.ts';
import { readRan } from './corpus/ran-table.ts';
import { withSection } from './corpus/section.ts';
import { mirrorsAndTable, runScript } from './run-script.ts';

const page = 'docs/corpus.md';

await runScript('ran', main);

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { only: { type: 'string' } },
  });
  const [mirrors, file] = mirrorsAndTable(
    positionals,
    'npm run ran -- MIRRORS TABLE [--only TEXT]',
  );
  const releases = readRan(readFileSync(file, 'utf8')).filter(({ repository, tag }) =>
    `${repository}@${tag}`.includes(values.only ?? ''),
  );
  const parser = await startParser(await loadAssets());
  const results: RanResult[] = [];
  for (const release of releases) {
    const result = await judgeRelease(mirrors, release, parser);
    results.push(result);
    report(result);
  }
  const right = results.filter(isRight).length;
  console.error(`${right} of ${results.length} releases that ran have their plan and no error`);
  if (values.only === undefined) {
    writeFileSync(page, withSection(readFileSync(page, 'utf8'), 'ran', ranSection(results)));
  }
  return right === results.length ? 0 : 1;
}

async function judgeRelease(
  mirrors: string,
  release: RanRelease,
  parser: GoParser,
): Promise<RanResult> {
  const git = join(mirrors, release.repository.replace('/', '+'), 'repo');
  const linted = await lintCommit(git, `refs/tags/${release.tag}`, undefined, parser);
  const registered = registeredIn(linted.chain);
  const before = new Set(linted.before ? registeredIn(linted.before) : []);
  return {
    release,
    base: linted.base ?? `none: ${linted.reason}`,
    seen: registered.includes(release.plan),
    pending: registered.filter(name => !before.has(name)),
    errors: linted.problems.filter(({ severity }) => severity === 'error'),
    warnings: linted.problems.filter(({ severity }) => severity === 'warning').length,
  };
}

/** The plan names that a chain has handlers for; `computed` for those that are not known. */
function registeredIn({ apps }: Chain): string[] {
  const upgrades = apps.flatMap(app => app.upgrades).filter(({ registered }) => registered);
  return upgrades.map(({ name }) => name ?? 'computed');
}

function report(result: RanResult): void {
  const { release, base, seen, pending, errors } = result;
  const { repository, tag, plan } = release;
  const verdict = isRight(result) ? 'ok  ' : 'OPEN';
  const lacking = seen ? '' : `  no ${plan}, new: ${pending.join(', ') || 'none'}`;
  console.error(`${verdict} ${repository}@${tag}  ${base}${lacking}`);
  for (const { rule, location, message } of errors) {
    console.error(`       ${location.file}:${location.line} ${rule} ${message}`);
  }
}
