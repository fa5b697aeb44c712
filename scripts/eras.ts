/**
 * `npm run eras -- [--types] MIRRORS TABLE`: plans the framework of eras for each app of the
 * development checkouts of a table that are on SDK 0.47 or newer, read out of bare git repositories
 * (MIRRORS/<owner>+<name>/repo), and writes which were proved and which refused into docs/eras.md.
 * `--types` checks types with Go as well, as far as the chain's modules can be fetched; `--only TEXT`
 * takes the checkouts whose name holds the text and only prints. Fails below four fifths.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { folder } from '../core/inspect/inspect.ts';
import type { Plan } from '../core/plan/plan.ts';
import { planOf } from '../core/tasks/make-plan.ts';
import { newEra } from '../core/tasks/tasks.ts';
import { gofmtFaults } from './corpus/gofmt.ts';
import type { NewestApp } from './corpus/newest-apps.ts';
import { newestApps } from './corpus/newest-apps.ts';
import { withSection } from './corpus/section.ts';
import type { TriedEra } from './eras/section.ts';
import { eraSection, eraSum } from './eras/section.ts';
import { typesOf } from './mounts/types.ts';
import { mirrorsAndTable, runScript } from './run-script.ts';

const page = 'docs/eras.md';
const wantedShare = 0.8;

await runScript('eras', main);

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { only: { type: 'string' }, types: { type: 'boolean' } },
  });
  const [mirrors, file] = mirrorsAndTable(
    positionals,
    'npm run eras -- [--types] MIRRORS TABLE [--only TEXT]',
  );
  const tried: TriedEra[] = [];
  for await (const found of newestApps(mirrors, file, values.only)) {
    const one = tryEras(found, values.types === true);
    tried.push(one);
    console.log([one.chain, one.app, one.sdk, one.outcome, one.types].join('\t'));
  }
  const { length: proved } = tried.filter(({ outcome }) => outcome === 'proved');
  if (values.only === undefined)
    writeFileSync(page, withSection(readFileSync(page, 'utf8'), 'eras', eraSection(tried)));
  console.log(eraSum(tried));
  return tried.length > 0 && proved / tried.length >= wantedShare ? 0 : 1;
}

function tryEras({ row, git, analysis, app }: NewestApp, checksTypes: boolean): TriedEra {
  const answers = { name: 'pythagoras', first: 'thales', since: 'v999.0.0', switch: 'fee' };
  const plan = planOf(newEra, { analysis, app }, answers);
  const isOffered = plan.refused === undefined;
  const laid = new Map(plan.creates.map(one => [one.file, one.text]));
  const trial = { app, laid, plan, faults: [] };
  return {
    chain: row.repository,
    app: folder(app.dir),
    sdk: app.sdk.generation!,
    decided: isOffered ? decidedBy(plan) : '',
    outcome: outcomeOf(plan),
    types: checksTypes && isOffered ? typesOf(git, row.commit, trial) : '',
  };
}

function decidedBy({ creates }: Plan): string {
  return creates.some(({ file }) => file.endsWith('/schedule.go')) ? 'compiled in' : 'x/gov';
}

function outcomeOf({ refused, creates, edits }: Plan): string {
  if (refused) return `refused: ${refused.reason}`;
  const written = [...creates.map(({ file, text }) => ({ file, after: text })), ...edits].filter(
    ({ file }) => file.endsWith('.go'),
  );
  const [fault] = gofmtFaults(written);
  return fault ?? 'proved';
}
