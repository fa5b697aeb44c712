import type { Analysis } from '../../core/chain/analysis.ts';
import { analyse } from '../../core/chain/analysis.ts';
import type { App } from '../../core/chain/chain.ts';
import { storeId } from '../../core/chain/compare.ts';
import { dirname } from '../../core/files.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { planUpgrade } from '../../core/tasks/tasks.ts';
import { applied } from '../corpus/trial.ts';
import type { Commits } from './commit.ts';
import type { Look } from './look.ts';
import { layout, lookOf } from './look.ts';
import type { Pick } from './table.ts';

/** Where the tool's upgrade is not the team's. */
export interface Difference {
  readonly what: string;
  readonly ours: string;
  readonly theirs: string;
}

/** An upgrade written again, and what is not as the team wrote it. */
export interface Replayed {
  readonly pick: Pick;
  readonly style: string;
  /** Stores that the app did not mount yet, so that New Upgrade could not be told of them. */
  readonly untold: readonly string[];
  readonly refused?: string;
  readonly layout: readonly Difference[];
  readonly wiring: readonly Difference[];
  /** Earlier upgrades that only one of the two keeps registered. */
  readonly earlier: readonly Difference[];
  readonly plan: Plan;
}

/** Plans the upgrade on the commit before the team added it and compares the two. */
export async function replay(pick: Pick, commits: Commits): Promise<Replayed> {
  const before = await commits.at(pick.before);
  const theirs = await commits.at(pick.after);
  const app = before.chain.apps.find(({ dir }) => dir === pick.app);
  if (!app) throw new Error(`${pick.repository} has no app ${pick.app} at ${pick.before}`);
  const stores = tellable(pick, app, theirs);
  const untold = stores.untold;
  const plan = planUpgrade(
    { analysis: before, app },
    {
      name: pick.name,
      added: stores.added,
      deleted: stores.deleted,
      renamed: stores.renamed.join(','),
    },
  );
  const base = { pick, style: app.registration.join(', '), untold, plan };
  if (plan.refused)
    return { ...base, refused: plan.refused.reason, layout: [], wiring: [], earlier: [] };
  const repo = applied(before.repo, plan);
  const ours = analyse(repo);
  const mine = lookOf(ours, pick.app, pick.name);
  const team = lookOf(theirs, pick.app, pick.name);
  if (!mine || !team) throw new Error(`${pick.name} is not registered in ${pick.app}`);
  // Without stores there is nothing to say about them.
  const silent =
    untold.length > 0 && stores.added.length + stores.deleted.length + stores.renamed.length === 0;
  const compared = [...new Set([...mine.keys(), ...team.keys()])].filter(
    what => !(silent && what.startsWith('stores')),
  );
  const all = compared
    .map(what =>
      what === 'behind'
        ? behind(mine, team)
        : { what, ours: mine.get(what) ?? 'none', theirs: team.get(what) ?? 'none' },
    )
    .filter(d => d.ours !== d.theirs);
  const own = (d: Difference) => (layout as readonly string[]).includes(d.what);
  const earlier = (d: Difference) => d.what === kept;
  return {
    ...base,
    layout: [...all.filter(own), ...strayFiles(plan, theirs, mine)],
    wiring: all.filter(d => !own(d) && !earlier(d)),
    earlier: all.filter(earlier),
  };
}

const kept = 'earlier upgrades kept';

/** The nearest registration in front of it, of those that both keep. */
function behind(mine: Look, team: Look): Difference {
  const names = (look: Look, what: string) => (look.get(what) ?? '').split(', ');
  const nearest = (look: Look, other: Look) =>
    names(look, 'behind').find(name => names(other, kept).includes(name)) || 'none';
  return { what: 'behind', ours: nearest(mine, team), theirs: nearest(team, mine) };
}

interface Tellable {
  readonly added: readonly string[];
  readonly deleted: readonly string[];
  readonly renamed: readonly string[];
  readonly untold: readonly string[];
}

/**
 * What New Upgrade can be told: stores it adds are mounted already, those it deletes no longer. The
 * team mostly changed that in the same commit.
 */
function tellable({ added, deleted, renamed }: Pick, app: App, { chain }: Analysis): Tellable {
  const entries = chain.apps
    .flatMap(({ upgrades }) => upgrades)
    .flatMap(({ stores }) => [...(stores?.added ?? []), ...(stores?.deleted ?? [])]);
  const nameOf = (key: string) =>
    key.includes('/') ? (entries.find(entry => entry.const === key)?.name ?? undefined) : key;
  const mounted = (key: string) =>
    app.stores.find(
      store =>
        store.kind === 'kv' &&
        (store.const === key || (store.name !== null && store.name === nameOf(key))),
    );
  const gone = (key: string) => !mounted(key) && nameOf(key) !== undefined;
  return {
    added: added.flatMap(key => {
      const store = mounted(key);
      return store ? storeId(store)! : [];
    }),
    deleted: deleted.filter(gone).map(key => nameOf(key)!),
    renamed: renamed.filter(pair => mounted(pair.split('=')[1]!)),
    untold: [
      ...added.filter(key => !mounted(key)),
      ...deleted.filter(key => !gone(key)),
      ...renamed.filter(pair => !mounted(pair.split('=')[1]!)),
    ],
  };
}

/** Files of ours in the upgrade's folder that the team has not. */
function strayFiles(plan: Plan, theirs: Analysis, mine: Look): Difference[] {
  return plan.creates
    .filter(({ file }) => dirname(file) === mine.get('folder') && !theirs.repo.texts.has(file))
    .map(({ file }) => ({ what: 'file', ours: file, theirs: 'none' }));
}
