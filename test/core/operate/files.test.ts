import assert from 'node:assert/strict';
import { nearestVariable, unknownVariables } from '../../../core/operate/cosmovisor-env.ts';
import { fileForm } from '../../../core/operate/elf.ts';
import { goDuration } from '../../../core/operate/go-duration.ts';
import { readManifestFile } from '../../../core/operate/manifest-file.ts';
import { normalPath } from '../../../core/operate/paths.ts';
import { mayDo } from '../../../core/operate/permission.ts';
import { readServiceFile } from '../../../core/operate/service-env.ts';
import { program } from '../../support/node-home.ts';

const variablesOf = (text: string, file: string) =>
  Object.fromEntries(readServiceFile(text, file).variables);

describe('what verify reads of files', () => {
  it('an environment file, as systemd and shells write it', () => {
    const text =
      '# cosmovisor\n; too\n\nDAEMON_NAME=tinyd\nexport DAEMON_HOME="/home/a b/.tinyd"\n' +
      "DAEMON_DATA_BACKUP_DIR='/var/b'\r\nEMPTY=\nLONG=a \\\n  b\n";
    assert.deepEqual(variablesOf(text, '/etc/tiny.env'), {
      DAEMON_NAME: 'tinyd',
      DAEMON_HOME: '/home/a b/.tinyd',
      DAEMON_DATA_BACKUP_DIR: '/var/b',
      EMPTY: '',
      LONG: 'a    b',
    });
    assert.throws(
      () => readServiceFile('[Unit\nfoo bar\n', 'x'),
      /^Error: x:2 is no line NAME=VALUE/,
    );
  });

  it('a unit, and the files that it names', () => {
    const unit =
      '[Service]\nUser=tiny\nEnvironment="DAEMON_HOME=/home/a b" DAEMON_NAME=tinyd\n' +
      "Environment='UNSAFE_SKIP_BACKUP=false'\nEnvironmentFile=-/etc/tiny.env\n" +
      'ExecStart=/usr/bin/cosmovisor run start\n';
    assert.deepEqual(variablesOf(unit, '/etc/systemd/system/tiny.service'), {
      DAEMON_HOME: '/home/a b',
      DAEMON_NAME: 'tinyd',
      UNSAFE_SKIP_BACKUP: 'false',
    });
    assert.deepEqual(readServiceFile(unit, 'tiny.service').files, ['/etc/tiny.env']);
  });

  it("cosmovisor's own configuration", () => {
    const toml =
      'daemon_home = \'/home/tiny\'\ndaemon_name = "tinyd"\nunsafe_skip_backup = false\n';
    assert.deepEqual(variablesOf(toml, 'config.toml'), {
      DAEMON_HOME: '/home/tiny',
      DAEMON_NAME: 'tinyd',
      UNSAFE_SKIP_BACKUP: 'false',
    });
  });

  it('variables that are misspelt', () => {
    const variables = new Map([
      ['DAEMON_RESTART_AFTER_UPGRADES', ''],
      ['PATH', ''],
      ['DAEMON_HOME', ''],
    ]);
    assert.deepEqual(unknownVariables(variables), ['DAEMON_RESTART_AFTER_UPGRADES']);
    assert.equal(nearestVariable('DAEMON_RESTART_AFTER_UPGRADES'), 'DAEMON_RESTART_AFTER_UPGRADE');
    assert.equal(nearestVariable('UNSAFE_SKIP_BACKUPS'), 'UNSAFE_SKIP_BACKUP');
  });

  it("Go's durations", () => {
    for (const [text, milliseconds] of [
      ['300ms', 300],
      ['1h30m', 5_400_000],
      ['+5s', 5000],
      ['1d', undefined],
      ['-5s', undefined],
      ['5', undefined],
    ] as const)
      assert.equal(goDuration(text), milliseconds, text);
  });

  it('programs, and what is none', () => {
    const form = (...bytes: number[]) =>
      fileForm(Uint8Array.from([...bytes, ...Array(64).fill(0)]));
    assert.deepEqual(fileForm(program('')), { is: 'program', os: 'linux', arch: 'amd64' });
    assert.deepEqual(fileForm(program('', 0xb7)), { is: 'program', os: 'linux', arch: 'arm64' });
    assert.deepEqual(form(0xcf, 0xfa, 0xed, 0xfe, 0x0c, 0, 0, 1), {
      is: 'program',
      os: 'darwin',
      arch: 'arm64',
    });
    assert.deepEqual(form(0xca, 0xfe, 0xba, 0xbe), { is: 'universal' });
    for (const [bytes, what] of [
      [[0x50, 0x4b, 3, 4], 'a zip archive'],
      [[0x28, 0xb5, 0x2f, 0xfd], 'a zstd archive'],
      [[0x4d, 0x5a], 'a program for Windows'],
      [[1, 2, 3], 'no program that is known here'],
    ] as const)
      assert.deepEqual(form(...bytes), { is: 'other', what });
    const short = fileForm(Uint8Array.of(0x7f, 0x45, 0x4c, 0x46));
    assert.equal(short.is, 'other');
  });

  it('permissions of owner, group and others', () => {
    const entry = { kind: 'file', mode: 0o754, uid: 1, gid: 2, size: 0 } as const;
    const may = (uid: number, gid: number, bit: 1 | 2 | 4) => mayDo({ uid, gid }, entry, bit);
    assert.deepEqual(
      [may(1, 9, 2), may(9, 2, 1), may(9, 2, 2), may(9, 9, 4), may(9, 9, 1)],
      [true, true, false, true, false],
    );
    assert.ok(may(0, 0, 2));
    assert.ok(!mayDo({ uid: 0, gid: 0 }, { ...entry, mode: 0o644 }, 1));
  });

  it('manifests, and refuses what is none', () => {
    const hash = 'AB'.repeat(32);
    const kit = { binary_sha256: { 'linux/amd64': hash }, version: 'v2.0.0', commit: '' };
    const read = readManifestFile(JSON.stringify({ binaries: {}, upgrade_kit: kit }), 'm');
    assert.deepEqual(
      [read.binarySha256, read.version, read.commit, read.appVersion],
      [{ 'linux/amd64': hash.toLowerCase() }, 'v2.0.0', undefined, undefined],
    );
    assert.deepEqual(readManifestFile('{}', 'm').binaries, {});
    for (const [text, message] of [
      ['[]', /m holds no JSON object/],
      ['{"binaries":{"any":1}}', /binaries of m holds something else/],
      ['{"upgrade_kit":{"binary_sha256":{"any":"ab"}}}', /has not 64 hexadecimal digits/],
    ] as const)
      assert.throws(() => readManifestFile(text, 'm'), message);
  });

  it('paths without links', () => {
    assert.equal(normalPath('/a//b/./../c/'), '/a/c');
    assert.equal(normalPath('/../..'), '/');
  });
});
