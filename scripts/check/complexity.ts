import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programOf } from './tool.ts';

/** A file whose functions are judged by this rule alone, wherever the checkout is. */
const config = {
  linter: {
    rules: {
      preset: 'none',
      complexity: {
        noExcessiveCognitiveComplexity: {
          level: 'error',
          options: { maxAllowedComplexity: 20 },
        },
      },
    },
  },
};

/** How many functions in these files have a cognitive complexity over 20, as Biome counts it. */
export function complexFunctions(dir: string, files: readonly string[]): number {
  const temp = mkdtempSync(join(tmpdir(), 'chain-upgrade-check-'));
  try {
    writeFileSync(join(temp, 'biome.json'), JSON.stringify(config));
    const report = join(temp, 'report.json');
    const args = [
      'lint',
      '--reporter=json',
      `--reporter-file=${report}`,
      '--max-diagnostics=none',
      `--config-path=${temp}`,
      ...files,
    ];
    spawnSync(process.execPath, [programOf('@biomejs/biome', 'bin/biome'), ...args], { cwd: dir });
    const { diagnostics } = JSON.parse(readFileSync(report, 'utf8')) as {
      diagnostics: { category: string }[];
    };
    return diagnostics.filter(({ category }) => category.includes('CognitiveComplexity')).length;
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
}
