import { unreadStores } from '../../chain/app/unread-stores.ts';
import type { Baseline } from '../../chain/baseline.ts';
import { speaksOf } from '../../chain/baseline.ts';
import { sameApp } from '../../chain/compare.ts';
import { embedPatterns, embeds } from '../../go/source/embed.ts';
import { placeText } from '../../go/source/location.ts';
import { Refusal } from '../../refusal.ts';
import type { MovedSources, PlanInput } from '../plan-input.ts';
import { nameOf } from '../upgrade/neighbour.ts';
import { checkNewName } from '../upgrade/plan-name.ts';
import { refuseTaken } from '../upgrade/preconditions.ts';
import type { MovedFolder } from './folders.ts';
import type { PlanNames } from './habits.ts';
import type { RenamedPlan } from './renamed-plan.ts';

/** Refuses names that cannot be given or taken away. */
export function refuseNames(input: PlanInput, { from, to }: PlanNames): void {
  const { app } = input;
  if (from === to) throw new Refusal(`the upgrade is called ${to} already`);
  const verdict = checkNewName(to);
  if (verdict?.severity === 'error') throw new Refusal(verdict.message);
  const own = app.upgrades.filter(({ name }) => name === from);
  if (own.length === 0) throw new Refusal(`this app has no upgrade ${from}`);
  const left = own.find(({ registered }) => !registered);
  if (left)
    throw new Refusal(
      `${from} is not registered (${placeText(left.location)}); register it first, or change it by hand`,
      { file: left.location.file, line: left.location.line },
    );
  refuseTaken(app, to);
  for (const base of input.bases ?? []) refuseRun(input, base, { from, to });
}

/** A network keeps the name of every plan that it ran, and starts no node that does not know it. */
function refuseRun({ app, analysis }: PlanInput, base: Baseline, { from, to }: PlanNames): void {
  if (!speaksOf(base, app, analysis.chain)) return;
  const names = new Set(
    sameApp(base.chain, app)
      ?.upgrades.filter(({ registered, loader }) => registered || loader)
      .map(({ name }) => name),
  );
  if (names.has(from))
    throw new Refusal(
      `${from} is in ${base.ref} already: networks keep the name of a plan that they ran, and a ` +
        'node stops without its handler; write a new upgrade instead',
    );
  if (names.has(to))
    throw new Refusal(
      `${to} is in ${base.ref} already: a network takes the name of a plan only once; choose another name`,
    );
}

/** Refuses a plan that another app has too, in the same code. */
export function refuseOtherApps({ analysis, app }: PlanInput, plan: RenamedPlan): void {
  const packages = new Set(plan.registrations.map(one => one.package));
  for (const other of analysis.chain.apps.filter(({ dir }) => dir !== app.dir)) {
    const shared = analysis
      .wiringOf(other)
      .registrations.find(one => nameOf(one) === plan.from && packages.has(one.package));
    if (shared)
      throw new Refusal(
        `the app in ${other.dir} registers ${plan.from} of ${shared.package} too; rename it by hand in both`,
        { file: shared.place.facts.path },
      );
  }
}

/** Refuses where it is not known which plans a loader serves: it may ask for this one's name. */
export function refuseUnreadLoaders({ app, from }: RenamedPlan): void {
  const own = app.upgrades.filter(({ name }) => name === from);
  // A parameter is given the name by the call that is renamed.
  const unread = unreadStores(app, own).find(({ cause }) => cause !== 'parameter');
  if (!unread) return;
  const { file, line } = unread.location;
  throw new Refusal(
    `the loader at ${placeText(unread.location)} may ask for ${from} in a way that is not read ` +
      `(${unread.why}); rename the plan by hand`,
    { file, line },
  );
}

/** Refuses where a file elsewhere embeds something out of a folder that would be moved. */
export function refuseEmbeddedFolders(
  { repo }: RenamedPlan,
  folders: readonly MovedFolder[],
  sources: MovedSources | undefined,
): void {
  const paths = [...new Set([...repo.texts.keys(), ...(sources?.paths ?? [])])];
  for (const { from, to } of folders) {
    if (from.dir === to.dir) continue;
    const isInside = (path: string) => path.startsWith(`${from.dir}/`);
    const inside = paths.filter(isInside);
    for (const [path, text] of repo.texts) {
      if (!path.endsWith('.go') || isInside(path) || !text.includes('//go:embed')) continue;
      const pattern = embedPatterns(text).find(one => inside.some(file => embeds(path, one, file)));
      if (pattern !== undefined)
        throw new Refusal(
          `${path} embeds ${pattern} out of ${from.dir}, which would be moved; rename the plan by hand`,
          { file: path },
        );
    }
  }
}

/** Refuses where two files would get one place, on disks too that do not tell letters' case. */
export function refuseSamePlace(
  moves: readonly { readonly from: string; readonly to: string }[],
): void {
  const taken = new Map<string, string>();
  for (const { from, to } of moves) {
    const other = taken.get(to.toLowerCase());
    if (other !== undefined)
      throw new Refusal(`${other} and ${from} would both become ${to}; rename one of them first`, {
        file: from,
      });
    taken.set(to.toLowerCase(), from);
  }
}
