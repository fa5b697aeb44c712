import type { VersionStep } from '../../edit/version-step.ts';
import { restep } from '../../edit/version-step.ts';
import { basename, dirname, join } from '../../files.ts';
import type { EditBatch } from '../../go/edit/edit-batch.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import { freeImport } from '../../go/edit/imports-in-use.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { functionAround, hasWord, importsUsed } from '../go-tree.ts';
import { handlerParameters } from '../handler/handler-shape.ts';
import { importCalled } from '../package/import-like.ts';
import { importPathOf } from '../package/import-path.ts';
import type { BodyGenerator, KeeperAccess } from './generated-body.ts';
import { generatedPackage, heldKeeper } from './generated-body.ts';
import type { KnownField, MigrationArgument, Struct, TakenStore } from './keeper.ts';
import { argumentsFrom, storeNamed, storesOf, structIn } from './keeper.ts';
import { ownTypes } from './own-types.ts';
import type { MigrationPackage } from './package.ts';
import { packageDir } from './package.ts';
import type { PackagedCall } from './packaged-call.ts';
import { packagedCall } from './packaged-call.ts';
import type { Runner } from './runner.ts';

/** The name of a migration's function in our own layout. */
const ownName = 'MigrateStore';

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
  /** The keeper's field with the store that was asked for. */
  readonly store: string | undefined;
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

/** A keeper whose fields are at hand where a migration is called, and the expression that holds it. */
export interface KeeperAtHand {
  readonly struct: Struct;
  readonly holder: string;
}

/**
 * A migration's package like an older one's, whose function takes the same; where that cannot be,
 * what the keeper has for it.
 */
export function packageLike(
  place: MigrationPlace,
  old: Runner,
  call: Pick<PackagedCall, 'qualifier' | 'given'>,
  keeper?: KeeperAtHand,
): CalledMigration {
  const { root, step } = place;
  const { facts, func } = old;
  const oldDir = dirname(facts.path);
  const dir = packageDir(root, oldDir, old.step, step);
  const { qualifier } = call;
  const isGeneral = isGeneralName(func.name);
  // A handler that is handed over as it is takes what handlers take.
  const isCalled = call.given !== '';
  const taken =
    isGeneral || !isCalled
      ? (takenLike(place, old, call, keeper) ?? takenFrom(place, old, keeper))
      : ownTaken(place, keeper);
  return {
    made: {
      dir,
      name: basename(dir).replace(/\W/g, ''),
      func: isGeneral ? (restep(func.name, old.step, step) ?? func.name) : ownName,
      parameters: taken.parameters,
      imports: taken.imports,
      like: facts,
      choice: taken.choice,
      ...(taken.types && { types: taken.types }),
    },
    qualifier,
    alias: restep(qualifier, old.step, step),
    given: taken.given,
  };
}

/**
 * Whether a function's name says no more than that it migrates. One that says what a step did,
 * `ClearNonces`, would say it of the next one too, and takes what that step needed.
 */
function isGeneralName(name: string): boolean {
  const words = name.replace(/[\d_]/g, '');
  return /migrat|upgrade/i.test(words) || /^(v|to|from|run|do|apply|store|state)*$/i.test(words);
}

/** What a migration's function takes, and what it is handed. */
interface Taken {
  readonly parameters: string;
  readonly imports: readonly ImportSpec[];
  readonly given: string;
  readonly types: string;
  readonly choice: TakenStore | undefined;
}

/** The same as the older one takes; undefined where it takes types that only it has. */
function takenLike(
  place: MigrationPlace,
  old: Runner,
  { qualifier, given }: Pick<PackagedCall, 'qualifier' | 'given'>,
  keeper: KeeperAtHand | undefined,
): Taken | undefined {
  const { repo } = place;
  const { facts } = old;
  const { list } = handlerParameters(repo.syntaxOf(old)!, facts);
  const parameters = list.map(p => p.text).join(', ');
  const dir = dirname(facts.path);
  const types = ownTypes(repo, { dir, parameters, qualifier, given });
  return (
    types && {
      parameters,
      imports: [...importsUsed(repo, facts, parameters), ...types.imports],
      types: types.text,
      ...storeLike(place, old, given, keeper),
    }
  );
}

/** What the keeper has for a migration; the context alone where it has nothing. */
function ownTaken({ repo, store }: MigrationPlace, keeper: KeeperAtHand | undefined): Taken {
  const handed = keeper ? argumentsFrom(repo, keeper.struct, keeper.holder, store) : [];
  return { ...handedOver(handed), types: '' };
}

/** The same; throws `Refusal` where it has nothing. */
function takenFrom(
  place: MigrationPlace,
  { facts, func }: Runner,
  keeper: KeeperAtHand | undefined,
): Taken {
  const taken = ownTaken(place, keeper);
  if (taken.given === 'ctx')
    throw new Refusal(
      `${func.name} takes a type of its own package, ${dirname(facts.path)}, so it cannot be ` +
        'followed; write the migration by hand',
      { file: facts.path },
    );
  return taken;
}

/** The store among the arguments of an older call, or the one that was asked for in its place. */
function storeLike(
  { repo, store: asked }: MigrationPlace,
  { facts, func }: Runner,
  given: string,
  keeper: KeeperAtHand | undefined,
): Pick<Taken, 'given' | 'choice'> {
  const stores = keeper ? storesOf(repo, keeper.struct) : [];
  const handedAs = ({ name }: KnownField) => `${keeper!.holder}.${name}`;
  const taken = stores.find(field => hasWord(given, handedAs(field)));
  if (asked === undefined) {
    const among = stores.map(({ name }) => name);
    const choice = taken && { taken: taken.name, among, asBefore: true };
    return { given, choice: stores.length > 1 ? choice : undefined };
  }
  const wanted = keeper && storeNamed(keeper.struct, stores, asked);
  if (!taken || !wanted || taken.type !== wanted.type)
    throw new Refusal(
      `${func.name} is not handed a store for which ${asked} could stand; ` +
        'write the migration by hand',
      { file: facts.path },
    );
  const word = new RegExp(`\\b${handedAs(taken)}\\b`);
  return { given: given.replace(word, handedAs(wanted)), choice: undefined };
}

function handedOver(
  handed: readonly MigrationArgument[],
): Pick<Taken, 'parameters' | 'imports' | 'given' | 'choice'> {
  return {
    parameters: ['ctx sdk.Context', ...handed.map(h => `${h.name} ${h.type}`)].join(', '),
    imports: [
      { path: 'github.com/cosmos/cosmos-sdk/types', alias: 'sdk' },
      ...handed.flatMap(h => h.import ?? []),
    ],
    given: ['ctx', ...handed.map(h => h.given)].join(', '),
    choice: handed.find(({ choice }) => choice)?.choice,
  };
}

/** A migration in our own layout, which is given what there is. */
export function inOwnLayout(
  { root, step }: Pick<MigrationPlace, 'root' | 'step'>,
  handed: readonly MigrationArgument[],
): CalledMigration {
  const version = `v${step.to}`;
  const { parameters, imports, given, choice } = handedOver(handed);
  return {
    made: {
      dir: join(root, 'migrations', version),
      name: version,
      func: ownName,
      like: undefined,
      parameters,
      imports,
      choice,
    },
    qualifier: version,
    alias: undefined,
    given,
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
  const access = keeperAround(place, facts, closure);
  if (generate) {
    return generatedLike(place, generate, access, call && { call, step: old });
  }
  if (!call) return inOwnLayout(place, []);
  return packageLike(place, { ...call, step: old }, call, access && keeperAtHand(access));
}

/** A keeper whose unexported fields can be named where a migration is called. */
function keeperAtHand({ dir, keeper, text }: KeeperAccess): KeeperAtHand | undefined {
  const isHome = dir === dirname(keeper.facts.path);
  return isHome ? { struct: keeper, holder: text } : undefined;
}

/** The keeper that the method around a piece of code has by its receiver. */
function keeperAround(
  { repo, store }: MigrationPlace,
  facts: FileFacts,
  node: SyntaxNode,
): KeeperAccess | undefined {
  const receiver = functionAround({ facts, node })?.receiver;
  if (!receiver || receiver.name === '' || receiver.name === '_') return undefined;
  const struct = structIn(repo, dirname(facts.path), receiver.type);
  return heldKeeper(repo, struct, receiver.name, store);
}

/** Imports the migration's package into a file; returns the call of its function there. */
export function importCall(
  repo: Repo,
  changes: EditBatch,
  facts: FileFacts,
  called: CalledMigration,
): string {
  const { made, given } = called;
  const path = importPathOf(repo, made.dir);
  const spec = freeImport(repo, facts, { path, alias: aliasFor(repo, facts, called) });
  changes.import(facts.path, spec);
  return `${spec.alias ?? made.name}.${made.func}(${given})`;
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
