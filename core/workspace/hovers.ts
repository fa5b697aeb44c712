import type { App, Module, Store, StoreEntry } from '../chain/chain.ts';
import { sameApp, sameStore } from '../chain/compare.ts';
import { readErasOf } from '../chain/eras/eras.ts';
import type { EraName } from '../chain/eras/names.ts';
import { storesBrought, storesTaken } from '../chain/store-changes.ts';
import type { Location } from '../go/source/location.ts';
import { locationOf, placeText } from '../go/source/location.ts';
import { toldOfEra, toldOfSwitch } from './era-words.ts';
import type { Position } from './hunks.ts';
import type { KnownUpgrade } from './known-upgrades.ts';
import { knownUpgrades, storeLabel, storesText, versionsBefore } from './known-upgrades.ts';
import type { LintedRepo } from './linted-repo.ts';
import { planPlaces } from './plan-places.ts';
import type { TextRange } from './text-range.ts';
import { textRange, touches } from './text-range.ts';

/** What an editor tells of a place. */
export interface HoverText {
  readonly range: TextRange;
  /** What it is, and of which name. */
  readonly heading: string;
  /** Facts about it, each a sentence without a full stop. */
  readonly facts: readonly string[];
}

interface Told {
  readonly location: Location;
  readonly tell: () => Omit<HoverText, 'range'>;
}

/** What is known of the store, plan, version or era at a position; the narrowest place wins. */
export function hoverAt(
  linted: LintedRepo,
  file: string,
  position: Position,
): HoverText | undefined {
  const upgrades = knownUpgrades(linted);
  const { chain, repo } = linted.analysis;
  const told: Told[] = [
    ...chain.apps.flatMap(app => storePlaces(linted, app, upgrades)),
    ...upgrades.flatMap(known => planToldAt(linted, known)),
    ...chain.modules.flatMap(module => versionPlaces(linted, module)),
    ...chain.apps.flatMap(app => eraPlaces(linted, app)),
  ];
  const at = { start: position, end: position };
  const found = told
    .filter(({ location }) => location.file === file)
    .map(one => ({ ...one, range: textRange(repo, one.location) }))
    // A registration may hold its whole handler: only its first line speaks of the plan.
    .filter(({ range }) => touches(range, at) && range.start.line === position.line)
    .sort((a, b) => size(a.location) - size(b.location))[0];
  return found && { range: found.range, ...found.tell() };
}

function size({ start, end }: Location): number {
  return end - start;
}

/** Where a store is mounted, and where upgrades list it. */
function storePlaces(linted: LintedRepo, app: App, upgrades: readonly KnownUpgrade[]): Told[] {
  const own = upgrades.filter(known => known.app === app);
  const tell = (store: Store | StoreEntry) => () => storeText(linted, app, own, store);
  const listed = own.flatMap(({ upgrade: { stores } }) => [
    ...storesBrought(stores),
    ...storesTaken(stores),
  ]);
  return [...app.stores, ...listed].map(store => ({
    location: store.location,
    tell: tell(store),
  }));
}

function storeText(
  linted: LintedRepo,
  app: App,
  upgrades: readonly KnownUpgrade[],
  store: Store | StoreEntry,
): Omit<HoverText, 'range'> {
  const mounted = app.stores.find(other => sameStore(other, store));
  const holding = (listed: readonly StoreEntry[]) => listed.some(other => sameStore(other, store));
  const named = (known: readonly KnownUpgrade[]) =>
    known.map(({ label, state }) => (state === undefined ? label : `${label} (${state})`));
  const brought = named(upgrades.filter(known => holding(storesBrought(known.upgrade.stores))));
  const taken = named(upgrades.filter(known => holding(storesTaken(known.upgrade.stores))));
  const kind = mounted && mounted.kind !== 'kv' ? `${mounted.kind} store` : 'store';
  return {
    heading: `${kind} "${storeLabel(store)}"`,
    facts: [
      mounted
        ? `mounted in ${placeText(mounted.location)}`
        : `not mounted by the app in ${app.dir || 'the root folder'}`,
      ...(mounted?.kind === 'kv' || !mounted ? releaseFacts(linted, app, store) : []),
      ...(brought.length > 0 ? [`added by ${brought.join(', ')}`] : []),
      ...(taken.length > 0 ? [`deleted by ${taken.join(', ')}`] : []),
      ...(mounted ? [nodeFact(mounted)] : []),
    ],
  };
}

/** What a node does with a store that the app mounts. */
function nodeFact({ kind }: Store): string {
  return kind === 'kv'
    ? 'a new chain starts with it; a node that runs gets it only from an upgrade that adds it'
    : 'it holds no state, so no upgrade adds it';
}

/** Which of the baselines has a store, as far as they tell. */
function releaseFacts(linted: LintedRepo, app: App, store: Store | StoreEntry): string[] {
  return linted.basesOf(app).flatMap(({ ref, chain }) => {
    const before = sameApp(chain, app);
    if (!before) return [];
    if (before.stores.some(other => sameStore(other, store))) return [`was mounted in ${ref}`];
    const unread = before.storesUnread.length > 0 || before.stores.some(s => s.name === null);
    return [unread ? `not seen in ${ref}, whose stores are not all known` : `not in ${ref}`];
  });
}

/** A plan is told of where it is registered and where its name stands. */
function planToldAt(linted: LintedRepo, known: KnownUpgrade): Told[] {
  const tell = () => planText(known);
  return planPlaces(linted, known)
    .filter(({ what }) => what === 'name' || what === 'registration')
    .map(({ location }) => ({ location, tell }));
}

function planText({ upgrade, label, state }: KnownUpgrade): Omit<HoverText, 'range'> {
  const changes = storesText(upgrade.stores);
  return {
    heading: `upgrade ${label}`,
    facts: [
      ...(state === undefined ? [] : [state]),
      `${upgrade.registered ? 'registered' : 'written'} in ${placeText(upgrade.location)}`,
      ...(upgrade.package === '' ? [] : [`its package is ${upgrade.package}`]),
      changes === '' ? 'changes no stores' : changes,
      ...(upgrade.storesUnread ? [`not all is known: ${upgrade.storesUnread.why}`] : []),
      ...(upgrade.buildTags.length > 0 ? [`built with ${upgrade.buildTags.join(', ')}`] : []),
      upgrade.registered
        ? 'at the height of a plan of exactly this name the old binary halts, and the new one runs it'
        : 'no binary runs it before it is registered',
    ],
  };
}

/** Where a module's version stands, and where its migrations are registered. */
function versionPlaces(linted: LintedRepo, module: Module): Told[] {
  const tell = () => versionText(linted, module);
  const migrations = module.migrations.map(({ location }) => ({ location, tell }));
  return module.versionPlace
    ? [{ location: module.versionPlace, tell }, ...migrations]
    : migrations;
}

function versionText(linted: LintedRepo, module: Module): Omit<HoverText, 'range'> {
  const { name, consensusVersion, migrations, managed } = module;
  const before = versionsBefore(linted, module);
  const steps = [...migrations]
    .sort((a, b) => a.from - b.from)
    .map(({ from }) => `${from}→${from + 1}`);
  return {
    heading: `module "${name}", version ${consensusVersion ?? 'not known'}`,
    facts: [
      ...(before.length > 0 ? [`version ${before.join(', ')}`] : []),
      steps.length > 0 ? `migrations: ${steps.join(', ')}` : 'no migration is registered',
      managed === false
        ? 'migrations are run by a configurator of the chain, not by the SDK'
        : 'RunMigrations runs each step from the version that the network has to this one',
    ],
  };
}

/** The eras in the list of those that are supported, their constants, and their switches. */
function eraPlaces({ repo }: LintedRepo, app: App): Told[] {
  const eras = readErasOf(repo, app);
  if (!eras) return [];
  const told = (era: EraName) => () => ({
    heading: era.name === null ? 'era' : `era "${era.name}"`,
    facts: toldOfEra(eras, era),
  });
  const constants = eras.constants.flatMap(({ name, definition: { facts, spec } }) => {
    const era = eras.supported.find(one => one.name === name);
    const location = locationOf(facts, { start: spec.nameStart, end: spec.nameEnd });
    return era ? [{ location, tell: told(era) }] : [];
  });
  return [
    ...eras.supported.map(era => ({ location: era.location, tell: told(era) })),
    ...constants,
    ...eras.switches.map(one => ({
      location: one.location,
      tell: () => ({
        heading: one.name === null ? 'era switch' : `era switch "${one.name}"`,
        facts: toldOfSwitch(eras, one),
      }),
    })),
  ];
}
