import { placeOf } from '../chain/place.ts';
import type { Rule } from './rule.ts';

/** A loop that sets the loader for every upgrade of the list, whatever the plan: the last one stays (incidents.md 54). */
export const storeLoaderUnconditional: Rule = {
  name: 'store-loader-unconditional',
  severity: 'error',
  summary: "a loop sets the store loader without comparing the plan's name",
  * check({ apps }) {
    for (const { wiring } of apps) {
      for (const { site, code } of wiring.loadings) {
        if (code !== 'S1' || !site.loop) continue;
        const { facts, node } = site.call;
        if (/[nN]ame/.test(facts.text.slice(site.loop.start, node.start).replace(/^for[^{]*\{/, '')) || site.condition) continue;
        yield { place: placeOf(facts, node), message: 'this sets the loader for every upgrade of the list, without comparing names; the stores of the last one are loaded whatever the plan is, and the node does not start: version of store … mismatch root store\'s version, or initial version set to …, but found earlier version' };
      }
    }
  },
};
