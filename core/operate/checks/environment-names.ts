import type { HomeCheck } from '../check.ts';
import { failed, passed, unseen } from '../check.ts';
import { nearestVariable, unknownVariables } from '../cosmovisor-env.ts';
import { noEnvironment } from '../wording.ts';

/** V03, its second half. A misspelt variable is as if it were not set. */
export const environmentNames: HomeCheck = {
  name: 'environment-names',
  severity: 'warning',
  summary: 'every variable that looks like one of cosmovisor is one',
  look({ environment }) {
    if (environment.is !== 'there') return unseen(environment, 'the environment', noEnvironment);
    const { variables, source } = environment.value;
    const [unknown] = unknownVariables(variables);
    if (unknown === undefined) return passed('no variable is unknown to cosmovisor', source);
    return failed(
      `cosmovisor does not know ${unknown}`,
      `did you mean ${nearestVariable(unknown)}?`,
      { file: source },
    );
  },
};
