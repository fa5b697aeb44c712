import { dirname } from '../../files.ts';
import { lineEnd } from '../../go/edit/edit.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import { freeImport } from '../../go/edit/imports-in-use.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { Refusal } from '../../refusal.ts';
import { handlerParameters } from '../handler/handler-shape.ts';
import { importPathOf } from '../package/import-path.ts';
import type { CalledMigration } from './called-migration.ts';
import { generatedLike, importCall, inOwnLayout } from './called-migration.ts';
import { rootOf } from './find-module.ts';
import type { KeeperAccess } from './generated-body.ts';
import type { MigrationJob } from './job.ts';
import type { KeeperField, Struct } from './keeper.ts';
import { argumentsFrom, keeperField, structIn } from './keeper.ts';
import { methodFor, migratorMethod, writeMigrator } from './new-migrator.ts';
import { writeMigration } from './write.ts';

/** The keeper that a module's type holds, of a package of its own. */
export interface HeldKeeper extends KeeperField {
  /** The folder of its package. */
  readonly dir: string;
}

/** The keeper of a module's type; undefined without one in another package of this repository. */
export function heldByModule({ repo }: MigrationJob, struct: Struct): HeldKeeper | undefined {
  const held = keeperField(repo, struct);
  const dir = held && dirname(held.keeper.facts.path);
  return held && dir !== dirname(struct.facts.path) ? { ...held, dir: dir! } : undefined;
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
  const { repo, module, step, changes, store } = job;
  const { dir, keeper } = held;
  const migrator = migratorIn(repo, dir);
  const access = keeperIn(job, migrator, held);
  const place = { repo, root: rootOf(module.dir), step, store };
  const called = job.ready
    ? generatedLike(place, job.ready, access)
    : inOwnLayout(place, argumentsFrom(repo, keeper, access.text, store));
  const handed = migrator
    ? constructorArguments(job, migrator, held, struct, receiver)
    : newMigratorArguments(held, called, receiver);
  writeMigration(job, called.made);
  if (migrator) addMethod(job, migrator, dir, called);
  else writeMigrator(job, dir, held.pointer ? '*Keeper' : 'Keeper', called);
  const spec = freeImport(repo, struct.facts, { path: importPathOf(repo, dir), alias: undefined });
  changes.import(struct.facts.path, spec);
  const qualifier = qualifierOf(repo, dirname(struct.facts.path), spec);
  return `${qualifier}.NewMigrator(${handed.join(', ')}).${methodFor(step)}`;
}

/** The keeper's migrator; refused where something else has its name. */
function migratorIn(repo: Repo, dir: string): Struct | undefined {
  const migrator = structIn(repo, dir, 'Migrator');
  if (migrator && dirname(migrator.facts.path) === dir) return migrator;
  const other = repo
    .filesOf(dir)
    .find(facts => facts.types.some(({ name }) => name === 'Migrator'));
  if (other)
    throw new Refusal(`the Migrator in ${dir} is no struct of that package; register it by hand`, {
      file: other.path,
    });
  return undefined;
}

/** The keeper as a method of the migrator gets at it; the migrator may still be missing. */
function keeperIn(
  { repo, store }: MigrationJob,
  migrator: Struct | undefined,
  { pointer, keeper, dir }: HeldKeeper,
): KeeperAccess {
  const held = migrator && keeperField(repo, migrator);
  return {
    text: `m.${held?.field ?? 'keeper'}`,
    pointer: migrator ? (held?.pointer ?? false) : pointer,
    keeper,
    dir,
    caller: migrator,
    through: 'm',
    store,
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
  const syntax = maker && repo.syntaxOf(maker);
  const taken = syntax ? handlerParameters(syntax, maker.facts).list : [];
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
  const name = methodFor(step);
  if (repo.functions(dir, name).some(({ func }) => func.receiver?.type === 'Migrator'))
    throw new Refusal(`${name} exists already in ${dir}; register it, or remove it`, {
      file: facts.path,
    });
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
