import { storeCode } from '../../edit/store-code.ts';
import { storeUpgradesLiteral } from '../../edit/write-store-upgrades.ts';
import { join } from '../../files.ts';
import { assemble } from '../../go/edit/go-file.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import { keyedFields } from '../../go/edit/print.ts';
import type { FileFacts } from '../../go/source/facts.ts';
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
import type { HandlerPlan } from '../handler/handler.ts';
import type { Job } from '../upgrade/job.ts';
import { changesStores } from '../upgrade/job.ts';
import type { NewPackage, PackageName } from './upgrade-package.ts';

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
 * Writes an upgrade package where there is no neighbour to follow
 * (docs/architecture.md#a-chain-without-upgrades): constants.go and upgrades.go.
 */
export function firstPackage(job: Job, target: PackageName, struct: StructShape): NewPackage {
  const { repo, name } = job;
  const generation = facts(job);
  const imports = new Map<string, ImportSpec>([
    ['upgradetypes', { path: generation.upgradeTypes, alias: 'upgradetypes' }],
    ['storetypes', { path: generation.storeTypes, alias: 'storetypes' }],
    ['module', { path: generation.module, alias: undefined }],
    ['sdk', { path: generation.sdk, alias: 'sdk' }],
    ['context', { path: 'context', alias: undefined }],
    ['fmt', { path: 'fmt', alias: undefined }],
    [
      struct.packageName,
      {
        path: struct.path,
        alias: struct.path.endsWith(`/${struct.packageName}`) ? undefined : struct.packageName,
      },
    ],
  ]);
  const fields = [
    { key: struct.nameField, value: 'UpgradeName' },
    { key: struct.handlerField, value: 'CreateUpgradeHandler' },
  ];
  if (changesStores(job)) {
    if (!generation.storeLoader)
      throw new Refusal(
        `SDK ${generation.generation} has no UpgradeStoreLoader: stores cannot be changed by an in-place upgrade there`,
      );
    if (struct.storesField === undefined)
      throw new Refusal(
        `${struct.type} has no field for stores; add one of type StoreUpgrades first`,
      );
    const near = repo.filesOf(job.app.dir)[0]!;
    const code = storeCode(repo, job.app, job.stores, near, false);
    job.notes.push(...code.notes);
    for (const [key, wanted] of code.imports) imports.set(key, wanted);
    fields.push({
      key: struct.storesField,
      value: storeUpgradesLiteral('storetypes.StoreUpgrades', code.text)
        .split('\n')
        .map((l, i) => (i && l ? `\t${l}` : l))
        .join('\n'),
    });
  }
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
  const packageClause = `package ${target.name}`;
  const creates = [
    ['constants.go', constants],
    ['upgrades.go', handler],
  ].map(([file, body]) => {
    const path = join(target.dir, file!);
    return {
      file: path,
      text: assemble(repo, { path, header: '', packageClause, body: body!, imports }),
    };
  });
  const shape: HandlerPlan = {
    text: handler,
    imports,
    kept: signature.list.map((_, i) => i),
    parameters: signature.list,
  };
  return {
    ...target,
    creates,
    upgrade: 'Upgrade',
    nameConst: 'UpgradeName',
    handler: 'CreateUpgradeHandler',
    shape,
  };
}

function facts(job: Job): GenerationFacts {
  const { generation, gomod } = job.app.sdk;
  if (generation === null)
    throw new Refusal(
      `the Cosmos SDK version of ${gomod || 'this app'} is not known (a fork without a release version), so the right imports are not either`,
    );
  return importsOfGeneration(generation);
}

interface Signature {
  parameters: string;
  manager: string;
  configurator: string;
  list: { name: string; type: string; text: string }[];
}

/**
 * The constructor's parameters: those of the struct's field, seen from the new package, or our own.
 */
function handlerSignature(
  job: Job,
  struct: StructShape,
  generation: GenerationFacts,
  imports: Map<string, ImportSpec>,
): Signature {
  if (!struct.handler) {
    if (generation.handlerContext === 'none')
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
  const { facts: file, node } = struct.handler;
  for (const block of file.imports)
    for (const i of block.imports) {
      const name = qualifierOf(job.repo, file.path.slice(0, file.path.lastIndexOf('/')), i);
      if (!imports.has(name) || name === 'upgradetypes' || name === 'storetypes')
        imports.set(name, { path: i.path, alias: i.alias });
    }
  const list = namedChildren(childByField(node, 'parameters')).flatMap(p => {
    const type = childByField(p, 'type') ?? p;
    const text = qualified(file, type, struct.packageName);
    const names = childrenByField(p, 'name').map(n => file.text.slice(n.start, n.end));
    return (names.length ? names : [nameFor(text)]).map(name => ({
      name,
      type: text,
      text: `${name} ${text}`,
    }));
  });
  const manager = list.find(p => /Manager$/.test(p.type))?.name;
  const configurator = list.find(p => /Configurator$/.test(p.type))?.name;
  if (generation.handlerContext !== 'none' && (!manager || !configurator)) {
    throw new Refusal(
      `${struct.type}.${struct.handlerField} takes no module manager and configurator, so what it would run is not known; write the first upgrade by hand`,
    );
  }
  return {
    parameters: `(\n${list.map(p => `\t${p.text},`).join('\n')}\n)`,
    manager: manager ?? '',
    configurator: configurator ?? '',
    list,
  };
}

function nameFor(type: string): string {
  return /Manager$/.test(type) ? 'mm' : /Configurator$/.test(type) ? 'configurator' : '_';
}

/**
 * A type's text as another package has to write it: the package's own types get their qualifier.
 */
function qualified(file: FileFacts, type: SyntaxNode, qualifier: string): string {
  const own = [...descend(type)].filter(
    n =>
      n.type === 'type_identifier' &&
      n.parent?.type !== 'qualified_type' &&
      /^[A-Z]/.test(file.text.slice(n.start, n.start + 1)),
  );
  let text = file.text.slice(type.start, type.end);
  for (const n of own.toReversed())
    text = `${text.slice(0, n.start - type.start) + qualifier}.${text.slice(n.start - type.start)}`;
  return text;
}
