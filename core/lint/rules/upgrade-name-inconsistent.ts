import { compareNames, isPrerelease, parseVersion } from '../../chain/app/plan-names.ts';
import type { Upgrade } from '../../chain/chain.ts';
import { basename, dirname } from '../../files.ts';
import type { AppContext, Finding, Rule } from '../rule.ts';

/**
 * A plan name that disagrees with its folder, with all other names, or with the tag that is
 * released (incidents.md R5).
 */
export const upgradeNameInconsistent: Rule = {
  name: 'upgrade-name-inconsistent',
  severity: 'warning',
  summary: 'a plan name disagrees with its folder, its neighbours or the release',
  *check({ apps, release }) {
    for (const subject of apps) {
      yield* folders(subject);
      yield* spelling(subject);
      if (release !== undefined) yield* released(subject, release);
    }
  },
};

/** Versions only: `v3.0.4` in the folder `v3.0.5`. Codenames and shared folders say nothing. */
function* folders({ app, base, pending }: AppContext): Iterable<Finding> {
  for (const upgrade of app.upgrades) {
    // A lock knows no folders: only what is pending is new.
    const isNew = base
      ? base.repo !== undefined && !base.app.upgrades.some(old => old.package === upgrade.package)
      : upgrade.registered;
    if (
      upgrade.name === null ||
      !(pending.includes(upgrade) || isNew) ||
      app.upgrades.some(o => o !== upgrade && o.package === upgrade.package)
    )
      continue;
    const dir = versionFolder(upgrade.package);
    if (dir === undefined || !parseVersion(upgrade.name) || agree(dir, upgrade.name)) continue;
    yield {
      location: upgrade.location,
      message: `the folder ${upgrade.package} holds the plan name "${upgrade.name}"; a proposal for ${dir} finds no handler, and the network halts: UPGRADE "…" NEEDED`,
    };
  }
}

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
  const [x, y] = [parseVersion(dir)!, parseVersion(name)!];
  const [a, b] = [x, y].map(v => v.parts.join('.').replace(/(\.0+)+$/, ''));
  const [joined, other] = [x, y].map(v => v.parts.map(p => String(Number(p))).join(''));
  // Written out to the same length they have to be the same.
  const exact = x.parts.length === y.parts.length && x.parts.length > 1;
  const numbers = exact
    ? x.parts.every((part, i) => Number(part) === Number(y.parts[i]))
    : `${a}.`.startsWith(`${b}.`) ||
      `${b}.`.startsWith(`${a}.`) ||
      joined!.startsWith(other!) ||
      other!.startsWith(joined!) ||
      Number(joined) === Number(other);
  const [m, n] = [x, y].map(v =>
    /(rc|alpha|beta)[-._]?(\d+)/i.exec(v.suffix)?.slice(1).join('').toLowerCase(),
  );
  return numbers && (m === undefined || n === undefined || m === n);
}

/** One name without the `v` that all others have, or with one that none has. */
function* spelling({ app, pending }: AppContext): Iterable<Finding> {
  const others = app.upgrades.filter(
    u => u.registered && u.name !== null && !pending.includes(u) && parseVersion(u.name),
  );
  const withV = others.filter(u => /^v/i.test(u.name!)).length;
  if (others.length < 3 || (withV !== 0 && withV !== others.length)) return;
  for (const { name, registered, location } of pending) {
    if (name === null || !registered || !parseVersion(name) || /^v/i.test(name) === withV > 0)
      continue;
    yield {
      location,
      message: `"${name}" is spelt ${withV > 0 ? 'without the "v"' : 'with a "v"'} that ${withV > 0 ? 'all other plan names have' : 'no other plan name has'}; the handler only runs for a plan of exactly this name`,
    };
  }
}

/** The newest handler has to bear the name of the tag. */
function* released({ app, pending }: AppContext, tag: string): Iterable<Finding> {
  const registered = app.upgrades.filter(u => u.registered);
  if (
    registered.length === 0 ||
    registered.some(u => u.name === null || u.name === bare(tag) || u.name === tag)
  )
    return;
  const newest = newestOf(pending.filter(u => u.registered)) ?? newestOf(registered);
  if (newest)
    yield {
      location: newest.location,
      severity: 'error',
      message: `the release is ${tag}, and the newest handler is registered for "${newest.name}"; a proposal for "${bare(tag)}" finds no handler`,
    };
}

/** A tag without the module folder in front of it. */
function bare(tag: string): string {
  return tag.replace(/^.*\//, '');
}

function newestOf(upgrades: readonly Upgrade[]): Upgrade | undefined {
  return (
    upgrades
      .filter(u => u.name !== null && !isPrerelease(u.name))
      .reduce<Upgrade | undefined>(
        (best, u) => (best && (compareNames(best.name!, u.name!) ?? -1) > 0 ? best : u),
        undefined,
      ) ?? upgrades.at(-1)
  );
}
