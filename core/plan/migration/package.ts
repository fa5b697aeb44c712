import { basename, dirname, join } from '../../files.ts';
import { commentAbove } from '../../go/edit/comment-above.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { importsUsed } from '../go-tree.ts';
import type { Create } from '../plan.ts';
import type { MigrationBody } from './body.ts';
import type { MigratorField } from './keeper.ts';
import type { VersionStep } from './step.ts';

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

/**
 * The interfaces of a package that some parameters name, as they are declared there; undefined
 * where they name another type of it.
 */
export function interfacesFor(
  repo: Repo,
  dir: string,
  parameters: string,
): { text: string; imports: ImportSpec[] } | undefined {
  const typesOnly = parameters.replace(/(^|,)\s*\w+ /g, '$1 ');
  const isNamed = (name: string) => new RegExp(`(?<![.\\w])${name}\\b(?!\\.)`).test(typesOnly);
  const texts: string[] = [];
  const imports: ImportSpec[] = [];
  for (const facts of repo.filesOf(dir)) {
    for (const type of facts.types.filter(({ name }) => isNamed(name))) {
      if (type.syntax.type !== 'interface_type') return undefined;
      const start = facts.text.lastIndexOf('type', type.start);
      const text = facts.text.slice(start, type.end);
      const comment = commentAbove(facts.text, start);
      texts.push(comment ? `${comment}\n${text}` : text);
      imports.push(...importsUsed(repo, facts, text));
    }
  }
  return { text: texts.join('\n\n'), imports };
}
