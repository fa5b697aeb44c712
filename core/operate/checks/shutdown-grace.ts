import type { HomeCheck } from '../check.ts';
import { failed, passed, skipped, unseen } from '../check.ts';
import { noEnvironment } from '../wording.ts';

/** V16. Without it a node is killed while it may write to its databases. */
export const shutdownGrace: HomeCheck = {
  name: 'shutdown-grace',
  severity: 'warning',
  summary: 'cosmovisor gives the node time to close its databases',
  look({ settings, environment }) {
    if (environment.is !== 'there') return unseen(environment, 'the environment', noEnvironment);
    const { source, variables } = environment.value;
    if (settings.shutdownGrace > 0)
      return passed(`the node has ${settings.shutdownGrace / 1000} s to close`, source);
    if (variables.get('DAEMON_SHUTDOWN_GRACE')) return skipped('see environment-values');
    return failed(
      'DAEMON_SHUTDOWN_GRACE is not set: the node is killed at the switch',
      'set DAEMON_SHUTDOWN_GRACE=30s (cosmovisor 1.5 and later)',
      { file: source },
    );
  },
};
