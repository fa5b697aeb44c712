import type { Handler } from '../chain/app/handler-code.ts';
import { insertStatementBefore } from '../edit/statement.ts';
import { dirname } from '../files.ts';
import type { ImportSpec } from '../go/edit/imports.ts';
import { qualifierOf } from '../go/edit/imports.ts';
import { aliasInUse, freeImport } from '../go/edit/imports-in-use.ts';
import { statementAround } from '../go/edit/repairs.ts';
import type { Expr } from '../go/eval/value.ts';
import type { Repo } from '../go/repo/repo.ts';
import type { FileFacts } from '../go/source/facts.ts';
import { typeRefOf } from '../go/source/type-ref.ts';
import type { SyntaxNode } from '../go/syntax/syntax.ts';
import { childByField, childrenByField, enclosing, namedChildren } from '../go/syntax/syntax.ts';
import { importsOfGeneration } from '../sdk/generations.ts';
import type { OrphanKey } from '../sdk/releases.ts';
import type { AppContext, SuggestedFix } from './rule.ts';

/**
 * Deletes a key of a store in a handler, before a call in its body; nothing where the handler has no
 * way to the store's key.
 */
export function deleteKeyFix(
  { repo, app }: AppContext,
  handler: Handler,
  before: Expr,
  orphan: OrphanKey,
): SuggestedFix[] {
  const { facts, parameters } = handler;
  const { generation } = app.sdk;
  const holder = keyHolder(repo, handler);
  const context = parameters[0];
  if (!generation || holder === undefined || context === undefined) return [];
  const facility = importsOfGeneration(generation);
  if (facility.handlerContext !== 'context') return [];
  const named = (path: string, alias: string): ImportSpec =>
    freeImport(repo, facts, aliasInUse(repo, app.dir, path) ?? { path, alias });
  const sdk = named(facility.sdk, 'sdk');
  const keys = named(orphan.keys, 'packetforwardtypes');
  const nameOf = (spec: ImportSpec) => qualifierOf(repo, dirname(facts.path), spec);
  const store = `${nameOf(sdk)}.UnwrapSDKContext(${context}).KVStore(${holder}.GetKey(${nameOf(keys)}.StoreKey))`;
  const statement =
    `// Old parameters, which the migration cannot read: ${orphan.source}\n` +
    `${store}.Delete(${orphan.key})`;
  return [
    {
      title: `Delete ${orphan.key} of the store "${orphan.store}" before the migrations`,
      // It deletes something on every node.
      preferred: false,
      edit(changes) {
        for (const spec of [sdk, keys]) changes.import(facts.path, spec);
        insertStatementBefore(changes, facts.path, statementAround(before.node), statement);
      },
    },
  ];
}

/**
 * A parameter or receiver around the handler whose type has a method `GetKey` that gives the keys of
 * stores: apps and their keepers have one.
 */
function keyHolder(repo: Repo, { facts, fn }: Handler): string | undefined {
  const around =
    enclosing(fn, 'function_declaration') ?? enclosing(fn, 'method_declaration') ?? undefined;
  const declared = [
    ...namedChildren(childByField(around, 'receiver')),
    ...namedChildren(childByField(around, 'parameters')),
  ];
  return declared
    .filter(parameter => givesKeys(repo, facts, childByField(parameter, 'type')))
    .flatMap(parameter => childrenByField(parameter, 'name'))
    .map(({ start, end }) => facts.text.slice(start, end))
    .find(name => name !== '_');
}

function givesKeys(repo: Repo, facts: FileFacts, type: SyntaxNode | undefined): boolean {
  const ref = typeRefOf(type, facts.text);
  const dir = ref && repo.folderOf(facts, ref.qualifier);
  if (!ref || dir === undefined) return false;
  return repo
    .functions(dir, 'GetKey')
    .some(
      ({ facts: there, func }) =>
        func.receiver?.type === ref.name &&
        /^[^{]*KVStoreKey\s*\{/.test(there.text.slice(func.start, func.end)),
    );
}
