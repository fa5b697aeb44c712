import type { HomeCheck } from '../check.ts';
import { failed, passed, unseen } from '../check.ts';
import { noEnvironment } from '../wording.ts';

/** V17, its first half. */
export const restartAfterUpgrade: HomeCheck = {
  name: 'restart-after-upgrade',
  severity: 'warning',
  summary: 'cosmovisor starts the new binary itself',
  look({ settings, environment }) {
    if (environment.is !== 'there') return unseen(environment, 'the environment', noEnvironment);
    const { source } = environment.value;
    if (settings.restartAfterUpgrade) return passed('the new binary is started', source);
    return failed(
      'DAEMON_RESTART_AFTER_UPGRADE is false: somebody has to start the node at the height',
      'set DAEMON_RESTART_AFTER_UPGRADE=true',
      { file: source },
    );
  },
};
