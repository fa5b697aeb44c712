/**
 * `npm run guards -- MIRRORS TABLE`: plans the version guard for each app of the development
 * checkouts of a table that are on SDK 0.47 or newer, read out of bare git repositories
 * (MIRRORS/<owner>+<name>/repo), and writes which were proved and which refused into
 * docs/version-guard.md. Fails below four fifths.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { folder } from '../core/inspect/inspect.ts';
import { planOf } from '../core/tasks/make-plan.ts';
import { newGuard } from '../core/tasks/tasks.ts';
import type { NewestApp } from './corpus/newest-apps.ts';
import { newestApps } from './corpus/newest-apps.ts';
import { cell, table, withSection } from './corpus/section.ts';
import { mirrorsAndTable, runScript } from './run-script.ts';

const page = 'docs/version-guard.md';
const wantedShare = 0.8;

/** What came of one app: the edited file, or why it was refused. */
interface Tried {
  readonly chain: string;
  readonly app: string;
  readonly sdk: string;
  readonly edited: string | undefined;
  readonly refused: string | undefined;
}

await runScript('guards', main);

async function main(): Promise<number> {
  const [mirrors, file] = mirrorsAndTable(process.argv.slice(2), 'npm run guards -- MIRRORS TABLE');
  const tried: Tried[] = [];
  for await (const found of newestApps(mirrors, file)) {
    const one = tryGuard(found);
    tried.push(one);
    console.log([one.chain, one.app, one.sdk, one.refused ?? 'proved'].join('\t'));
  }
  const proved = tried.filter(({ refused }) => refused === undefined).length;
  const line = `${proved} of ${tried.length} apps proved`;
  writeFileSync(page, withSection(readFileSync(page, 'utf8'), 'guards', sectionOf(tried, line)));
  console.log(line);
  return tried.length > 0 && proved / tried.length >= wantedShare ? 0 : 1;
}

function tryGuard({ row, analysis, app }: NewestApp): Tried {
  const plan = planOf(newGuard, { analysis, app }, { software: 'v1.0.0' });
  return {
    chain: row.repository,
    app: folder(app.dir),
    sdk: app.sdk.generation!,
    edited: plan.edits.map(edit => edit.file).join(', '),
    refused: plan.refused?.reason,
  };
}

function sectionOf(tried: readonly Tried[], line: string): string {
  const rows = tried.map(({ chain, app, sdk, edited, refused }) => [
    chain,
    app,
    sdk,
    refused === undefined ? `proved: ${edited ?? ''}` : `refused: ${cell(refused)}`,
  ]);
  return `\n${line}.\n\n${table(['chain', 'app', 'SDK', 'guard'], rows)}\n`;
}
