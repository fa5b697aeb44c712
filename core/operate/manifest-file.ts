import { Refusal } from '../refusal.ts';
import { isJsonObject } from '../rehearse/checks/check.ts';
import { jsonCount, jsonObject } from './json-file.ts';

/** What a manifest.json says: what cosmovisor reads of it, and what `manifest` adds. */
export interface BinaryManifest {
  /** URLs by `os/arch` or `any`. */
  readonly binaries: Readonly<Record<string, string>>;
  /** The hash of the unpacked binary, hexadecimal in lower case, by `os/arch`. */
  readonly binarySha256: Readonly<Record<string, string>>;
  readonly version: string | undefined;
  readonly commit: string | undefined;
  /** The app version of the guard, where the manifest tells it. */
  readonly appVersion: number | undefined;
}

/** Reads a manifest. Throws one line where it is none. */
export function readManifestFile(text: string, file: string): BinaryManifest {
  const json = jsonObject(text, file);
  const kit = isJsonObject(json['upgrade_kit']) ? json['upgrade_kit'] : {};
  const string = (value: unknown) =>
    typeof value === 'string' && value !== '' ? value : undefined;
  const hashes = textsIn(kit['binary_sha256'], `binary_sha256 of ${file}`);
  for (const [platform, hash] of Object.entries(hashes))
    if (!/^[0-9a-f]{64}$/i.test(hash))
      throw new Refusal(`binary_sha256 of ${platform} in ${file} has not 64 hexadecimal digits`);
  return {
    binaries: textsIn(json['binaries'], `binaries of ${file}`),
    binarySha256: Object.fromEntries(
      Object.entries(hashes).map(([platform, hash]) => [platform, hash.toLowerCase()]),
    ),
    version: string(kit['version']),
    commit: string(kit['commit']),
    appVersion: jsonCount(kit['app_version']),
  };
}

function textsIn(value: unknown, what: string): Record<string, string> {
  if (value === undefined) return {};
  if (!isJsonObject(value) || Object.values(value).some(one => typeof one !== 'string'))
    throw new Refusal(`${what} holds something else than texts by os/arch`);
  return value as Record<string, string>;
}
