import type { App, Chain, Order } from '../chain/chain.ts';
import type { DeclaredMount } from '../plan/task.ts';

/**
 * What is wrong with a module that a plan was to mount, or to take out: there must be exactly one
 * module, one store and one keeper more (or less), and each order has to name it at its place.
 */
export function mountFault(
  before: Chain,
  after: Chain,
  declared: DeclaredMount,
): string | undefined {
  const find = ({ apps }: Chain) => apps.find(({ dir }) => dir === declared.dir);
  const [was, is] = [find(before), find(after)];
  if (!was || !is) return 'the app would no longer be found';
  if (declared.initChainer && is.initChainer?.setsVersionMap !== true)
    return 'the InitChainer would not store the versions of the modules';
  return countFault(was, is, declared) ?? ordersFault(is, declared);
}

function countFault(was: App, is: App, declared: DeclaredMount): string | undefined {
  const { name, removes } = declared;
  const counts: [what: string, of: (app: App) => number][] = [
    [`the module ${name}`, app => app.mounted.filter(one => one.name === name).length],
    ...declared.stores.map((store): [string, (app: App) => number] => [
      `the store ${store}`,
      app => app.stores.filter(one => one.name === store).length,
    ]),
    ...declared.keepers.map((keeper): [string, (app: App) => number] => [
      `the keeper ${keeper}`,
      app => app.keepers.filter(one => one.name === keeper).length,
    ]),
  ];
  const [without, withOne] = removes ? [is, was] : [was, is];
  for (const [what, of] of counts) {
    if (of(without) !== 0) return `${what} would ${removes ? 'still be' : 'be'} there already`;
    if (of(withOne) !== 1) return `${what} would be there ${of(withOne)} times`;
  }
  return undefined;
}

function ordersFault(app: App, { name, orders, removes }: DeclaredMount): string | undefined {
  for (const order of app.orders) {
    const wanted = removes ? undefined : orders.find(({ kind }) => kind === order.kind);
    const names = order.names.map(one => one.name);
    const times = names.filter(one => one === name).length;
    if (!wanted && times > 0) return `the order of ${order.kind} would name ${name}`;
    if (!wanted || isComputed(order)) continue;
    if (times !== 1) return `the order of ${order.kind} would name ${name} ${times} times`;
    if (!isAt(names, name, wanted.place))
      return `${name} would not be where it was asked for in the order of ${order.kind}`;
  }
  return undefined;
}

/** Whether an order is computed when the app starts: then what it names is not read. */
function isComputed({ names }: Order): boolean {
  return names.some(({ name, const: constant }) => name === null && constant === undefined);
}

function isAt(
  names: readonly (string | null)[],
  name: string,
  place: DeclaredMount['orders'][number]['place'],
): boolean {
  const at = names.indexOf(name);
  if (place === undefined) return true;
  if (place === 'first') return at === 0;
  if (place === 'last') return at === names.length - 1;
  return names[at - 1] === place.after;
}

/** An app without what was declared to be mounted or taken out: the rest must stay as it is. */
export function withoutMounted(app: App, declared: readonly DeclaredMount[]): App {
  const own = declared.filter(({ dir }) => dir === app.dir);
  if (own.length === 0) return app;
  const names = new Set(own.map(({ name }) => name));
  const stores = new Set(own.flatMap(({ stores: all }) => all));
  const keepers = new Set(own.flatMap(({ keepers: all }) => all));
  const isOther = ({ name }: { readonly name: string | null }) => name === null || !names.has(name);
  const { initChainer, ...rest } = app;
  const isMade = own.some(one => one.initChainer);
  return {
    ...rest,
    ...(initChainer && !isMade && { initChainer }),
    mounted: app.mounted.filter(isOther),
    keepers: app.keepers.filter(({ name }) => !keepers.has(name)),
    stores: app.stores.filter(({ name }) => name === null || !stores.has(name)),
    orders: app.orders.map(order => ({ ...order, names: order.names.filter(isOther) })),
  };
}
