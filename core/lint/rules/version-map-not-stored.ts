import { generationIsBefore } from '../../sdk/generations.ts';
import { bondedPoolDiffers } from '../node-words.ts';
import type { Rule } from '../rule.ts';

/**
 * An InitChainer that does not store the module versions: the first upgrade takes every module for
 * a new one (docs/background/incidents.md#version-map-not-stored,
 * docs/background/live-chain.md#what-nodes-say).
 */
export const versionMapNotStored: Rule = {
  name: 'version-map-not-stored',
  severity: 'error',
  summary: 'the InitChainer does not store the module versions',
  nodeSays: [
    {
      words: bondedPoolDiffers,
      repair:
        "store the module versions in the old version's InitChainer, " +
        'and start from the map that the handler is given',
    },
  ],
  silentUntilLater: 4,
  *check({ apps }) {
    for (const { repo, app } of apps) {
      const { generation } = app.sdk;
      if (!app.initChainer || app.initChainer.setsVersionMap) continue;
      if (!generation || generationIsBefore(generation, '0.43')) continue;
      // The runtime module's x/upgrade stores it in its own InitGenesis.
      if (repo.filesOf(app.dir).some(facts => /^\s*\*?runtime\.App\b/m.test(facts.text))) continue;
      yield {
        location: app.initChainer.location,
        message: 'this InitChainer does not call SetModuleVersionMap',
        consequence:
          'on a chain that starts with it the first upgrade runs InitGenesis of every module ' +
          'again, and the node panics at the upgrade height',
      };
    }
  },
};
