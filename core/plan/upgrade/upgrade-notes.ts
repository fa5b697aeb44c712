import { compareNames, isCandidateOf, isPrerelease } from '../../chain/app/plan-names.ts';
import type { Store, StoreEntry, Upgrade } from '../../chain/chain.ts';
import { sameApp, storeId } from '../../chain/compare.ts';
import { storesBrought, storesTaken } from '../../chain/store-changes.ts';
import type { StoreChoice } from '../../edit/store-code.ts';
import { isNewerThanKnown } from '../../sdk/generations.ts';
import type { Answers } from '../question.ts';
import type { Job } from './job.ts';
import { nameOf, newestFirst } from './neighbour.ts';
import { replacedUpgrade } from './replaced.ts';
import { setVersions } from './set-versions.ts';
import { derivedStores } from './store-answers.ts';

/** What the reader should know of what is asked for, before it is written. */
export function upgradeNotes(job: Job, answers: Answers): string[] {
  return [
    ...newerSdk(job),
    ...olderName(job),
    ...repeatedStores(job, replacedUpgrade(job.app, answers)),
    ...lostStores(job),
    ...candidates(job),
    ...unsureStores(job),
    ...unreadStores(job, answers),
    ...renamedStores(job),
    ...setVersions(job),
  ];
}

/** A plan is written as the newest SDK wants it that is known here. */
function newerSdk({ app }: Job): string[] {
  const { version, generation } = app.sdk;
  if (version === null || generation === null || !isNewerThanKnown(version)) return [];
  return [
    `The SDK ${version} is newer than those that are known here: what is written is as ` +
      `${generation} wants it. Compile it, and look for a newer chain-upgrade.`,
  ];
}

/** A network that is past an upgrade never runs it. */
function olderName({ name, wiring }: Job): string[] {
  const [newest] = newestFirst(wiring.registrations, name);
  const plan = newest && nameOf(newest);
  if (plan === undefined || isPrerelease(name) || isPrerelease(plan)) return [];
  if ((compareNames(name, plan) ?? 0) >= 0) return [];
  return [
    `By its number ${name} is older than ${plan}, the newest plan: check the name, unless the ` +
      'numbering begins anew with it.',
  ];
}

/** What is deleted is gone on every node; a store that only got another name is none of them. */
function lostStores({ stores }: Job): string[] {
  const names = stores.deleted.map(({ name }) => name);
  if (names.length === 0) return [];
  const [what, which] =
    names.length === 1
      ? [`The store ${names[0]!}`, 'it']
      : [`The stores ${names.join(', ')}`, 'they'];
  return [
    `${what} will be deleted with all data, on every node, for good. If ${which} only got another ` +
      'name, give that with --renamed.',
  ];
}

/**
 * Stores that are there already when the upgrade runs stop the node
 * (docs/background/sdk.md#store-loading); test networks may have gone another way, so it is only
 * said.
 */
function repeatedStores({ app, base, stores }: Job, replaced: Upgrade | undefined): string[] {
  const before = sameApp(base, app);
  return stores.added.flatMap(({ name }) => {
    const earlier = app.upgrades.find(one => one !== replaced && adds(one, name));
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
function unsureStores(job: Job): string[] {
  const chosen = storesBrought(job.stores);
  return derivedStores(job).unsure.flatMap(store => {
    const id = storeId(store)!;
    if (chosen.some(choice => choice.name === id || choice.const === id)) return [];
    const why = whyUnsure(job, store);
    return [`The store ${id} is not known to be new: ${why}. If it is new, give it with --added.`];
  });
}

function whyUnsure({ baseDoubt }: Job, store: Store): string {
  if (baseDoubt !== undefined) return 'the release compared with may not be what the network runs';
  return store.conditional === true
    ? 'it is mounted behind a flag or a build tag'
    : 'the last release may mount it by another constant, behind a flag or where it is not read';
}

/** Whether another pending upgrade changes them is not known: then it is left to the user. */
function unreadStores(job: Job, answers: Answers): string[] {
  const chosen = [...storesBrought(job.stores), ...storesTaken(job.stores)];
  const { unread } = derivedStores(job, answers);
  const open = unread.filter(
    ({ store }) => !chosen.some(({ name }) => name === store.name || name === store.const),
  );
  const [first] = open;
  if (!first) return [];
  const names = open.map(({ store }) => storeId(store)!).join(', ');
  const { location, why } = first.upgrades;
  return [
    `Not changed here: ${names}. An upgrade that is pending may do it: its stores are not read ` +
      `(${location.file}:${location.line}: ${why}). ` +
      'If it does not, give them with --added or --deleted.',
  ];
}

/** A constant that changed its value keeps its module's data only if the store is renamed. */
function renamedStores(job: Job): string[] {
  return derivedStores(job).renamed.flatMap(({ from, to }) => {
    const isChosen = job.stores.renamed.some(
      pair => pair.from.name === from.name && pair.to.name === to.name,
    );
    return isChosen
      ? [
          `The store ${from.name} is renamed to ${to.name}, for its constant had the other value ` +
            `at the last release. To begin anew instead: --added ${to.name} --deleted ${from.name}.`,
        ]
      : [];
  });
}
