import { handlersOf } from '../chain/app/handler-code.ts';
import type { Module } from '../chain/chain.ts';
import type { Location } from '../go/source/location.ts';
import { locationOf } from '../go/source/location.ts';
import { plural } from '../plural.ts';
import type { KnownUpgrade } from './known-upgrades.ts';
import { knownUpgrades, storesText, versionsBefore } from './known-upgrades.ts';
import type { LintedRepo } from './linted-repo.ts';

/** A line that an editor shows above a place of the code. */
export interface Lens {
  readonly location: Location;
  readonly title: string;
  /** The module whose next migration is written when the line is chosen. */
  readonly migrates?: string;
}

/** The lenses of one file, in the order of its lines. */
export function lensesOf(linted: LintedRepo, file: string): Lens[] {
  const upgrades = knownUpgrades(linted);
  const all = [
    ...upgrades.flatMap(upgradeLenses),
    ...handlerLenses(linted, upgrades),
    ...linted.analysis.chain.modules.flatMap(module => moduleLenses(linted, module)),
  ];
  return all
    .filter(({ location }) => location.file === file)
    .sort((a, b) => a.location.start - b.location.start);
}

/** Above the registration what the upgrade is, above its stores what they come to. */
function upgradeLenses({ upgrade, label, state }: KnownUpgrade): Lens[] {
  const { location, stores } = upgrade;
  const changes = storesText(stores);
  const says = [`upgrade ${label}`, ...(state === undefined ? [] : [state])];
  const own = { location, title: [...says, ...(changes === '' ? [] : [changes])].join(' · ') };
  const place = stores?.location;
  const isApart = place && (place.file !== location.file || place.line !== location.line);
  if (!isApart) return [own];
  return [own, { location: place, title: [...says, changes || 'no stores'].join(' · ') }];
}

/** Above a handler that is written elsewhere than registered, whose it is. */
function handlerLenses({ analysis }: LintedRepo, upgrades: readonly KnownUpgrade[]): Lens[] {
  const { chain, repo, wiringOf } = analysis;
  const byPlace = new Map<string, { location: Location; of: KnownUpgrade[] }>();
  for (const { upgrade, facts, fn } of chain.apps.flatMap(app =>
    handlersOf(repo, app, wiringOf(app)),
  )) {
    const known = upgrades.find(one => one.upgrade === upgrade);
    const location = locationOf(facts, fn);
    const isApart =
      location.file !== upgrade.location.file || location.line !== upgrade.location.line;
    if (!known || !isApart) continue;
    const place = `${location.file}:${location.start}`;
    const at = byPlace.get(place) ?? { location, of: [] };
    at.of.push(known);
    byPlace.set(place, at);
  }
  return [...byPlace.values()].map(({ location, of }) => ({ location, title: handlerTitle(of) }));
}

function handlerTitle(of: readonly KnownUpgrade[]): string {
  const [first, ...others] = of.map(({ label, state }) =>
    state === undefined ? label : `${label} (${state})`,
  );
  return others.length === 0
    ? `handler of ${first!}`
    : `handler of ${first!} and ${others.length} more`;
}

function moduleLenses(linted: LintedRepo, module: Module): Lens[] {
  const { name, dir, consensusVersion, versionPlace, migrations, managed } = module;
  if (!versionPlace) return [];
  const before = versionsBefore(linted, module);
  const title = [
    `version ${consensusVersion ?? 'not known'}${before.length > 0 ? ` (${before.join(', ')})` : ''}`,
    plural(migrations.length, 'migration'),
  ].join(' · ');
  const shown: Lens = { location: versionPlace, title };
  // What a configurator of the chain's own does with a migration is not known.
  if (managed === false || consensusVersion === null) return [shown];
  return [shown, { location: versionPlace, title: 'new migration', migrates: dir || name }];
}
