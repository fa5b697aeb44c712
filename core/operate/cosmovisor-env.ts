import { goDuration } from './go-duration.ts';
import type { Variables } from './machine.ts';

/** Kinds of values that cosmovisor's variables take. */
type ValueKind = 'text' | 'boolean' | 'duration' | 'number';

/** The variables that cosmovisor knows, up to 1.7 (tools/cosmovisor/args.go). */
export const cosmovisorVariables: Readonly<Record<string, ValueKind>> = {
  DAEMON_HOME: 'text',
  DAEMON_NAME: 'text',
  DAEMON_ALLOW_DOWNLOAD_BINARIES: 'boolean',
  DAEMON_DOWNLOAD_MUST_HAVE_CHECKSUM: 'boolean',
  DAEMON_RESTART_AFTER_UPGRADE: 'boolean',
  DAEMON_RESTART_DELAY: 'duration',
  DAEMON_SHUTDOWN_GRACE: 'duration',
  DAEMON_POLL_INTERVAL: 'duration',
  DAEMON_DATA_BACKUP_DIR: 'text',
  DAEMON_PREUPGRADE_MAX_RETRIES: 'number',
  DAEMON_GRPC_ADDRESS: 'text',
  UNSAFE_SKIP_BACKUP: 'boolean',
  COSMOVISOR_DISABLE_LOGS: 'boolean',
  COSMOVISOR_COLOR_LOGS: 'boolean',
  COSMOVISOR_TIMEFORMAT_LOGS: 'text',
  COSMOVISOR_CUSTOM_PREUPGRADE: 'text',
  COSMOVISOR_DISABLE_RECASE: 'boolean',
};

/** How cosmovisor is set up, with its defaults for what is not set or not understood. */
export interface CosmovisorSettings {
  readonly recase: boolean;
  readonly allowDownload: boolean;
  readonly mustHaveChecksum: boolean;
  readonly restartAfterUpgrade: boolean;
  /** In milliseconds; 0 kills the node at once. */
  readonly shutdownGrace: number;
  readonly skipBackup: boolean;
  /** Absent: the home. */
  readonly backupDir: string | undefined;
  /** The file below `cosmovisor/` that is run before the switch; absent: none. */
  readonly preupgrade: string | undefined;
}

/** Reads the settings of an environment; of none, cosmovisor's defaults. */
export function cosmovisorSettings(variables: Variables): CosmovisorSettings {
  const flag = (name: string, ifUnset: boolean): boolean => {
    const value = variables.get(name)?.toLowerCase() ?? '';
    return value === '' ? ifUnset : value === 'true';
  };
  const text = (name: string) => variables.get(name) || undefined;
  return {
    recase: !flag('COSMOVISOR_DISABLE_RECASE', false),
    allowDownload: flag('DAEMON_ALLOW_DOWNLOAD_BINARIES', false),
    mustHaveChecksum: flag('DAEMON_DOWNLOAD_MUST_HAVE_CHECKSUM', false),
    restartAfterUpgrade: flag('DAEMON_RESTART_AFTER_UPGRADE', true),
    shutdownGrace: goDuration(variables.get('DAEMON_SHUTDOWN_GRACE') ?? '') ?? 0,
    skipBackup: flag('UNSAFE_SKIP_BACKUP', false),
    backupDir: text('DAEMON_DATA_BACKUP_DIR'),
    preupgrade: text('COSMOVISOR_CUSTOM_PREUPGRADE'),
  };
}

/** What cosmovisor would refuse in a value, if anything; unset and empty are its default. */
export function valueFault(name: string, value: string): string | undefined {
  if (value === '') return undefined;
  switch (cosmovisorVariables[name]) {
    case 'boolean':
      return /^(true|false)$/i.test(value) ? undefined : 'is neither true nor false';
    case 'duration':
      return goDuration(value) ? undefined : "is no duration of Go's above 0, such as 30s";
    case 'number':
      return /^\d+$/.test(value) ? undefined : 'is no number';
    case 'text':
    case undefined:
      return undefined;
  }
}

/** Variables that look like cosmovisor's and are none of them. */
export function unknownVariables(variables: Variables): string[] {
  return [...variables.keys()].filter(
    name => /^(DAEMON|COSMOVISOR)_|^UNSAFE_SKIP/.test(name) && !(name in cosmovisorVariables),
  );
}

/** The variable that was probably meant. */
export function nearestVariable(name: string): string {
  const distances = Object.keys(cosmovisorVariables).map(
    known => [editDistance(name, known), known] as const,
  );
  return distances.sort(([a], [b]) => a - b)[0]![1];
}

/** How many characters have to be added, removed or replaced (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let n = 1; n <= b.length; n++) {
      const replaced = row[n - 1]! + (a[i - 1] === b[n - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[n]! + 1, next[n - 1]! + 1));
    }
    row = next;
  }
  return row.at(-1)!;
}
