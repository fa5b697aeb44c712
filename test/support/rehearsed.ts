import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chainDir } from './cli.ts';
import { History } from './git.ts';
import { tempDir } from './temp.ts';

/** A small chain whose release v2.0.0 lacks the upgrade v3 of its working tree. */
export function chainToRehearse(dir = tempDir()): string {
  cpSync(chainDir('list'), dir, { recursive: true });
  const app = join(dir, 'app/app.go');
  const now = readFileSync(app, 'utf8');
  const history = new History(dir);
  const then = now.replace(/^.*\/upgrades\/v3"\n/m, '').replace(/^.*v3\.Upgrade,\n/m, '');
  if (then === now) throw new Error('the chain has no upgrade v3 to take out');
  writeFileSync(app, then);
  history.commit('v2.0.0');
  writeFileSync(app, now);
  history.commit();
  return dir;
}
