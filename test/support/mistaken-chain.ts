import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceOnce } from './edits.ts';
import { History } from './git.ts';
import { projectRoot } from './root.ts';
import { tempDir } from './temp.ts';

/** A chain with a mistake in it, its history, and the place of the mistake. */
export interface MistakenChain {
  readonly dir: string;
  readonly history: History;
}

/**
 * A chain with the release v1.0.0, and what came after it: a store that no upgrade adds. `below` is
 * the chain's folder in the git repository; without `upgrade` there is no upgrade after the release
 * yet.
 */
export function mistakenChain({ below = '', upgrade = true } = {}): MistakenChain {
  const top = tempDir();
  const dir = join(top, below);
  mkdirSync(dir, { recursive: true });
  cpSync(join(projectRoot, 'test/rules/chain'), dir, { recursive: true });
  const history = new History(top);
  history.commit('v1.0.0');
  const keys = join(dir, 'app/keys.go');
  const text = readFileSync(keys, 'utf8');
  writeFileSync(
    keys,
    replaceOnce(keys, text, 'countertypes.StoreKey)', 'countertypes.StoreKey, "ledger")'),
  );
  if (upgrade) cpSync(join(projectRoot, 'test/rules/next'), dir, { recursive: true });
  history.commit();
  return { dir, history };
}
