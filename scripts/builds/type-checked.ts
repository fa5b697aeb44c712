import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ask } from './ask.ts';
import { goEnvironment, withoutPlace } from './go.ts';

let binary: string | undefined;

/**
 * Checks types from source (`test/go/typecheck`): seconds instead of minutes, and it goes on where
 * a module is missing, whose types are then unknown.
 */
export const typeChecked: Ask = ({ module, packages }, states) => {
  binary ??= build();
  const input = JSON.stringify({
    packages: [packages],
    states: [
      { overlay: '', packages: [] },
      ...states.map(({ overlay, changed }) => ({ overlay, packages: changed })),
    ],
  });
  const start = performance.now();
  const { status, stdout, stderr, error } = spawnSync(binary, [], {
    cwd: module,
    env: goEnvironment(),
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`types could not be checked: ${error?.message ?? stderr}`);
  const [before = [], ...after] = JSON.parse(stdout) as string[][];
  const known = new Set(before.map(withoutPlace));
  // Most of the time goes to what the first state imports, which is not checked again.
  return {
    before: { words: before, seconds: (performance.now() - start) / 1000 },
    after: after.map(words => ({
      words: words.filter(line => !known.has(withoutPlace(line))),
      seconds: 0,
    })),
  };
};

function build(): string {
  const target = join(mkdtempSync(join(tmpdir(), 'typecheck-')), 'typecheck');
  const { status, stderr, error } = spawnSync('go', ['build', '-o', target, '.'], {
    cwd: 'test/go/typecheck',
    encoding: 'utf8',
    env: goEnvironment(),
  });
  if (status !== 0) throw new Error(`Go is needed to check types: ${error?.message ?? stderr}`);
  return target;
}
