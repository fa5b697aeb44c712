import type { Module } from '../../chain/chain.ts';
import { dirname } from '../../files.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { childByField } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { render } from '../../render.ts';
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
  return holder => {
    const kept = keptParams(repo, holder);
    if (kept.kind === 'subspace')
      throw new Refusal(
        `the Keeper in ${dirname(holder.keeper.facts.path)} still keeps its parameters in x/params; have it keep them in the module's own store first (GetParams and SetParams, or a collections.Item)`,
        { file: holder.keeper.facts.path },
      );
    const { type, held, set } = kept;
    const legacy = subspaceOf(repo, module, holder);
    const defaults = defaultParams(repo, type);
    refuseUnread(repo, type);
    notes.push(
      `x/params has to hold all that ParamSetPairs of ${type.text} lists, and the app has to keep x/params for this upgrade${legacy.keyTable ? '' : `, with ${module.name}'s key table (WithKeyTable)`}: reading anything else panics.`,
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
    const named = new Map(imports.map(wanted => [qualifierOf(repo, holder.dir, wanted), wanted]));
    return {
      handed: [
        { name: 'legacySubspace', type: 'LegacySubspace', given: legacy.given, import: undefined },
        held,
      ],
      imports: [type.import, paramtypes, ...kept.imports],
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

/** What x/params needs to read the old parameters. */
function refuseUnread(repo: Repo, { dir, name, text }: ParamsType): void {
  const set = repo.functions(dir, 'ParamSetPairs').some(({ func }) => func.receiver?.type === name);
  const table = repo.func(dir, 'ParamKeyTable');
  if (!set || !table)
    throw new Refusal(
      `${set ? dir : text} has no ${set ? 'ParamKeyTable' : 'ParamSetPairs'}, by which x/params finds the old parameters; keep it until the migration has run`,
      { file: dir },
    );
}

/** The method that validates parameters. */
function validates(repo: Repo, { dir, name }: ParamsType): string | undefined {
  return ['Validate', 'ValidateBasic'].find(method =>
    repo.functions(dir, method).some(found => {
      const syntax = found.func.receiver?.type === name ? repo.syntaxOf(found) : undefined;
      const result = childByField(syntax, 'result');
      return (
        syntax &&
        handlerParameters(syntax, found.facts).list.length === 0 &&
        result &&
        found.facts.text.slice(result.start, result.end) === 'error'
      );
    }),
  );
}

/**
 * Where the subspace comes from: what calls the migration, its keeper, or the module, which then
 * has to hand it on.
 */
function subspaceOf(
  repo: Repo,
  module: Module,
  { caller, through, text, keeper, dir }: KeeperAccess,
): { given: string; keyTable: boolean; read: string; holds?: MigratorField } {
  const own = fieldIn(repo, caller);
  const inKeeper = fieldIn(repo, keeper);
  if (own) return { ...own, given: `${through}.${own.name}` };
  if (inKeeper && (/^[A-Z]/.test(inKeeper.name) || dir === dirname(keeper.facts.path)))
    return { ...inKeeper, given: `${text}.${inKeeper.name}` };
  const app = ['AppModule', 'Module']
    .map(name => structIn(repo, module.dir, name))
    .find(s => s !== undefined);
  const field = fieldIn(repo, app);
  if (app && field?.import && app !== caller)
    return {
      ...field,
      given: `${through}.legacySubspace`,
      holds: { name: 'legacySubspace', type: field.type, import: field.import, field: field.name },
    };
  throw new Refusal(
    `nothing of ${module.name} holds its subspace of x/params; give ${app?.spec.name ?? 'AppModule'} in ${module.dir} a field legacySubspace, which the app hands to NewAppModule by its GetSubspace`,
    { file: app?.facts.path ?? module.dir },
  );
}

function fieldIn(
  repo: Repo,
  struct: Struct | undefined,
):
  | { name: string; type: string; keyTable: boolean; read: string; import: ImportSpec | undefined }
  | undefined {
  for (const { name, type } of struct?.fields ?? []) {
    if (!isSubspace(type)) continue;
    const { read, keyTable } = subspaceType(repo, struct!.facts, type);
    const qualifier = /^(\w+)\./.exec(type)?.[1];
    const path = qualifier === undefined ? undefined : repo.importFor(struct!.facts, qualifier);
    const plain =
      path !== undefined && repo.packageName(path, dirname(struct!.facts.path)) === qualifier;
    if (read)
      return {
        name,
        type,
        keyTable,
        read,
        import: path === undefined ? undefined : { path, alias: plain ? undefined : qualifier },
      };
  }
  return undefined;
}
