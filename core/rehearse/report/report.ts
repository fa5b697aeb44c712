import type { Checked, ComparedModule, Cost, Failure, Rehearsal, StoreChange } from '../result.ts';
import { countWords, sizeWords, timeWords, valueWords } from './words.ts';

/** What a report says, however it is written. */
export interface RehearsalReport {
  readonly title: string;
  readonly passed: boolean;
  /** What ran, one sentence each. */
  readonly facts: readonly string[];
  /** Why it failed: what, and its words. */
  readonly failure: readonly (readonly [label: string, text: string])[];
  readonly changes: readonly StoreBar[];
  readonly tables: readonly ReportTable[];
}

/** A store in the chart of differences: numbers of keys. */
export interface StoreBar {
  readonly store: string;
  readonly added: number;
  readonly changed: number;
  readonly deleted: number;
  readonly bytes: number;
  /** What to look at; empty where nothing is odd. */
  readonly remark: string;
}

/** A table; a row is marked where it is not as it should be. */
export interface ReportTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly { readonly cells: readonly string[]; readonly ok: boolean }[];
}

/** What there is to report of a rehearsal. */
export function rehearsalReport(rehearsal: Rehearsal): RehearsalReport {
  const { plan, compared, failure } = rehearsal;
  return {
    title: `Rehearsal of ${plan}`,
    passed: failure === undefined,
    facts: factsOf(rehearsal),
    failure: failure ? failureLines(failure) : [],
    changes: compared.changes.map(barOf),
    tables: tablesOf(rehearsal).filter(({ rows }) => rows.length > 0),
  };
}

function factsOf(rehearsal: Rehearsal): string[] {
  const { from, mode, state, cost, compared, steps } = rehearsal;
  const { plan, appHash } = compared;
  const total = steps.reduce((sum, { ms }) => sum + ms, 0);
  return [
    `From ${from} to the working tree` +
      (plan && plan.applied > 0 ? `, applied at height ${countWords(plan.applied)}.` : '.'),
    ...(state
      ? [`On the state of ${state.source}: ${state.chainId} at height ${countWords(state.height)}.`]
      : ['On a fresh chain.']),
    ...(mode === 'driven' ? ['Its blocks were made by chain-upgrade, without CometBFT.'] : []),
    ...(mode === 'validator' ? ['Its blocks were made by one validator with CometBFT.'] : []),
    ...(cost ? [costWords(cost)] : []),
    ...(appHash
      ? [
          appHash.equal
            ? 'The upgrade block was made twice, with the same app hash.'
            : 'The upgrade block was made twice, with DIFFERENT app hashes: it would fork the network.',
        ]
      : []),
    `It took ${timeWords(total)}.`,
  ];
}

function costWords(cost: Cost): string {
  const { finalizeMs, commitMs, peakBytes } = cost;
  const memory = peakBytes === null ? '' : `, with ${sizeWords(peakBytes)} of memory at most`;
  return (
    `The upgrade block took ${timeWords(finalizeMs)} to execute and ` +
    `${timeWords(commitMs)} to commit${memory}.`
  );
}

function failureLines(failure: Failure): [string, string][] {
  const { step, words, rule, fix, store, key } = failure;
  const place = placeOf(failure);
  return [
    ['Failed at', step],
    ['Words', words],
    ...optional('Rule', rule),
    ...optional('Place', place),
    ...optional('Store', store),
    ...optional('Key', key),
    ...optional('Repair', fix),
  ];
}

function optional(label: string, text: string | null | undefined): [string, string][] {
  return text === null || text === undefined || text === '' ? [] : [[label, text]];
}

function placeOf({ file, line }: Failure): string | null {
  return file === null || line === null ? file : `${file}:${line}`;
}

function barOf({ store, added, changed, deleted, bytes, ...change }: StoreChange): StoreBar {
  const none = added + changed + deleted === 0;
  return { store, added, changed, deleted, bytes, remark: remarkOn(change, none) };
}

function remarkOn(
  { explained, migrated }: Pick<StoreChange, 'explained' | 'migrated'>,
  none: boolean,
): string {
  if (none) return migrated ? 'its migration changed nothing' : '';
  return explained ? '' : 'no migration explains this';
}

function tablesOf({ compared, steps }: Rehearsal): ReportTable[] {
  const { modules, stores, appHash, rescue, pending } = compared;
  return [
    checkTable('Checks', compared.checks),
    {
      title: 'Modules',
      head: ['module', 'before', 'after', 'in the source'],
      rows: modules.filter(module => module.migrated || module.from !== module.to).map(moduleRow),
    },
    {
      title: 'Stores that are not as they should be',
      head: ['store', 'should be', 'is'],
      rows: stores
        .filter(({ expected, found }) => expected !== found)
        .map(({ name, expected, found }) => ({
          cells: [name, thereWords(expected), thereWords(found)],
          ok: false,
        })),
    },
    {
      title: 'Where the two app hashes differ',
      head: ['store', 'key'],
      rows: (appHash?.differs ?? []).map(({ store, key }) => ({
        cells: [store, key ?? 'not compared'],
        ok: false,
      })),
    },
    checkTable('Sums that have to hold', compared.invariants),
    {
      title: 'Pending, and not known to the new version',
      head: ['what', 'type'],
      rows: pending.map(({ what, type }) => ({ cells: [what, type], ok: false })),
    },
    {
      title: 'Ways out: --unsafe-skip-upgrades',
      head: ['version', 'goes on'],
      rows: rescue.map(({ binary, ok }) => ({ cells: [binary, ok ? 'yes' : 'no'], ok })),
    },
    {
      title: 'Steps',
      head: ['step', 'time', ''],
      rows: steps.map(({ name, ms, ok }) => ({
        cells: [name, timeWords(ms), ok ? '' : 'failed'],
        ok,
      })),
    },
  ];
}

function checkTable(title: string, checks: readonly Checked[]): ReportTable {
  return {
    title,
    head: ['check', 'before', 'after', ''],
    rows: checks.map(({ name, ok, before, after }) => ({
      cells: [name, valueWords(before), valueWords(after), ok ? 'holds' : 'fails'],
      ok,
    })),
  };
}

function moduleRow({ name, from, to, source }: ComparedModule): ReportTable['rows'][number] {
  const cells = [name, ...[from, to, source].map(version => String(version ?? '-'))];
  return { cells, ok: source === null || source === to };
}

function thereWords(isThere: boolean): string {
  return isThere ? 'there' : 'gone';
}
