import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Uri } from 'vscode';
import { readChain } from '../../core/chain/analysis.ts';
import { loadRepo } from '../../core/go/repo/repo.ts';
import { startParser } from '../../core/go/syntax/parser.ts';
import { loadAssets } from '../../host/disk/assets.ts';
import { diskFiles } from '../../host/disk/disk-files.ts';
import { chainDir } from '../support/cli.ts';
import { editor, standInForEditor } from '../support/editor-stub.ts';
import { History } from '../support/git.ts';
import { shownManifest } from '../support/manifest.ts';
import { tempDir } from '../support/temp.ts';

// What the extension asks of the editor when it wants the last release: whether the workspace is
// trusted, and the settings.
const asked = {
  isTrusted: false,
  getConfiguration: () => ({ get: (_: string, value: unknown) => value }),
};

describe('a workspace that is not trusted', function () {
  this.timeout(30_000);

  it('runs no git, and a trusted one does', async () => {
    standInForEditor();
    editor['workspace'] = asked;
    const { readBaseline } = await import('../../extension/baseline.ts');
    const dir = tempDir();
    cpSync(chainDir('list'), dir, { recursive: true });
    const history = new History(dir);
    history.commit('v1.0.0');
    history.commit();
    const parser = await startParser(await loadAssets());
    const repo = await loadRepo(diskFiles(dir), parser);
    const [app] = readChain(repo).apps;
    const root = { scheme: 'file', fsPath: dir, toString: () => dir } as Uri;
    const read = () =>
      readBaseline(root, app!, undefined, {
        parser,
        cache: new Map(),
        known: new Map(),
        progress: { signal: undefined, report: () => {} } as never,
      });
    const spied = spyOnGit();
    const path = process.env['PATH'];
    process.env['PATH'] = `${spied.dir}${delimiter}${path}`;
    try {
      assert.deepEqual(await read(), { reason: 'the workspace is not trusted, so git is not run' });
      assert.equal(spied.runs(), 0);
      asked.isTrusted = true;
      const base = await read();
      assert.equal('ref' in base ? base.ref : base.reason, 'v1.0.0');
      assert.ok(spied.runs() > 0, 'the spy saw nothing');
    } finally {
      process.env['PATH'] = path;
      asked.isTrusted = false;
    }
  });

  it('is said in the manifest to be supported in part', () => {
    const { capabilities } = shownManifest() as {
      capabilities: { untrustedWorkspaces: { supported: unknown; description: string } };
    };
    assert.equal(capabilities.untrustedWorkspaces.supported, 'limited');
    assert.ok(/git is not run/i.test(capabilities.untrustedWorkspaces.description));
  });
});

/** A git that is found first, notes that it was run, and hands on to the real one. */
function spyOnGit(): { dir: string; runs(): number } {
  const dir = tempDir();
  const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  const log = join(dir, 'runs');
  writeFileSync(join(dir, 'git'), `#!/bin/sh\necho run >> '${log}'\nexec '${real}' "$@"\n`);
  chmodSync(join(dir, 'git'), 0o755);
  return {
    dir,
    runs: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').length : 0),
  };
}
