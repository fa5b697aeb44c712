import { createHash } from 'node:crypto';
import type { ArchiveFacts, ChainFacts, VersionRun } from '../../core/operate/facts.ts';
import type { VerifyRequest } from '../../core/operate/look.ts';
import type { FakeMachine } from './fake-machine.ts';

/** The first bytes of a program for Linux, and what makes it this one. */
export function program(words: string, machine = 0x3e): Uint8Array {
  const head = Buffer.alloc(64);
  head.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  head.writeUInt16LE(machine, 18);
  return Buffer.concat([head, Buffer.from(words)]);
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export const home = '/home/tiny/.tinyd';
export const cosmovisorEnv = '/etc/tiny/cosmovisor.env';
export const manifestFile = '/tmp/release/manifest.json';
export const newBinary = `${home}/cosmovisor/upgrades/v2/bin/tinyd`;

/** A home that is ready for v2, what is asked of it, and what others say; to be changed. */
export interface HomeCase {
  machine: FakeMachine;
  request: { -readonly [name in keyof VerifyRequest]: VerifyRequest[name] };
  chain: ChainFacts | undefined;
  archive: Omit<ArchiveFacts, 'path'> | undefined;
  version: VersionRun;
}

/** Nothing is wrong with it, and every check can be made. */
export function readyHome(): HomeCase {
  const binary = program('v2');
  const url = `https://example.org/tinyd?checksum=sha256:${sha256(binary)}`;
  const variables = [
    ['DAEMON_HOME', home],
    ['DAEMON_NAME', 'tinyd'],
    ['DAEMON_SHUTDOWN_GRACE', '30s'],
    ['DAEMON_DATA_BACKUP_DIR', '/var/backups/tiny'],
    ['COSMOVISOR_CUSTOM_PREUPGRADE', 'preupgrade.sh'],
  ] as const;
  return {
    machine: {
      uid: 1000,
      arch: 'amd64',
      freeBytes: 1e9,
      entries: {
        [`${home}/data/application.db/000001.log`]: { content: 'x'.repeat(1000) },
        [`${home}/data/upgrade-info.json`]: { content: '{"name":"v1","height":50}' },
        [`${home}/data/app-version.json`]: {
          content:
            '{"format":1,"history":[{"version":1,"from_height":5,"software":"v1.0.0","upgrade":"v1"}]}',
        },
        [`${home}/cosmovisor/genesis/bin/tinyd`]: { content: program('v1'), mode: 0o755 },
        [`${home}/cosmovisor/current`]: { link: 'genesis' },
        [`${home}/cosmovisor/preupgrade.sh`]: { content: '#!/bin/sh\n', mode: 0o755 },
        [newBinary]: { content: binary, mode: 0o755 },
        [cosmovisorEnv]: {
          content: variables.map(([name, value]) => `${name}=${value}\n`).join(''),
        },
        [manifestFile]: {
          content: JSON.stringify({
            binaries: { 'linux/amd64': url },
            upgrade_kit: {
              version: 'v2.0.0',
              commit: 'abc',
              app_version: 2,
              binary_sha256: { 'linux/amd64': sha256(binary) },
            },
          }),
        },
        '/var/backups/tiny': { folder: true },
      },
      processes: [
        { pid: 71, program: 'cosmovisor', uid: 1000, variables: new Map(variables) },
        { pid: 72, program: 'bash', uid: 1000, variables: new Map([['DAEMON_HOME', home]]) },
      ],
    },
    request: {
      home,
      upgrade: 'v2',
      cosmovisor: cosmovisorEnv,
      manifest: manifestFile,
      archive: undefined,
      run: true,
    },
    chain: {
      chainId: 'tiny-1',
      height: 90,
      plan: { name: 'v2', height: 120, info: JSON.stringify({ binaries: { 'linux/amd64': url } }) },
      done: [{ name: 'v1', height: 50 }],
      blockSeconds: 6,
      node: { nodeId: 'ab'.repeat(20), consensusAddress: 'AB'.repeat(20) },
    },
    archive: undefined,
    version: { code: 0, stdout: '{"version":"2.0.0","commit":"abc"}', stderr: '' },
  };
}
