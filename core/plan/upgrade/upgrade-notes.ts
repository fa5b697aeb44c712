import { isCandidateOf } from '../../chain/app/plan-names.ts';
import type { StoreEntry, Upgrade } from '../../chain/chain.ts';
import { sameApp, storeId } from '../../chain/compare.ts';
import type { StoreChoice } from '../../edit/store-code.ts';
import type { Job } from './job.ts';
import { derivedStores } from './store-answers.ts';

/** What the reader should know of what is asked for, before it is written. */
export function upgradeNotes(job: Job): string[] {
  return [...repeatedStores(job), ...candidates(job), ...unsureStores(job)];
}

/**
 * Stores that are there already when the upgrade runs stop the node
 * (docs/background/sdk.md#store-loading); test networks may have gone another way, so it is only
 * said.
 */
function repeatedStores({ app, base, stores }: Job): string[] {
  const before = sameApp(base, app);
  return stores.added.flatMap(({ name }) => {
    const earlier = app.upgrades.find(upgrade => adds(upgrade, name));
    const wasDeleted = app.upgrades.some(upgrade => holds(upgrade.stores?.deleted, name));
    const isMounted = before?.stores.some(store => store.name === name) ?? false;
    if (!isMounted && (!earlier || wasDeleted)) return [];
    const by = isMounted
      ? 'mounted by the last release already'
      : `added by ${earlier!.name ?? earlier!.package} already`;
    return [
      `The store ${name} is ${by}: on a network that has it, the node stops with ` +
        '"initial version set to …, but found earlier version".',
    ];
  });
}

function adds({ registered, stores }: Upgrade, name: string): boolean {
  return registered && holds(stores?.added, name);
}

function holds(entries: readonly StoreEntry[] | undefined, name: string): boolean {
  return entries?.some(entry => entry.name === name) ?? false;
}

/**
 * A release often does what its candidates did, on networks that never ran them; the new upgrade
 * starts without their stores and steps.
 */
function candidates({ app, name, stores }: Job): string[] {
  return app.upgrades.flatMap(({ name: candidate, registered, stores: theirs }) => {
    if (!registered || candidate === null || !isCandidateOf(candidate, name)) return [];
    const added = missingFrom(stores.added, theirs?.added);
    const deleted = missingFrom(stores.deleted, theirs?.deleted);
    const changes = [
      ...(added.length > 0 ? [`adds ${added.join(', ')}`] : []),
      ...(deleted.length > 0 ? [`deletes ${deleted.join(', ')}`] : []),
    ].join(' and ');
    const lacking =
      changes === ''
        ? ''
        : ` and ${changes}, which ${name} does not: networks that never ran it need that too`;
    return [
      `${candidate} is a candidate of ${name}${lacking}. What its handler does is not repeated, ` +
        'for it may be meant for a test network alone.',
    ];
  });
}

/** The names among `theirs` that are not among `ours`. */
function missingFrom(
  ours: readonly StoreChoice[],
  theirs: readonly StoreEntry[] | undefined,
): string[] {
  const names = (theirs ?? []).flatMap(store => store.name ?? []);
  return names.filter(name => !ours.some(store => store.name === name));
}

/** A module that moved keeps its store, a new one needs it added; names do not tell which it is. */
function unsureStores({ app, base, stores }: Job): string[] {
  const chosen = [...stores.added, ...stores.renamed.map(({ to }) => to)];
  return derivedStores(app, base).unsure.flatMap(store => {
    const id = storeId(store)!;
    if (chosen.some(choice => choice.name === id || choice.const === id)) return [];
    return [
      `The store ${id} is not known to be new: the last release may mount it by another ` +
        'constant. If it is new, give it with --added.',
    ];
  });
}
