import { appFolders, callsIn } from '../../chain/app/app-code.ts';
import type { App } from '../../chain/chain.ts';
import { dirname } from '../../files.ts';
import type { EditBatch } from '../../go/edit/edit-batch.ts';
import { exprAt, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { callArguments, childByField, enclosing } from '../../go/syntax/syntax.ts';
import { render } from '../../render.ts';
import type { Generation } from '../../sdk/generations.ts';
import { generationIsBefore } from '../../sdk/generations.ts';
import { beforeMigrations, importInto, sdkContextIn } from '../handler/before-migrations.ts';
import type { HandlerShape } from '../handler/handler-shape.ts';
import { heldBy } from '../handler/held-value.ts';

const sdk = 'github.com/cosmos/cosmos-sdk';
const paramsKeeper = { path: /\/x\/params\/keeper$/, name: 'Keeper' };
const consensusKeeper = { path: /\/x\/consensus\/keeper$/, name: 'Keeper' };

/**
 * The package that has the key table of a module's legacy parameters; only x/gov has it elsewhere
 * than its name.
 */
const keyTables: Readonly<Record<string, string>> = Object.fromEntries(
  ['auth', 'bank', 'staking', 'mint', 'distribution', 'slashing', 'gov', 'crisis'].map(name => [
    `${sdk}/x/${name}/types`,
    name === 'gov' ? `${sdk}/x/gov/types/v1` : `${sdk}/x/${name}/types`,
  ]),
);

/**
 * The step from SDK 0.46 or older to 0.47 or newer in a handler: key tables for the modules whose
 * migrations read legacy parameters, and the consensus parameters moved to x/consensus
 * (docs/background/sdk.md#consensus-parameters). Returns what to tell of it, which is what to do by
 * hand where something hinders it.
 */
export function moveConsensusParams(
  repo: Repo,
  app: App,
  changes: EditBatch,
  shape: HandlerShape | undefined,
  from: Generation,
): string {
  const hindered = (why: string) =>
    `The last release is on SDK ${from}, which keeps the consensus parameters in x/params: have the handler call baseapp.MigrateParams above RunMigrations. It could not be written: ${why}.`;
  if (!shape) return hindered('the handler could not be read');
  const params = heldBy(repo, shape, paramsKeeper);
  const consensus = heldBy(repo, shape, consensusKeeper);
  if (!params || !consensus)
    return hindered(
      `${!params ? 'the keeper of x/params' : 'the keeper of x/consensus'} is not in reach there`,
    );
  if (makesLegacySubspace(repo, app))
    return hindered(
      'the app makes the subspace of baseapp.Paramspace already, and it can be made only once',
    );
  const add = (path: string, alias?: string) =>
    importInto(repo, changes, shape, { path, alias }, dirname(shape.facts.path));
  const [context] = shape.closure.parameters.list;
  const unwrapped = sdkContextIn(shape);
  const late = app.sdk.generation !== null && !generationIsBefore(app.sdk.generation, '0.50');
  const own = context?.name ?? 'ctx';
  const tables = legacySubspaces(repo, app).map(({ path, ident }) => ({
    name: `${add(path, aliasOf(path))}.${ident}`,
    table: `${add(keyTables[path]!, aliasOf(keyTables[path]!))}.ParamKeyTable`,
  }));
  const text = render('jump/consensus-params.go', {
    tables,
    params: params.text,
    ctx: late ? unwrapped.name : own,
    checked: late,
    unwrap:
      late && unwrapped.declares
        ? `${unwrapped.name} := ${add(`${sdk}/types`, 'sdk')}.UnwrapSDKContext(${own})`
        : '',
    consensus: late
      ? `${consensus.text}.ParamsStore`
      : consensus.pointer
        ? consensus.text
        : `&${consensus.text}`,
    baseapp: add(`${sdk}/baseapp`),
    paramstypes: add(`${sdk}/x/params/types`, 'paramstypes'),
  });
  if (late) add('fmt');
  if (!beforeMigrations(changes, shape, text))
    return hindered('it runs no migrations in a statement of its own');
  return `The last release is on SDK ${from}: the handler moves the consensus parameters to x/consensus.`;
}

function makesLegacySubspace(repo: Repo, app: App): boolean {
  return appFolders(repo, app.dir).some(dir =>
    (repo.packages.get(dir)?.files ?? []).some(path =>
      /\.Subspace\(\s*\w+\.Paramspace\)/.test(repo.texts.get(path)!),
    ),
  );
}

function aliasOf(path: string): string {
  const [, module, version] = /\/x\/(\w+)\/types(?:\/(v\d+))?$/.exec(path)!;
  return version ? `${module}${version}` : `${module === 'distribution' ? 'distr' : module}types`;
}

/**
 * The SDK's modules whose legacy parameters the app makes a subspace for without saying how they
 * are read.
 */
function legacySubspaces(repo: Repo, app: App): { path: string; ident: string }[] {
  const found = new Map<string, string>();
  for (const { call } of callsIn(repo, appFolders(repo, app.dir), ['Subspace'])) {
    const [given] = callArguments(call.node);
    const operand =
      given?.type === 'selector_expression' ? childByField(given, 'operand') : undefined;
    const around = enclosing(call.node, 'call_expression');
    const callee = around && childByField(around, 'function');
    if (!operand || (callee && /\.WithKeyTable$/.test(textOf(exprAt(call, callee))))) continue;
    const path = repo.importFor(call.facts, textOf(exprAt(call, operand)));
    if (path !== undefined && path in keyTables)
      found.set(path, textOf(exprAt(call, childByField(given!, 'field')!)));
  }
  return [...found].map(([path, ident]) => ({ path, ident }));
}
