import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, findAll } from '../../go/syntax/syntax.ts';
import { nodeText } from '../go-tree.ts';
import { functionType } from '../handler/function-type.ts';
import type { StructShape } from '../package/first-package.ts';

/** The struct of a chain without upgrades, as we write it into `upgrades/types.go`. */
export function ownStruct(appPath: string): StructShape {
  return {
    path: `${appPath}/upgrades`,
    packageName: 'upgrades',
    type: 'Upgrade',
    nameField: 'UpgradeName',
    handlerField: 'CreateUpgradeHandler',
    storesField: 'StoreUpgrades',
    handler: undefined,
  };
}

/** An Upgrade struct that the chain has already although it lists no upgrade. */
export function existingStruct(repo: Repo, dir: string): StructShape | undefined {
  for (const facts of repo.filesOf(dir)) {
    const spec = facts.types.find(t => t.name === 'Upgrade' && t.syntax.type === 'struct_type');
    const shape = spec && structShape(repo, facts, spec.syntax, repo.importPath(dir) ?? dir);
    if (shape) return shape;
  }
  return undefined;
}

/**
 * What the first upgrade has to fill in a struct: the first field of type `string`, of a function
 * type (also by its name), and of type StoreUpgrades. Undefined without the first two.
 */
export function structShape(
  repo: Repo,
  facts: FileFacts,
  syntax: SyntaxNode,
  path: string,
): StructShape | undefined {
  const fields = findAll(syntax, 'field_declaration').map(field => ({
    name: nodeText(facts, childByField(field, 'name')),
    type: childByField(field, 'type'),
  }));
  const functions = fields.map(({ name, type }) => ({
    name,
    type: type && functionType(repo, facts, type),
  }));
  const name = fields.find(({ type }) => nodeText(facts, type) === 'string');
  const handler = functions.find(({ type }) => type !== undefined);
  const stores = fields.find(({ type }) => /(^|\.)StoreUpgrades$/.test(nodeText(facts, type)));
  if (!name || !handler?.type) return undefined;
  return {
    path,
    packageName: facts.package,
    type: 'Upgrade',
    nameField: name.name,
    handlerField: handler.name,
    storesField: stores?.name,
    handler: handler.type,
  };
}
