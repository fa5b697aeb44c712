import type { VersionStep } from '../../edit/version-step.ts';
import { restep } from '../../edit/version-step.ts';
import { basename, dirname } from '../../files.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { Refusal } from '../../refusal.ts';
import type { Create } from '../plan.ts';
import type { MigrationBody } from './body.ts';
import type { MigrationArgument, MigratorField, Struct } from './keeper.ts';
import { keeperField } from './keeper.ts';
import type { MigrationPackage } from './package.ts';
import { packageDir } from './package.ts';

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
  /** The field with the store that was asked for. */
  readonly store: string | undefined;
}

/**
 * A migration whose body is generated: what its function is handed by the keeper, and the types
 * declared for that.
 */
export interface GeneratedBody {
  readonly handed: readonly MigrationArgument[];
  readonly types: string;
  readonly imports: readonly ImportSpec[];
  readonly body: MigrationBody;
  readonly holds?: MigratorField;
  /** Files of packages below the migration's own. */
  readonly beside?: readonly Create[];
}

/** The folder that a migration's package is to have, and that of an older one which it is like. */
export interface MigrationFolder {
  readonly dir: string;
  readonly older: string | undefined;
}

/** Makes a body from what a keeper has; throws `Refusal` where that is not enough. */
export type BodyGenerator = (access: KeeperAccess, folder: MigrationFolder) => GeneratedBody;

/** The keeper among a struct's fields: that of the module itself. */
export function heldKeeper(
  repo: Repo,
  struct: Struct | undefined,
  through: string,
  store: string | undefined,
): KeeperAccess | undefined {
  const held = struct && keeperField(repo, struct);
  return (
    held && {
      text: `${through}.${held.field}`,
      pointer: held.pointer,
      keeper: held.keeper,
      dir: dirname(struct.facts.path),
      caller: struct,
      through,
      store,
    }
  );
}

/** An older migration that a new one is named and placed like. */
export interface OlderMigration {
  readonly dir: string;
  readonly func: string;
  readonly step: VersionStep;
}

/** The package of a migration with a generated body, and the arguments of its function. */
export function generatedPackage(
  repo: Repo,
  root: string,
  step: VersionStep,
  generate: BodyGenerator,
  access: KeeperAccess | undefined,
  older?: OlderMigration,
): { made: MigrationPackage; given: string } {
  if (!access)
    throw new Refusal(
      `nothing in ${root} that could run the migration holds the module's Keeper; ` +
        'write the migration by hand',
      { file: root },
    );
  const dir = packageDir(root, older?.dir, older?.step, step);
  const generated = generate(access, { dir, older: older?.dir });
  const { handed, types, imports, body, holds, beside } = generated;
  refuseCircle(repo, [...imports, ...body.imports.values()], access.dir);
  const specs: ImportSpec[] = [
    { path: 'github.com/cosmos/cosmos-sdk/types', alias: 'sdk' },
    ...handed.flatMap(argument => argument.import ?? []),
    ...imports,
  ];
  const parameters = handed.map(({ name, type }) => `${name} ${type}`);
  const made: MigrationPackage = {
    dir,
    name: basename(dir).replace(/\W/g, ''),
    func: functionName(older, step),
    like: undefined,
    body,
    ...(types && { types }),
    ...(holds && { holds }),
    ...(beside && { beside }),
    choice: handed.find(({ choice }) => choice)?.choice,
    parameters: ['ctx sdk.Context', ...parameters].join(', '),
    imports: firstOfEachName(repo, dir, specs),
  };
  return { made, given: ['ctx', ...handed.map(argument => argument.given)].join(', ') };
}

/** The older function's name for the new step; MigrateStore where it says more than that. */
function functionName(older: OlderMigration | undefined, step: VersionStep): string {
  const respelt = older && restep(older.func, older.step, step);
  if (respelt !== undefined) return respelt;
  return older && /^Migrate(Store|State)?$/.test(older.func) ? older.func : 'MigrateStore';
}

function firstOfEachName(repo: Repo, dir: string, specs: readonly ImportSpec[]): ImportSpec[] {
  const byName = new Map<string, ImportSpec>();
  for (const spec of specs) {
    const name = qualifierOf(repo, dir, spec);
    if (!byName.has(name)) byName.set(name, spec);
  }
  return [...byName.values()];
}

/** A package that imports the one which is to import the migration cannot be used in it. */
function refuseCircle(repo: Repo, imports: readonly ImportSpec[], caller: string): void {
  for (const { path } of imports) {
    const dir = repo.dirOf(path, caller);
    if (dir !== undefined && repo.layout.closure(dir).has(caller))
      throw new Refusal(
        `a migration in a package of its own cannot import ${path}, ` +
          'which is imported the other way round; write the migration by hand',
        { file: dir },
      );
  }
}
