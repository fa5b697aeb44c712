import { appFolders, callsIn } from '../../../chain/app/app-code.ts';
import { keeperFields } from '../../../chain/app/keepers.ts';
import { managerCalls } from '../../../chain/modules/manager.ts';
import { lineEnd } from '../../../go/edit/edit.ts';
import { statementAround } from '../../../go/edit/repairs.ts';
import type { GoNode } from '../../../go/eval/go-node.ts';
import { goNode } from '../../../go/eval/go-node.ts';
import { exprAt } from '../../../go/eval/value.ts';
import type { FileFacts } from '../../../go/source/facts.ts';
import type { SyntaxNode } from '../../../go/syntax/syntax.ts';
import { childByField, enclosingFunction } from '../../../go/syntax/syntax.ts';
import { Refusal } from '../../../refusal.ts';
import { generationIsBefore, importsOfGeneration } from '../../../sdk/generations.ts';
import type { MountJob } from '../job.ts';
import { importAll } from '../job.ts';
import type { Scope } from '../scope.ts';
import { qualified, scopeIn } from '../scope.ts';
import { addStoreKey } from './key.ts';
import type { ModuleList } from './manager.ts';
import { addBesideOwn, longestList } from './neighbour.ts';

/** The call that registers modules beside the runtime, where the app has one with a list. */
export function registeredList({ repo, app }: MountJob): ModuleList | undefined {
  const call = managerCalls(repo, app.dir).find(({ name }) => name === 'RegisterModules');
  const found = call && longestList(call.items.map(({ expr }) => expr));
  if (!found) return undefined;
  const { facts, node } = found.list;
  const fn = enclosingFunction(node) ?? node;
  return { ...found, scope: scopeIn(repo, app, { facts, fn, until: node.end }) };
}

/** Registers the module's store beside those of the modules that stand beside the runtime. */
export function addToRegisteredStores(job: MountJob): void {
  const { repo, app, module, changes } = job;
  if (!module.store) return;
  const calls = callsIn(repo, appFolders(repo, app.dir), ['RegisterStores']);
  const keys = calls
    .flatMap(({ call }) => goNode(call).arguments)
    .filter(({ callee }) => callee?.name === 'NewKVStoreKey');
  const found = longestList(keys);
  const model = keys.at(-1);
  if (!found || !model?.callee) {
    // Chains that make the keys of all such modules first register them in a loop.
    addStoreKey(job);
    return;
  }
  const { facts } = found.list;
  const constant = qualified(repo, app, facts, module.store.path, module.store.name);
  importAll(job, facts, constant.imports);
  addBesideOwn(repo, changes, found.list, found.elements, `${model.callee.text}(${constant.text})`);
}

/** Where a module can be registered by hand in an app that registers none yet: behind `Build`. */
export interface BuildPlace {
  readonly facts: FileFacts;
  readonly after: SyntaxNode;
  readonly scope: Scope;
  /** The app's variable. */
  readonly owner: string;
  /** The statement that ends the function with an error. */
  readonly fail: string;
}

/** Finds the statement that builds the runtime's app: `app.App = appBuilder.Build(…)`. */
export function buildPlace({ repo, app }: MountJob): BuildPlace {
  for (const { call } of callsIn(repo, [app.dir], ['Build'])) {
    const after = statementAround(call.node);
    const target = goNode(exprAt(call, after)).field('left')?.children[0];
    const fn = enclosingFunction(call.node);
    if (after.type !== 'assignment_statement' || target?.name !== 'App' || !fn) continue;
    const { facts } = call;
    const owner = target.operand!.text;
    const scope = scopeIn(repo, app, { facts, fn, until: after.end });
    return {
      facts,
      after,
      scope: { ...scope, owner, app: owner },
      owner,
      fail: failure(goNode(exprAt(call, fn))),
    };
  }
  throw new Refusal('this app is not built by a statement that modules can be registered behind', {
    file: app.dir,
  });
}

function failure(fn: GoNode): string {
  const result = childByField(fn.node, 'result');
  const returnsError =
    result?.type === 'parameter_list' &&
    /\berror\s*\)$/.test(
      fn.text.slice(0, childByField(fn.node, 'body')!.start - fn.node.start).trim(),
    );
  return returnsError ? 'return nil, err' : 'panic(err)';
}

/** The name of the variable with the store's key. */
export function keyVariable({ module }: MountJob): string {
  const base = module.name.value.replace(/[^A-Za-z0-9]/g, '');
  return `${base[0]!.toLowerCase()}${base.slice(1)}Key`;
}

/** Whether nothing stores the versions of modules that are registered by hand, and the app could. */
export function needsInitChainer({ repo, app }: MountJob): boolean {
  const { generation } = app.sdk;
  const hasKeeper = keeperFields(repo, app.dir, app.type).some(
    ({ name }) => name === 'UpgradeKeeper',
  );
  const isPossible = generation !== null && !generationIsBefore(generation, '0.50');
  return !app.initChainer && hasKeeper && isPossible;
}

/**
 * What stores the versions of the modules when a chain begins: x/upgrade's own list was made before
 * modules were registered by hand, so that the next upgrade would initialise them again
 * (docs/background/sdk.md#fresh-chains).
 */
function initChainer(job: MountJob, { facts, owner }: BuildPlace): string[] {
  const { repo, app } = job;
  const { generation } = app.sdk;
  if (!needsInitChainer(job) || generation === null) return [];
  const paths = importsOfGeneration(generation);
  const context = qualified(repo, app, facts, paths.sdk, 'Context', 'sdk');
  const request = qualified(repo, app, facts, paths.abci, 'RequestInitChain', 'abci');
  const response = qualified(repo, app, facts, paths.abci, 'ResponseInitChain', 'abci');
  importAll(job, facts, [...context.imports, ...request.imports]);
  const map = `${owner}.ModuleManager.GetVersionMap()`;
  return [
    `${owner}.SetInitChainer(func(ctx ${context.text}, req *${request.text}) (*${response.text}, error) {`,
    `\tif err := ${owner}.UpgradeKeeper.SetModuleVersionMap(ctx, ${map}); err != nil {`,
    '\t\treturn nil, err',
    '\t}',
    `\treturn ${owner}.App.InitChainer(ctx, req)`,
    '})',
  ];
}

/** Writes what registers the store, the keeper and the module behind `Build`. */
export function registerBehindBuild(
  job: MountJob,
  place: BuildPlace,
  code: { readonly keeper: string | undefined; readonly module: string },
): void {
  const { repo, app, module, changes } = job;
  const { facts, after, owner, fail } = place;
  const check = (call: string) => [`if err := ${call}; err != nil {`, `\t${fail}`, '}'];
  const lines = [
    `// ${module.name.value} has no configuration for depinject, so it is registered here.`,
  ];
  if (module.store) {
    const types = importsOfGeneration(app.sdk.generation ?? '0.50').storeKeys;
    const make = qualified(repo, app, facts, types, 'NewKVStoreKey', 'storetypes');
    const constant = qualified(repo, app, facts, module.store.path, module.store.name);
    importAll(job, facts, [...make.imports, ...constant.imports]);
    const key = keyVariable(job);
    lines.push(
      `${key} := ${make.text}(${constant.text})`,
      ...check(`${owner}.RegisterStores(${key})`),
    );
  }
  if (code.keeper !== undefined) lines.push(...code.keeper.split('\n'));
  lines.push(...check(`${owner}.RegisterModules(${code.module})`), ...initChainer(job, place));
  const end = lineEnd(facts.text, after.end);
  const text = lines.map(line => `\t${line}\n`).join('');
  changes.edit(facts.path, end, end, `\n${text}`);
}
