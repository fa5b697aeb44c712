import type { HomeCheck } from '../check.ts';
import { failed, passed, unseen } from '../check.ts';
import { noEnvironment } from '../wording.ts';

/** V17, its second half. */
export const downloadsAllowed: HomeCheck = {
  name: 'downloads-allowed',
  severity: 'warning',
  summary: 'cosmovisor downloads no binary by itself',
  look({ settings, environment }) {
    if (environment.is !== 'there') return unseen(environment, 'the environment', noEnvironment);
    const { source } = environment.value;
    if (!settings.allowDownload) return passed('nothing is downloaded', source);
    return failed(
      'DAEMON_ALLOW_DOWNLOAD_BINARIES is true: whoever serves the URL of the plan chooses what a validator runs',
      'place the binary by hand, and set DAEMON_ALLOW_DOWNLOAD_BINARIES=false on validators',
      { file: source },
    );
  },
};
