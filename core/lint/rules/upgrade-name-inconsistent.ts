import { compareNames, isPrerelease, parseVersion } from '../../chain/app/plan-names.ts';
import type { Upgrade } from '../../chain/chain.ts';
import { basename, dirname } from '../../files.ts';
import { storeVersionMismatch, upgradeNeeded } from '../node-words.ts';
import type { AppContext, Finding, Rule } from '../rule.ts';
import { registrationsNotRead } from '../unread.ts';
import { labelOf } from '../wording.ts';

/**
 * A plan name that disagrees with its folder, with all other names, or with the release's tag
 * (docs/background/incidents.md#upgrade-name-inconsistent).
 */
export const upgradeNameInconsistent: Rule = {
  name: 'upgrade-name-inconsistent',
  severity: 'warning',
  summary: 'a plan name disagrees with its folder, the other plan names or the release',
  repair: 'register the handler under the name of the plan',
  nodeSays: [
    { words: storeVersionMismatch, rank: 10 },
    { words: upgradeNeeded, rank: 2 },
  ],
  notJudged: registrationsNotRead,
  *check({ apps, release }) {
    for (const subject of apps) {
      yield* folders(subject);
      yield* spelling(subject);
      if (release !== undefined) yield* released(subject, release);
    }
  },
};

/** Versions only: `v3.0.4` in the folder `v3.0.5`. Codenames and shared folders say nothing. */
function* folders(subject: AppContext): Iterable<Finding> {
  const { app, pending } = subject;
  for (const upgrade of app.upgrades) {
    const { name, location, package: dir } = upgrade;
    if (name === null || !(pending.includes(upgrade) || isNew(subject, upgrade))) continue;
    if (app.upgrades.some(other => other !== upgrade && other.package === dir)) continue;
    const version = versionFolder(dir);
    if (version === undefined || !parseVersion(name) || agree(version, name)) continue;
    if (foldersOnlyCount(subject)) continue;
    yield {
      location,
      message: `the folder ${dir} holds the plan name "${name}"`,
      consequence:
        `a proposal for ${version} finds no handler, and the network halts: ` +
        'UPGRADE "…" NEEDED',
    };
  }
}

/**
 * Whether as many of the folders that were there before disagree with their plans as agree with
 * them, `v1` with `v1.1.0` perhaps by chance: then they are numbered by a count of their own.
 */
function foldersOnlyCount({ app, base, pending }: AppContext): boolean {
  const atRelease = base?.repo ? base.app.upgrades : [];
  const older = app.upgrades.filter(upgrade => !pending.includes(upgrade));
  const known = [...atRelease, ...older].filter(
    upgrade => !sharesFolder(upgrade, older, atRelease),
  );
  const byFolder = new Map(known.map(upgrade => [upgrade.package, upgrade.name]));
  let agreeing = 0;
  let disagreeing = 0;
  for (const [dir, name] of byFolder) {
    const version = versionFolder(dir);
    if (version === undefined || name === null || !parseVersion(name)) continue;
    if (agree(version, name)) agreeing++;
    else disagreeing++;
  }
  return disagreeing > 0 && disagreeing >= agreeing;
}

/** Whether another upgrade of the same reading has the same folder. */
function sharesFolder(upgrade: Upgrade, ...readings: readonly (readonly Upgrade[])[]): boolean {
  return readings.some(
    upgrades =>
      upgrades.includes(upgrade) &&
      upgrades.some(other => other !== upgrade && other.package === upgrade.package),
  );
}

/** Whether an upgrade's folder is new. A lock knows no folders: only what is pending is new. */
function isNew({ base }: AppContext, upgrade: Upgrade): boolean {
  if (!base) return upgrade.registered;
  return base.repo !== undefined && !base.app.upgrades.some(old => old.package === upgrade.package);
}

/** The name of a folder, or of the one around it, that is a version. */
function versionFolder(dir: string): string | undefined {
  const own = basename(dir);
  const above = basename(dirname(dir));
  return [own, above].find(name => parseVersion(name) !== undefined);
}

/**
 * Whether one is the other, or begins with it, by its numbers: `v20` and `v20.0.0`, `v060` and
 * `v0.60`. Candidates have to be the same one.
 */
function agree(dir: string, name: string): boolean {
  const a = parseVersion(dir)!;
  const b = parseVersion(targetOf(name))!;
  const candidateOfA = candidateOf(a.suffix);
  const candidateOfB = candidateOf(b.suffix);
  const isSameCandidate =
    candidateOfA === undefined || candidateOfB === undefined || candidateOfA === candidateOfB;
  return isSameCandidate && numbersAgree(a.parts, b.parts);
}

/** Where a name leads that says so: `2.0` of `1.0-to-2.0`, `v3.0` of `v1.1-v3.0`. */
function targetOf(name: string): string {
  const { suffix } = parseVersion(name)!;
  return /^[-._]*(?:to[-._]*v?|v)(\d+(?:[._]\d+)*)$/i.exec(suffix)?.[1] ?? name;
}

/** `rc1` of the suffix `-rc.1`. */
function candidateOf(suffix: string): string | undefined {
  return /(rc|alpha|beta)[-._]?(\d+)/i.exec(suffix)?.slice(1).join('').toLowerCase();
}

function numbersAgree(a: readonly string[], b: readonly string[]): boolean {
  // Written out to the same length they have to be the same.
  if (a.length === b.length && a.length > 1)
    return a.every((part, i) => Number(part) === Number(b[i]));
  const [joinedA, joinedB] = [digitsOf(a), digitsOf(b)];
  return (
    isOneBeginning(`${withoutZeros(a)}.`, `${withoutZeros(b)}.`) ||
    isOneBeginning(joinedA, joinedB) ||
    // `v05` of `v0.5.0`: the dots are left out, and the zeros are not.
    isOneBeginning(a.join(''), b.join('')) ||
    Number(joinedA) === Number(joinedB)
  );
}

/** `20.1` of `20.1.0.0`. */
function withoutZeros(parts: readonly string[]): string {
  return parts.join('.').replace(/(\.0+)+$/, '');
}

/** `060` of `0.60`. */
function digitsOf(parts: readonly string[]): string {
  return parts.map(part => String(Number(part))).join('');
}

function isOneBeginning(a: string, b: string): boolean {
  return a.startsWith(b) || b.startsWith(a);
}

/** One name without the `v` that all others have, or with one that none has. */
function* spelling({ app, pending }: AppContext): Iterable<Finding> {
  const others = app.upgrades.filter(
    upgrade =>
      upgrade.registered &&
      upgrade.name !== null &&
      !pending.includes(upgrade) &&
      parseVersion(upgrade.name),
  );
  const withV = others.filter(({ name }) => hasV(name!)).length;
  if (others.length < 3 || (withV !== 0 && withV !== others.length)) return;
  const usual = withV > 0;
  for (const { name, registered, location } of pending) {
    if (name === null || !registered || !parseVersion(name) || hasV(name) === usual) continue;
    const differs = usual
      ? 'without the "v" that all other plan names have'
      : 'with a "v" that no other plan name has';
    yield {
      location,
      message: `"${name}" is spelled ${differs}`,
      consequence: 'the handler only runs for a plan of exactly this name',
    };
  }
}

function hasV(name: string): boolean {
  return /^v/i.test(name);
}

/** The newest handler has to carry the name of the tag. */
function* released({ app, base, pending }: AppContext, tag: string): Iterable<Finding> {
  const registered = app.upgrades.filter(upgrade => upgrade.registered);
  const plan = withoutFolder(tag);
  if (registered.some(({ name }) => name === null || name === plan || name === tag)) return;
  const newest = newestOf(pending.filter(upgrade => upgrade.registered)) ?? newestOf(registered);
  if (!newest) return;
  const before = base?.app.upgrades.filter(upgrade => upgrade.registered) ?? [];
  const habit = isBeginningOf(newest.name, plan)
    ? lengthOfOthers([...registered, ...before], newest, plan)
    : 'full';
  if (habit === 'short') return;
  yield {
    location: newest.location,
    severity: habit === 'full' ? 'error' : 'warning',
    message: `the release is ${tag}, and the newest handler is registered for "${labelOf(newest)}"`,
    consequence: `a proposal for "${plan}" finds no handler`,
  };
}

/** Whether a plan is the tag without its last parts: `v2` of `v2.0.0`. */
function isBeginningOf(name: string | null, tag: string): boolean {
  const version = parseVersion(tag);
  const plan = name === null ? undefined : parseVersion(name);
  if (!version || !plan || plan.suffix !== version.suffix) return false;
  return (
    plan.parts.length < version.parts.length &&
    plan.parts.every((part, i) => Number(part) === Number(version.parts[i]))
  );
}

/**
 * Whether the other plans of a chain, now and in the last release, are shorter than its tags, or
 * one of them is a tag in full; unknown where there is no other.
 */
function lengthOfOthers(
  upgrades: readonly Upgrade[],
  newest: Upgrade,
  tag: string,
): 'short' | 'full' | 'unknown' {
  const others = upgrades.filter(
    ({ name }) => name !== null && name !== newest.name && !isPrerelease(name),
  );
  if (others.length === 0) return 'unknown';
  const length = parseVersion(tag)?.parts.length ?? 0;
  const areShort = others.every(({ name }) => (parseVersion(name!)?.parts.length ?? 0) < length);
  return areShort ? 'short' : 'full';
}

/** A tag without the module folder in front of it. */
function withoutFolder(tag: string): string {
  return tag.replace(/^.*\//, '');
}

/** The newest by version, candidates aside; the last one where there are only candidates. */
function newestOf(upgrades: readonly Upgrade[]): Upgrade | undefined {
  let best: Upgrade | undefined;
  for (const upgrade of upgrades) {
    if (upgrade.name === null || isPrerelease(upgrade.name)) continue;
    const isOlder = best && (compareNames(best.name!, upgrade.name) ?? -1) > 0;
    if (!isOlder) best = upgrade;
  }
  return best ?? upgrades.at(-1);
}
