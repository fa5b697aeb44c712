import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { contract } from '../contract.ts';

/** How a part of the check went: what it printed, and whether nothing was wrong. */
export interface Result {
  readonly ok: boolean;
  readonly output: string;
}

/** One thing that is checked. */
export interface Part {
  readonly name: string;
  /** What fixes most of what it finds, for the reader. */
  readonly fix: string;
  readonly run: (root: string) => Result | Promise<Result>;
}

/** All that `npm run check` looks at. */
export const parts: readonly Part[] = [
  {
    name: 'format',
    fix: 'npx biome check --write',
    run: root => tool(root, '@biomejs/biome', 'bin/biome', ['format', ...everything]),
  },
  {
    name: 'lint',
    fix: 'npx biome check --write, then by hand',
    run: root => both(biomeLint(root), tool(root, 'eslint', 'bin/eslint.js', ['.'])),
  },
  {
    name: 'types',
    fix: 'by hand',
    run: root => tool(root, 'typescript', 'bin/tsc', ['--noEmit', '--pretty', 'false', '-p', '.']),
  },
  {
    name: 'contract',
    fix: 'npm run contract, then by hand',
    run: async root => {
      const findings = await contract(root, false);
      return { ok: findings.length === 0, output: findings.join('\n') };
    },
  },
];

/** Nothing is cut off, and no warning passes. */
const everything = ['--max-diagnostics=none', '--error-on-warnings', '--diagnostic-level=warn'];

/** Biome's rules and the order of imports, without formatting. */
function biomeLint(root: string): Result {
  const args = ['check', '--formatter-enabled=false', ...everything];
  return tool(root, '@biomejs/biome', 'bin/biome', args);
}

function both(first: Result, second: Result): Result {
  const outputs = [first, second].filter(result => !result.ok).map(result => result.output);
  return { ok: first.ok && second.ok, output: outputs.join('\n') };
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
