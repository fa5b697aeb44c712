import { lineEnd } from '../../go/edit/edit.ts';
import { freeImport } from '../../go/edit/imports-in-use.ts';
import { typeRef } from '../../go/source/type-ref.ts';
import { Refusal } from '../../refusal.ts';

import { handlerParameters } from '../handler/handler-shape.ts';
import type { CalledMigration } from './called-migration.ts';
import { generatedLike, importCall, inOwnLayout } from './called-migration.ts';
import { rootOf } from './find-module.ts';
import type { KeeperAccess } from './generated-body.ts';
import type { MigrationJob } from './job.ts';
import type { Struct } from './keeper.ts';
import { argumentsFrom, structIn } from './keeper.ts';
import { methodFor, migratorMethod, newMigrator } from './new-migrator.ts';
import { writeMigration } from './write.ts';

/** The keeper that a module's type holds, of a package of its own. */
export interface HeldKeeper {
  /** The module's field, and whether it is a pointer. */
  readonly field: string;
  readonly pointer: boolean;
  /** What the module's file calls the keeper's package. */
  readonly qualifier: string;
  readonly dir: string;
  readonly keeper: Struct;
}

/** The keeper of a module's type; undefined without one in a package of this repository. */
export function heldByModule({ repo }: MigrationJob, struct: Struct): HeldKeeper | undefined {
  for (const { name: field, type } of struct.fields) {
    const named = typeRef(type);
    if (named?.name !== 'Keeper') continue;
    const dir = repo.folderOf(struct.facts, named.qualifier);
    const keeper = dir === undefined ? undefined : structIn(repo, dir, 'Keeper');
    if (named.qualifier === undefined || dir === undefined || !keeper) return undefined;
    return { field, pointer: named.pointer, qualifier: named.qualifier, dir, keeper };
  }
  return undefined;
}

/**
 * A method of the keeper's migrator, which is written, with the migration that it calls; returns
 * the method as the module hands it over.
 */
export function migratorHandler(
  job: MigrationJob,
  struct: Struct,
  held: HeldKeeper,
  receiver: string,
): string {
  const { repo, module, step } = job;
  const { dir, keeper, qualifier } = held;
  const migrator = structIn(repo, dir, 'Migrator');
  const access = keeperIn(migrator, held);
  const place = { repo, root: rootOf(module.dir), step };
  const called = job.ready
    ? generatedLike(place, job.ready, access)
    : inOwnLayout(place, argumentsFrom(repo, keeper, access.text));
  const handed = migrator
    ? constructorArguments(job, migrator, held, struct, receiver)
    : newMigratorArguments(held, called, receiver);
  writeMigration(job, called.made);
  if (migrator) {
    addMethod(job, migrator, dir, called);
  } else {
    const type = held.pointer ? '*Keeper' : 'Keeper';
    job.creates.push(newMigrator(repo, dir, type, step, called));
  }
  return `${qualifier}.NewMigrator(${handed.join(', ')}).${methodFor(step)}`;
}

/** The keeper as a method of the migrator gets at it; the migrator may still be missing. */
function keeperIn(
  migrator: Struct | undefined,
  { pointer, keeper, dir }: HeldKeeper,
): KeeperAccess {
  const field = migrator?.fields.find(f => /^\*?Keeper$/.test(f.type))?.name ?? 'keeper';
  return {
    text: `m.${field}`,
    pointer: migrator ? migrator.fields.some(f => f.type === '*Keeper') : pointer,
    keeper,
    dir,
    caller: migrator,
    through: 'm',
  };
}

/** What the module hands to the constructor of a migrator that is there. */
function constructorArguments(
  { repo, step }: MigrationJob,
  migrator: Struct,
  { dir }: HeldKeeper,
  struct: Struct,
  receiver: string,
): string[] {
  const maker = repo.func(dir, 'NewMigrator');
  const taken = maker?.func.syntax ? handlerParameters(maker.func.syntax, maker.facts).list : [];
  const given = taken.flatMap(({ type }) => givenFor(type, struct, receiver) ?? []);
  if (taken.length === 0 || given.length < taken.length)
    throw new Refusal(
      `the Migrator in ${dir} is made with more than ${struct.spec.name} has; ` +
        `register its ${methodFor(step)} by hand`,
      { file: migrator.facts.path },
    );
  return given;
}

function newMigratorArguments(
  { field }: HeldKeeper,
  { made }: CalledMigration,
  receiver: string,
): string[] {
  const keeper = `${receiver}.${field}`;
  return made.holds ? [keeper, `${receiver}.${made.holds.field}`] : [keeper];
}

/** What the module has for a parameter of that type, by the type's own name. */
function givenFor(type: string, module: Struct, receiver: string): string | undefined {
  const plain = (text: string) => text.replace(/^\*/, '').replace(/^\w+\./, '');
  const field = module.fields.find(f => plain(f.type) === plain(type));
  if (!field) return undefined;
  const given = `${receiver}.${field.name}`;
  const wantsPointer = type.startsWith('*');
  if (wantsPointer === field.type.startsWith('*')) return given;
  return wantsPointer ? `&${given}` : `*${given}`;
}

/** Writes the method for the step below the last one of a migrator. */
function addMethod(
  { repo, changes, step }: MigrationJob,
  { facts, spec }: Struct,
  dir: string,
  called: CalledMigration,
): void {
  const { holds } = called.made;
  if (holds)
    throw new Refusal(
      `the Migrator in ${dir} holds no subspace of x/params; ` +
        `give it a field ${holds.name} by hand`,
      { file: facts.path },
    );
  const last = repo
    .functions(dir)
    .filter(found => found.facts === facts)
    .findLast(({ func }) => func.receiver?.type === 'Migrator' || func.name === 'NewMigrator');
  const end = lineEnd(facts.text, last?.func.end ?? spec.end);
  const call = importCall(repo, changes, facts, called);
  const sdk = freeImport(repo, facts, { path: 'github.com/cosmos/cosmos-sdk/types', alias: 'sdk' });
  changes.import(facts.path, sdk);
  const method = migratorMethod(step, sdk.alias ?? 'types', call);
  changes.edit(facts.path, end, end, `\n${method}\n`);
}
