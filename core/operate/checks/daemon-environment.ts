import type { HomeCheck } from '../check.ts';
import { failed, passed, unseen } from '../check.ts';
import { ifThere } from '../machine.ts';
import { noEnvironment } from '../wording.ts';

/** V01. cosmovisor refuses to start without these (args.go, GetConfigFromEnv and validate). */
export const daemonEnvironment: HomeCheck = {
  name: 'daemon-environment',
  severity: 'error',
  summary: 'DAEMON_HOME is this home, as an absolute path, and DAEMON_NAME the name of a file',
  look({ environment, home, realHome, realDaemonHome }) {
    if (environment.is !== 'there') return unseen(environment, 'the environment', noEnvironment);
    const { variables, source } = environment.value;
    const [daemonHome, name] = [variables.get('DAEMON_HOME'), variables.get('DAEMON_NAME')];
    const inSource = { file: source };
    if (!daemonHome) return failed('DAEMON_HOME is not set', `set DAEMON_HOME=${home}`, inSource);
    if (!daemonHome.startsWith('/'))
      return failed(
        `DAEMON_HOME is ${daemonHome}, which is no absolute path`,
        `set DAEMON_HOME=${home}`,
        inSource,
      );
    if (daemonHome !== home && ifThere(realDaemonHome) !== ifThere(realHome))
      return failed(
        `DAEMON_HOME is ${daemonHome}, not this home`,
        `set DAEMON_HOME=${home}, or give --home ${daemonHome}`,
        inSource,
      );
    if (!name)
      return failed('DAEMON_NAME is not set', "set DAEMON_NAME to the daemon's name", inSource);
    if (name.includes('/'))
      return failed(
        `DAEMON_NAME is ${name}, a path`,
        'set DAEMON_NAME to the name of the file in bin',
        inSource,
      );
    return passed(`DAEMON_HOME is this home, DAEMON_NAME is ${name}`, source);
  },
};
