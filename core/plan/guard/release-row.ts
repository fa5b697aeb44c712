import { quote } from '../../go/syntax/syntax.ts';

/** A row of the table of app versions that is to be written. */
export interface NewRelease {
  readonly version: number;
  /** What messages call it. */
  readonly software: string;
  /** The plans that lead to it. */
  readonly upgrades: readonly string[];
}

/** The row in Go, without its comma. */
export function releaseRow({ version, software, upgrades }: NewRelease): string {
  const names = upgrades.map(quote).join(', ');
  const led = upgrades.length === 0 ? '' : `, Upgrades: []string{${names}}`;
  return `{Version: ${version}, Software: ${quote(software)}${led}}`;
}
