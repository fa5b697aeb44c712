import type { HomeCase } from './node-home.ts';
import { cosmovisorEnv, home, manifestFile, newBinary, sha256 } from './node-home.ts';

/** A fault: what is wrong, what is done to a ready home, and what its message says. */
export type Fault = readonly [what: string, spoil: (one: HomeCase) => void, says: RegExp];

/** Replaces what the environment file says of a variable; undefined takes it out. */
export function setEnv(one: HomeCase, name: string, value: string | undefined): void {
  const lines = String(one.machine.entries[cosmovisorEnv]!.content)
    .split('\n')
    .filter(line => line !== '' && !line.startsWith(`${name}=`));
  if (value !== undefined) lines.push(`${name}=${value}`);
  one.machine.entries[cosmovisorEnv] = { content: `${lines.join('\n')}\n` };
  const variables = new Map(one.machine.processes[0]!.variables);
  if (value === undefined) variables.delete(name);
  else variables.set(name, value);
  one.machine.processes[0] = { ...one.machine.processes[0]!, variables };
}

export function setManifest(one: HomeCase, change: (manifest: ManifestJson) => void): void {
  const manifest = JSON.parse(String(one.machine.entries[manifestFile]!.content)) as ManifestJson;
  change(manifest);
  one.machine.entries[manifestFile] = { content: JSON.stringify(manifest) };
}

export interface ManifestJson {
  binaries: Record<string, string>;
  upgrade_kit: { binary_sha256: Record<string, string>; [name: string]: unknown };
}

/** Puts another file in the place of the new binary, and lets its checksum be right. */
export function setBinary(one: HomeCase, content: Uint8Array, more = {}): void {
  one.machine.entries[newBinary] = { content, mode: 0o755, ...more };
  setManifest(one, ({ upgrade_kit: kit }) => {
    kit.binary_sha256['linux/amd64'] = sha256(content);
  });
}

export function move(one: HomeCase, from: string, to: string): void {
  one.machine.entries[to] = one.machine.entries[from]!;
  delete one.machine.entries[from];
}

/** The release as an archive: only its checksum is published. */
export function asArchive(one: HomeCase): void {
  const archive = sha256('archive');
  const url = `https://example.org/tinyd.tar.gz?checksum=sha256:${archive}`;
  setManifest(one, manifest => {
    manifest.binaries['linux/amd64'] = url;
    manifest.upgrade_kit.binary_sha256 = {};
  });
  const info = JSON.stringify({ binaries: { 'linux/amd64': url } });
  one.chain = { ...one.chain!, plan: { ...one.chain!.plan!, info } };
  one.request.archive = '/tmp/release/tinyd.tar.gz';
  one.archive = {
    sha256: archive,
    sha512: '',
    binarySha256: sha256(one.machine.entries[newBinary]!.content!),
  };
}

export function withoutChecksum(one: HomeCase): void {
  setManifest(one, ({ binaries }) => {
    binaries['linux/amd64'] = 'https://example.org/tinyd';
  });
  one.chain = { ...one.chain!, plan: { ...one.chain!.plan!, info: '' } };
}

export function setInfo(one: HomeCase, content: string): void {
  one.machine.entries[`${home}/data/upgrade-info.json`] = { content };
}

export function setRecord(one: HomeCase, history: string): void {
  const content = `{"format":1,"history":${history}}`;
  one.machine.entries[`${home}/data/app-version.json`] = { content };
}
