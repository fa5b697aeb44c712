import { isRuntimeApp, modulesByHand, storesVersions } from '../../chain/app/hooks.ts';
import { locationOf } from '../../go/source/location.ts';
import { generationIsBefore } from '../../sdk/generations.ts';
import { bondedPoolDiffers } from '../node-words.ts';
import type { AppContext, Finding, Rule } from '../rule.ts';
import { sdkNotRead } from '../unread.ts';

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
  notJudged: sdkNotRead,
  *check({ apps }) {
    for (const subject of apps) {
      const { generation } = subject.app.sdk;
      if (!generation || generationIsBefore(generation, '0.43')) continue;
      const finding = isRuntimeApp(subject.repo, subject.app.dir)
        ? inRuntimeApp(subject)
        : inInitChainer(subject);
      if (finding) yield finding;
    }
  },
};

const consequence =
  'on a chain that starts with it the first upgrade runs InitGenesis of every module ' +
  'again, and the node panics at the upgrade height';

function inInitChainer({ app: { initChainer } }: AppContext): Finding | undefined {
  if (!initChainer || initChainer.setsVersionMap) return undefined;
  return {
    location: initChainer.location,
    message: 'this InitChainer does not call SetModuleVersionMap',
    consequence,
  };
}

/**
 * The runtime module's x/upgrade stores in its own InitGenesis the versions of the modules that are
 * injected, and only theirs.
 */
function inRuntimeApp({ repo, app, base }: AppContext): Finding | undefined {
  const [call] = modulesByHand(repo, app.dir);
  if (!call || storesVersions(repo, app.dir)) return undefined;
  // An upgrade stores the versions of all modules.
  const hasUpgraded = base?.app.upgrades.some(({ registered }) => registered) === true;
  return {
    location: locationOf(call.facts, call.node),
    severity: hasUpgraded ? 'info' : 'error',
    message: 'modules are registered by hand here, and nothing stores their versions at genesis',
    consequence:
      'on a chain that starts with it the first upgrade runs InitGenesis of these modules again; ' +
      'call SetModuleVersionMap in an InitChainer',
  };
}
