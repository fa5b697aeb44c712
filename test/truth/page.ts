import { deepStrictEqual } from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../support/root.ts';
import type { Row } from './row.ts';
import { rows } from './rows.ts';

/** A row with what the node said, and the title of the repair that mended it. */
export interface Told { readonly row: Row; readonly words: string; readonly repair: string | undefined }

const page = join(projectRoot, 'docs/truth.md');

const head = `# What a node says

Each mistake below was made in the source of an example chain whose next version upgrades well. The rule reported it as an error, the chain was compiled with it, and a node that had stopped for the upgrade was started with it. Then the rule's own repair was applied, and the same node went through the upgrade, a restart and one more upgrade; where a rule offers no repair, or one that is only the beginning, the source without the mistake did.

\`npm run test:truth\` runs it and writes this page.
`;

/** Rules whose severity is error and that have no row, with the reason. */
export const exempt: Readonly<Record<string, string>> = {
  'consensus-params-migration': 'it needs a chain on SDK 0.46',
  'handler-signature': 'it does not compile',
  'sdk-hop-too-long': 'it needs two generations of the SDK',
  'state-before-init-genesis': 'it needs a new module with a keeper, which the example chains lack',
  'store-upgrades-loop-pointer': 'the SDK of these chains demands Go 1.22 or newer, where each round of a loop has its own variable',
};

const moments: Readonly<Record<Row['step'], string>> = {
  'old version': 'at the height, before the upgrade',
  start: 'when the new version starts',
  'first block': 'at the block of the upgrade',
  'later block': 'at a block after the upgrade',
  restart: 'at the next restart',
  'block after the restart': 'at a block after the next restart',
  export: 'at an export',
  'next upgrade': 'at the next upgrade',
};

/** Writes what was told into the page; other lines of rows that still are stay as they were. */
export function writePage(generation: string, told: readonly Told[]): void {
  const parts = partsOfPage(), fresh = linesOf(told), old = parts.get(generation) ?? [];
  parts.set(generation, rows.flatMap(row => {
    const mine = (line: string) => line.startsWith(beginning(row)), line = fresh.find(mine) ?? old.find(mine);
    return line === undefined ? [] : [line];
  }));
  const sections = [...parts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, lines]) => `\n## SDK ${name}\n\n${tableHead}${lines.join('')}`);
  const others = Object.entries(exempt).map(([rule, why]) => `* \`${rule}\`: ${why}.\n`);
  writeFileSync(page, `${head}${sections.join('')}\n## Errors that are not shown here\n\n${others.join('')}`);
}

/** Compares what was told with the page: every row, when all were. */
export function comparePage(generation: string, told: readonly Told[]): void {
  deepStrictEqual(partsOfPage().get(generation), linesOf(told), 'run `npm run test:truth`');
}

function partsOfPage(): Map<string, string[]> {
  const text = existsSync(page) ? readFileSync(page, 'utf8') : '';
  return new Map([...text.matchAll(/^## SDK (\S+)\n\n(?:\|.*\n){2}((?:\|.*\n)*)/gm)].map(match => [match[1]!, match[2]!.match(/.*\n/g) ?? []]));
}

const tableHead = '| rule | mistake | shows | in the node\'s words | repair |\n| --- | --- | --- | --- | --- |\n';

function beginning(row: Row): string {
  return `| [${row.rule}](rules/${row.rule}.md) | ${row.mistake} | `;
}

function linesOf(told: readonly Told[]): string[] {
  return told.map(({ row, words, repair }) => {
    const moment = row.where === 'patch' ? 'at the first block' : moments[row.step];
    return `${beginning(row)}${moment} | \`${steady(row, words)}\` | ${repair === undefined ? 'none offered' : [repair, ...(row.rest ? [row.rest] : [])].join('; ')} |\n`;
  });
}

/** Words that are the same in every run: of several missing stores any may be named, and the place in the SDK's source is not told. */
function steady({ words: expected }: Row, words: string): string {
  const anyStore = /\((\w+\|\w+)\)/.exec(expected.source)?.[1];
  const told = anyStore ? words.replace(/version of store \w+ mismatch/, `version of store ${anyStore.replace('|', ' or ')} mismatch`) : words;
  return told.replace(/ \[[^\]]*\.go:\d+\]/g, '').replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();
}
