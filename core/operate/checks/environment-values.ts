import type { HomeCheck } from '../check.ts';
import { failed, passed, unseen } from '../check.ts';
import { valueFault } from '../cosmovisor-env.ts';
import { noEnvironment } from '../wording.ts';

/** V03, its first half. cosmovisor does not start with a value that it cannot read. */
export const environmentValues: HomeCheck = {
  name: 'environment-values',
  severity: 'error',
  summary:
    "cosmovisor can read the values of its variables: true or false, Go's durations, numbers",
  look({ environment }) {
    if (environment.is !== 'there') return unseen(environment, 'the environment', noEnvironment);
    const { variables, source } = environment.value;
    for (const [name, value] of variables) {
      const fault = valueFault(name, value);
      if (fault)
        return failed(`${name}=${value} ${fault}`, `correct ${name}, or leave it out`, {
          file: source,
        });
    }
    return passed('every value is one that cosmovisor reads', source);
  },
};
