import { generationIsBefore } from '../../sdk/generations.ts';
import type { Rule } from '../rule.ts';

/**
 * An InitChainer that does not store the module versions: the first upgrade takes every module for
 * new (incidents.md R19, live-chain.md 7).
 */
export const versionMapNotStored: Rule = {
  name: 'version-map-not-stored',
  severity: 'error',
  summary: 'the InitChainer does not store the module versions',
  *check({ apps }) {
    for (const { repo, app } of apps) {
      const { generation } = app.sdk;
      if (
        !app.initChainer ||
        app.initChainer.setsVersionMap ||
        !generation ||
        generationIsBefore(generation, '0.43')
      )
        continue;
      // The runtime module's x/upgrade stores it in its own InitGenesis.
      if (repo.filesOf(app.dir).some(f => /^\s*\*?runtime\.App\b/m.test(f.text))) continue;
      yield {
        location: app.initChainer.location,
        message:
          'this InitChainer does not call SetModuleVersionMap; on a chain that starts with it the first upgrade runs InitGenesis of every module again, and the node panics at the upgrade height',
      };
    }
  },
};
