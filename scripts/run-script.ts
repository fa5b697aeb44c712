import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { reasonOf } from '../host/errors.ts';

/**
 * Runs a script, which ends with the exit code that `main` gives; with 2 and one line that says why
 * where it cannot be done.
 */
export async function runScript(name: string, main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    console.error(`${name}: ${reasonOf(error)}`);
    process.exitCode = 2;
  }
}

/**
 * A path as it was given: npm runs scripts in the package's folder, wherever it was called. Throws
 * where nothing is there.
 */
export function givenPath(path: string): string {
  const given = resolve(process.env['INIT_CWD'] ?? '.', path);
  if (!existsSync(given)) throw new Error(`${given} is not there`);
  return given;
}

/**
 * The folder of bare repositories and the table of checkouts that a script was given; `usage` is
 * how it is called.
 */
export function mirrorsAndTable(
  paths: readonly string[],
  usage: string,
): [mirrors: string, table: string] {
  const [mirrors, table, ...others] = paths;
  if (mirrors === undefined || table === undefined || others.length > 0)
    throw new Error(`give two paths: ${usage}`);
  return [givenPath(mirrors), givenPath(table)];
}
