import { linkSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from '../go/chain.ts';
import { projectRoot } from '../support/root.ts';
import type { Home } from './home.ts';
import { ProcessGroup } from './process-group.ts';

/** Builds the cosmovisor that `test/go/cosmovisor` pins. */
export function buildCosmovisor(to: string): void {
  run(
    'go',
    ['build', '-ldflags', '-s -w', '-o', to, 'cosmossdk.io/tools/cosmovisor/cmd/cosmovisor'],
    join(projectRoot, 'test/go/cosmovisor'),
  );
}

/**
 * Starts a node under cosmovisor, with the next binary in the plan's folder; its data is backed up
 * before that is started. The binaries lie on the home's file system.
 *
 * On a home that has halted already give a long `pollInterval`: cosmovisor 1.5 looks for the plan
 * when it polls and when the node ends, and switches neither time if the two looks overlap
 * (`fileWatcher.CheckUpdate`, scanner.go).
 */
export function startCosmovisor(
  cosmovisor: string,
  { dir }: Home,
  old: string,
  next: string,
  plan: string,
  pollInterval = '100ms',
): ProcessGroup {
  for (const [binary, folder] of [
    [old, 'genesis'],
    [next, `upgrades/${plan}`],
  ] as const) {
    const to = join(dir, 'cosmovisor', folder, 'bin/tinyd');
    mkdirSync(dirname(to), { recursive: true });
    rmSync(to, { force: true });
    linkSync(binary, to);
  }
  return new ProcessGroup(
    cosmovisor,
    ['run', 'start', '--home', dir, '--log_no_color'],
    join(dir, 'cosmovisor.log'),
    {
      ...process.env,
      HOME: dir,
      DAEMON_NAME: 'tinyd',
      DAEMON_HOME: dir,
      DAEMON_ALLOW_DOWNLOAD_BINARIES: 'false',
      DAEMON_RESTART_AFTER_UPGRADE: 'true',
      UNSAFE_SKIP_BACKUP: 'false',
      DAEMON_POLL_INTERVAL: pollInterval,
      DAEMON_SHUTDOWN_GRACE: '2s',
      DAEMON_PREUPGRADE_MAX_RETRIES: '0',
      COSMOVISOR_COLOR_LOGS: 'false',
    },
  );
}
