import { readFileSync } from 'node:fs';
import { packageFile } from './package-file.ts';

/** What package.json says of this program. */
export interface PackageInfo {
  readonly version: string;
  /** Where faults are reported, where package.json names it. */
  readonly issues?: string;
}

interface Manifest {
  readonly version: string;
  readonly bugs?: string | { readonly url?: string };
}

/** Reads package.json from beside the built program. */
export function packageInfo(): PackageInfo {
  const { version, bugs } = JSON.parse(
    readFileSync(packageFile('package.json'), 'utf8'),
  ) as Manifest;
  const issues = typeof bugs === 'object' ? bugs.url : bugs;
  return { version, ...(issues !== undefined && { issues }) };
}
