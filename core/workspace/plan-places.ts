import { handlersOf } from '../chain/app/handler-code.ts';
import type { Repo } from '../go/repo/repo.ts';
import type { Location } from '../go/source/location.ts';
import { locationOf } from '../go/source/location.ts';
import type { Position } from './hunks.ts';
import type { KnownUpgrade } from './known-upgrades.ts';
import { knownUpgrades } from './known-upgrades.ts';
import type { LintedRepo } from './linted-repo.ts';
import { stringAt } from './plan-names.ts';
import { textRange, touches } from './text-range.ts';

/** A place that belongs to a plan. */
export interface PlanPlace {
  readonly what: 'name' | 'registration' | 'handler' | 'stores' | 'loader';
  readonly location: Location;
}

/** A plan and all its places. */
export interface PlacedPlan {
  readonly known: KnownUpgrade;
  readonly places: readonly PlanPlace[];
}

/**
 * The plans whose name stands at a position: their constant, or a literal in a declaration that
 * holds one of their places. Of all else a Go extension knows where it leads.
 */
export function plansAt(linted: LintedRepo, file: string, position: Position): PlacedPlan[] {
  const named = stringAt(linted.repo, file, position);
  if (named?.value.kind !== 'known') return [];
  const { value, const: constant } = named.value;
  const isNear = ({ location }: PlanPlace) =>
    location.file === file && location.start <= named.end && named.start <= location.end;
  return knownUpgrades(linted)
    .filter(({ upgrade }) => upgrade.name === value)
    .map(known => ({ known, places: planPlaces(linted, known) }))
    .filter(({ known, places }) =>
      constant === undefined ? places.some(isNear) : known.upgrade.const === constant,
    );
}

/**
 * Where a plan leads from a position: from its name to its handler, from a use of the name to the
 * name; to the registration where these are not known.
 */
export function planTargets(linted: LintedRepo, file: string, position: Position): Location[] {
  const at = { start: position, end: position };
  return plansAt(linted, file, position).flatMap(({ places }) => {
    const place = (what: PlanPlace['what']) => places.find(one => one.what === what)?.location;
    const name = place('name');
    const isName = name?.file === file && touches(textRange(linted.repo, name), at);
    const wanted = name === undefined || isName ? place('handler') : name;
    return wanted ?? place('registration') ?? [];
  });
}

/** Every place of an upgrade that is known: its name first. */
export function planPlaces(
  { analysis }: LintedRepo,
  { app, upgrade }: KnownUpgrade,
): readonly PlanPlace[] {
  const { repo, wiringOf } = analysis;
  const name = upgrade.const === undefined ? undefined : nameLocation(repo, upgrade.const);
  const handlers = handlersOf(repo, app, wiringOf(app)).filter(one => one.upgrade === upgrade);
  const { stores, loader, location } = upgrade;
  return [
    ...(name ? [{ what: 'name', location: name } as const] : []),
    { what: 'registration', location },
    ...handlers.map(
      ({ facts, fn }) => ({ what: 'handler', location: locationOf(facts, fn) }) as const,
    ),
    ...(stores ? [{ what: 'stores', location: stores.location } as const] : []),
    ...(loader ? [{ what: 'loader', location: loader } as const] : []),
  ];
}

/** Where the constant of a name is defined, in this repository. */
function nameLocation(repo: Repo, constant: string): Location | undefined {
  const dot = constant.lastIndexOf('.');
  const dir = repo.dirOf(constant.slice(0, dot));
  const found = dir === undefined ? undefined : repo.value(dir, constant.slice(dot + 1));
  if (!found) return undefined;
  const { facts, spec } = found;
  return locationOf(facts, { start: spec.nameStart, end: spec.end });
}
