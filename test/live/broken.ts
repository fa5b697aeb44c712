import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { lastWords } from '../../core/rehearse/log.ts';
import type { Home } from './home.ts';

/**
 * Makes a node's folder as it was when it had stopped for the upgrade, from the backup that
 * cosmovisor made then.
 */
export function haltedHome({ dir }: Home, to: string): void {
  const [backup] = readdirSync(dir).filter(name => name.startsWith('data-backup'));
  if (backup === undefined)
    throw new Error(`cosmovisor left no backup in ${dir}: ${readdirSync(dir).join(', ')}`);
  cpSync(join(dir, 'config'), join(to, 'config'), { recursive: true });
  cpSync(join(dir, backup), join(to, 'data'), { recursive: true });
}

/**
 * Starts a node that should fail, and gives its exit code and last words; throws where it goes on.
 */
export function failedStart(
  binary: string,
  home: string,
): { readonly code: number; readonly words: string } {
  const { status, stdout, stderr } = spawnSync(
    binary,
    ['start', '--home', home, '--log_no_color'],
    {
      encoding: 'utf8',
      env: { ...process.env, HOME: home },
      timeout: 30_000,
      maxBuffer: 64 << 20,
    },
  );
  const log = stdout + stderr;
  const words = lastWords(log);
  if (status === null || words === undefined)
    throw new Error(`the node did not fail by itself:\n${log.split('\n').slice(-25).join('\n')}`);
  return { code: status, words };
}
