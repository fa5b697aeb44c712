import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { Refusal } from '../../core/refusal.ts';
import type { ExampleChain } from '../../host/example.ts';
import { makeExample } from '../../host/example.ts';
import { git, History } from '../support/git.ts';
import { asNormalUser, giveToNormalUser } from '../support/normal-user.ts';
import { projectRoot } from '../support/root.ts';
import { tempDir, treeOf } from '../support/temp.ts';

const example: ExampleChain = {
  tag: 'v2.0.0',
  release: { 'go.mod': 'module m\n', 'go.sum': 'sum\n', 'app/app.go': 'package app\n' },
  next: { 'app/app.go': 'package app // next\n', 'x/new/new.go': 'package new\n' },
};
const next = { ...example.release, ...example.next };

/** The texts of a copy, without git's own. */
const textsOf = (dir: string) =>
  Object.fromEntries(Object.keys(next).map(path => [path, readFileSync(join(dir, path), 'utf8')]));

/** Runs something with other variables in the environment. */
async function withEnv(
  more: Readonly<Record<string, string>>,
  run: () => Promise<void>,
): Promise<void> {
  const before = { ...process.env };
  Object.assign(process.env, more);
  try {
    await run();
  } finally {
    for (const name of Object.keys(more)) delete process.env[name];
    Object.assign(process.env, before);
  }
}

describe('a copy of the example chain', function () {
  this.timeout(30_000);

  it('is a repository with the release as its tag, and the next version after it', async () => {
    const dir = join(tempDir(), 'example-chain');
    await makeExample(dir, example);
    assert.deepEqual(textsOf(dir), next);
    assert.equal(git(dir, 'status', '--porcelain', '--ignored'), '');
    assert.equal(git(dir, 'rev-parse', 'v2.0.0'), git(dir, 'rev-parse', 'HEAD~1'));
    assert.equal(git(dir, 'branch', '--show-current'), 'main');
    assert.equal(git(dir, 'show', 'v2.0.0:app/app.go'), 'package app');
    assert.deepEqual(
      git(dir, 'ls-tree', '-r', '--name-only', 'v2.0.0').split('\n').sort(),
      Object.keys(example.release).sort(),
    );
  });

  it('goes into a folder whose name has spaces and more, and into one that is empty', async () => {
    for (const name of ['my chains', "it's $HOME", '-x', 'ünï'] as const) {
      const parent = tempDir();
      const dir = join(parent, name, 'example chain');
      mkdirSync(dir, { recursive: true });
      await makeExample(dir, example);
      assert.deepEqual(textsOf(dir), next);
      assert.deepEqual(readdirSync(join(parent, name)), ['example chain']);
    }
  });

  it('overwrites nothing: a folder that is not empty, a file, a link', async () => {
    const parent = tempDir({ 'full/.hidden': 'mine', file: 'mine' });
    symlinkSync('nowhere', join(parent, 'link'));
    const before = treeOf(parent);
    await assert.rejects(makeExample(join(parent, 'full'), example), Refusal);
    await assert.rejects(makeExample(join(parent, 'full'), example), {
      message: `${join(parent, 'full')} exists and is not empty, and nothing in it is overwritten: open it, or pick another folder`,
    });
    await assert.rejects(makeExample(join(parent, 'file'), example), /file cannot be read: a file/);
    await assert.rejects(
      makeExample(join(parent, 'link'), example),
      /^Error: .*could not be copied/,
    );
    await assert.rejects(
      makeExample(join(parent, 'none', 'example-chain'), example),
      /^Error: there is no folder .*none: pick one that is there$/,
    );
    assert.deepEqual(treeOf(parent), before);
  });

  it('leaves the repository alone that it is made in', async () => {
    const outer = tempDir({ 'mine.txt': 'mine\n' });
    const history = new History(outer);
    const commit = history.commit('v9.0.0');
    await withEnv(
      { GIT_DIR: join(outer, '.git'), GIT_WORK_TREE: outer, GIT_INDEX_FILE: join(outer, 'index') },
      () => makeExample(join(outer, 'example-chain'), example),
    );
    assert.equal(git(outer, 'rev-parse', 'HEAD'), commit);
    assert.equal(git(outer, 'tag'), 'v9.0.0');
    assert.deepEqual(git(outer, 'status', '--porcelain'), '?? example-chain/');
    assert.equal(git(join(outer, 'example-chain'), 'tag'), 'v2.0.0');
  });

  it("needs none of the user's names, and none of the user's hooks or templates are used", async () => {
    const home = tempDir({
      'hooks/pre-commit': '#!/bin/sh\nexit 1\n',
      'hooks/post-commit': '#!/bin/sh\ntouch "$HOME/ran"\n',
      'template/hooks/post-commit': '#!/bin/sh\ntouch "$HOME/ran"\n',
      ignored: 'go.sum\nnew/\n',
      '.gitconfig': '',
    });
    for (const hook of ['hooks/pre-commit', 'hooks/post-commit', 'template/hooks/post-commit'])
      chmodSync(join(home, hook), 0o755);
    writeFileSync(
      join(home, '.gitconfig'),
      `[core]\n\thooksPath = ${home}/hooks\n\texcludesFile = ${home}/ignored\n\tautocrlf = true\n` +
        `[init]\n\ttemplateDir = ${home}/template\n\tdefaultBranch = trunk\n` +
        '[commit]\n\tgpgSign = true\n[tag]\n\tgpgSign = true\n\tforceSignAnnotated = true\n' +
        '[user]\n\tuseConfigOnly = true\n',
    );
    const dir = join(tempDir(), 'example-chain');
    await withEnv({ HOME: home, XDG_CONFIG_HOME: home }, () => makeExample(dir, example));
    assert.equal(existsSync(join(home, 'ran')), false);
    assert.deepEqual(textsOf(dir), next);
    assert.equal(
      git(dir, 'ls-tree', '-r', '--name-only', 'HEAD').split('\n').length,
      Object.keys(next).length,
    );
  });

  it('is not begun without git, and says what to install', async () => {
    const parent = tempDir();
    const noGit = tempDir();
    await withEnv({ PATH: noGit }, () =>
      assert.rejects(makeExample(join(parent, 'example-chain'), example), {
        message:
          'the example chain is made with git, and git is not installed: ' +
          'install git (https://git-scm.com/downloads), and try again',
      }),
    );
    assert.deepEqual(readdirSync(parent), []);
  });

  it('is removed where git fails halfway, and where it is cancelled', async () => {
    const failing = tempDir({
      git: '#!/bin/sh\ncase "$*" in *" tag v2.0.0"*) echo "fatal: out of tags" >&2; exit 1;; esac\nPATH="$OLD_PATH" exec git "$@"\n',
    });
    chmodSync(join(failing, 'git'), 0o755);
    const parent = tempDir({ 'empty/.keep': '' });
    const dir = join(parent, 'example-chain');
    const old = process.env['PATH']!;
    await withEnv({ PATH: `${failing}${delimiter}${old}`, OLD_PATH: old }, () =>
      assert.rejects(makeExample(dir, example), /out of tags/),
    );
    assert.deepEqual(readdirSync(parent), ['empty']);
    const abort = new AbortController();
    const started = makeExample(dir, example, abort.signal);
    abort.abort();
    await assert.rejects(started, { name: 'AbortError' });
    assert.deepEqual(readdirSync(parent), ['empty']);
  });

  it('says where nothing may be written', () => {
    const parent = tempDir();
    giveToNormalUser(parent);
    chmodSync(parent, 0o555);
    const said = asNormalUser(
      { host: new URL(`file://${join(projectRoot, 'dist/host/example.js')}`) },
      `await host.makeExample(args[0], ${JSON.stringify(example)}).catch(error => console.log(error.message));`,
      join(parent, 'example-chain'),
    );
    assert.equal(
      said.trim(),
      `nothing can be written in ${parent}: permission denied: pick another folder`,
    );
  });
});
