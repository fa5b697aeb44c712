import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import type { App } from '../../core/chain/chain.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { Variant } from '../corpus/variants.ts';

/**
 * Writes a new upgrade into a folder as a user would, by the command line, and gives the plan that
 * was written or refused. Without stores to add, those that the last release tells are taken; what
 * is deleted is always left to it, as it refuses stores that it does not know.
 */
export function newUpgrade(dir: string, app: App, { answers }: Variant): Plan {
  const added = (answers['added'] as readonly string[] | undefined) ?? [];
  const args = [
    'new',
    String(answers['name']),
    '--yes',
    '--format',
    'json',
    '--dir',
    dir,
    '--app',
    app.dir || '.',
    ...(added.length > 0 ? ['--added', added.join()] : []),
    ...(answers['convert'] ? ['--convert'] : []),
  ];
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    [resolve('dist/bundle/main.js'), ...args],
    { encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  if (error) throw error;
  if (stdout.trim() === '')
    throw new Error(`chain-upgrade ${args.join(' ')} ended with ${status}: ${stderr.trim()}`);
  return JSON.parse(stdout) as Plan;
}
