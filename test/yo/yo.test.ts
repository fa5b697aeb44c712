import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { chainCopy, cliHere } from '../support/cli.ts';
import { giveToNormalUser, readableByNormalUser } from '../support/normal-user.ts';
import { projectRoot } from '../support/root.ts';
import { tempDir, treeOf } from '../support/temp.ts';

const yo = join(dirname(createRequire(import.meta.url).resolve('yo/package.json')), 'lib/cli.js');

/**
 * Runs the real yo, without a terminal. As root it turns into user 1000, which then must own what
 * it works on.
 */
function runYo(dir: string, ...args: string[]) {
  const home = tempDir({ '.keep': '' });
  giveToNormalUser(home);
  giveToNormalUser(dir);
  const { status, stdout, stderr } = spawnSync(process.execPath, [yo, 'chain-upgrade', ...args], {
    cwd: dir,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      HOME: home,
      XDG_CONFIG_HOME: home,
      XDG_CACHE_HOME: home,
      NODE_PATH: nodePath(),
      NO_UPDATE_NOTIFIER: '1',
      CI: '1',
      SUDO_UID: '',
      SUDO_GID: '',
    },
  });
  return { status, stdout, stderr };
}

let modules = '';
/** A folder of modules that holds this package, as a global installation does. */
function nodePath(): string {
  if (modules) return modules;
  const home = tempDir();
  modules = join(home, 'node_modules');
  mkdirSync(modules);
  symlinkSync(projectRoot, join(modules, 'generator-chain-upgrade'));
  chmodSync(home, 0o755);
  return modules;
}

describe('the real yo', function () {
  this.timeout(120_000);
  before(function () {
    if (readableByNormalUser(join(projectRoot, 'dist/bundle/main.js'))) return;
    console.log(`    not run: yo leaves root, and other users may not read ${projectRoot}`);
    this.skip();
  });

  it('lists one generator', () => {
    const { stdout } = runYo(tempDir(), '--generators');
    assert.match(stdout, /chain-upgrade/);
  });

  it('writes what the command line writes, and nothing of its own', async () => {
    const [one, other] = [chainCopy('list'), chainCopy('list')];
    assert.equal((await cliHere(['new', 'v4', '--yes', '--test'], one)).status, 0);
    const { status, stdout, stderr } = runYo(other, 'v4', '--yes', '--test');
    assert.equal(status, 0, stderr);
    assert.deepEqual(contents(other), contents(one));
    assert.match(stdout + stderr, /created app\/upgrades\/v4\/constants\.go/);
    assert.ok(!/package\.json|conflict|force/.test(stdout + stderr), stdout + stderr);
  });

  it('finds the name behind a flag', () => {
    const dir = chainCopy('list');
    assert.equal(runYo(dir, '--yes', 'v5').status, 0);
    assert.ok('app/upgrades/v5/constants.go' in treeOf(dir));
  });

  it('prints the diff alone on standard output with --dry-run', async () => {
    const dir = chainCopy('list');
    const before = contents(dir);
    const { status, stdout } = runYo(dir, 'v4', '--dry-run');
    assert.equal(status, 0);
    assert.equal(stdout.trim(), (await cliHere(['new', 'v4', '--dry-run'], dir)).stdout.trim());
    assert.deepEqual(contents(dir), before);
  });

  it('fails in plain words, and writes nothing', () => {
    const cases: [args: string[], words: RegExp][] = [
      [['v4'], /cannot prompt, standard input is not a terminal; use --yes to write or --dry-run/],
      [['v2', '--yes'], /v2 .*exists already|v2 is registered already/],
      [['v4', '--yes', '--dir', 'no/such'], /no such folder/],
    ];
    for (const [args, words] of cases) {
      const dir = chainCopy('list');
      const before = contents(dir);
      const { status, stderr, stdout } = runYo(dir, ...args);
      assert.equal(status, 1, stderr);
      assert.match(stderr + stdout, words);
      assert.ok(!/^\s+at /m.test(stderr + stdout), stderr);
      assert.deepEqual(contents(dir), before);
    }
  });

  it('explains its options', () => {
    const { stdout, status } = runYo(tempDir(), '--help');
    assert.equal(status, 0);
    for (const option of [
      'added',
      'deleted',
      'renamed',
      'binary',
      'test',
      'list',
      'convert',
      'dir',
      'app',
      'base',
      'yes',
      'dry-run',
      'force',
    ])
      assert.match(stdout, new RegExp(`--${option}\\b`));
    assert.match(stdout, /yo chain-upgrade(:app)? \[<name>\]/);
  });
});

/** Files and their bytes: yo runs as another user, with another mask perhaps. */
function contents(dir: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(treeOf(dir)).map(([path, entry]) => [path, entry.replace(/^(folder )?\d+/, '')]),
  );
}
