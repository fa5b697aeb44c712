/**
 * `npm run variants [-- MIRRORS TABLE]`: rewrites Go without changing what it means, in many ways
 * and at the places that a chain was read from, and looks whether the same is read, found and
 * planned. Without paths on the small chains of test/chains and the one that Go compiles; with them
 * on every checkout of the table, read out of bare git repositories
 * (MIRRORS/<owner>+<name>/repo). Writes a table into docs/variants.md. `--only TEXT` takes the
 * chains whose name holds the text, `--as TEXT` the ways whose name does; both leave the page alone.
 * Of a whole table, each way is tried on every fifth checkout.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { analyse, readChain } from '../core/chain/analysis.ts';
import type { Baseline } from '../core/chain/baseline.ts';
import type { GoParser } from '../core/go/syntax/parser.ts';
import { startParser } from '../core/go/syntax/parser.ts';
import { loadAssets } from '../host/disk/assets.ts';
import { withSection } from './corpus/section.ts';
import { withoutUpgrade } from './corpus/without-upgrade.ts';
import { mirrorsAndTable, runScript } from './run-script.ts';
import type { ChainSource } from './variants/chains.ts';
import { checkouts, smallChains } from './variants/chains.ts';
import { Project } from './variants/project.ts';
import type { Rewriter } from './variants/rewriter.ts';
import { rewriters } from './variants/rewriters.ts';
import { chosenPlaces, spotsOf } from './variants/spots.ts';
import type { Tally, Tried } from './variants/tally.ts';
import { count, tallyTable, totalOf, tryAll } from './variants/tally.ts';
import { originalOf } from './variants/trial.ts';

const page = 'docs/variants.md';
const usage = 'npm run variants -- MIRRORS TABLE [--only TEXT] [--as TEXT]';

/** So many places of a rewriter are tried in one chain: more in small ones, which cost little. */
const placesAtMost = { small: 12, checkout: 4 };
/** A real chain gets one new upgrade, with stores; a small one also others. */
const newUpgrades = { small: 'all', checkout: 'stores' } as const;
/** Each rewriter is tried on every fifth checkout, in turn: all on all would take most of an hour. */
const turns = 5;

await runScript('variants', main);

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { only: { type: 'string' }, as: { type: 'string' } },
  });
  const parser = await startParser(await loadAssets());
  const isCorpus = positionals.length > 0;
  const all = isCorpus ? checkouts(...mirrorsAndTable(positionals, usage)) : smallChains();
  const chains = all.filter(({ name }) => name.includes(values.only ?? ''));
  const isWhole = values.only === undefined && values.as === undefined;
  const isSampled = isCorpus && isWhole;
  const tally: Tally = new Map();
  for (const [i, chain] of chains.entries()) {
    const start = performance.now();
    const size = isCorpus ? 'checkout' : 'small';
    const chosen = rewriters.filter(
      ({ name }, k) => name.includes(values.as ?? '') && (!isSampled || (i + k) % turns === 0),
    );
    await tryChain(chain, parser, tally, { chosen, size });
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.error(`${String(i + 1).padStart(3)}/${chains.length} ${chain.name}  ${seconds} s`);
  }
  const { places, same, unknown, refused, wrong } = totalOf(tally);
  if (isWhole) {
    const section = isCorpus ? 'variants of checkouts' : 'variants of small chains';
    const text = `\n${chains.length} chains.\n\n${tallyTable(tally)}\n`;
    writeFileSync(page, withSection(readFileSync(page, 'utf8'), section, text));
  } else console.log(tallyTable(tally));
  const open = unknown + refused;
  const share = ((open / places) * 100).toFixed(1);
  console.error(
    `${same} of ${places} places read the same in ${chains.length} chains, ` +
      `${tally.size} ways; ${open} (${share} %) unknown there or refused, ${wrong} wrong`,
  );
  return wrong > 0 || open > places * 0.05 ? 1 : 0;
}

async function tryChain(
  chain: ChainSource,
  parser: GoParser,
  tally: Tally,
  { chosen, size }: { readonly chosen: readonly Rewriter[]; readonly size: 'small' | 'checkout' },
): Promise<void> {
  const repo = await chain.load(parser);
  const analysis = analyse(repo);
  const original = originalOf(analysis, baselineOf(analysis), newUpgrades[size]);
  const project = new Project(repo, parser);
  const spots = spotsOf(analysis);
  for (const rewriter of chosen) {
    const places = chosenPlaces(rewriter, project, spots, placesAtMost[size]);
    const tried = tryAll(original, places);
    count(tally, rewriter, tried);
    for (const one of tried) report(chain.name, rewriter.name, one, project);
  }
}

/** The same chain without its newest upgrade, as the release before it was. */
function baselineOf(analysis: ReturnType<typeof analyse>): Baseline | undefined {
  for (const app of analysis.chain.apps) {
    const cut = withoutUpgrade(analysis, app);
    if (cut) return { ref: 'base', merged: true, repo: cut.repo, chain: readChain(cut.repo) };
  }
  return undefined;
}

function report(
  chain: string,
  rewriter: string,
  { rewriting, outcome }: Tried,
  project: Project,
): void {
  if (outcome.kind === 'same') return;
  const { text } = project.file(rewriting.path);
  const line = text.slice(0, rewriting.place.start).split('\n').length;
  console.error(`${outcome.kind.toUpperCase()}  ${chain} ${rewriting.path}:${line}  ${rewriter}`);
  for (const difference of outcome.differences.slice(0, 6))
    console.error(`      ${difference.replaceAll('\n', '; ').slice(0, 300)}`);
}
