import type { Analysis } from '../core/chain/analysis.ts';
import { onlyApp } from '../core/chain/analysis.ts';
import type { Baseline } from '../core/chain/baseline.ts';
import type { App, Chain, Upgrade } from '../core/chain/chain.ts';
import { sameApp } from '../core/chain/compare.ts';
import type { Daemon } from '../core/chain/daemon/daemon.ts';
import { findDaemons } from '../core/chain/daemon/daemon.ts';
import type { Repo } from '../core/go/repo/repo.ts';
import { folder } from '../core/inspect/inspect.ts';
import type { Diagnostic } from '../core/lint/diagnostic.ts';
import { lint } from '../core/lint/lint.ts';
import { ruleContext } from '../core/lint/subject.ts';
import { Refusal } from '../core/refusal.ts';
import { configOf } from '../host/commands/config.ts';
import { pickApp } from '../host/commands/pick-app.ts';
import type { Log, Session } from '../host/commands/session.ts';
import { commitOf } from '../host/git/commit.ts';

/** What to rehearse, as it was asked for. */
export interface RehearsalRequest {
  /** The app's folder. */
  readonly app?: string | undefined;
  readonly from?: string | undefined;
  readonly plan?: string | undefined;
}

/** Several plans are new, and none was named. */
export class WhichPlan extends Refusal {
  readonly plans: readonly string[];
  constructor(plans: readonly string[], message: string) {
    super(message);
    this.plans = plans;
  }
}

/** One of the two versions: its reading and how its node is built. */
export interface RehearsedVersion {
  readonly repo: Repo;
  readonly chain: Chain;
  readonly app: App;
  readonly daemon: Daemon;
  readonly gomod: string;
}

/** What is rehearsed: two versions and a plan. */
export interface Rehearsed {
  readonly root: string;
  readonly from: string;
  readonly commit: string;
  readonly old: RehearsedVersion;
  readonly now: RehearsedVersion;
  readonly plan: string;
  /** The plan's upgrade, where the new version has it. */
  readonly upgrade: Upgrade | undefined;
  /** What lint says of the new version. */
  readonly problems: () => readonly Diagnostic[];
}

/**
 * Reads the old version beside the new one, and settles what is upgraded, from what, to what.
 * Throws one line that says what is missing.
 */
export async function readSubject(
  session: Session,
  wanted: RehearsalRequest,
  tell: Log,
): Promise<Rehearsed> {
  if (process.platform === 'win32')
    throw new Refusal(
      'a rehearsal needs Linux or macOS, whose process groups end what a node started: ' +
        'run it in WSL',
    );
  const { root, repo, chain, readBase } = session;
  const config = configOf(repo);
  const app = pickApp(chain, root, wanted.app);
  const base = await readBase(app, wanted.from ?? config.base);
  if ('reason' in base)
    throw new Refusal(
      `there is no old version to upgrade from: ${base.reason}; name one with --from REF`,
    );
  for (const note of base.notes) tell(`note: ${note}`);
  const oldApp = sameApp(base.chain, app);
  if (!oldApp)
    throw new Refusal(
      `${base.ref} has no app in ${folder(app.dir)}: name another version with --from REF`,
    );
  if (wanted.plan !== undefined) {
    mustHave(app, wanted.plan);
    mustLack(oldApp, wanted.plan, base.ref);
  }
  const plan = wanted.plan ?? onlyPending(session, app, base);
  return {
    root,
    from: base.ref,
    commit: await commitOf(root, base.ref),
    plan,
    old: versionOf(base.repo, base.chain, oldApp, base.ref),
    now: versionOf(repo, chain, app, 'the working tree'),
    upgrade:
      app.upgrades.find(u => u.name === plan && u.registered) ??
      app.upgrades.find(u => u.name === plan),
    problems: () => lint(onlyApp(session, app.dir), { bases: [base], config }),
  };
}

/** A name that is computed might be the plan's. */
function mustHave({ upgrades }: App, plan: string): void {
  const names = [...new Set(upgrades.map(upgrade => upgrade.name))];
  if (names.includes(plan) || names.some(name => name == null)) return;
  const there =
    names.length === 0
      ? 'there is none at all'
      : `there are ${names.join(', ')}: name one of them with --plan NAME, or leave it out`;
  throw new Refusal(`there is no upgrade ${plan} in the working tree; ${there}`);
}

/** A node that has a plan's handler runs it and goes on. */
function mustLack({ upgrades }: App, plan: string, ref: string): void {
  if (
    upgrades.some(
      upgrade => upgrade.name === plan && upgrade.registered && upgrade.buildTags.length === 0,
    )
  ) {
    throw new Refusal(
      `${ref} has the upgrade ${plan} already and would not stop for it: name an older ` +
        'version with --from REF, or a newer plan with --plan NAME',
    );
  }
}

function onlyPending(analysis: Analysis, app: App, base: Baseline): string {
  const { pending } = ruleContext(onlyApp(analysis, app.dir), base).apps[0]!;
  const names = [...new Set(pending.map(upgrade => upgrade.name))];
  const known = names.filter(name => name != null);
  if (names.length === 0)
    throw new Refusal(
      `no upgrade is new since ${base.ref}: write one with chain-upgrade new, or name a ` +
        'plan with --plan NAME',
    );
  if (names.length === 1 && known.length === 1) return known[0]!;
  throw new WhichPlan(
    known,
    `which plan? Name it with --plan NAME; new since ${base.ref}: ` +
      `${names.map(name => name ?? 'one whose name is computed').join(', ')}`,
  );
}

/**
 * How the node of a version is built; `what` names the version. Throws where it has no main package
 * that starts the app, or several.
 */
export function versionOf(repo: Repo, chain: Chain, app: App, what: string): RehearsedVersion {
  const daemons = findDaemons(repo, app);
  if (daemons.length === 0)
    throw new Refusal(`${what} has no main package that starts the app in ${folder(app.dir)}`);
  if (daemons.length > 1)
    throw new Refusal(
      `${what} has several main packages that could be the node: ` +
        `${daemons.map(d => folder(d.dir)).join(', ')}`,
    );
  const daemon = daemons[0]!;
  return {
    repo,
    chain,
    app,
    daemon,
    gomod: repo.texts.get(daemon.modDir ? `${daemon.modDir}/go.mod` : 'go.mod') ?? '',
  };
}
