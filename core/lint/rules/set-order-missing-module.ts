import type { App, Order } from '../../chain/chain.ts';
import { generationIsBefore } from '../../sdk/generations.ts';
import type { Rule } from '../rule.ts';
import { ordersNotRead, sdkNotRead } from '../unread.ts';

const kinds = ['BeginBlockers', 'EndBlockers', 'InitGenesis'];

/**
 * Up to 0.47 every order has to name every module; one that is in one order and not in the other
 * makes the app panic when it is built (docs/background/incidents.md#set-order-missing-module).
 */
export const setOrderMissingModule: Rule = {
  name: 'set-order-missing-module',
  severity: 'warning',
  summary: 'a module is missing from an order that has to name all modules',
  nodeSays: [
    {
      words: {
        pattern: /all modules must be defined when setting (\w+), missing: \[([^\]]*)\]/,
      },
      repair: 'name $2 in $1',
    },
  ],
  notJudged: subject => (isChecked(subject.app) ? ordersNotRead(subject) : sdkNotRead(subject)),
  *check({ apps }) {
    for (const { app } of apps) {
      if (!isChecked(app)) continue;
      const orders = app.orders.filter(({ kind }) => kinds.includes(kind));
      if (!areComplete(orders)) continue;
      for (const order of orders) {
        const missing = missingFrom(order, orders);
        if (missing.length === 0 || missing.length > 3) continue;
        const setter = `SetOrder${order.kind}`;
        yield {
          location: order.location,
          message: `${setter} does not name ${missing.join(', ')}, which the other orders name`,
          consequence:
            'the app panics when it is built: ' +
            `all modules must be defined when setting ${setter}`,
        };
      }
    }
  },
};

/** Whether the SDK checks orders: it did from 0.45 to 0.47. */
function isChecked({ sdk: { generation } }: App): boolean {
  return (
    generation !== null &&
    !generationIsBefore(generation, '0.45') &&
    generationIsBefore(generation, '0.50')
  );
}

/** Whether there is one order of each kind, and every name in them is known. */
function areComplete(orders: readonly Order[]): boolean {
  return (
    orders.length === kinds.length &&
    new Set(orders.map(({ kind }) => kind)).size === kinds.length &&
    orders.every(({ names }) => names.length > 0 && names.every(({ name }) => name !== null))
  );
}

/** The modules in both others: one alone may name a module that the manager does not have. */
function missingFrom(order: Order, orders: readonly Order[]): string[] {
  const all = new Set(orders.flatMap(({ names }) => names.map(({ name }) => name!)));
  return [...all].filter(module =>
    orders.every(other => (other === order) !== other.names.some(({ name }) => name === module)),
  );
}
