import { bearsPlan, isFinalOf, shapeOf } from '../../core/chain/tag-names.ts';
import type { RankedTag } from './ranked-tag.ts';
import { compareTags } from './ranked-tag.ts';

/**
 * Which tags are the chain's releases. Those of the usual form are. Tags of another form are where
 * the chain has made none of the usual form since, and either its plans are called like them, or it
 * made several: some chains call what their main network runs a beta, or count in a suffix.
 */
export function releaseHabit(
  tags: readonly RankedTag[],
  plans: readonly string[],
): (tag: RankedTag) => boolean {
  const plain = tags.filter(({ read }) => read.kind === 'plain');
  const newest = plain.reduce<RankedTag | undefined>(
    (best, tag) => (best && compareTags(best, tag) >= 0 ? best : tag),
    undefined,
  );
  const since = tags.filter(
    tag => tag.read.kind !== 'plain' && (!newest || compareTags(tag, newest) > 0),
  );
  const built = new Set(plain.map(versionOf));
  const forms = [...new Set(since.map(({ read }) => read.shape))].map(shape => ({
    shape,
    group: since.filter(({ read }) => read.shape === shape),
    plans,
    built,
    isFirst: !newest,
  }));
  const usual = new Set(forms.filter(isHabit).map(({ shape }) => shape));
  return ({ read }) => read.kind === 'plain' || usual.has(read.shape);
}

/** Tags of one form, none of which is older than the newest one of the usual form. */
interface Form {
  readonly shape: string;
  readonly group: readonly RankedTag[];
  readonly plans: readonly string[];
  /** The versions that were released in the usual form. */
  readonly built: ReadonlySet<string>;
  /** Whether there is none of the usual form at all. */
  readonly isFirst: boolean;
}

function isHabit({ shape, group, plans, built, isFirst }: Form): boolean {
  const isNamed =
    group.some(({ name }) => plans.some(plan => bearsPlan(name, plan))) ||
    plans.some(plan => shapeOf(plan) === shape);
  const isCandidate = group.some(({ read }) => read.kind === 'candidate');
  // A variant of a release (`v2.0.0-debug`) is none.
  const versions = new Set(group.map(versionOf).filter(version => !built.has(version)));
  if (isCandidate) {
    const awaits = plans.some(plan => group.some(({ read }) => isFinalOf(plan, read)));
    return !awaits && versions.size >= (isNamed ? 2 : 3);
  }
  if (isNamed) return true;
  if (!/^v?#/.test(shape)) return false;
  return versions.size >= 2 || (isFirst && /^v?#(\.#){1,2}$/.test(shape));
}

function versionOf({ read }: RankedTag): string {
  return read.version.join('.').replace(/(\.0)+$/, '');
}
