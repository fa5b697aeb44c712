import { memoize } from '../../go/repo/memoize.ts';
import type { ConfigLine } from '../config-lines.ts';
import { variablesSet } from '../config-lines.ts';
import type { Finding, Rule } from '../rule.ts';

/**
 * A file sets cosmovisor's environment in a way that it refuses, or that loads anything
 * (docs/background/sdk.md#cosmovisor-folders).
 */
export const cosmovisorEnvironment: Rule = {
  name: 'cosmovisor-environment',
  severity: 'warning',
  summary: 'cosmovisor refuses a value of its environment, or downloads without a checksum',
  *check({ repo }) {
    for (const path of environmentsIn(repo.otherPaths))
      yield* repo.memoByText(path, 'faults of an environment', text => faultsIn(path, text));
  },
};

/** The list stays the same while files are edited, so it is gone through once. */
function environmentsIn(paths: readonly string[]): readonly string[] {
  return memoize(paths, 'environments', () => paths.filter(isEnvironment));
}

/** Whether a file may hold the environment of a service. */
function isEnvironment(path: string): boolean {
  return /(^|\/)([^/]*\.(env|service|sh)|docker-compose[^/]*\.ya?ml|Dockerfile[^/]*)$/.test(path);
}

function faultsIn(path: string, text: string): Finding[] {
  if (!text.includes('DAEMON_')) return [];
  return [...inLines(variablesSet(path, text, /^(DAEMON_|COSMOVISOR_|UNSAFE_SKIP_BACKUP$)/))];
}

function* inLines(lines: readonly ConfigLine[]): Iterable<Finding> {
  for (const line of lines) {
    const wrong = faultOf(line);
    if (wrong !== undefined)
      yield {
        location: line.location,
        message: `${line.name} is ${JSON.stringify(line.value)}, and has to be ${wrong}`,
        consequence: /^(on|off)$/i.test(line.value)
          ? 'cosmovisor 1.0 and newer does not start'
          : 'cosmovisor does not start',
      };
  }
  const isTrue = ({ value }: ConfigLine) => value.toLowerCase() === 'true';
  const named = (name: string) => lines.filter(line => line.name === name);
  const open = named('DAEMON_ALLOW_DOWNLOAD_BINARIES').find(isTrue);
  const checked = named('DAEMON_DOWNLOAD_MUST_HAVE_CHECKSUM');
  if (open && !checked.some(line => isTrue(line) || isFilledIn(line.value)))
    yield {
      location: open.location,
      message: 'binaries are downloaded without DAEMON_DOWNLOAD_MUST_HAVE_CHECKSUM=true',
      consequence: 'at the upgrade height cosmovisor runs whatever the address gives then',
    };
}

const booleans = [
  'DAEMON_ALLOW_DOWNLOAD_BINARIES',
  'DAEMON_DOWNLOAD_MUST_HAVE_CHECKSUM',
  'DAEMON_RESTART_AFTER_UPGRADE',
  'UNSAFE_SKIP_BACKUP',
  'COSMOVISOR_DISABLE_LOGS',
  'COSMOVISOR_COLOR_LOGS',
  'COSMOVISOR_DISABLE_RECASE',
];
const durations = ['DAEMON_RESTART_DELAY', 'DAEMON_SHUTDOWN_GRACE', 'DAEMON_POLL_INTERVAL'];

/** Whether a variable or a template's placeholder gives the value, such as `{HOME}` or `%h`. */
function isFilledIn(value: string): boolean {
  return /[$`{}<>%@]/.test(value);
}

/** What a value has to be; undefined where it is that, or not written here. */
function faultOf({ name, value }: ConfigLine): string | undefined {
  if (value === '' || isFilledIn(value)) return undefined;
  if (booleans.includes(name)) return /^(true|false)$/i.test(value) ? undefined : 'true or false';
  if (durations.includes(name))
    return /^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/.test(value) || value === '0'
      ? undefined
      : 'a duration such as 300ms';
  if (name === 'DAEMON_HOME') return value.startsWith('/') ? undefined : 'an absolute folder';
  if (name === 'DAEMON_NAME') return value.includes('/') ? 'a name without a folder' : undefined;
  if (name === 'DAEMON_PREUPGRADE_MAX_RETRIES') return /^\d+$/.test(value) ? undefined : 'a number';
  return undefined;
}
