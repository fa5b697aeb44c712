import type { Module } from '../../chain/chain.ts';
import { dirname } from '../../files.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { typeRef } from '../../go/source/type-ref.ts';
import { childByField } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { render } from '../../render.ts';
import { isExported, nodeText } from '../go-tree.ts';
import { handlerParameters } from '../handler/handler-shape.ts';
import { defaultParams } from './default-params.ts';
import type { BodyGenerator, KeeperAccess } from './generated-body.ts';
import type { MigratorField, Struct } from './keeper.ts';
import { structIn } from './keeper.ts';
import type { ParamsType } from './params.ts';
import { keptParams } from './params.ts';
import { isSubspace, subspaceType } from './subspace.ts';

const paramtypes: ImportSpec = {
  path: 'github.com/cosmos/cosmos-sdk/x/params/types',
  alias: 'paramtypes',
};

/**
 * A migration that reads the parameters out of x/params and gives them to the module, which keeps
 * them itself from then on: what SDK 0.47 did with its own modules.
 */
export function legacyParams(repo: Repo, module: Module, notes: string[]): BodyGenerator {
  return access => {
    const kept = keptParams(repo, access);
    if (kept.kind === 'subspace') throw stillInSubspace(access);
    const { type, held, set } = kept;
    const legacy = subspaceOf(repo, module, access);
    const defaults = defaultParams(repo, type);
    refuseUnread(repo, type);
    const keyTable = legacy.keyTable ? '' : `, with ${module.name}'s key table (WithKeyTable)`;
    notes.push(
      `x/params has to hold all that ParamSetPairs of ${type.text} lists, and the app has to ` +
        `keep x/params for this upgrade${keyTable}: reading anything else panics.`,
    );
    const imports: ImportSpec[] = [type.import, paramtypes, ...kept.imports];
    const data = {
      type: type.text,
      held: held.name,
      set,
      taken: `${set.pointer ? '*' : ''}${type.text}`,
      given: `${set.pointer ? '&' : ''}params`,
      stored: `${set.pointer ? '*' : ''}params`,
      keyTable: legacy.keyTable,
      read: legacy.read,
      table: type.text.replace(/\w+$/, 'ParamKeyTable'),
      validate: validates(repo, type) ?? '',
      defaults: defaults.text,
      interface: held.type,
    };
    const named = new Map(imports.map(spec => [qualifierOf(repo, access.dir, spec), spec]));
    return {
      handed: [
        { name: 'legacySubspace', type: 'LegacySubspace', given: legacy.given, import: undefined },
        held,
      ],
      imports,
      types: render('migration/legacy-subspace.go', data).trimEnd(),
      ...(legacy.holds && { holds: legacy.holds }),
      body: {
        text: render('migration/legacy-params.go', data).trimEnd(),
        below: '',
        imports: named,
        test: func => ({
          text: render('migration/legacy-params-test.go', { ...data, func }),
          imports: new Map([...named, ['reflect', { path: 'reflect', alias: undefined }]]),
        }),
      },
    };
  };
}

function stillInSubspace({ keeper: { facts } }: KeeperAccess): Refusal {
  return new Refusal(
    `the Keeper in ${dirname(facts.path)} still keeps its parameters in x/params; ` +
      "have it keep them in the module's own store first " +
      '(GetParams and SetParams, or a collections.Item)',
    { file: facts.path },
  );
}

/** Refuses where the code by which x/params reads the old parameters is gone. */
function refuseUnread(repo: Repo, { dir, name, text }: ParamsType): void {
  const pairs = repo.functions(dir, 'ParamSetPairs');
  const hasPairs = pairs.some(({ func }) => func.receiver?.type === name);
  if (hasPairs && repo.func(dir, 'ParamKeyTable')) return;
  const missing = hasPairs ? `${dir} has no ParamKeyTable` : `${text} has no ParamSetPairs`;
  throw new Refusal(
    `${missing}, by which x/params finds the old parameters; keep it until the migration has run`,
    { file: dir },
  );
}

/** The method that validates parameters. */
function validates(repo: Repo, { dir, name }: ParamsType): string | undefined {
  return ['Validate', 'ValidateBasic'].find(method =>
    repo.functions(dir, method).some(found => {
      const { facts, func } = found;
      const syntax = func.receiver?.type === name ? repo.syntaxOf(found) : undefined;
      if (!syntax || handlerParameters(syntax, facts).list.length > 0) return false;
      return nodeText(facts, childByField(syntax, 'result')) === 'error';
    }),
  );
}

/** How a migration gets at the module's subspace of x/params. */
interface LegacySubspace {
  /** The expression that holds it, where the migration is called. */
  readonly given: string;
  readonly keyTable: boolean;
  readonly read: string;
  /** The field that a migrator needs for it. */
  readonly holds?: MigratorField;
}

/**
 * Where the subspace comes from: what calls the migration, its keeper, or the module, which then
 * has to hand it on.
 */
function subspaceOf(repo: Repo, module: Module, access: KeeperAccess): LegacySubspace {
  const { caller, through, text, keeper, dir } = access;
  const own = subspaceField(repo, caller);
  if (own) return { ...own, given: `${through}.${own.name}` };
  const inKeeper = subspaceField(repo, keeper);
  const isSeen = inKeeper && (isExported(inKeeper.name) || dir === dirname(keeper.facts.path));
  if (isSeen) return { ...inKeeper, given: `${text}.${inKeeper.name}` };
  const app = ['AppModule', 'Module']
    .map(name => structIn(repo, module.dir, name))
    .find(struct => struct !== undefined);
  const field = subspaceField(repo, app);
  if (field?.import && app !== caller)
    return {
      ...field,
      given: `${through}.legacySubspace`,
      holds: { name: 'legacySubspace', type: field.type, import: field.import, field: field.name },
    };
  throw new Refusal(
    `nothing of ${module.name} holds its subspace of x/params; ` +
      `give ${app?.spec.name ?? 'AppModule'} in ${module.dir} a field legacySubspace, ` +
      'which the app hands to NewAppModule by its GetSubspace',
    { file: app?.facts.path ?? module.dir },
  );
}

/** A field that holds a subspace of x/params which reads all parameters at once. */
interface SubspaceField {
  readonly name: string;
  readonly type: string;
  readonly keyTable: boolean;
  readonly read: string;
  readonly import: ImportSpec | undefined;
}

function subspaceField(repo: Repo, struct: Struct | undefined): SubspaceField | undefined {
  if (!struct) return undefined;
  for (const { name, type } of struct.fields) {
    if (!isSubspace(type)) continue;
    const { read, keyTable } = subspaceType(repo, struct.facts, type);
    if (read) return { name, type, keyTable, read, import: importOf(repo, struct, type) };
  }
  return undefined;
}

/** The import of the package that a type is from; undefined for one of the file's own package. */
function importOf(repo: Repo, { facts }: Struct, type: string): ImportSpec | undefined {
  const qualifier = typeRef(type)?.qualifier;
  const path = qualifier === undefined ? undefined : repo.importFor(facts, qualifier);
  if (path === undefined) return undefined;
  const isPlain = repo.packageName(path, dirname(facts.path)) === qualifier;
  return { path, alias: isPlain ? undefined : qualifier };
}
