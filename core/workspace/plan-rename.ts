import type { Baseline, ReleaseOrReason } from '../chain/baseline.ts';
import type { App } from '../chain/chain.ts';
import { Refusal } from '../refusal.ts';
import { comparedWithName } from '../wiring/registration/compared-name.ts';
import { behindName } from '../wiring/registration/name-literal.ts';
import type { Position } from './hunks.ts';
import type { LintedRepo } from './linted-repo.ts';
import type { NamedAt } from './plan-names.ts';
import { stringAt } from './plan-names.ts';
import type { PlacedPlan, PlanPlace } from './plan-places.ts';
import { plansAt } from './plan-places.ts';
import type { TextRange } from './text-range.ts';
import { rangeBetween } from './text-range.ts';

/** A plan that can be renamed from a place: what the editor offers to change there. */
export interface RenameTarget {
  readonly app: App;
  readonly name: string;
  /** The name, without its quotes. */
  readonly range: TextRange;
}

/**
 * The plan whose name is written out at a position; undefined at all else. The name of its constant
 * is Go's own, and another extension's to rename.
 */
export function renameTarget(
  linted: LintedRepo,
  file: string,
  position: Position,
): RenameTarget | undefined {
  const named = stringAt(linted.repo, file, position);
  const literal = named?.literal;
  const [plan] = literal ? plansAt(linted, file, position) : [];
  if (!named || !literal || !plan || plan.known.upgrade.name === null) return undefined;
  const { app, upgrade } = plan.known;
  if (!isName(linted, plan, file, named)) return undefined;
  const range = rangeBetween(linted.repo, file, literal.start + 1, literal.end - 1);
  return { app, name: upgrade.name!, range };
}

/** Whether a literal is the plan's name, and no module or store of that name. */
function isName(
  { analysis }: LintedRepo,
  { known: { app, upgrade }, places }: PlacedPlan,
  file: string,
  { literal, start, end }: NamedAt,
): boolean {
  const { repo } = analysis;
  const { name } = upgrade;
  const compared = comparedWithName(repo, repo.facts(file)!, literal!.start);
  const isNear = places.some(
    ({ what, location }) =>
      comparing.has(what) &&
      location.file === file &&
      location.start <= end &&
      start <= location.end,
  );
  if (compared === 'plan' || (compared === 'name' && isNear)) return true;
  const own = analysis
    .wiringOf(app)
    .registrations.filter(({ name: value }) => value.kind === 'known' && value.value === name);
  return own.some(({ nameExpr }) => {
    const found = behindName(repo, nameExpr);
    return found?.facts.path === file && found.node.start === literal!.start;
  });
}

/** The places in whose declarations a `name` is a plan's. */
const comparing: ReadonlySet<PlanPlace['what']> = new Set(['registration', 'loader', 'stores']);

/**
 * All that tells which plans networks have run: the release that was read for it, what the editor
 * compares with, and every lock. A lock tells of one network; where it speaks of an app, others may
 * run its release. Throws `Refusal` where a lock cannot be read.
 */
export function ranBases(linted: LintedRepo, release: ReleaseOrReason): readonly Baseline[] {
  const { bases: locks, errors } = linted.locks;
  const [error] = errors;
  if (error !== undefined) throw new Refusal(error);
  const releases = 'chain' in release ? [release] : [];
  const all = [...releases, ...linted.bases, ...locks];
  return all.filter(({ ref }, i) => all.findIndex(one => one.ref === ref) === i);
}
