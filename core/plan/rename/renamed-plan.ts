import type { Analysis } from '../../chain/analysis.ts';
import type { App } from '../../chain/chain.ts';
import { dirname } from '../../files.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { Refusal } from '../../refusal.ts';
import { registeredFunction } from '../../wiring/registration/registered-function.ts';
import type { Registration } from '../../wiring/style.ts';
import { nameConstant } from '../package/declarations.ts';
import { nameOf, newestFirst } from '../upgrade/neighbour.ts';
import type { PlanNames } from './habits.ts';

/** A plan that gets another name, and what of the repository is its own. */
export interface RenamedPlan extends PlanNames {
  readonly repo: Repo;
  readonly app: App;
  /** How it is registered: once, or once for each list. */
  readonly registrations: readonly Registration[];
  /** The app's other registrations whose names are known, the newest first. */
  readonly others: readonly Registration[];
  /** The other apps of the repository that have a plan of that name. */
  readonly sharing: readonly App[];
  /** The folders that hold code of this plan and of no other. */
  readonly ownDirs: readonly string[];
}

/** What a rename is about. Throws `Refusal` where the plan's code cannot be told from other code. */
export function renamedPlan(
  { repo, chain, wiringOf }: Analysis,
  app: App,
  names: PlanNames,
): RenamedPlan {
  const all = chain.apps.flatMap(one =>
    wiringOf(one).registrations.map(registration => ({ app: one, registration })),
  );
  const registrations = all
    .filter(one => one.app.dir === app.dir && nameOf(one.registration) === names.from)
    .map(({ registration }) => registration);
  const rest = all
    .filter(({ registration }) => !registrations.includes(registration))
    .map(({ registration }) => registration);
  const taken = new Set([
    ...chain.apps.map(({ dir }) => dir),
    ...rest.flatMap(one => dirsOf(repo, one)),
    ...chain.apps.flatMap(one =>
      one.upgrades
        .filter(({ name }) => one.dir !== app.dir || name !== names.from)
        .map(upgrade => upgrade.package),
    ),
  ]);
  const dirs = [...new Set(registrations.flatMap(one => dirsOf(repo, one)))];
  refuseSharedFolder(dirs, taken, names, rest);
  const wiring = wiringOf(app);
  const known = wiring.registrations.filter(
    one => nameOf(one) !== '' && !registrations.includes(one),
  );
  return {
    ...names,
    repo,
    app,
    registrations,
    others: newestFirst(known, names.to),
    sharing: chain.apps.filter(
      one => one.dir !== app.dir && one.upgrades.some(({ name }) => name === names.from),
    ),
    ownDirs: dirs.filter(dir => dir !== '' && !taken.has(dir)),
  };
}

/** The folders in which an upgrade's name, registration and handler are written. */
export function dirsOf(repo: Repo, registration: Registration): string[] {
  const constant = nameConstant(repo, registration.nameExpr);
  const handler = registeredFunction(repo, registration);
  return [
    registration.package,
    ...(constant ? [dirname(constant.facts.path)] : []),
    ...(handler ? [dirname(handler.facts.path)] : []),
  ];
}

/** A folder with the plan's name cannot get another one while another plan lives there too. */
function refuseSharedFolder(
  dirs: readonly string[],
  taken: ReadonlySet<string>,
  { from }: PlanNames,
  rest: readonly Registration[],
): void {
  const shared = dirs.find(dir => taken.has(dir) && dir.split('/').at(-1) === from);
  if (shared === undefined) return;
  const other = rest.find(one => one.package === shared);
  throw new Refusal(
    `${shared} is named for ${from}, but holds ${(other && nameOf(other)) || 'other code of the app'} too; ` +
      'give each upgrade a folder of its own first',
    { file: shared },
  );
}
