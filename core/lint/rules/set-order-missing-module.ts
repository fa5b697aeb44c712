import { generationIsBefore } from '../../sdk/generations.ts';
import type { Rule } from '../rule.ts';

const kinds = ['BeginBlockers', 'EndBlockers', 'InitGenesis'];

/**
 * Up to 0.47 every order has to name every module; one that is in one order and not in the other
 * stops the app as it is built (incidents.md 93).
 */
export const setOrderMissingModule: Rule = {
  name: 'set-order-missing-module',
  severity: 'warning',
  summary: 'a module is missing from an order that has to name all',
  *check({ apps }) {
    for (const { app } of apps) {
      if (
        !app.sdk.generation ||
        generationIsBefore(app.sdk.generation, '0.45') ||
        !generationIsBefore(app.sdk.generation, '0.50')
      )
        continue;
      const orders = app.orders.filter(o => kinds.includes(o.kind));
      if (
        new Set(orders.map(o => o.kind)).size < kinds.length ||
        orders.length !== kinds.length ||
        orders.some(o => o.names.some(n => n.name === null) || o.names.length === 0)
      )
        continue;
      const all = new Set(orders.flatMap(o => o.names.map(n => n.name!)));
      for (const order of orders) {
        // In both others: one alone may name a module that the manager does not have.
        const missing = [...all].filter(name =>
          orders.every(o => (o === order) !== o.names.some(n => n.name === name)),
        );
        if (missing.length === 0 || missing.length > 3) continue;
        yield {
          location: order.location,
          message: `SetOrder${order.kind} does not name ${missing.join(', ')}, which another order names; the app panics when it is built: all modules must be defined when setting SetOrder${order.kind}`,
        };
      }
    }
  },
};
