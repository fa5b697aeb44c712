import { compareNames, isPrerelease } from '../../chain/app/plan-names.ts';
import type { Upgrade } from '../../chain/chain.ts';
import { dirname } from '../../files.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { Location } from '../../go/source/location.ts';
import { generationIsBefore } from '../../sdk/generations.ts';
import type { AppContext, Finding, Rule } from '../rule.ts';
import { registrationsAreRead, registrationsNotRead } from '../unread.ts';

/**
 * The newest upgrade of the baseline is no longer registered: a node that applied it last does not
 * start with a binary that has no other pending plan. The SDK checks it from 0.44 on
 * (docs/background/incidents.md#last-handler-removed).
 */
export const lastHandlerRemoved: Rule = {
  name: 'last-handler-removed',
  severity: 'error',
  summary: "the last release's newest upgrade is no longer registered",
  nodeSays: [
    {
      words: {
        pattern: /wrong app version \d+, upgrade handler is missing for (\S+) upgrade plan/i,
      },
      repair: 'keep the handler of $1 registered',
    },
  ],
  notJudged: subject =>
    subject.base && !isUnchecked(subject) ? registrationsNotRead(subject) : [],
  *check({ apps }) {
    for (const subject of apps) {
      const finding = inApp(subject);
      if (finding) yield finding;
    }
  },
};

function inApp(subject: AppContext): Finding | undefined {
  const { app, base, pending } = subject;
  if (!base || isUnchecked(subject) || !registrationsAreRead(subject)) return undefined;
  const last = newest(base.app.upgrades.filter(({ registered }) => registered));
  const isKept = app.upgrades.some(
    ({ name, registered }) => name === null || (registered && name === last?.name),
  );
  // With a new upgrade to come the check passes while the node waits for it, and from then on the
  // new one is the last.
  if (!last || isKept || pending.some(({ registered }) => registered)) return undefined;
  const plan = last.name ?? last.package;
  return {
    severity: base.merged ? 'error' : 'warning',
    location: placeFor(subject),
    message:
      `"${plan}", the newest upgrade of ${base.ref}, is no longer registered, ` +
      'and nothing replaces it',
    consequence:
      'nodes that applied it do not start: ' +
      `wrong app version, upgrade handler is missing for ${plan} upgrade plan`,
  };
}

/** Whether the SDK does not check it, or this is a maintenance branch of an older release. */
function isUnchecked({ repo, app, base }: AppContext): boolean {
  const { generation, gomod } = app.sdk;
  if (generation && generationIsBefore(generation, '0.44')) return true;
  return base?.repo !== undefined && majorOf(repo, gomod) < majorOf(base.repo, base.app.sdk.gomod);
}

/** A registered upgrade, another upgrade, a store: the first that there is. */
function placeFor({ app }: AppContext): Location {
  const registered = app.upgrades.find(upgrade => upgrade.registered);
  const place = registered ?? app.upgrades[0] ?? app.stores[0];
  return place?.location ?? { file: 'go.mod', start: 0, end: 0, line: 1, column: 1 };
}

/** The major version in a go.mod's module path; 0 and 1 have none. */
function majorOf(repo: Repo, gomod: string): number {
  const module = repo.mods.find(({ dir }) => dir === dirname(gomod))?.module ?? '';
  return Number(/\/v(\d+)$/.exec(module)?.[1] ?? 1);
}

/** The newest one by version, candidates aside; undefined where the names do not tell. */
function newest(upgrades: readonly Upgrade[]): Upgrade | undefined {
  const known = upgrades.filter(({ name }) => name !== null && !isPrerelease(name));
  let best = known[0];
  for (const upgrade of known.slice(1)) {
    const order = compareNames(upgrade.name!, best!.name!);
    if (order === undefined) return undefined;
    if (order > 0) best = upgrade;
  }
  return best;
}
