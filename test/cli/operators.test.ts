import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { PlanJson } from '../../cli/plan-json.ts';
import { cliHere } from '../support/cli.ts';
import { replaceOnce } from '../support/edits.ts';
import { History } from '../support/git.ts';
import { projectRoot } from '../support/root.ts';
import { tempDir } from '../support/temp.ts';

const sha = (text: string) => createHash('sha256').update(text).digest('hex');
const place = 'operators/tiny-1/v2';

/** The example chain with a network. */
function tiny(): string {
  const dir = tempDir();
  cpSync(join(projectRoot, 'test/go/chain'), dir, { recursive: true });
  const networks = { 'tiny-1': { denom: 'stake', home: '$HOME/.tinyd', prefix: 'cosmos' } };
  writeFileSync(join(dir, '.chain-upgrade.json'), JSON.stringify({ networks }));
  return dir;
}

async function run(dir: string, ...args: string[]): Promise<PlanJson> {
  const { stdout, stderr } = await cliHere([...args, '--dir', dir, '--yes', '--format', 'json']);
  assert.ok(stdout.startsWith('{'), stderr);
  return JSON.parse(stdout) as PlanJson;
}

/** The reason for which no files are written. */
async function refused(dir: string, ...args: string[]): Promise<string> {
  const plan = await run(dir, 'operators', ...args);
  assert.deepEqual([plan.creates, plan.edits], [[], []]);
  return plan.refused!.reason;
}

/** A manifest for a binary with such a text, on every machine. */
function manifest(dir: string, binary: string): Promise<PlanJson> {
  const given = `any=https://example.org/releases/download/v2.0.0/tinyd#sha256:${sha(binary)}`;
  return run(dir, 'manifest', 'v2', '--network', 'tiny-1', '--binary', given);
}

function shell(file: string, args: readonly string[], env: Record<string, string>) {
  const { status, stderr } = spawnSync('sh', [file, ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...env },
  });
  return { status, stderr };
}

describe('chain-upgrade operators', function () {
  this.timeout(60_000);
  it('writes what operators need, with the height of the proposal', async () => {
    const dir = tiny();
    await manifest(dir, 'new');
    await run(
      dir,
      ...['proposal', 'v2', '--network', 'tiny-1', '--height', '500', '--deposit', '9stake'],
    );
    const { creates, notes } = await run(dir, 'operators', 'v2', '--network', 'tiny-1');
    assert.deepEqual(
      creates.map(({ file }) => file.replace(`${place}/`, '')),
      [
        ...['install.sh', 'preupgrade.sh', 'cosmovisor.env', 'tinyd.service', 'RUNBOOK.md'],
        ...['RELEASE-NOTES.md', 'ANNOUNCEMENT.md', 'CHANGELOG-entry.md'],
        '.github/workflows/chain-upgrade.yml',
      ],
    );
    assert.ok(!notes.some(note => note.includes('no height is known')));
    const text = (name: string) => readFileSync(join(dir, place, name), 'utf8');
    assert.match(text('RUNBOOK.md'), /^\| height \| 500 \|$/m);
    assert.match(text('cosmovisor.env'), /^DAEMON_HOME=\/home\/tinyd\/\.tinyd$/m);
    assert.match(text('tinyd.service'), /^User=tinyd$/m);
    const again = await run(dir, 'operators', 'v2', '--network', 'tiny-1', '--user', 'root');
    assert.deepEqual(
      again.edits.map(({ file }) => file.replace(`${place}/`, '')),
      ['cosmovisor.env', 'tinyd.service', 'RUNBOOK.md'],
    );
    assert.match(text('cosmovisor.env'), /^DAEMON_HOME=\/root\/\.tinyd$/m);
  });
  it('uses only variables in the runbook that the runbook declares', async () => {
    const dir = tiny();
    await manifest(dir, 'new');
    await run(dir, 'operators', 'v2', '--network', 'tiny-1');
    const text = readFileSync(join(dir, place, 'RUNBOOK.md'), 'utf8');
    const [declaring = '', ...blocks] = [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map(
      ([, block]) => block!,
    );
    const declared = new Set([...declaring.matchAll(/^export (\w+)=/gm)].map(([, name]) => name));
    const used = blocks.flatMap(block => [...block.matchAll(/\$(\w+)/g)].map(([, name]) => name));
    assert.ok(used.length > 10);
    assert.deepEqual(
      used.filter(name => !declared.has(name)),
      [],
    );
  });
  it('is refused where something it needs is missing', async () => {
    const dir = tiny();
    assert.match(await refused(dir, 'v2', '--network', 'tiny-1'), /chain-upgrade manifest v2/);
    await manifest(dir, 'new');
    assert.match(await refused(dir, 'v9', '--network', 'tiny-1'), /no handler is registered/);
    const user = ['--user', 'a b'];
    assert.match(await refused(dir, 'v2', '--network', 'tiny-1', ...user), /no name of a user/);
    assert.match(await refused(dir, 'v2', '--no-break', 'v1'), /leave the name of the plan out/);
    writeFileSync(join(dir, '.chain-upgrade.json'), '{"networks":{"tiny-1":{}}}');
    assert.match(await refused(dir, 'v2', '--network', 'tiny-1'), /home of tinyd is not known/);
  });
});

describe('the scripts of operators', function () {
  this.timeout(60_000);
  it('put only the right binary in place, and check it before the switch', async () => {
    const dir = tiny();
    await manifest(dir, 'new');
    await run(dir, 'operators', 'v2', '--network', 'tiny-1');
    const home = tempDir();
    const env = { DAEMON_HOME: home, DAEMON_NAME: 'tinyd' };
    const [install, gate] = ['install.sh', 'preupgrade.sh'].map(name => join(dir, place, name));
    const [right, wrong] = [join(home, 'right'), join(home, 'wrong')];
    writeFileSync(right, 'new');
    writeFileSync(wrong, 'old');
    assert.match(shell(install!, [right], {}).stderr, /DAEMON_HOME/);
    assert.match(shell(install!, [right], env).stderr, /run cosmovisor init first/);
    mkdirSync(join(home, 'cosmovisor/genesis/bin'), { recursive: true });
    writeFileSync(join(home, 'cosmovisor/genesis/bin/tinyd'), 'old', { mode: 0o755 });
    assert.match(shell(install!, [wrong], env).stderr, /wrong is not the binary of v2/);
    const binary = join(home, 'cosmovisor/upgrades/v2/bin/tinyd');
    assert.ok(!existsSync(binary));
    assert.deepEqual(shell(install!, [right], env), { status: 0, stderr: '' });
    assert.equal(readFileSync(binary, 'utf8'), 'new');
    const placed = join(home, 'cosmovisor/preupgrade.sh');
    assert.equal(readFileSync(placed, 'utf8'), readFileSync(gate!, 'utf8'));
    assert.deepEqual(shell(placed, ['v2', '500'], env), { status: 0, stderr: '' });
    assert.equal(shell(placed, ['v3', '500'], env).status, 1);
    writeFileSync(binary, 'another');
    assert.match(shell(placed, ['v2', '500'], env).stderr, /is not the binary of v2/);
  });
});

describe('a release that breaks nothing', function () {
  this.timeout(60_000);
  /** The reasons of a release after a change, or why it is refused. */
  async function outcome(change: (dir: string) => void): Promise<string> {
    const dir = tiny();
    const history = new History(dir);
    history.commit('v2.0.0');
    change(dir);
    history.commit();
    const plan = await run(dir, 'operators', '--no-break', 'v2.0.1');
    return plan.refused?.reason ?? plan.creates[0]!.text;
  }
  const edit = (file: string, from: string, to: string) => (dir: string) => {
    const path = join(dir, file);
    writeFileSync(path, replaceOnce(file, readFileSync(path, 'utf8'), from, to));
  };
  it('says why', async () => {
    const text = await outcome(() => {});
    assert.match(text, /^# v2\.0\.1$/m);
    assert.match(text, /^\* The mounted stores are the same \(\d+\)\.$/m);
    assert.match(
      text,
      /^\* The repository's own modules have the same ConsensusVersions \(3\)\.$/m,
    );
    assert.match(text, /^\* the Cosmos SDK is v0\.50\.\d+, as it was\.$/m);
  });
  it('breaks nothing where no code of the app changed', async () => {
    const text = await outcome(edit('app/app.go', 'package app', '// Another word.\npackage app'));
    assert.match(text, /^Breaks nothing, as far as the code tells that was compared/m);
    assert.match(
      text,
      /^\* No hand-written Go code that the app is built of changed, and nothing in go\.mod\.$/m,
    );
  });
  it('is said to need no upgrade, and what to read, where other code changed', async () => {
    const keeper = edit('x/box/module.go', 'package box', 'package box\n\nvar Limit = 7');
    const text = await outcome(dir => {
      keeper(dir);
      edit('go.mod', '\ngo ', '\nrequire example.org/other v1.2.3\n\ngo ')(dir);
    });
    assert.match(text, /^Needs no upgrade by vote/m);
    assert.doesNotMatch(text, /Breaks nothing/);
    assert.match(text, /^\* `x\/box\/module\.go`$/m);
    assert.match(text, /^\* example\.org\/other none → v1\.2\.3$/m);
  });
  it('says in a note what to read before it is announced', async () => {
    const dir = tiny();
    const history = new History(dir);
    history.commit('v2.0.0');
    edit('x/box/module.go', 'package box', 'package box\n\nvar Limit = 7')(dir);
    history.commit();
    const { notes, creates } = await run(dir, 'operators', '--no-break', 'v2.0.1');
    assert.match(notes.join('\n'), /1 file of the app changed: announce the release only once/);
    assert.match(
      creates.find(({ file }) => file.endsWith('ANNOUNCEMENT.md'))!.text,
      /Its maintainers read what changed/,
    );
  });
  it('is refused where something breaks', async () => {
    const version = readFileSync(join(projectRoot, 'test/go/chain/go.mod'), 'utf8');
    const [, sdk = ''] = /cosmos-sdk (v0\.50\.\d+)/.exec(version) ?? [];
    const old = (file: string) => edit(file, `cosmos-sdk ${sdk}`, 'cosmos-sdk v0.53.4');
    assert.match(await outcome(old('go.mod')), /the Cosmos SDK goes from v0\.50\.\d+ to v0\.53\.4/);
    const minor = await outcome(dir => {
      edit('go.mod', '\ngo ', '\nrequire github.com/CosmWasm/wasmd v1.3.0\n\ngo ')(dir);
      new History(dir).commit('v2.0.1');
      edit('go.mod', 'wasmd v1.3.0', 'wasmd v1.4.0')(dir);
    });
    assert.match(minor, /not known .* wasmd goes from v1\.3\.0 to v1\.4\.0, a minor release/);
    const store = edit('x/box/types/keys.go', 'StoreKey   = "box"', 'StoreKey   = "crate"');
    assert.match(await outcome(store), /it mounts the store kv crate/);
  });
  it('is refused without a release to compare with', async () => {
    assert.match(await refused(tiny(), '--no-break', 'v2.0.1'), /name what the network runs/);
    assert.match(await refused(tiny(), '--no-break', '../x'), /is no version/);
  });
});

describe('a move from oraivisor', function () {
  this.timeout(60_000);
  it('lays binaries out for cosmovisor', async () => {
    const dir = tiny();
    const home = tempDir();
    const put = (folder: string, text: string) => {
      mkdirSync(join(home, 'oraivisor', folder, 'bin'), { recursive: true });
      writeFileSync(join(home, 'oraivisor', folder, 'bin/tinyd'), text, { mode: 0o755 });
    };
    const moved = ['--from-oraivisor', home, '--network', 'tiny-1'];
    assert.match(await refused(dir, ...moved), /oraivisor cannot be read/);
    put('upgrades/V2', 'two');
    assert.match(await refused(dir, ...moved), /genesis\/bin\/tinyd is not there/);
    put('genesis', 'one');
    symlinkSync(join(home, 'oraivisor/upgrades/V2'), join(home, 'oraivisor/current'));
    mkdirSync(join(home, 'oraivisor/upgrades/v3'));
    const { creates, notes } = await run(dir, 'operators', ...moved);
    const script = creates.find(({ file }) => file.endsWith('/move.sh'))!;
    assert.equal(script.file, 'operators/tiny-1/from-oraivisor/move.sh');
    assert.ok(notes.some(note => note.startsWith('upgrades/v3 of oraivisor has no bin/tinyd')));
    assert.deepEqual(shell(join(dir, script.file), [], {}), { status: 0, stderr: '' });
    const read = (path: string) => readFileSync(join(home, 'cosmovisor', path), 'utf8');
    assert.deepEqual(
      [read('genesis/bin/tinyd'), read('upgrades/v2/bin/tinyd'), read('current/bin/tinyd')],
      ['one', 'two', 'two'],
    );
    const link = join(home, 'cosmovisor/current');
    assert.equal(readlinkSync(link), join(home, 'cosmovisor/upgrades/v2'));
    assert.match(shell(join(dir, script.file), [], {}).stderr, /exists already/);
    const env = creates.find(({ file }) => file.endsWith('/cosmovisor.env'))!.text;
    assert.match(env, new RegExp(`^DAEMON_HOME=${home}$`, 'm'));
    assert.ok(!env.includes('CUSTOM_PREUPGRADE'));
  });
});
