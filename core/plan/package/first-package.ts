import { storeCode } from '../../edit/store-code.ts';
import { storeUpgradesLiteral } from '../../edit/write-store-upgrades.ts';
import { basename, dirname, join } from '../../files.ts';
import { applyEdits, indentRest } from '../../go/edit/edit.ts';
import { assemble } from '../../go/edit/go-file.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import { keyedFields } from '../../go/edit/print.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { importsOf } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import {
  childByField,
  childrenByField,
  descend,
  namedChildren,
  quote,
} from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { render } from '../../render.ts';
import type { GenerationFacts } from '../../sdk/generations.ts';
import { importsOfGeneration } from '../../sdk/generations.ts';
import { isExported, nodeText } from '../go-tree.ts';
import type { Parameters } from '../handler/handler-shape.ts';
import type { Create } from '../plan.ts';
import type { Job } from '../upgrade/job.ts';
import { changesStores } from '../upgrade/job.ts';
import type { PackageName } from './package-name.ts';
import type { NewPackage } from './upgrade-package.ts';

/** The struct that a chain's list holds, as far as its first upgrade has to fill it. */
export interface StructShape {
  /** The package that declares it, and how the new package names it. */
  readonly path: string;
  readonly packageName: string;
  readonly type: string;
  readonly nameField: string;
  readonly handlerField: string;
  readonly storesField: string | undefined;
  /** The handler field's function type with its file; absent for the struct we create ourselves. */
  readonly handler: { readonly facts: FileFacts; readonly node: SyntaxNode } | undefined;
}

/**
 * Writes an upgrade package where there is no neighbour to follow, in our own layout
 * (docs/architecture.md#a-chain-without-upgrades): constants.go and upgrades.go.
 */
export function firstPackage(job: Job, target: PackageName, struct: StructShape): NewPackage {
  const { repo, name } = job;
  const generation = generationOf(job);
  const imports = importsInReach(generation, struct);
  const fields = [
    { key: struct.nameField, value: 'UpgradeName' },
    { key: struct.handlerField, value: 'CreateUpgradeHandler' },
    ...(changesStores(job) ? [storesField(job, generation, struct, imports)] : []),
  ];
  const signature = handlerSignature(job, struct, generation, imports);
  const constants = render('framework/constants.go', {
    name: quote(name),
    info: job.info ?? false,
    type: `${struct.packageName}.${struct.type}`,
    fields: keyedFields(fields, '\t'),
  });
  const handler = render('framework/handler.go', {
    name,
    ...signature,
    old: generation.handlerContext === 'none',
    ctx: generation.handlerContext === 'context' ? 'context.Context' : 'sdk.Context',
    plan: 'upgradetypes.Plan',
    versionMap: 'module.VersionMap',
    result: 'upgradetypes.UpgradeHandler',
  });
  const file = (base: string, body: string): Create => {
    const path = join(target.dir, base);
    const packageClause = `package ${target.name}`;
    return { file: path, text: assemble(repo, { path, header: '', packageClause, body, imports }) };
  };
  return {
    ...target,
    creates: [file('constants.go', constants), file('upgrades.go', handler)],
    upgrade: 'Upgrade',
    nameConst: 'UpgradeName',
    handler: 'CreateUpgradeHandler',
    shape: {
      text: handler,
      imports,
      kept: signature.list.map((_, i) => i),
      parameters: signature.list,
    },
  };
}

function generationOf(job: Job): GenerationFacts {
  const { generation, gomod } = job.app.sdk;
  if (generation === null)
    throw new Refusal(
      `cannot choose the imports: the Cosmos SDK version of ${gomod || 'this app'} is not known ` +
        '(a fork without a release version)',
    );
  return importsOfGeneration(generation);
}

/** What the package may import, by the name it uses; what it does not use is left out later. */
function importsInReach(sdk: GenerationFacts, struct: StructShape): Map<string, ImportSpec> {
  const { path, packageName } = struct;
  const structAlias = path.endsWith(`/${packageName}`) ? undefined : packageName;
  return new Map<string, ImportSpec>([
    ['upgradetypes', { path: sdk.upgradeTypes, alias: 'upgradetypes' }],
    ['storetypes', { path: sdk.storeTypes, alias: 'storetypes' }],
    ['module', { path: sdk.module, alias: undefined }],
    ['sdk', { path: sdk.sdk, alias: 'sdk' }],
    ['context', { path: 'context', alias: undefined }],
    ['fmt', { path: 'fmt', alias: undefined }],
    [packageName, { path, alias: structAlias }],
  ]);
}

/** The struct's field for stores, with the stores that the job changes. */
function storesField(
  job: Job,
  sdk: GenerationFacts,
  struct: StructShape,
  imports: Map<string, ImportSpec>,
): { key: string; value: string } {
  if (!sdk.storeLoader)
    throw new Refusal(
      `SDK ${sdk.generation} has no UpgradeStoreLoader: ` +
        'stores cannot be changed by an in-place upgrade there',
    );
  if (struct.storesField === undefined)
    throw new Refusal(
      `${struct.type} has no field for stores; add one of type StoreUpgrades first`,
    );
  const near = job.repo.filesOf(job.app.dir)[0]!;
  const code = storeCode(job.repo, job.app, job.stores, near, false);
  job.notes.push(...code.notes);
  for (const [key, spec] of code.imports) imports.set(key, spec);
  const stores = storeUpgradesLiteral('storetypes.StoreUpgrades', code.text);
  return { key: struct.storesField, value: indentRest(stores, '\t') };
}

/** The constructor's parameters, as text and one by one, and those that migrations need. */
interface Signature {
  readonly parameters: string;
  readonly manager: string;
  readonly configurator: string;
  readonly list: Parameters['list'];
}

/**
 * The constructor's parameters: those of the struct's field, seen from the new package, or our own.
 */
function handlerSignature(
  job: Job,
  struct: StructShape,
  sdk: GenerationFacts,
  imports: Map<string, ImportSpec>,
): Signature {
  if (!struct.handler) return ownSignature(sdk);
  const { facts, node } = struct.handler;
  for (const { path, alias } of importsOf(facts)) {
    const name = qualifierOf(job.repo, dirname(facts.path), { path, alias });
    if (!imports.has(name) || name === 'upgradetypes' || name === 'storetypes')
      imports.set(name, { path, alias });
  }
  // The type may be declared beside the struct, or in another package of the repository.
  const dir = dirname(facts.path);
  const home = job.repo.importPath(dir);
  if (home !== undefined && home !== struct.path)
    imports.set(facts.package, {
      path: home,
      alias: basename(dir) === facts.package ? undefined : facts.package,
    });
  const list = namedChildren(childByField(node, 'parameters')).flatMap(parameter =>
    parametersOf(facts, parameter, facts.package),
  );
  const manager = list.find(p => p.type.endsWith('Manager'))?.name;
  const configurator = list.find(p => p.type.endsWith('Configurator'))?.name;
  if (sdk.handlerContext !== 'none' && (!manager || !configurator))
    throw new Refusal(
      `${struct.type}.${struct.handlerField} takes no module manager and configurator, ` +
        'so a handler there cannot run migrations; write the first upgrade by hand',
    );
  return {
    parameters: `(\n${list.map(p => `\t${p.text},`).join('\n')}\n)`,
    manager: manager ?? '',
    configurator: configurator ?? '',
    list,
  };
}

function ownSignature({ handlerContext }: GenerationFacts): Signature {
  if (handlerContext === 'none')
    return { parameters: '()', manager: '', configurator: '', list: [] };
  const list = [
    { name: 'mm', type: '*module.Manager', text: 'mm *module.Manager' },
    {
      name: 'configurator',
      type: 'module.Configurator',
      text: 'configurator module.Configurator',
    },
  ];
  return {
    parameters: `(${list.map(p => p.text).join(', ')})`,
    manager: 'mm',
    configurator: 'configurator',
    list,
  };
}

/** The parameters that one declaration such as `a, b T` stands for, as the new package has them. */
function parametersOf(
  facts: FileFacts,
  declaration: SyntaxNode,
  packageName: string,
): Parameters['list'] {
  const type = qualified(facts, childByField(declaration, 'type') ?? declaration, packageName);
  const names = childrenByField(declaration, 'name').map(node => nodeText(facts, node));
  return (names.length > 0 ? names : [parameterName(type)]).map(name => ({
    name,
    type,
    text: `${name} ${type}`,
  }));
}

function parameterName(type: string): string {
  if (type.endsWith('Manager')) return 'mm';
  return type.endsWith('Configurator') ? 'configurator' : '_';
}

/**
 * A type's text as another package has to write it: the package's own types get their qualifier.
 */
function qualified(facts: FileFacts, type: SyntaxNode, qualifier: string): string {
  const own = [...descend(type)].filter(
    node =>
      node.type === 'type_identifier' &&
      node.parent?.type !== 'qualified_type' &&
      isExported(nodeText(facts, node)),
  );
  const insertions = own.map(({ start }) => ({
    start: start - type.start,
    end: start - type.start,
    text: `${qualifier}.`,
  }));
  return applyEdits(nodeText(facts, type), insertions);
}
