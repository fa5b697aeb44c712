/**
 * `npm run demo`: a new upgrade in a copy of an example chain, as a user would make it. The copy
 * stays, to look around in.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { replaceOnce } from '../test/support/edits.ts';

const chain = 'test/chains/list';
const keys = 'app/keepers/keys.go';
const cli = resolve('dist/bundle/main.js');
const copy = mkdtempSync(join(tmpdir(), 'chain-upgrade-demo-'));

console.log(
  `A copy of ${chain}, whose last release is v3.0.0; ` +
    'since then its app mounts the store of x/feegrant.',
);
cpSync(chain, copy, { recursive: true, filter: file => basename(file) !== 'expected.json' });
git('init', '--quiet', '--initial-branch', 'main');
commit('Release v3.0.0');
git('tag', 'v3.0.0');
insertBefore(keys, '\tauthtypes "github.com', '\t"cosmossdk.io/x/feegrant"\n');
insertBefore(keys, '\t\tberthtypes.StoreKey,', '\t\tfeegrant.StoreKey,\n');
commit('Mount the store of x/feegrant');

show('What it is', 'inspect');
show('What would be written', 'new', 'v4', '--yes', '--dry-run');
show('Written', 'new', 'v4', '--yes');
show('What it is now', 'inspect');
console.log(`\nThe copy is in ${copy} (git diff shows what was changed, git status what is new).`);

/** Runs `chain-upgrade` in the copy; its output is the demo. */
function show(heading: string, ...args: string[]): void {
  console.log(`\n── ${heading}\n$ chain-upgrade ${args.join(' ')}`);
  run(process.execPath, [cli, ...args]);
}

function commit(message: string): void {
  git('add', '--all');
  git('commit', '--quiet', '--no-verify', '--message', message);
}

/** Whatever the user's own git is set to: the copy is no place to ask for names and keys. */
function git(...args: string[]): void {
  const settings = [
    'user.name=demo',
    'user.email=demo@localhost',
    'commit.gpgSign=false',
    'tag.gpgSign=false',
  ];
  run('git', [...settings.flatMap(setting => ['-c', setting]), ...args]);
}

function run(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { cwd: copy, stdio: 'inherit' });
  if (status === 0) return;
  const what = `${basename(command)} ${args.join(' ')}`;
  console.error(`${what}: ${error?.message ?? `exit ${status}`}; the copy is in ${copy}`);
  process.exit(1);
}

function insertBefore(file: string, mark: string, text: string): void {
  const path = join(copy, file);
  writeFileSync(path, replaceOnce(file, readFileSync(path, 'utf8'), mark, text + mark));
}
