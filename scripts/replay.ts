/**
 * `npm run replay -- MIRRORS`: upgrades that real teams added to their chains, written again by New
 * Upgrade on the commit before, and compared with what the team committed. Commits are read out of
 * bare git repositories (MIRRORS/<owner>+<name>/repo); the result is written into docs/replay.md.
 * `--only TEXT` takes the repositories whose name holds the text and leaves the page alone;
 * `--diffs` prints what would be written into them; `--pick TABLE` first looks for the upgrades in
 * the histories of the repositories of a table like that of `npm run corpus`.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { GoParser } from '../core/go/syntax/parser.ts';
import { startParser } from '../core/go/syntax/parser.ts';
import { unifiedDiff } from '../host/commands/show.ts';
import { loadAssets } from '../host/disk/assets.ts';
import { reasonOf } from '../host/errors.ts';
import { withSection } from './corpus/section.ts';
import { readTable } from './corpus/table.ts';
import { Commits } from './replay/commit.ts';
import type { Result } from './replay/page.ts';
import { complaints, differenceLine, report, sameAs } from './replay/page.ts';
import { pickUpgrades } from './replay/pick.ts';
import { replay } from './replay/replay.ts';
import type { Found } from './replay/table.ts';
import { readPicks, writePicks } from './replay/table.ts';
import { givenPath, runScript } from './run-script.ts';

const page = 'docs/replay.md';
const picks = 'scripts/replay/upgrades.tsv';

await runScript('replay', main);

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { only: { type: 'string' }, diffs: { type: 'boolean' }, pick: { type: 'string' } },
  });
  if (positionals.length !== 1)
    throw new Error(
      'give one path: npm run replay -- MIRRORS [--only TEXT] [--diffs] [--pick TABLE]',
    );
  const mirrors = givenPath(positionals[0]!);
  const table = values.pick === undefined ? undefined : givenPath(values.pick);
  const wanted = (repository: string) => repository.includes(values.only ?? '');
  const parser = await startParser(await loadAssets());
  if (table !== undefined) await pickAll(table, mirrors, wanted, parser);
  const results: Result[] = [];
  let repository = '';
  let commits: Commits | undefined;
  for (const found of readPicks(readFileSync(picks, 'utf8')).filter(({ pick }) =>
    wanted(pick.repository),
  )) {
    if (!commits || found.pick.repository !== repository)
      [repository, commits] = [
        found.pick.repository,
        new Commits(gitOf(mirrors, found.pick.repository), parser),
      ];
    const result = await resultOf(found, commits);
    results.push(result);
    show(result, values.diffs === true);
  }
  const text = report(results);
  const wrong = results.filter(result => complaints(result).length > 0).length;
  if (values.only === undefined)
    writeFileSync(page, withSection(readFileSync(page, 'utf8'), 'replay', text));
  const written = values.only === undefined ? `; ${page} is written` : '';
  console.error(`${results.length} upgrades; ${wrong} to look at${written}`);
  return wrong > 0 ? 1 : 0;
}

function gitOf(mirrors: string, repository: string): string {
  return join(mirrors, repository.replace('/', '+'), 'repo');
}

async function resultOf(found: Found, commits: Commits): Promise<Result> {
  if (found.leftOut !== undefined) return { found };
  try {
    return { found, replayed: await replay(found.pick, commits) };
  } catch (error) {
    return { found, crash: reasonOf(error) };
  }
}

function show(result: Result, diffs: boolean): void {
  const { found, replayed } = result;
  const { pick, leftOut } = found;
  if (leftOut !== undefined) return;
  const { layout, wiring } = sameAs(result);
  const same = `${layout ? 'layout' : '      '} ${wiring ? 'wiring' : '      '}`;
  const what = `${pick.repository} ${pick.after.slice(0, 10)} ${pick.name}`;
  console.error(`${same} ${what}  ${replayed?.refused ?? ''}`);
  for (const complaint of complaints(result)) console.error(`      ${complaint}`);
  for (const difference of [
    ...(replayed?.layout ?? []),
    ...(replayed?.wiring ?? []),
    ...(replayed?.earlier ?? []),
  ])
    console.error(`      ${differenceLine(difference)}`);
  if (diffs && replayed && !replayed.refused)
    console.log(
      `# ${pick.repository} ${pick.name}\n` +
        replayed.plan.notes.map(note => `# ${note}\n`).join('') +
        unifiedDiff(replayed.plan),
    );
}

/**
 * Looks for the upgrades again, from the first commit that the table has of each repository;
 * explanations of differences stay.
 */
async function pickAll(
  file: string,
  mirrors: string,
  wanted: (repository: string) => boolean,
  parser: GoParser,
): Promise<void> {
  let known = existsSync(picks) ? readPicks(readFileSync(picks, 'utf8')) : [];
  const heads = new Map<string, string>();
  for (const { repository, commit } of readTable(readFileSync(file, 'utf8')))
    if (!heads.has(repository)) heads.set(repository, commit);
  for (const [repository, head] of [...heads].filter(([name]) => wanted(name))) {
    const git = gitOf(mirrors, repository);
    if (!existsSync(git)) throw new Error(`${git} is not there`);
    const found = (await pickUpgrades(repository, git, head, parser)).map(one => ({
      ...one,
      ...explained(known, one),
    }));
    known = [...heads.keys()].flatMap(name =>
      name === repository ? found : known.filter(({ pick }) => pick.repository === name),
    );
    // Histories take long: what was found is kept at once.
    writeFileSync(picks, writePicks(known));
    const left = found.filter(one => one.leftOut !== undefined).length;
    console.error(`${repository}: ${found.length - left} to replay, ${left} left out`);
  }
}

function explained(known: readonly Found[], { pick, leftOut }: Found): Pick<Found, 'why'> {
  const why = known.find(
    one => one.pick.repository === pick.repository && one.pick.after === pick.after,
  )?.why;
  return why === undefined || leftOut !== undefined ? {} : { why };
}
