import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeExample } from '../../../host/example.ts';
import { GoChain } from '../../go/chain.ts';
import { bundledExample } from '../../support/example.ts';
import { History } from '../../support/git.ts';

/** The environment variable that names the tests to run. */
export const filesVariable = 'CHAIN_UPGRADE_TEST_FILES';

/** The environment variable with the text that titles of tests have to hold, if any. */
export const grepVariable = 'CHAIN_UPGRADE_TEST_GREP';

/** The environment variable with the name of a theme of the editor; its own is kept without. */
export const themeVariable = 'CHAIN_UPGRADE_TEST_THEME';

/** What an editor is opened with, and the files of test/vscode/suite that run in it. */
export interface Workspace {
  /**
   * Copies of chains of test/chains, or the chain that Go compiles, in the middle of the work on
   * its next version, or a copy of the walkthrough's example.
   */
  readonly chains: readonly string[] | 'compiled' | 'example';
  readonly files: readonly string[];
  readonly trusted: boolean;
  /**
   * How long its tests may take, where that is more than five minutes: Go may have to compile all
   * of the SDK.
   */
  readonly minutes?: number;
}

/** Every workspace, by name. One start of the editor each. */
export const workspaces: Readonly<Record<string, Workspace>> = {
  none: { chains: [], files: ['no-chain', 'reporting', 'apply', 'wizard'], trusted: true },
  one: {
    chains: ['list'],
    files: ['inspect', 'lint', 'new-upgrade', 'new-migration', 'rehearse', 'view', 'texts'],
    trusted: true,
  },
  several: { chains: ['list', 'single-two-apps'], files: ['several', 'virtual'], trusted: true },
  compiled: { chains: 'compiled', files: ['whole-way'], trusted: true, minutes: 12 },
  example: { chains: 'example', files: ['walkthrough'], trusted: true, minutes: 12 },
  untrusted: { chains: ['list'], files: ['untrusted'], trusted: false },
};

/** A release, and after it a commit in which a message of a module's state has other fields. */
function compiledChain(): string {
  const chain = new GoChain('0.50');
  try {
    const history = new History(chain.with('messages/then').dir);
    history.commit('v2.0.0');
    chain.with('messages/now');
    history.commit();
    return realpathSync(chain.dir);
  } catch (error) {
    chain.remove();
    throw error;
  }
}

/**
 * Copies the chains of a workspace to a new folder, and gives what the editor opens: a folder, or a
 * workspace file where there are several.
 */
export async function prepareWorkspace(
  project: string,
  name: string,
): Promise<{ dir: string; opens: string }> {
  const { chains } = workspaces[name]!;
  if (chains === 'compiled') {
    const dir = compiledChain();
    return { dir, opens: dir };
  }
  // Resolved, because editors name files by their real path and macOS keeps its temporary folder
  // behind a link.
  const dir = realpathSync(mkdtempSync(join(tmpdir(), `chain-upgrade-${name}-`)));
  if (chains === 'example') {
    const opens = join(dir, 'example-chain');
    await makeExample(opens, bundledExample());
    return { dir, opens };
  }
  for (const chain of chains) {
    const from = join(project, 'test/chains', chain);
    if (!existsSync(from))
      throw new Error(`test/chains/${chain} is missing, which the workspace ${name} holds`);
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
