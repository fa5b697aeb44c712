import { appFolders, callsIn } from '../../chain/app/app-code.ts';
import type { App } from '../../chain/chain.ts';
import { dirname } from '../../files.ts';
import type { EditBatch } from '../../go/edit/edit-batch.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { callArguments, childByField, enclosing } from '../../go/syntax/syntax.ts';
import { render } from '../../render.ts';
import type { Generation } from '../../sdk/generations.ts';
import { generationIsBefore } from '../../sdk/generations.ts';
import { calledName, calledOperand, nodeText } from '../go-tree.ts';
import { beforeMigrations, importInto, sdkContextIn } from '../handler/before-migrations.ts';
import type { HandlerShape } from '../handler/handler-shape.ts';
import type { HeldValue } from '../handler/held-value.ts';
import { heldBy } from '../handler/held-value.ts';

const sdk = 'github.com/cosmos/cosmos-sdk';
const paramsKeeper = { path: /\/x\/params\/keeper$/, name: 'Keeper' };
const consensusKeeper = { path: /\/x\/consensus\/keeper$/, name: 'Keeper' };

/**
 * The package that has the key table of a module's legacy parameters, by the one that names its
 * subspace; only x/gov has it elsewhere.
 */
const keyTables: ReadonlyMap<string, string> = new Map(
  ['auth', 'bank', 'staking', 'mint', 'distribution', 'slashing', 'gov', 'crisis'].map(name => {
    const types = `${sdk}/x/${name}/types`;
    return [types, name === 'gov' ? `${types}/v1` : types];
  }),
);

/**
 * The step from SDK 0.46 or older to 0.47 or newer in a handler: key tables for the modules whose
 * migrations read legacy parameters, and the consensus parameters moved to x/consensus
 * (docs/background/sdk.md#consensus-parameters). Returns a note on it, which is what to do by hand
 * where something hinders it.
 */
export function moveConsensusParams(
  repo: Repo,
  app: App,
  changes: EditBatch,
  shape: HandlerShape | undefined,
  from: Generation,
): string {
  const hindrance = writeMove(repo, app, changes, shape);
  if (hindrance === undefined)
    return (
      `The last release is on SDK ${from}: the handler moves the consensus parameters to ` +
      'x/consensus.'
    );
  return (
    `The last release is on SDK ${from}, which keeps the consensus parameters in x/params: ` +
    'have the handler call baseapp.MigrateParams above RunMigrations. ' +
    `It could not be written: ${hindrance}.`
  );
}

/** Writes it; says what hinders it, if anything. */
function writeMove(
  repo: Repo,
  app: App,
  changes: EditBatch,
  shape: HandlerShape | undefined,
): string | undefined {
  if (!shape) return 'the handler could not be read';
  const params = heldBy(repo, shape, paramsKeeper);
  const consensus = heldBy(repo, shape, consensusKeeper);
  if (!params || !consensus)
    return `the keeper of x/${params ? 'consensus' : 'params'} is not in reach there`;
  if (makesLegacySubspace(repo, app))
    return 'the app makes the subspace of baseapp.Paramspace already, and it can be made only once';
  const text = moveText(repo, app, changes, shape, { params, consensus });
  if (!beforeMigrations(changes, shape, text))
    return 'it runs no migrations in a statement of its own';
  return undefined;
}

function moveText(
  repo: Repo,
  app: App,
  changes: EditBatch,
  shape: HandlerShape,
  { params, consensus }: { readonly params: HeldValue; readonly consensus: HeldValue },
): string {
  const { generation } = app.sdk;
  const importHere = (path: string, alias?: string) =>
    importInto(repo, changes, shape, { path, alias }, dirname(shape.facts.path));
  const tables = legacySubspaces(repo, app).map(({ path, ident }) => {
    const table = keyTables.get(path)!;
    return {
      name: `${importHere(path, aliasOf(path))}.${ident}`,
      table: `${importHere(table, aliasOf(table))}.ParamKeyTable`,
    };
  });
  const keeper = consensus.pointer ? consensus.text : `&${consensus.text}`;
  // From SDK 0.50 on contexts are context.Context, and MigrateParams gives an error.
  const isLate = generation !== null && !generationIsBefore(generation, '0.50');
  const context = contextIn(shape, isLate, importHere);
  const text = render('jump/consensus-params.go', {
    tables,
    params: params.text,
    ctx: context.name,
    checked: isLate,
    unwrap: context.unwrap,
    consensus: isLate ? `${consensus.text}.ParamsStore` : keeper,
    baseapp: importHere(`${sdk}/baseapp`),
    paramstypes: importHere(`${sdk}/x/params/types`, 'paramstypes'),
  });
  if (isLate) importHere('fmt');
  return text;
}

/** The SDK's context in the handler, and the statement that makes it, if one is needed. */
function contextIn(
  shape: HandlerShape,
  isLate: boolean,
  importHere: (path: string, alias?: string) => string,
): { name: string; unwrap: string } {
  const own = shape.closure.parameters.list[0]?.name ?? 'ctx';
  if (!isLate) return { name: own, unwrap: '' };
  const { name, declares } = sdkContextIn(shape);
  if (!declares) return { name, unwrap: '' };
  return {
    name,
    unwrap: `${name} := ${importHere(`${sdk}/types`, 'sdk')}.UnwrapSDKContext(${own})`,
  };
}

/** Whether the app has `…Subspace(baseapp.Paramspace)`, in whatever function. */
function makesLegacySubspace(repo: Repo, app: App): boolean {
  const files = appFolders(repo, app.dir).flatMap(dir => repo.packages.get(dir)?.files ?? []);
  return files.some(path => /\.Subspace\(\s*\w+\.Paramspace\)/.test(repo.texts.get(path)!));
}

/** What a module's types are called by habit: `banktypes`, `govv1`. */
function aliasOf(path: string): string {
  const [, module, version] = /\/x\/(\w+)\/types(?:\/(v\d+))?$/.exec(path)!;
  if (version) return `${module!}${version}`;
  return module === 'distribution' ? 'distrtypes' : `${module!}types`;
}

/**
 * The SDK's modules whose legacy parameters the app makes a subspace for without saying how they
 * are read: the module's types, and the constant that names the subspace.
 */
function legacySubspaces(repo: Repo, app: App): { path: string; ident: string }[] {
  const found = new Map<string, string>();
  for (const { call } of callsIn(repo, appFolders(repo, app.dir), ['Subspace'])) {
    const { facts, node } = call;
    const [given] = callArguments(node);
    const around = enclosing(node, 'call_expression');
    const isTold = around !== undefined && isMethodCall(facts, around, 'WithKeyTable');
    if (given?.type !== 'selector_expression' || isTold) continue;
    const path = repo.importFor(facts, nodeText(facts, childByField(given, 'operand')));
    if (path !== undefined && keyTables.has(path))
      found.set(path, nodeText(facts, childByField(given, 'field')));
  }
  return [...found].map(([path, ident]) => ({ path, ident }));
}

function isMethodCall(facts: FileFacts, call: SyntaxNode, name: string): boolean {
  return calledOperand(call) !== undefined && nodeText(facts, calledName(call)) === name;
}
