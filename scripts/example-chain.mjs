// A copy of a small chain with a release and a change after it, to try things in:
// `node scripts/example-chain.mjs FOLDER`. The folder is written anew. Plain Node, so that an
// editor can run it beside the build.
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { root } from './install.mjs';

const chain = join(root, 'test/chains/list');
const target = process.argv[2];
if (target === undefined || resolve(target) === resolve(root)) {
  console.error('usage: node scripts/example-chain.mjs FOLDER');
  process.exit(2);
}
const copy = resolve(root, target);

rmSync(copy, { recursive: true, force: true });
mkdirSync(copy, { recursive: true });
cpSync(chain, copy, { recursive: true, filter: file => basename(file) !== 'expected.json' });
git('init', '--quiet', '--initial-branch', 'main');
commit('Release v3.0.0');
git('tag', 'v3.0.0');
appendFileSync(join(copy, 'README.md'), 'A copy of an example chain: change what you like.\n');
commit('After the release');
console.log(copy);

function commit(message) {
  git('add', '--all');
  git('commit', '--quiet', '--no-verify', '--message', message);
}

/** Whatever the user's own git is set to. */
function git(...args) {
  const settings = ['user.name=example', 'user.email=example@localhost', 'commit.gpgSign=false'];
  const options = settings.flatMap(setting => ['-c', setting]);
  const { status } = spawnSync('git', [...options, ...args], { cwd: copy, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
