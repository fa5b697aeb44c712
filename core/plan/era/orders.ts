import { isRuntimeApp } from '../../chain/app/hooks.ts';
import type { App } from '../../chain/chain.ts';
import { orderCalls } from '../../chain/modules/orders.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import type { Generation } from '../../sdk/generations.ts';
import { generationIsBefore } from '../../sdk/generations.ts';
import type { OrderPlace } from '../mount/job.ts';
import { listAround } from '../mount/place/neighbour.ts';
import type { PlanInput } from '../plan-input.ts';
import type { EraWiring } from './wiring.ts';

/**
 * The places of x/era in the orders that the app sets, as answers of `mount`. Orders that are given
 * one list have one place in it: behind x/upgrade where it serves the blockers, which has to be before
 * x/genutil then.
 */
export function eraOrders({ analysis, app }: PlanInput, { orders }: EraWiring): string[] {
  const lists = listsByKind(analysis.repo, app);
  const wanted = [...orders];
  const kinds = [...new Set(app.orders.map(({ kind }) => kind))];
  return kinds.flatMap(kind => {
    const list = lists.get(kind);
    // The blockers come first among the places.
    const found = wanted.find(
      ([other]) => other === kind || (list !== undefined && lists.get(other) === list),
    );
    if (!found) return [];
    const [placed, place] = found;
    if (placed !== kind) refuseBehindGenutil(app, kind);
    return [orderAnswer(kind, place)];
  });
}

function orderAnswer(kind: string, place: OrderPlace): string {
  return `${kind}=${typeof place === 'string' ? place : `after:${place.after}`}`;
}

/** The list that each order is given, where it is one that is written out. */
function listsByKind(repo: Repo, app: App): ReadonlyMap<string, SyntaxNode | undefined> {
  return new Map(
    orderCalls(repo, app.dir).map(({ kind, names }) => {
      const [first] = names;
      return [kind, first && listAround(first.expr)] as const;
    }),
  );
}

function refuseBehindGenutil({ orders }: App, kind: string): void {
  const order = orders.find(one => one.kind === kind)!;
  const names = order.names.map(({ name }) => name);
  if (kind !== 'InitGenesis' || names.indexOf('genutil') > names.indexOf('upgrade')) return;
  const { file, line } = order.location;
  throw new Refusal(
    `one list gives the orders of blocks and of ${kind}, and has genutil before upgrade: give ` +
      `${kind} a list of its own, whose first module era can be`,
    { file, line },
  );
}

/**
 * Refuses an app that would ask x/era before x/upgrade in a block, or never: one without an order of
 * its own runs its modules as the manager got them, and the runtime of SDK 0.50 and newer sets no
 * pre-blocker then (runtime.App.Load).
 */
export function judgeOrder(repo: Repo, app: App, generation: Generation): void {
  const { orders, mounted, dir } = app;
  const kind = generationIsBefore(generation, '0.50') ? 'BeginBlockers' : 'PreBlockers';
  if (orders.some(order => order.kind === kind)) return;
  if (kind === 'PreBlockers' && isRuntimeApp(repo, dir))
    throw new Refusal(
      'the configuration of the runtime module has no pre_blockers, so neither upgrade nor era would ' +
        'run before blocks: add them with upgrade first',
      { file: dir },
    );
  const names = mounted.map(({ name }) => name);
  const upgrade = names.indexOf('upgrade');
  if (upgrade >= 0 && upgrade < names.indexOf('era')) return;
  throw new Refusal(
    `the app sets no order of ${kind}, and era would not be behind upgrade in it: call ` +
      `SetOrder${kind} with upgrade first`,
    { file: dir },
  );
}
