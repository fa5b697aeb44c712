import { isPrerelease } from '../../core/chain/app/plan-names.ts';
import type { App, Upgrade } from '../../core/chain/chain.ts';
import { sameApp } from '../../core/chain/compare.ts';
import { planNames } from '../../core/lock/lock-of.ts';
import type { UpgradeEffects } from '../../core/network/effects.ts';
import {
  appCodeOf,
  nothingPending,
  pendingUpgrades,
  upgradeEffects,
} from '../../core/network/effects.ts';
import { Refusal } from '../../core/refusal.ts';
import type { NetworkBase, NetworkRequest } from './network-base.ts';
import { networkBase } from './network-base.ts';
import { pickApp } from './pick-app.ts';
import type { Log } from './session.ts';
import { openSession } from './session.ts';

/** What is asked of a plan. */
export interface PlanRequest extends NetworkRequest {
  readonly dir: string;
  readonly app?: string | undefined;
  /** The plan, where several are pending. */
  readonly plan?: string | undefined;
  readonly tell: Log;
}

/** What a pending upgrade would do to a network, and whether there is one. */
export interface PlannedUpgrade {
  readonly effects: UpgradeEffects;
  readonly isPending: boolean;
}

/** Reads what the pending upgrade would do to a network. Throws one line where that is not clear. */
export async function plannedUpgrade(request: PlanRequest): Promise<PlannedUpgrade> {
  const session = await openSession(request.dir, request.tell);
  const app = pickApp(session.chain, session.root, request.app);
  const network = await networkBase(session, app, request);
  const pending = pendingUpgrades(session, app, network.base);
  const upgrade = chosen(pending, app, request.plan, network);
  const notes = [...network.notes, ...scheduleNotes(network, upgrade)];
  if (!upgrade) return { effects: nothingPending(notes), isPending: false };
  const { base, code } = network;
  const before = appCodeOf('chain' in code ? code : undefined, app);
  const effects = upgradeEffects({ analysis: session, app, upgrade, base, code: before });
  return { effects: { ...effects, notes: [...notes, ...effects.notes] }, isPending: true };
}

/** The upgrade that is meant: the named one, the one that the network has scheduled, the only one. */
function chosen(
  pending: readonly Upgrade[],
  app: App,
  wanted: string | undefined,
  { base, code, scheduled }: NetworkBase,
): Upgrade | undefined {
  const named = (name: string | undefined) =>
    pending.find(upgrade => upgrade.name === name && upgrade.registered) ??
    pending.find(upgrade => upgrade.name === name);
  if (wanted !== undefined) return named(wanted) ?? refuseName(pending, app, wanted, base.ref);
  const due = scheduled && named(scheduled.name);
  if (due) return due;
  const all = [...new Set(pending.map(upgrade => upgrade.name))];
  // A network that began with a release never runs the plans which that release has.
  const began = 'chain' in code ? sameApp(code.chain, app) : undefined;
  const old: readonly (string | null)[] = began ? planNames(began) : [];
  const newer = all.filter(name => !old.includes(name));
  const names = newer.length > 0 ? newer : all;
  if (names.length > 1) {
    const known = names.filter(name => name !== null);
    const likely = known.find(name => !isPrerelease(name)) ?? known[0] ?? 'NAME';
    throw new Refusal(
      `${names.map(name => name ?? 'one whose name is computed').join(', ')} are pending for ` +
        `${base.ref}: name one, as in chain-upgrade plan ${likely}`,
    );
  }
  return named(names[0] ?? undefined) ?? pending[0];
}

function refuseName(
  pending: readonly Upgrade[],
  { upgrades }: App,
  wanted: string,
  ref: string,
): never {
  if (upgrades.some(({ name }) => name === wanted))
    throw new Refusal(`${ref} has applied ${wanted} already, or left it behind`);
  const names = pending.flatMap(({ name }) => name ?? []);
  const there = names.length > 0 ? `pending are ${names.join(', ')}` : 'none is pending';
  throw new Refusal(`there is no upgrade ${wanted} in the code; ${there}`);
}

function scheduleNotes({ scheduled }: NetworkBase, upgrade: Upgrade | undefined): string[] {
  if (!scheduled) return [];
  const at = `the network has scheduled ${scheduled.name} for height ${scheduled.height}`;
  return [upgrade?.name === scheduled.name ? at : `${at}, and that is not this upgrade`];
}
