import type { Fault } from '../../support/home-faults.ts';
import {
  asArchive,
  setBinary,
  setEnv,
  setInfo,
  setManifest,
  setRecord,
  withoutChecksum,
} from '../../support/home-faults.ts';
import { home, newBinary, program, sha256 } from '../../support/node-home.ts';

/** The same for what is compared, for backups and for the chain. */
export const stateFaults: Readonly<Record<string, readonly Fault[]>> = {
  'error binary-checksum': [
    [
      'of another release',
      one => {
        one.machine.entries[newBinary] = { content: program('v3'), mode: 0o755 };
      },
      /its sha256 is [0-9a-f]{64}, binary_sha256 of \/tmp\/release\/manifest\.json has/,
    ],
    [
      'of another release, by the URL',
      one => {
        setManifest(one, manifest => {
          manifest.upgrade_kit.binary_sha256 = {};
        });
        one.machine.entries[newBinary] = { content: program('v3'), mode: 0o755 };
      },
      /its sha256 is [0-9a-f]{64}, \/tmp\/release\/manifest\.json has/,
    ],
    [
      'of another archive',
      one => {
        asArchive(one);
        one.archive = { ...one.archive!, sha256: sha256('other') };
      },
      /\.tar\.gz has the sha256 [0-9a-f]{64}, /,
    ],
    [
      'not what is in the archive',
      one => {
        asArchive(one);
        one.archive = { ...one.archive!, binarySha256: sha256('other') };
      },
      /is not the binary in/,
    ],
  ],
  'warning binary-checksum': [
    [
      'of an archive alone',
      one => {
        asArchive(one);
        one.request.archive = undefined;
      },
      /checksum of an archive alone/,
    ],
    [
      'nowhere',
      one => {
        one.request.manifest = undefined;
        one.chain = { ...one.chain!, plan: { name: 'v2', height: 120, info: '' } };
      },
      /no checksum of the binary is known/,
    ],
  ],
  'error binary-runs': [
    [
      'a library is missing',
      one => {
        const stderr =
          'tinyd: error while loading shared libraries: libwasmvm.x86_64.so: cannot open shared object file';
        one.version = { code: 127, stdout: '', stderr };
      },
      /it ended with 127: tinyd: error while loading shared libraries: libwasmvm/,
    ],
    [
      'it hangs',
      one => {
        one.version = { code: undefined, stdout: '', stderr: '' };
      },
      /within 10 seconds/,
    ],
    [
      'of another version',
      one => {
        one.version = { ...one.version, stdout: '{"version":"2.0.0-rc1","commit":"abc"}' };
      },
      /says version 2\.0\.0-rc1, the manifest has v2\.0\.0/,
    ],
    [
      'of another commit',
      one => {
        one.version = { ...one.version, stdout: '{"version":"2.0.0","commit":"abd"}' };
      },
      /says commit abd, the manifest has abc/,
    ],
  ],
  'error binary-is-new': [
    ['the old binary', one => setBinary(one, program('v1')), /is the binary that runs now/],
  ],
  'error plan-info': [
    [
      'nothing for this machine',
      one => {
        setManifest(one, ({ binaries }) => {
          binaries['linux/arm64'] = binaries['linux/amd64']!;
          delete binaries['linux/amd64'];
        });
        one.chain = { ...one.chain!, plan: { ...one.chain!.plan!, info: '' } };
      },
      /has no binary for linux\/amd64, nor for any/,
    ],
    [
      'shell quotes',
      one => {
        one.chain = { ...one.chain!, plan: { ...one.chain!.plan!, info: `'{"binaries":{}}'` } };
        setManifest(one, manifest => {
          manifest.binaries = {};
        });
      },
      /is enclosed in shell quotes/,
    ],
    [
      'no checksum where cosmovisor wants one',
      one => {
        setEnv(one, 'DAEMON_DOWNLOAD_MUST_HAVE_CHECKSUM', 'true');
        withoutChecksum(one);
      },
      /cosmovisor refuses it/,
    ],
  ],
  'warning plan-info': [['no checksum', withoutChecksum, /has no checksum$/]],
  'error backup-folder': [
    [
      'not there',
      one => void delete one.machine.entries['/var/backups/tiny'],
      /\/var\/backups\/tiny is no folder/,
    ],
    [
      'in the hands of another',
      one => {
        one.machine.entries['/var/backups/tiny'] = { folder: true, uid: 0, gid: 0 };
      },
      /user 1000 may not write in/,
    ],
  ],
  'error backup-space': [
    [
      'a disk that is nearly full',
      one => {
        one.machine.freeBytes = 1090;
      },
      /2 kB free, 2 kB needed for a copy of data/,
    ],
  ],
  'warning backup-skipped': [
    ['no backup', one => setEnv(one, 'UNSAFE_SKIP_BACKUP', 'TRUE'), /UNSAFE_SKIP_BACKUP is true/],
  ],
  'warning backup-of-today': [
    [
      'the second upgrade of a day',
      one => {
        one.machine.entries['/var/backups/tiny/data-backup-2026-5-4/a'] = { content: '' };
      },
      /data-backup-2026-5-4 is there already/,
    ],
  ],
  'warning shutdown-grace': [
    ['unset', one => setEnv(one, 'DAEMON_SHUTDOWN_GRACE', undefined), /killed at the switch/],
  ],
  'warning restart-after-upgrade': [
    ['off', one => setEnv(one, 'DAEMON_RESTART_AFTER_UPGRADE', 'false'), /somebody has to start/],
  ],
  'warning downloads-allowed': [
    ['on', one => setEnv(one, 'DAEMON_ALLOW_DOWNLOAD_BINARIES', 'true'), /whoever serves the URL/],
  ],
  'error custom-preupgrade': [
    [
      'not there',
      one => void delete one.machine.entries[`${home}/cosmovisor/preupgrade.sh`],
      /preupgrade\.sh is not there/,
    ],
    [
      'not executable',
      one => {
        one.machine.entries[`${home}/cosmovisor/preupgrade.sh`] = { content: '#!/bin/sh' };
      },
      /may not execute/,
    ],
  ],
  'error upgrade-info-file': [
    ['damaged', one => setInfo(one, '{"name":'), /upgrade-info\.json is no JSON/],
    ['of a later plan', one => setInfo(one, '{"name":"v3","height":"95"}'), /still to come/],
    ['of an earlier try', one => setInfo(one, '{"name":"v2","height":100}'), /chain at 120/],
  ],
  'error app-version': [
    [
      'done already',
      one => setRecord(one, '[{"version":2,"from_height":80,"upgrade":"v2"}]'),
      /app version 2 since 80: v2 was applied already/,
    ],
    [
      'newer than the release',
      one => setRecord(one, '[{"version":3,"from_height":80,"upgrade":"v9"}]'),
      /is app version 3, the upgrade leads to 2/,
    ],
    [
      'damaged',
      one => {
        one.machine.entries[`${home}/data/app-version.json`] = { content: '{' };
      },
      /app-version\.json is no JSON/,
    ],
  ],
  'error plan-on-chain': [
    [
      'another plan',
      one => {
        one.chain = { ...one.chain!, plan: { name: 'v9', height: 120, info: '' } };
      },
      /has scheduled v9 at 120, not v2/,
    ],
    [
      'applied',
      one => {
        one.chain = { ...one.chain!, plan: null, done: [{ name: 'v2', height: 80 }] };
      },
      /has applied v2 at 80 already/,
    ],
    [
      'another binary',
      one => {
        const info = '{"binaries":{"any":"https://example.org/x?checksum=sha256:00"}}';
        one.chain = { ...one.chain!, plan: { ...one.chain!.plan!, info } };
      },
      /info names another binary for linux\/amd64 than/,
    ],
    [
      'another manifest',
      one => {
        const info = `https://example.org/manifest.json?checksum=sha256:${'0'.repeat(64)}`;
        one.chain = { ...one.chain!, plan: { ...one.chain!.plan!, info } };
      },
      /checksum of another manifest/,
    ],
  ],
  'warning plan-on-chain': [
    [
      'not passed yet',
      one => {
        one.chain = { ...one.chain!, plan: null };
      },
      /has scheduled no plan/,
    ],
  ],
};
