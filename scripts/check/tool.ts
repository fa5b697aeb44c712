import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** How a part of the check went: what it printed, and whether nothing was wrong. */
export interface Result {
  readonly ok: boolean;
  readonly output: string;
}

/** Runs a program of a development dependency in a folder. */
export function tool(
  cwd: string,
  dependency: string,
  program: string,
  args: readonly string[],
): Result {
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    [programOf(dependency, program), ...args],
    { cwd, encoding: 'utf8', maxBuffer: 2 ** 28 },
  );
  return { ok: status === 0, output: `${stdout}${stderr}${error?.message ?? ''}`.trim() };
}

/** The file of a development dependency's program. */
export function programOf(dependency: string, program: string): string {
  const require = createRequire(import.meta.url);
  return join(dirname(require.resolve(`${dependency}/package.json`)), program);
}
