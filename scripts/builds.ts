/**
 * `npm run builds -- [--types] MIRRORS REPO@REF …`: whether what New Upgrade writes into real
 * chains compiles. Each commit is checked out of its bare repository (MIRRORS/<owner>+<name>/repo),
 * its app built by Go, then again with each new upgrade that `chain-upgrade new` writes, which is
 * vetted and compared with gofmt as well. The modules come from where Go is set to fetch them.
 * `--types` checks types instead: seconds, and possible where a module is missing. The rows of
 * these checkouts are put into docs/builds.md.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readChain } from '../core/chain/analysis.ts';
import { loadRepo } from '../core/go/repo/repo.ts';
import type { GoParser } from '../core/go/syntax/parser.ts';
import { startParser } from '../core/go/syntax/parser.ts';
import { loadAssets } from '../host/disk/assets.ts';
import { gitFiles } from '../host/git/git-files.ts';
import type { How } from './builds/ask.ts';
import type { AppBuilds } from './builds/build-app.ts';
import { buildApp } from './builds/build-app.ts';
import { checkOut } from './builds/checkout.ts';
import { goVersion } from './builds/go.ts';
import { appRow, emptyRow, withRows } from './builds/page.ts';
import { hasGofmt } from './corpus/gofmt.ts';
import { givenPath, runScript } from './run-script.ts';

const page = 'docs/builds.md';
const usage =
  'npm run builds -- [--types] MIRRORS REPO@REF …, as in: npm run builds -- ../mirrors cosmos/gaia@v20.0.0';

await runScript('builds', main);

async function main(): Promise<number> {
  const {
    values,
    positionals: [folder, ...checkouts],
  } = parseArgs({ allowPositionals: true, options: { types: { type: 'boolean' } } });
  if (folder === undefined || checkouts.length === 0)
    throw new Error(`give a folder and commits: ${usage}`);
  const mirrors = givenPath(folder);
  const how: How = values.types ? 'go/types' : 'go build';
  const wanted = checkouts.map(name => ({ name, ...parse(name, mirrors) }));
  if (!hasGofmt()) throw new Error('gofmt is needed to check what was written; install Go');
  console.error(goVersion());
  // Builds take minutes and leave no core alone.
  if (how === 'go build') setPriority(10);
  const parser = await startParser(await loadAssets());
  let faults = 0;
  for (const { name, mirror, ref } of wanted) {
    const made = await buildCheckout(mirror, ref, parser, how);
    const rows =
      made.length > 0 ? made.map(one => appRow(name, one)) : [emptyRow(name, how, 'no app')];
    // After each one: a later one may be stopped.
    writeFileSync(page, withRows(readFileSync(page, 'utf8'), rows));
    for (const row of rows) console.error(row);
    faults += made
      .flatMap(({ built }) => built)
      .filter(({ outcome }) => outcome === 'faulty').length;
  }
  return faults > 0 ? 1 : 0;
}

async function buildCheckout(
  mirror: string,
  ref: string,
  parser: GoParser,
  how: How,
): Promise<AppBuilds[]> {
  const checkout = checkOut(mirror, ref);
  try {
    for (const file of checkout.lacking)
      console.error(`not in this copy of the repository: ${file}`);
    const chain = readChain(await loadRepo(gitFiles(checkout.dir, 'HEAD'), parser));
    return chain.apps.map(app => buildApp(checkout, app, how));
  } finally {
    checkout.remove();
  }
}

function parse(name: string, mirrors: string): { mirror: string; ref: string } {
  const found = /^([\w.-]+\/[\w.-]+)@(.+)$/.exec(name);
  if (!found) throw new Error(`${name} is no REPO@REF: ${usage}`);
  const mirror = join(mirrors, found[1]!.replace('/', '+'), 'repo');
  if (!existsSync(mirror)) throw new Error(`${mirror} is not there`);
  return { mirror, ref: found[2]! };
}
