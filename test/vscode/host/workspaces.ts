import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The environment variable that names the tests to run. */
export const suiteVariable = 'CHAIN_UPGRADE_TEST_SUITE';

/** Every file of tests in test/vscode/suite, and the chains of test/chains that its workspace holds; one start of the editor each. */
export const workspaces: Readonly<Record<string, readonly string[]>> = {
  'apply': [],
  'wizard': [],
  'new-upgrade': ['list'],
  'several-chains': ['list', 'list-init'],
  'no-chain': [],
};

/** Copies the chains of a workspace to a new folder, and gives what the editor opens: a folder, or a workspace file where there are several. */
export function prepareWorkspace(project: string, suite: string): { dir: string; opens: string } {
  // Resolved, because editors name files by their real path and macOS keeps its temporary folder behind a link.
  const dir = realpathSync(mkdtempSync(join(tmpdir(), `chain-upgrade-${suite}-`)));
  const chains = workspaces[suite]!;
  for (const chain of chains) {
    const from = join(project, 'test/chains', chain);
    if (!existsSync(from)) throw new Error(`test/chains/${chain} is missing, which the tests ${suite} open`);
    cpSync(from, join(dir, chain), { recursive: true });
  }
  if (chains.length === 0) {
    mkdirSync(join(dir, 'notes'));
    writeFileSync(join(dir, 'notes/README.md'), '# Not a chain\n');
    return { dir, opens: join(dir, 'notes') };
  }
  if (chains.length === 1) return { dir, opens: join(dir, chains[0]!) };
  const opens = join(dir, 'chains.code-workspace');
  writeFileSync(opens, JSON.stringify({ folders: chains.map(path => ({ path })) }));
  return { dir, opens };
}
