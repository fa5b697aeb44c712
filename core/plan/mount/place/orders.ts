import { storeName } from '../../../chain/app/upgrades.ts';
import type { App } from '../../../chain/chain.ts';
import type { OrderCall } from '../../../chain/modules/orders.ts';
import { orderCalls } from '../../../chain/modules/orders.ts';
import { insertElement } from '../../../edit/list-element.ts';
import { lineEnd } from '../../../go/edit/edit.ts';
import type { Expr } from '../../../go/eval/value.ts';
import { exprAt, textOf } from '../../../go/eval/value.ts';
import { locationOf } from '../../../go/source/location.ts';
import type { SyntaxNode } from '../../../go/syntax/syntax.ts';
import { Refusal } from '../../../refusal.ts';
import { generationIsBefore } from '../../../sdk/generations.ts';
import type { MountJob, OrderPlace } from '../job.ts';
import { importAll } from '../job.ts';
import type { Hook } from '../module.ts';
import { qualified } from '../scope.ts';
import { isOfRepository, listAround } from './neighbour.ts';

/** Orders that have to name every module in every generation. */
const always = new Set(['Migrations']);

/** From this share of the mounted modules on an order is taken to name all of them. */
const nearlyAll = 0.8;

/**
 * The orders that have to name the module: those of its hooks, those that are asked for, and those
 * that name all modules.
 */
export function ordersFor({ app, module, orders }: MountJob): string[] {
  const kinds = [...new Set(app.orders.map(({ kind }) => kind))];
  for (const asked of orders.keys()) {
    if (!kinds.includes(asked))
      throw new Refusal(
        `this app sets no order of ${asked} (it sets ${kinds.join(', ')}); leave --order ${asked} out`,
      );
  }
  return kinds.filter(
    kind =>
      orders.has(kind) ||
      module.hooks.has(kind as Hook) ||
      always.has(kind) ||
      (kind !== 'PreBlockers' && namesAll(app, kind)),
  );
}

function namesAll(app: App, kind: string): boolean {
  const { generation } = app.sdk;
  if (generation !== null && generationIsBefore(generation, '0.50')) return true;
  const longest = Math.max(
    ...app.orders.filter(order => order.kind === kind).map(({ names }) => names.length),
  );
  return app.mounted.length > 0 && longest >= app.mounted.length * nearlyAll;
}

/** Adds the module to the orders of those kinds; a list that several orders share is edited once. */
export function addToOrders(job: MountJob, kinds: readonly string[]): void {
  const { repo, app, notes } = job;
  const done = new Map<SyntaxNode, { kind: string; place: string }>();
  for (const call of orderCalls(repo, app.dir)) {
    if (!kinds.includes(call.kind)) continue;
    if (isOfAllModules(call)) {
      notes.push(
        `SetOrder${call.kind} computes its order from the names of all modules: see that ` +
          `${job.module.name.value} comes where it should.`,
      );
      continue;
    }
    const list = listOf(call);
    const place = JSON.stringify(job.orders.get(call.kind) ?? 'own');
    const earlier = done.get(list.node);
    if (earlier && earlier.place !== place)
      throw new Refusal(
        `the orders of ${earlier.kind} and ${call.kind} are one list; ` +
          'give --order for both alike',
        placeOf(call),
      );
    if (earlier) continue;
    done.set(list.node, { kind: call.kind, place });
    addName(job, call, list);
  }
}

/** Whether an order is computed from the names that the manager has: then it names all. */
export function isOfAllModules({ call, names }: OrderCall): boolean {
  return (
    /\.ModuleNames\(\)/.test(textOf(call)) && names.some(({ value }) => value.kind === 'unknown')
  );
}

function placeOf({ call }: OrderCall): { file: string; line: number } {
  const { file, line } = locationOf(call.facts, call.node);
  return { file, line };
}

/** The one list that an order is. */
function listOf(order: OrderCall): Expr {
  const lists = new Map(
    order.names.map(({ expr }) => {
      const list = listAround(expr);
      return [list, list && exprAt(expr, list)] as const;
    }),
  );
  const [only, ...others] = [...lists.values()];
  if (!only || others.length > 0)
    throw new Refusal(
      `SetOrder${order.kind} is given no single list that can be added to`,
      placeOf(order),
    );
  return only;
}

function addName(job: MountJob, order: OrderCall, list: Expr): void {
  const { repo, app, module, changes, orders } = job;
  const constant = qualified(repo, app, list.facts, module.name.path, module.name.name);
  importAll(job, list.facts, constant.imports);
  const asked = orders.get(order.kind);
  const elements = order.names.map(({ expr }) => expr);
  const neighbour = neighbourFor(job, order, asked);
  if (neighbour) insertElement(changes, list, neighbour.node, constant.text, asked === 'first');
  else {
    const own = elements.filter(element => isOfRepository(repo, element)).at(-1);
    const beside = own ?? elements.at(-1);
    // What is said to be the last stays so.
    const isBefore = beside !== undefined && isToBeLast(beside);
    insertElement(changes, list, beside?.node, constant.text, isBefore);
  }
}

/** The element that the module goes beside, where its place is asked for. */
function neighbourFor(
  { orders }: MountJob,
  order: OrderCall,
  asked: OrderPlace | undefined,
): Expr | undefined {
  if (asked === undefined) return undefined;
  if (asked === 'first') return order.names[0]?.expr;
  if (asked === 'last') return order.names.at(-1)?.expr;
  const found = order.names.find(({ value }) => storeName(value).name === asked.after);
  if (found) return found.expr;
  throw new Refusal(
    `the order of ${order.kind} does not name ${asked.after} (--order has ${orders.size} places)`,
    placeOf(order),
  );
}

/** Whether the comment behind an element says that it is to be the last. */
function isToBeLast({ facts: { text }, node }: Expr): boolean {
  const rest = text.slice(node.end, lineEnd(text, node.end));
  return /^,?\s*\/\/.*\b(be|run|always|keep)\b.*\blast\b/i.test(rest);
}
