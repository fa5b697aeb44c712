/**
 * The extension's tests in a real VS Code:
 * `node dist/test/vscode/host/main.js [--host=electron|code-server] [--shots=DIR] [--file=NAME]
 * [--grep=TEXT] [--theme=NAME] [WORKSPACE …]`. `--file` runs only that file of test/vscode/suite, in the workspaces
 * that have it. Ends with the line `N passed, N failed`. VERBOSE=1 shows VS Code's own log.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../../support/root.ts';
import { chooseHost } from './choose.ts';
import {
  filesVariable,
  grepVariable,
  prepareWorkspace,
  themeVariable,
  workspaces,
} from './workspaces.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    host: { type: 'string' },
    shots: { type: 'string' },
    file: { type: 'string', multiple: true },
    grep: { type: 'string' },
    theme: { type: 'string' },
  },
});
const names = positionals.length > 0 ? positionals : Object.keys(workspaces);
let passed = 0;
let failed = 0;
try {
  const { name, why, host } = await chooseHost(projectRoot, values.host);
  console.log(`VS Code: ${name}, because ${why}`);
  const shots = values.shots && resolve(values.shots);
  if (shots) mkdirSync(shots, { recursive: true });
  for (const workspace of names) {
    const { files, trusted, minutes = 5 } = workspaces[workspace] ?? {};
    if (!files)
      throw new Error(
        `there is no workspace ${workspace}; there are ${Object.keys(workspaces).join(', ')}`,
      );
    const chosen = files.filter(file => values.file?.includes(file) ?? true);
    if (chosen.length === 0) continue;
    const { dir, opens } = await prepareWorkspace(projectRoot, workspace);
    try {
      const result = await host({
        extension: projectRoot,
        tests: join(projectRoot, 'dist/test/vscode/suite/run.js'),
        workspace: opens,
        env: {
          [filesVariable]: chosen.join(),
          ...(values.grep === undefined ? {} : { [grepVariable]: values.grep }),
          ...(values.theme === undefined ? {} : { [themeVariable]: values.theme }),
        },
        trusted: trusted === true,
        shots,
        timeout: minutes * 60_000,
      });
      passed += result.passed;
      failed += result.failed;
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  failed++;
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
