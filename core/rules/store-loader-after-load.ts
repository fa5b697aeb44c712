import { placeOf } from '../chain/place.ts';
import { loadsAfter } from '../wiring/load-order.ts';
import type { Rule } from './rule.ts';

/** SetStoreLoader after the stores were loaded (incidents.md R11, live-chain.md 7). */
export const storeLoaderAfterLoad: Rule = {
  name: 'store-loader-after-load',
  severity: 'error',
  summary: 'a store loader is set after the stores were loaded',
  * check({ apps }) {
    for (const { repo, app, wiring } of apps) {
      for (const { site } of wiring.loadings) {
        if (!loadsAfter(repo, app, site)) continue;
        yield { place: placeOf(site.call.facts, site.call.node), message: 'the stores are loaded before this loader is set; at the upgrade height the node does not start: version of store … mismatch root store\'s version, or SetStoreLoader() on sealed BaseApp' };
      }
    }
  },
};
