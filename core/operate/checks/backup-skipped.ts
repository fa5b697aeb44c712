import type { HomeCheck } from '../check.ts';
import { failed, passed, unseen } from '../check.ts';
import { noEnvironment } from '../wording.ts';

/** V14, where no backup is made. */
export const backupSkipped: HomeCheck = {
  name: 'backup-skipped',
  severity: 'warning',
  summary: 'cosmovisor copies data before it switches',
  look({ settings, environment }) {
    if (environment.is !== 'there') return unseen(environment, 'the environment', noEnvironment);
    const { source } = environment.value;
    if (!settings.skipBackup) return passed('data is copied before the switch', source);
    return failed(
      'UNSAFE_SKIP_BACKUP is true: there will be no copy to go back to',
      'set UNSAFE_SKIP_BACKUP=false, or have a snapshot of your own of the height before',
      { file: source },
    );
  },
};
