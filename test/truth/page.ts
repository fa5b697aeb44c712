import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generation } from '../go/generations.ts';
import { generations } from '../go/generations.ts';
import { projectRoot } from '../support/root.ts';
import type { Said, Told } from './record.ts';
import { isOf, steady } from './record.ts';
import type { Row } from './row.ts';
import { rowsOf } from './rows.ts';

const page = join(projectRoot, 'docs/truth.md');

const head = `# Verified node behaviour

Each mistake below was made in the source of an example chain whose next version upgrades correctly. The rule reported it as an error, the chain was compiled with it, and a node that had stopped for the upgrade was started with it. From the node's own message, a rehearsal finds the rule, the line and the fix. Then the rule's fix was applied, and the same node went through the upgrade, a restart and one more upgrade; if a rule offers no fix, or only the beginning of one, the source without the mistake was used.

\`npm run test:truth\` runs it and writes this page.
`;

/** Rules whose severity is error and that have no row, with the reason. */
export const exempt: Readonly<Record<string, string>> = {
  'app-version-in-state-machine':
    'it needs two nodes with different files, as in `test/live/guard.test.ts`',
  'consensus-params-migration': 'it needs a chain on SDK 0.46',
  'consensus-version-lowered':
    'its words are those of `migration-gap`, or there are none until a later upgrade',
  'era-framework-changed': 'it needs two nodes with different releases',
  'era-not-first': 'it needs a chain with eras and two nodes, one of which does not know the era',
  'era-removed-without-upgrade':
    'it needs a chain with eras, and is shown on nodes by `npm run test:live`',
  'era-switch-incomplete': 'the program ends before it is a node, in its own unit tests too',
  'era-table': 'it needs two nodes with different releases',
  'era-unknown': 'the program ends before it is a node, in its own unit tests too',
  'handler-signature': 'it does not compile',
  'needed-module-account':
    'an app of SDK 0.55 that lacks the account cannot be built up at all, so there is no upgrade to show it at',
  'params-key-table-missing': 'it needs a chain on SDK 0.46',
  'proposal-without-handler':
    'what a node says of a plan without a handler is shown for `upgrade-not-registered`',
  'sdk-hop-too-long': 'it needs two generations of the SDK',
  'store-upgrades-loop-pointer':
    'the SDK of these chains demands Go 1.22 or newer, where each round of a loop has its own variable',
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
  never: 'never: only the state tells',
};

/** Writes the page of what nodes said. */
export function writePage(told: Told): void {
  writeFileSync(page, pageOf(told));
}

/** The page as it is; empty where there is none. */
export function readPage(): string {
  return existsSync(page) ? readFileSync(page, 'utf8') : '';
}

/**
 * The page of what nodes said: when each mistake shows on which generation of the SDK, and then
 * their words.
 */
export function pageOf(told: Told): string {
  const shown = generations.filter(generation => told[generation]);
  const sections = shown.map(
    generation => `\n## SDK ${generation}\n\n${tableOf(generation, told[generation]!)}`,
  );
  const others = Object.entries(exempt).map(([rule, why]) => `* \`${rule}\`: ${why}.\n`);
  return `${head}\n## When it shows\n\n${overview(shown, told)}${sections.join('')}\n## Errors that are not shown here\n\n${others.join('')}`;
}

function overview(shown: readonly Generation[], told: Told): string {
  const rows = [
    ...new Map(
      shown.flatMap(generation => rowsOf(generation)).map(row => [beginning(row), row]),
    ).values(),
  ];
  const lines = rows.map(
    row =>
      `${beginning(row)} ${shown
        .map(generation => {
          const said = told[generation]!.find(one => isOf(one, row));
          return said ? momentOf(row, said) : '–';
        })
        .join(' | ')} |\n`,
  );
  return `| rule | mistake | ${shown.join(' | ')} |\n|${' --- |'.repeat(shown.length + 2)}\n${lines.join('')}`;
}

function tableOf(generation: Generation, told: readonly Said[]): string {
  const lines = rowsOf(generation).flatMap(row =>
    told
      .filter(said => isOf(said, row))
      .map(said => {
        const repair =
          said.repair === undefined
            ? 'none offered'
            : [said.repair, ...(row.rest ? [row.rest] : [])].join('; ');
        return `${beginning(row)} \`${steady(row, said.words).replaceAll('|', '\\|')}\` | ${repair} |\n`;
      }),
  );
  return `| rule | mistake | in the node's words | repair |\n| --- | --- | --- | --- |\n${lines.join('')}`;
}

function momentOf(row: Row, said: Said): string {
  return row.where === 'patch' ? 'at the first block' : moments[said.step];
}

function beginning(row: Row): string {
  return `| [${row.rule}](rules/${row.rule}.md) | ${row.mistake} |`;
}
