import { basename, dirname, join } from '../../files.ts';
import type { EditBatch } from '../../go/edit/edit-batch.ts';
import { freeImport } from '../../go/edit/imports-in-use.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { functionAround, importsUsed } from '../go-tree.ts';
import { handlerParameters } from '../handler/handler-shape.ts';
import { importCalled } from '../package/import-like.ts';
import { importPathOf } from '../package/import-path.ts';
import type { BodyGenerator, KeeperAccess } from './generated-body.ts';
import { generatedPackage, heldKeeper } from './generated-body.ts';
import type { MigrationArgument } from './keeper.ts';
import { structIn } from './keeper.ts';
import type { MigrationPackage } from './package.ts';
import { interfacesFor, packageDir } from './package.ts';
import type { PackagedCall } from './packaged-call.ts';
import { packagedCall } from './packaged-call.ts';
import type { Runner } from './runner.ts';
import type { VersionStep } from './step.ts';
import { restep } from './step.ts';

/** A migration's package and how its function is called from a file. */
export interface CalledMigration {
  readonly made: MigrationPackage;
  readonly qualifier: string;
  readonly alias: string | undefined;
  /** The arguments, as text. */
  readonly given: string;
}

/** Where a migration goes: the module's folder, and the step it is for. */
export interface MigrationPlace {
  readonly repo: Repo;
  readonly root: string;
  readonly step: VersionStep;
}

/**
 * A migration with a generated body: what the body needs, in the place and under the name of an
 * older one, where a call of one is given.
 */
export function generatedLike(
  { repo, root, step }: MigrationPlace,
  generate: BodyGenerator,
  access: KeeperAccess | undefined,
  older?: { readonly call: PackagedCall; readonly step: VersionStep },
): CalledMigration {
  const like = older && {
    dir: dirname(older.call.facts.path),
    func: older.call.func.name,
    step: older.step,
  };
  const { made, given } = generatedPackage(repo, root, step, generate, access, like);
  return {
    made,
    given,
    qualifier: older?.call.qualifier ?? made.name,
    alias: older && restep(older.call.qualifier, older.step, step),
  };
}

/** A migration's package like an older one's, whose function takes the same. */
export function packageLike(
  { repo, root, step }: MigrationPlace,
  old: Runner,
  qualifier: string,
  given: string,
): CalledMigration {
  const { facts, func } = old;
  const oldDir = dirname(facts.path);
  const { list } = handlerParameters(repo.syntaxOf(old)!, facts);
  const parameters = list.map(p => p.text).join(', ');
  const types = interfacesFor(repo, oldDir, parameters);
  if (!types)
    throw new Refusal(
      `${func.name} takes a type of its own package, ${oldDir}, so it cannot be followed; ` +
        'write the migration by hand',
      { file: facts.path },
    );
  const dir = packageDir(root, oldDir, old.step, step);
  return {
    made: {
      dir,
      name: basename(dir).replace(/\W/g, ''),
      func: restep(func.name, old.step, step) ?? func.name,
      parameters,
      imports: [...importsUsed(repo, facts, parameters), ...types.imports],
      like: facts,
      ...(types.text && { types: types.text }),
    },
    qualifier,
    alias: restep(qualifier, old.step, step),
    given,
  };
}

/** A migration in our own layout, which is given what there is. */
export function inOwnLayout(
  { root, step }: Pick<MigrationPlace, 'root' | 'step'>,
  handed: readonly MigrationArgument[],
): CalledMigration {
  const version = `v${step.to}`;
  return {
    made: {
      dir: join(root, 'migrations', version),
      name: version,
      func: 'MigrateStore',
      like: undefined,
      parameters: ['ctx sdk.Context', ...handed.map(h => `${h.name} ${h.type}`)].join(', '),
      imports: [
        { path: 'github.com/cosmos/cosmos-sdk/types', alias: 'sdk' },
        ...handed.flatMap(h => h.import ?? []),
      ],
    },
    qualifier: version,
    alias: undefined,
    given: ['ctx', ...handed.map(h => h.given)].join(', '),
  };
}

/** The migration for a handler that is written like a closure where it is registered. */
export function closureLike(
  place: MigrationPlace,
  facts: FileFacts,
  closure: SyntaxNode,
  old: VersionStep,
  generate?: BodyGenerator,
): CalledMigration {
  const call = packagedCall(place.repo, facts, closure, old);
  if (generate) {
    const access = keeperAround(place.repo, facts, closure);
    return generatedLike(place, generate, access, call && { call, step: old });
  }
  if (!call) return inOwnLayout(place, []);
  return packageLike(place, { ...call, step: old }, call.qualifier, call.given);
}

/** The keeper that the method around a piece of code has by its receiver. */
function keeperAround(repo: Repo, facts: FileFacts, node: SyntaxNode): KeeperAccess | undefined {
  const receiver = functionAround({ facts, node })?.receiver;
  if (!receiver || receiver.name === '' || receiver.name === '_') return undefined;
  return heldKeeper(repo, structIn(repo, dirname(facts.path), receiver.type), receiver.name);
}

/** Imports the migration's package into a file; returns the call of its function there. */
export function importCall(
  repo: Repo,
  changes: EditBatch,
  facts: FileFacts,
  called: CalledMigration,
): string {
  const { made, given } = called;
  const path = `${migrationsPath(repo, made.dir)}/${basename(made.dir)}`;
  const spec = freeImport(repo, facts, { path, alias: aliasFor(repo, facts, called) });
  changes.import(facts.path, spec);
  return `${spec.alias ?? made.name}.${made.func}(${given})`;
}

/** The import path of the folder that holds a migration's package, which may still be missing. */
function migrationsPath(repo: Repo, dir: string): string {
  const parent = dirname(dir);
  const known = repo.importPath(parent);
  return known ?? `${importPathOf(repo, dirname(parent))}/${basename(parent)}`;
}

/** The alias of the migration's import: like that of the older one, which the file imports. */
function aliasFor(
  repo: Repo,
  facts: FileFacts,
  { made, qualifier, alias }: CalledMigration,
): string | undefined {
  const older = importCalled(repo, facts, qualifier);
  if (alias && (older?.alias !== undefined || alias !== made.name)) return alias;
  return older && older.alias === undefined ? undefined : made.name;
}
