import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import tar from 'tar-stream';
import type { Verified } from '../../core/operate/verify.ts';
import { cli, cliHere } from '../support/cli.ts';
import { program, sha256 } from '../support/node-home.ts';
import { giveToNormalUser, readableByNormalUser } from '../support/normal-user.ts';
import { projectRoot } from '../support/root.ts';
import { queryAnswers, rpcNode, statusAnswer } from '../support/rpc-node.ts';
import { tempDir, treeOf } from '../support/temp.ts';
import { upgradeStore } from '../support/upgrade-store.ts';

/** This machine's own program is a program for this machine. */
const platform = `${process.platform}/${process.arch === 'x64' ? 'amd64' : process.arch}`;
const newProgram = program('v2', process.arch === 'arm64' ? 0xb7 : 0x3e);

/** A home on the disk that is ready for v2. */
function readyDir(binary: Uint8Array | string = newProgram): string {
  const dir = tempDir();
  const home = join(dir, 'home');
  for (const folder of ['data', 'config', 'cosmovisor/genesis/bin', 'cosmovisor/upgrades/v2/bin'])
    mkdirSync(join(home, folder), { recursive: true });
  mkdirSync(join(dir, 'backup'));
  writeFileSync(join(home, 'cosmovisor/genesis/bin/tinyd'), 'old', { mode: 0o755 });
  writeFileSync(join(home, 'cosmovisor/upgrades/v2/bin/tinyd'), binary, { mode: 0o755 });
  symlinkSync('genesis', join(home, 'cosmovisor/current'));
  const env = {
    DAEMON_HOME: home,
    DAEMON_NAME: 'tinyd',
    DAEMON_SHUTDOWN_GRACE: '30s',
    DAEMON_DATA_BACKUP_DIR: join(dir, 'backup'),
  };
  const lines = Object.entries(env).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(join(dir, 'cosmovisor.env'), lines.join(''));
  const manifest = {
    binaries: { any: `https://example.org/tinyd?checksum=sha256:${sha256(binary)}` },
    upgrade_kit: { version: 'v2.0.0', binary_sha256: { [platform]: sha256(binary) } },
  };
  writeFileSync(join(dir, 'manifest.json'), JSON.stringify(manifest));
  return dir;
}

function argsFor(dir: string, ...more: string[]): string[] {
  return [
    'verify',
    ...['--home', join(dir, 'home'), '--upgrade', 'v2', '--format', 'json'],
    ...['--cosmovisor', join(dir, 'cosmovisor.env'), '--manifest', join(dir, 'manifest.json')],
    ...more,
  ];
}

function faults(stdout: string): string[] {
  const { checks } = JSON.parse(stdout) as Verified;
  return checks
    .filter(({ ok, severity }) => !ok && severity !== 'skipped')
    .map(({ severity, check, message }) => `${severity} ${check}: ${message}`);
}

describe('chain-upgrade verify', function () {
  this.timeout(60_000);

  it('passes a home that is ready, and changes nothing in it', async () => {
    const dir = readyDir();
    const before = treeOf(dir);
    const { status, stdout, stderr } = await cliHere(argsFor(dir));
    assert.deepEqual([status, faults(stdout), stderr], [0, [], '']);
    assert.deepEqual(treeOf(dir), before);
  });

  it('finds permissions that hold a normal user back, as that user', function () {
    if (!readableByNormalUser(join(projectRoot, 'dist/bundle/main.js'))) {
      console.log('    not run: the normal user may not read this checkout');
      this.skip();
    }
    const dir = readyDir();
    giveToNormalUser(dir);
    const ready = cli(argsFor(dir), { asNormalUser: true });
    assert.deepEqual([ready.status, faults(ready.stdout)], [0, []], ready.stderr);
    chmodSync(join(dir, 'backup'), 0o555);
    const closed = cli(argsFor(dir), { asNormalUser: true });
    assert.equal(closed.status, 1);
    assert.match(
      faults(closed.stdout).join('\n'),
      /^error backup-folder: user \d+ may not write in/,
    );
    chmodSync(join(dir, 'backup'), 0o755);
    chmodSync(join(dir, 'home/cosmovisor/upgrades/v2'), 0o000);
    const unseen = cli(argsFor(dir), { asNormalUser: true });
    const { checks } = JSON.parse(unseen.stdout) as Verified;
    const binary = checks.find(({ check }) => check === 'upgrade-binary')!;
    assert.deepEqual([binary.severity, binary.ok], ['skipped', false]);
    assert.match(binary.message, /cannot be looked at: permission denied/);
    chmodSync(join(dir, 'home/cosmovisor/upgrades/v2'), 0o755);
  });

  it('runs a binary that was compared, in an empty home, and no other', async function () {
    if (process.platform === 'win32') this.skip();
    const seen = join(tempDir(), 'seen');
    const script = `#!/bin/sh\necho "$HOME $*" >> ${seen}\necho '{"version":"2.0.0"}'\n`;
    const dir = readyDir(script);
    const { stdout } = await cliHere(argsFor(dir, '--run'));
    assert.deepEqual(faults(stdout), [
      'error binary-platform: cosmovisor/upgrades/v2/bin/tinyd is a script',
    ]);
    const [, home, args] = /^(\S+) (.*)\n$/.exec(readFileSync(seen, 'utf8'))!;
    assert.equal(args, 'version --long --output json');
    assert.equal(existsSync(home!), false);
    assert.match(stdout, /it starts, and says version 2\.0\.0/);
  });

  it('compares with the archive that the checksum is of', async () => {
    const dir = readyDir();
    const pack = tar.pack();
    pack.entry({ name: 'LICENSE' }, 'text');
    pack.entry({ name: './bin/tinyd' }, Buffer.from(newProgram));
    pack.finalize();
    const chunks: Buffer[] = [];
    for await (const chunk of pack) chunks.push(chunk as Buffer);
    const archive = gzipSync(Buffer.concat(chunks));
    writeFileSync(join(dir, 'tinyd.tar.gz'), archive);
    const url = `https://example.org/tinyd.tar.gz?checksum=sha256:${sha256(archive)}`;
    writeFileSync(join(dir, 'manifest.json'), JSON.stringify({ binaries: { [platform]: url } }));
    const alone = await cliHere(argsFor(dir));
    assert.equal(alone.status, 0);
    assert.match(faults(alone.stdout).join('\n'), /^warning binary-checksum: .* archive alone/);
    const withArchive = await cliHere(argsFor(dir, '--archive', join(dir, 'tinyd.tar.gz')));
    assert.deepEqual(faults(withArchive.stdout), []);
    writeFileSync(join(dir, 'home/cosmovisor/upgrades/v2/bin/tinyd'), program('v3'));
    const other = await cliHere(argsFor(dir, '--archive', join(dir, 'tinyd.tar.gz')));
    assert.match(faults(other.stdout).join('\n'), /error binary-checksum: it is not the binary in/);
    writeFileSync(join(dir, 'tinyd.tar.gz'), archive.subarray(0, 40));
    const torn = await cliHere(argsFor(dir, '--archive', join(dir, 'tinyd.tar.gz')));
    assert.equal(torn.status, 2);
    assert.match(torn.stderr, /error: --archive \S+ cannot be read: [^\n]+\n$/);
  });

  it('asks the node of the home, and attests for its key', async () => {
    const dir = readyDir();
    const key = Buffer.concat([Buffer.alloc(32, 1), Buffer.alloc(32, 2)]).toString('base64');
    writeFileSync(
      join(dir, 'home/config/node_key.json'),
      JSON.stringify({ priv_key: { type: 'tendermint/PrivKeyEd25519', value: key } }),
    );
    const nodeId = sha256(Buffer.alloc(32, 2)).slice(0, 40);
    const answers = (id: string) => ({
      '/status': statusAnswer({ chainId: 'tiny-1', height: 200, nodeId: id }),
      '/abci_query': queryAnswers(
        { upgrade: upgradeStore({ plan: { name: 'v2', height: 300 } }) },
        200,
      ),
      '/block': { block: { header: { time: '2026-05-04T02:53:41.000000001Z' } } },
    });
    const node = await rpcNode(answers(nodeId));
    const stranger = await rpcNode(answers('99'.repeat(20)));
    try {
      const ran = await cliHere(argsFor(dir, '--rpc', node.url, '--attest'));
      assert.deepEqual([ran.status, ran.stderr, faults(ran.stdout)], [0, '', []]);
      const { attest, checks } = JSON.parse(ran.stdout) as Verified;
      assert.deepEqual(
        { ...attest, time: '' },
        {
          kind: 'upgrade-ready',
          chainId: 'tiny-1',
          upgrade: 'v2',
          height: 300,
          consensusAddress: 'AA'.repeat(20),
          binarySha256: sha256(newProgram),
          version: 'v2.0.0',
          time: '',
        },
      );
      const left = checks.find(({ check }) => check === 'time-left')!;
      assert.deepEqual([left.ok, left.severity], [true, 'info']);
      assert.equal(left.message, '100 blocks are left, about 8 minutes');
      const other = await cliHere(argsFor(dir, '--rpc', stranger.url, '--attest'));
      assert.match(
        other.stderr,
        /^chain-upgrade: note: nothing is attested: the node at --rpc is n/,
      );
      assert.equal('attest' in (JSON.parse(other.stdout) as object), false);
    } finally {
      node.close();
      stranger.close();
    }
    const gone = await cliHere(argsFor(dir, '--rpc', node.url));
    assert.equal(gone.status, 0);
    assert.match(gone.stdout, /127\.0\.0\.1:\d+ cannot be asked: /);
  });

  it('is a list for people, with what to do', async () => {
    const dir = readyDir();
    writeFileSync(join(dir, 'home/cosmovisor/upgrades/v2/bin/tinyd'), program('v3'), {
      mode: 0o755,
    });
    const { status, stdout } = await cliHere([
      ...['verify', '--home', join(dir, 'home'), '--upgrade', 'v2'],
      ...['--manifest', join(dir, 'manifest.json')],
    ]);
    assert.equal(status, 1);
    assert.match(stdout, /^v2 in \S+\/home: cosmovisor\/upgrades\/v2\n {2}ok +home-layout +cosm/);
    assert.match(stdout, /\n {2}error +binary-checksum +its sha256 is .*\n {10}→ download the bin/);
    assert.match(stdout, /\n\d+ of \d+ passed, 1 errors, 0 warnings, \d+ skipped\n$/);
  });

  it('refuses in one line what it cannot look at', async () => {
    const dir = readyDir();
    for (const [args, pattern] of [
      [['verify', '--upgrade', 'v2'], /verify needs --home DIR/],
      [['verify', '--home', dir], /verify needs --upgrade NAME/],
      [['verify', '--home', '/no/such', '--upgrade', 'v2'], /there is no \/no\/such: give the/],
      [['verify', '--home', dir, '--upgrade', 'v2'], /is no node's home: it has neither data/],
      [argsFor(dir, '--rpc', 'nowhere'), /--rpc "nowhere" is no address: write it as http:/],
      [
        ['verify', '--home', join(dir, 'home'), '--upgrade', 'v2', '--manifest', '/no/such'],
        /--manifest \/no\/such cannot be read: no such file/,
      ],
      [
        ['verify', '--home', join(dir, 'home'), '--upgrade', 'v2', '--cosmovisor', '/no/such'],
        /\/no\/such cannot be read: no such file; --cosmovisor takes a file or a process number/,
      ],
    ] as const) {
      const { status, stderr } = await cliHere(args);
      assert.equal(status, 2, stderr);
      assert.match(stderr, /^chain-upgrade: error: [^\n]+\n$/);
      assert.match(stderr, pattern);
    }
  });
});
