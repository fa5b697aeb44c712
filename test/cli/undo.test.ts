import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chainCopy, cli, cliHere } from '../support/cli.ts';
import { git, History } from '../support/git.ts';
import { mistakenChain } from '../support/mistaken-chain.ts';
import { tempDir, treeOf } from '../support/temp.ts';

describe('chain-upgrade undo', function () {
  this.timeout(90_000);
  const inGit = () => {
    const dir = chainCopy('list');
    new History(dir).commit();
    return dir;
  };
  const undo = (dir: string, ...args: string[]) =>
    cliHere(['undo', '--dir', dir, '--yes', ...args]);

  it('takes back what was written, folders too, and then what was written before', async () => {
    const dir = inGit();
    const before = treeOf(dir);
    await cliHere(['new', 'v4', '--dir', dir, '--yes']);
    const between = treeOf(dir);
    await cliHere(['migration', 'berth', '--dir', dir, '--yes']);
    assert.notDeepEqual(treeOf(dir), between);
    const { stdout } = await undo(dir);
    assert.match(stdout, /^restored x\/berth\/module\.go$/m);
    assert.deepEqual(treeOf(dir), between);
    const json = await undo(dir, '--format', 'json');
    const { root, creates, removes, edits } = JSON.parse(json.stdout) as Record<string, unknown[]>;
    assert.deepEqual([root, creates, edits!.length], [dir, [], 1]);
    assert.deepEqual(removes, ['app/upgrades/v4/constants.go', 'app/upgrades/v4/upgrades.go']);
    assert.deepEqual(treeOf(dir), before);
    const { status, stderr } = await undo(dir);
    assert.equal(status, 2);
    assert.match(stderr, /error: there is nothing to take back: no write of this repository/);
    assert.equal(git(dir, 'status', '--porcelain'), '');
  });

  it('is refused where a file changed since, naming it, and the tree stays', async () => {
    const dir = inGit();
    await cliHere(['new', 'v4', '--dir', dir, '--yes']);
    const file = join(dir, 'app/upgrades/v4/upgrades.go');
    writeFileSync(file, `${readFileSync(file, 'utf8')}// mine\n`);
    const before = treeOf(dir);
    const { status, stderr } = await undo(dir);
    assert.equal(status, 2);
    assert.match(
      stderr,
      /error: new v4 cannot be taken back: app\/upgrades\/v4\/upgrades\.go changed since/,
    );
    assert.deepEqual(treeOf(dir), before);
  });

  it('passes over what git took back already', async () => {
    const dir = inGit();
    await cliHere(['new', 'v4', '--dir', dir, '--yes']);
    const first = treeOf(dir);
    await cliHere(['migration', 'berth', '--dir', dir, '--yes']);
    git(dir, 'checkout', '--quiet', 'x');
    git(dir, 'clean', '--quiet', '-fd', 'x');
    assert.deepEqual(treeOf(dir), first);
    assert.match((await undo(dir)).stdout, /^removed app\/upgrades\/v4\/constants\.go$/m);
  });

  it('shows what it would do, and asks nobody without a terminal', async () => {
    const dir = inGit();
    await cliHere(['new', 'v4', '--dir', dir, '--yes']);
    const before = treeOf(dir);
    const shown = await cliHere(['undo', '--dir', dir, '--dry-run']);
    assert.match(shown.stdout, /^-\s+v4\.Upgrade,$/m);
    assert.match(shown.stdout, /^removes app\/upgrades\/v4\/constants\.go$/m);
    const unasked = await cliHere(['undo', '--dir', dir]);
    assert.equal(unasked.status, 2);
    assert.deepEqual(treeOf(dir), before);
  });

  it('takes back the repairs of lint --fix', async () => {
    const { dir } = mistakenChain();
    const before = treeOf(dir);
    await cliHere(['lint', dir, '--fix']);
    assert.notDeepEqual(treeOf(dir), before);
    await undo(dir);
    assert.deepEqual(treeOf(dir), before);
  });

  it('remembers in the folder of the user where there is no git, in the root of the write', async () => {
    const dir = chainCopy('list');
    const state = tempDir();
    const env = { XDG_STATE_HOME: state, GIT_CEILING_DIRECTORIES: join(dir, '..') };
    const before = treeOf(dir);
    assert.equal(cli(['new', 'v4', '--dir', dir, '--yes'], { env }).status, 0);
    assert.ok(Object.keys(treeOf(state)).some(path => path.startsWith('chain-upgrade/writes/')));
    const below = cli(['undo', '--dir', join(dir, 'app'), '--yes'], { env });
    assert.equal(below.stderr, '');
    assert.deepEqual(treeOf(dir), before);
  });
});
