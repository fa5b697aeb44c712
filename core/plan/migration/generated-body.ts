import { basename, dirname } from '../../files.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { Refusal } from '../../refusal.ts';
import type { Create } from '../plan.ts';
import type { MigrationBody } from './body.ts';
import type { MigrationArgument, MigratorField, Struct } from './keeper.ts';
import { structIn } from './keeper.ts';
import type { MigrationPackage } from './package.ts';
import { packageDir } from './package.ts';
import type { VersionStep } from './step.ts';
import { restep } from './step.ts';

/** A keeper in reach of the code that calls a migration. */
export interface KeeperAccess {
  /** The expression that holds it, such as `m.keeper`. */
  readonly text: string;
  readonly pointer: boolean;
  readonly keeper: Struct;
  /**
   * The folder of the package that calls, which sees the keeper's unexported names only in its own.
   */
  readonly dir: string;
  /**
   * The struct that holds the keeper, such as the Migrator, and the name by which it is at hand; no
   * struct where it is still to be made.
   */
  readonly caller: Struct | undefined;
  readonly through: string;
}

/**
 * A migration whose body is written outright: what its function is handed by the keeper, and the
 * types declared for that.
 */
export interface GeneratedBody {
  readonly handed: readonly MigrationArgument[];
  readonly types: string;
  readonly imports: readonly ImportSpec[];
  readonly body: MigrationBody;
  readonly holds?: MigratorField /** Files of packages below the migration's own. */;
  readonly beside?: readonly Create[];
}

/** The folder that a migration's package is to have, and that of an older one which it is like. */
export interface MigrationFolder {
  readonly dir: string;
  readonly older: string | undefined;
}

/** Makes a body from what a keeper has; throws `Refused` where that does not do. */
export type BodyGenerator = (holder: KeeperAccess, place: MigrationFolder) => GeneratedBody;

/** The keeper among a struct's fields: that of the module itself. */
export function heldKeeper(
  repo: Repo,
  struct: Struct | undefined,
  through: string,
): KeeperAccess | undefined {
  const field = struct?.fields.find(f => /(^|[.*])Keeper$/.test(f.type));
  const dir = struct && dirname(struct.facts.path);
  if (!field || dir === undefined) return undefined;
  const qualifier = /^\*?(\w+)\./.exec(field.type)?.[1];
  const path = qualifier === undefined ? undefined : repo.importFor(struct!.facts, qualifier);
  const home =
    qualifier === undefined ? dir : path === undefined ? undefined : repo.dirOf(path, dir);
  const keeper = home === undefined ? undefined : structIn(repo, home, 'Keeper');
  return (
    keeper && {
      text: `${through}.${field.name}`,
      pointer: field.type.startsWith('*'),
      keeper,
      dir,
      caller: struct,
      through,
    }
  );
}

/**
 * The package of a migration whose body is written outright, named and placed like an older one
 * where there is one, and what its function is given.
 */
export function generatedPackage(
  repo: Repo,
  root: string,
  now: VersionStep,
  ready: BodyGenerator,
  holder: KeeperAccess | undefined,
  old?: { readonly dir: string; readonly func: string; readonly step: VersionStep },
): { made: MigrationPackage; given: string } {
  if (!holder)
    throw new Refusal(
      `nothing in ${root} that could run the migration holds the module's Keeper; write the migration by hand`,
      { file: root },
    );
  const dir = packageDir(root, old?.dir, old?.step, now);
  const { handed, types, imports, body, holds, beside } = ready(holder, { dir, older: old?.dir });
  refuseCircle(repo, [...imports, ...body.imports.values()], holder.dir);
  const named =
    old &&
    (restep(old.func, old.step, now) ??
      (/^Migrate(Store|State)?$/.test(old.func) ? old.func : undefined));
  const all: ImportSpec[] = [
    { path: 'github.com/cosmos/cosmos-sdk/types', alias: 'sdk' },
    ...handed.flatMap(h => h.import ?? []),
    ...imports,
  ];
  return {
    made: {
      dir,
      name: basename(dir).replace(/\W/g, ''),
      func: named ?? 'MigrateStore',
      like: undefined,
      body,
      ...(types && { types }),
      ...(holds && { holds }),
      ...(beside && { beside }),
      parameters: ['ctx sdk.Context', ...handed.map(h => `${h.name} ${h.type}`)].join(', '),
      imports: all.filter(
        (w, i) => all.findIndex(o => qualifierOf(repo, dir, o) === qualifierOf(repo, dir, w)) === i,
      ),
    },
    given: ['ctx', ...handed.map(h => h.given)].join(', '),
  };
}

/** A package that imports the one which is to import the migration cannot be used in it. */
function refuseCircle(repo: Repo, imports: readonly ImportSpec[], caller: string): void {
  for (const { path } of imports) {
    const dir = repo.dirOf(path, caller);
    if (dir !== undefined && repo.layout.closure(dir).has(caller))
      throw new Refusal(
        `a migration in a package of its own cannot import ${path}, which is imported the other way round; write the migration by hand`,
        { file: dir },
      );
  }
}
