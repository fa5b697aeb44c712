import type { Cost, Rehearsal, RehearsalStep, StoreChange } from '../core/rehearse/result.ts';
import { idleMigrations } from '../core/rehearse/store-changes.ts';
import type { Rehearsed } from './rehearsal-input.ts';

/** What is about to be built and run, for a person to agree to. */
export function commandPreview({ from, plan, old, now }: Rehearsed): string {
  return [
    `Plan ${plan}, from ${from} to the working tree.`,
    `Builds ${from} (./${old.daemon.dir}) and the working tree (./${now.daemon.dir}) in a ` +
      `folder of its own, and runs ${now.daemon.name} there,`,
    'with nothing that listens outside 127.0.0.1. Go fetches modules and toolchains that are not here yet. ' +
      'Nothing is written into the repository.',
    '',
  ].join('\n');
}

/** What is said before a step that may take minutes without a word; undefined for the others. */
export function beginLine(step: string, { from }: Rehearsed): string | undefined {
  const version = {
    'build old': from,
    'build new': 'the working tree',
    'build reader': 'the program that reads the state',
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
    const { step, words, rule, file, line, fix } = failure;
    return [
      `Plan ${plan} FAILED at ${step}: ${words}`,
      ...(rule === null ? [] : [`  rule: ${rule}`]),
      ...(file === null ? [] : [`  at:   ${file}${line === null ? '' : `:${line}`}`]),
      ...(fix === null ? [] : [`  fix:  ${fix}`]),
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
    ...(cost ? [`  ${costText(cost)}`] : []),
    ...(compared.appHash ? ['  the same app hash from the same state twice'] : []),
    ...compared.rescue.map(
      ({ binary, ok }) =>
        `  --unsafe-skip-upgrades: the ${binary} version ${ok ? 'goes on' : 'does not go on'}`,
    ),
    '',
  ].join('\n');
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
