import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The environment variable that names the tests to run. */
export const filesVariable = 'CHAIN_UPGRADE_TEST_FILES';

/** What an editor is opened with, and the files of test/vscode/suite that run in it. */
export interface Workspace { readonly chains: readonly string[]; readonly files: readonly string[]; readonly trusted: boolean }

/** Every workspace, by name: copies of chains of test/chains. One start of the editor each. */
export const workspaces: Readonly<Record<string, Workspace>> = {
  none: { chains: [], files: ['no-chain', 'reporting', 'apply', 'wizard'], trusted: true },
  one: { chains: ['list'], files: ['understood', 'lint', 'new-upgrade', 'bump-module', 'rehearse'], trusted: true },
  several: { chains: ['list', 'single-two-apps'], files: ['several', 'virtual'], trusted: true },
  untrusted: { chains: ['list'], files: ['untrusted'], trusted: false },
};

/** Copies the chains of a workspace to a new folder, and gives what the editor opens: a folder, or a workspace file where there are several. */
export function prepareWorkspace(project: string, name: string): { dir: string; opens: string } {
  // Resolved, because editors name files by their real path and macOS keeps its temporary folder behind a link.
  const dir = realpathSync(mkdtempSync(join(tmpdir(), `chain-upgrade-${name}-`)));
  const { chains } = workspaces[name]!;
  for (const chain of chains) {
    const from = join(project, 'test/chains', chain);
    if (!existsSync(from)) throw new Error(`test/chains/${chain} is missing, which the workspace ${name} holds`);
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
