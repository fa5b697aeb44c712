import type { HomeCheck } from '../check.ts';
import { failed, passed, skipped, unseen } from '../check.ts';
import { cosmovisorVariables } from '../cosmovisor-env.ts';
import { noEnvironment } from '../wording.ts';

/** V22. What was changed in a file counts after a restart of the service only. */
export const runningEnvironment: HomeCheck = {
  name: 'running-environment',
  severity: 'warning',
  summary: 'the cosmovisor that runs has the environment of the file',
  look({ environment, running }) {
    if (environment.is !== 'there') return unseen(environment, 'the environment', noEnvironment);
    const { variables, source, pid } = environment.value;
    if (pid !== undefined) return passed('the environment is that of the process', source);
    const [runs] = running;
    if (!runs) return skipped('no cosmovisor of this home runs that this user may look at');
    const differ = Object.keys(cosmovisorVariables).filter(
      name => (runs.variables.get(name) ?? '') !== (variables.get(name) ?? ''),
    );
    if (differ.length === 0) return passed(`process ${runs.pid} has it`, source);
    return failed(
      `process ${runs.pid} has another ${differ.join(', ')} than ${source}`,
      'restart the service, well before the height',
      { file: source },
    );
  },
};
