import { readDaemon } from '../../chain/daemon/daemon.ts';
import { readGuardOf } from '../../chain/guard.ts';
import { locationOf } from '../../go/source/location.ts';
import { startFlagsOf } from '../../wiring/daemon/start-flags.ts';
import type { Rule } from '../rule.ts';

/** The chain has a version guard that nothing hands the start command to (docs/version-guard.md). */
export const startNotGuarded: Rule = {
  name: 'start-not-guarded',
  severity: 'warning',
  summary: 'the version guard is there, and the start command is not handed to it',
  repair: 'call guardStart with the start command where the server hands it over',
  *check({ apps }) {
    for (const { repo, app } of apps) {
      const guard = readGuardOf(repo, app);
      if (!guard || guard.start) continue;
      for (const commands of readDaemon(repo, app)?.commands ?? []) {
        // What is not read may well call it.
        if (startFlagsOf(repo, commands).kind === 'other') continue;
        const { facts, node } = commands.call;
        yield {
          location: locationOf(facts, node),
          message: `the start command is not handed to the version guard in ${guard.dir}`,
          consequence: 'a node starts whatever the app version of its state is',
        };
      }
    }
  },
};
