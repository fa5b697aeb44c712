import { contract } from '../contract.ts';
import { figuresOf, withinLimits } from './figures.ts';
import type { Result } from './tool.ts';
import { tool } from './tool.ts';

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
  {
    name: 'figures',
    fix: 'by hand',
    run: root => withinLimits(figuresOf(root)),
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
