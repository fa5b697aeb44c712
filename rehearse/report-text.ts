import { sizeWords } from '../core/rehearse/report/words.ts';
import type { Cost, Rehearsal, RehearsalStep, StoreChange } from '../core/rehearse/result.ts';
import { idleMigrations } from '../core/rehearse/store-changes.ts';
import type { StoreKey } from '../core/rehearse/store-trace.ts';
import { keyQuery } from '../core/rehearse/store-trace.ts';
import type { CacheEntry } from './cache.ts';
import type { Rehearsed } from './rehearsal-input.ts';

/** What `--clean` removed, and the sum of it. */
export interface Cleaned {
  readonly removed: readonly CacheEntry[];
  readonly bytes: number;
}

/** What `--clean` removed, one line each. */
export function cleanedText({ removed, bytes }: Cleaned): string {
  if (removed.length === 0) return 'Nothing was kept.\n';
  const lines = removed.map(
    entry => `${sizeWords(entry.bytes).padStart(8)}  ${entry.what}  ${entry.path}`,
  );
  return [...lines, `Removed ${sizeWords(bytes)}.`, ''].join('\n');
}

/** What is about to be built and run, for a person to agree to. */
export function commandPreview(subject: Rehearsed): string {
  const fetched = ['Go fetches modules and toolchains that are not here yet.'];
  return `${previewLines(subject, fetched).join('\n')}\n`;
}

/** The same, a sentence each; `goLines` say what is run and fetched of Go. */
export function previewLines(
  { from, plan, old, now }: Rehearsed,
  goLines: readonly string[],
): string[] {
  return [
    `Plan ${plan}, from ${from} to the working tree.`,
    `Builds ${from} (./${old.daemon.dir}) and the working tree (./${now.daemon.dir}) in a ` +
      `folder of its own, and runs ${now.daemon.name} there, with nothing that listens outside ` +
      '127.0.0.1.',
    ...goLines,
    'Nothing is written into the repository.',
  ];
}

/** What is said before a step that may take minutes without a word; undefined for the others. */
export function beginLine(step: string, { from }: Rehearsed): string | undefined {
  const version = {
    'build old': from,
    'build new': 'the working tree',
    'build writer': 'the program that writes the plan into the state',
    'build reader': 'the program that reads the states',
  }[step];
  return version && `building ${version}; the first time this takes minutes`;
}

/** How far a step is, below the line that says that it begins. */
export function goingOnLine(step: string, text: string, at: number): string {
  return `${seconds(at).padStart(7)}  ${step} … ${text}`;
}

/** One step, when it has ended: the time since the beginning, its name, how it went. */
export function stepLine({ name, ms, ok }: RehearsalStep, at: number, remark: string): string {
  const line = `${seconds(at).padStart(7)}  ${name}`;
  if (!ok) return `${line} (${seconds(ms)}): ${remark}`;
  return `${line}${remark ? ` ${remark}` : ''} (${seconds(ms)})`;
}

/** The result for people. */
export function rehearsalText({ plan, from, state, compared, cost, failure }: Rehearsal): string {
  if (failure) {
    const { step, words, rule, file, line, fix, store, key } = failure;
    return [
      `Plan ${plan} FAILED at ${step}: ${words}`,
      ...(rule === null ? [] : [`  rule: ${rule}`]),
      ...(file === null ? [] : [`  at:   ${file}${line === null ? '' : `:${line}`}`]),
      ...(fix === null ? [] : [`  fix:  ${fix}`]),
      ...(store === undefined || key === undefined ? [] : touchedText({ store, key })),
      '',
    ].join('\n');
  }
  const migrated = compared.modules.filter(module => module.migrated || module.from !== module.to);
  const version = (number: number | null) => number ?? '-';
  const lowered = (was: number | null, to: number | null) =>
    was !== null && to !== null && to < was;
  return [
    `Plan ${plan} from ${from} PASSED: applied at height ${compared.plan?.applied ?? '-'}, restarted.`,
    ...(state ? [`  on the state of ${state.chainId} at height ${state.height}`] : []),
    ...migrated.map(
      ({ name, from: was, to }) =>
        `  module ${name} ${version(was)} -> ` +
        `${version(to)}${lowered(was, to) ? ', lowered: nothing was migrated' : ''}`,
    ),
    ...compared.stores.filter(store => !store.expected).map(({ name }) => `  store ${name} gone`),
    `  ${compared.stores.filter(store => store.expected).length} stores served, ` +
      `${compared.modules.length} module versions as expected`,
    ...changesText(compared.changes),
    ...compared.pending.map(
      ({ what, type }) => `  ${what}: the new version does not know ${type}, and cannot decode it`,
    ),
    ...(cost ? [`  ${costText(cost)}`] : []),
    ...(compared.appHash ? ['  the same app hash from the same state twice'] : []),
    ...compared.rescue.map(
      ({ binary, ok }) =>
        `  --unsafe-skip-upgrades: the ${binary} version ${ok ? 'goes on' : 'does not go on'}`,
    ),
    '',
  ].join('\n');
}

/** The key that was touched last before it failed, and how it is asked for. */
function touchedText(touched: StoreKey): string[] {
  return [`  last: store ${touched.store}, key ${touched.key}`, `  ask:  ${keyQuery(touched)}`];
}

/** Stores that changed for no reason that is known, and migrations that changed nothing. */
function changesText(changes: readonly StoreChange[]): string[] {
  const idle = idleMigrations(changes);
  return [
    ...changes
      .filter(({ explained }) => !explained)
      .map(
        ({ store, added, changed, deleted }) =>
          `  store ${store}: ${added} keys added, ${changed} changed, ${deleted} deleted, and no ` +
          'migration explains it',
      ),
    ...idle.map(store => `  store ${store}: its migration changed nothing`),
  ];
}

function costText({ finalizeMs, commitMs, peakBytes }: Cost): string {
  const memory = peakBytes === null ? '' : `, ${Math.ceil(peakBytes / 2 ** 20)} MB of memory`;
  return `upgrade block ${finalizeMs} ms, commit ${commitMs} ms${memory}`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
