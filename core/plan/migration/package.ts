import type { VersionStep } from '../../edit/version-step.ts';
import { basename, dirname, join } from '../../files.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { Create } from '../plan.ts';
import type { MigrationBody } from './body.ts';
import type { MigratorField, TakenStore } from './keeper.ts';

/** The package of one migration: where it lies, how its function is called, and what that takes. */
export interface MigrationPackage {
  readonly dir: string;
  readonly name: string;
  readonly func: string;
  readonly parameters: string;
  readonly imports: readonly ImportSpec[];
  /** A file of an older migration that it is laid out like. */
  readonly like: FileFacts | undefined;
  /** Types that the parameters need. */
  readonly types?: string;
  /** What its function does, where that is generated. */
  readonly body?: MigrationBody;
  /** What the migrator has to hold besides the keeper. */
  readonly holds?: MigratorField;
  /** Files of packages below it. */
  readonly beside?: readonly Create[];
  /** Which store of several it gets, where nobody was asked. */
  readonly choice?: TakenStore | undefined;
}

/**
 * Where the packages of a module's migrations lie: where the older ones do, else `migrations/vN` in
 * its folder.
 */
export function packageDir(
  root: string,
  older: string | undefined,
  old: VersionStep | undefined,
  now: VersionStep,
): string {
  const own = join(root, 'migrations', `v${now.to}`);
  if (older === undefined || old === undefined) return own;
  const version = new RegExp(`(?<![0-9])${old.to}(?![0-9])`);
  const folder = basename(older).replace(version, String(now.to));
  return folder === basename(older) ? own : join(dirname(older), folder);
}
