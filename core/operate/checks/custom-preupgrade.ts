import type { HomeCheck } from '../check.ts';
import { failed, passed, skipped, unseen } from '../check.ts';
import { mayDo } from '../permission.ts';
import { noEnvironment } from '../wording.ts';

/** V18. cosmovisor stops before the switch where it cannot run the script. */
export const customPreupgrade: HomeCheck = {
  name: 'custom-preupgrade',
  severity: 'error',
  summary: 'the script of COSMOVISOR_CUSTOM_PREUPGRADE is there and can be run',
  look({ environment, settings, preupgrade, service, home }) {
    if (environment.is !== 'there') return unseen(environment, 'the environment', noEnvironment);
    if (settings.preupgrade === undefined) return passed('no script is set');
    const { path, entry } = preupgrade;
    const file = { file: path };
    if (entry.is === 'unread') return unseen(entry, path, '');
    if (entry.is === 'absent' || entry.value.kind !== 'file')
      return failed(
        `${path} ${entry.is === 'absent' ? 'is not there' : 'is no file'}`,
        'put the script there, or unset COSMOVISOR_CUSTOM_PREUPGRADE',
        file,
      );
    if (!service) return skipped('the user of the service is not known: data is not there');
    if (!mayDo(service, entry.value, 1))
      return failed(
        `user ${service.uid} may not execute ${path}`,
        `chmod 755 ${home}/${path}`,
        file,
      );
    return passed('the script is there', path);
  },
};
