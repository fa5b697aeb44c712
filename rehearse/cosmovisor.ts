import { accessSync, constants, copyFileSync, mkdirSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { Refusal } from '../core/refusal.ts';
import { cosmovisorFolder } from '../core/sdk/cosmovisor.ts';
import type { ProcessStart } from './processes.ts';

/** Throws where there is no cosmovisor to run: before anything is built. */
export function needCosmovisor(): void {
  const runs = (dir: string) => {
    try {
      accessSync(join(dir, 'cosmovisor'), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  };
  if (!(process.env['PATH'] ?? '').split(delimiter).some(runs))
    throw new Refusal('cosmovisor is not in the PATH: install it, or leave --with-cosmovisor out');
}

/**
 * Lays cosmovisor's folders out in a home: the binary it starts with, and the one it switches to at
 * the plan's height.
 */
export function layCosmovisor(home: string, old: string, now: string, plan: string): void {
  const put = (binary: string, ...dirs: string[]) => {
    const dir = join(home, 'cosmovisor', ...dirs, 'bin');
    mkdirSync(dir, { recursive: true });
    copyFileSync(binary, join(dir, basename(old)));
  };
  put(old, 'genesis');
  put(now, 'upgrades', cosmovisorFolder(plan));
}

/** The start of cosmovisor in place of the node's own. */
export function underCosmovisor(start: ProcessStart, home: string): ProcessStart {
  const env = {
    ...start.env,
    DAEMON_NAME: basename(start.command),
    DAEMON_HOME: home,
    DAEMON_ALLOW_DOWNLOAD_BINARIES: 'false',
    DAEMON_RESTART_AFTER_UPGRADE: 'true',
    UNSAFE_SKIP_BACKUP: 'true',
    DAEMON_POLL_INTERVAL: '300ms',
    DAEMON_SHUTDOWN_GRACE: '2s',
    COSMOVISOR_COLOR_LOGS: 'false',
  };
  return { ...start, command: 'cosmovisor', args: ['run', ...start.args], env };
}
