import type { GoNode } from '../../go/eval/go-node.ts';
import { goNode } from '../../go/eval/go-node.ts';
import { importedPackage } from '../../go/eval/imported.ts';
import type { ListType } from '../../go/eval/list-type.ts';
import { listType } from '../../go/eval/list-type.ts';
import type { Expr } from '../../go/eval/value.ts';
import { calledFunction, exprAt, resolve, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { typeRefOf } from '../../go/source/type-ref.ts';
import { childByField } from '../../go/syntax/syntax.ts';

/** Whether a type is `map[string][]string`, or one that another repository declares. */
export function mayBePermissionType(repo: Repo, type: Expr): boolean {
  const list = listType(repo, type);
  if (list) return isOfLists(list);
  const ref = typeRefOf(type.node, type.facts.text);
  const isElsewhere =
    ref?.qualifier !== undefined && repo.folderOf(type.facts, ref.qualifier) === undefined;
  return isElsewhere && !isLibrary(repo.importFor(type.facts, ref.qualifier!));
}

/** Whether the values of a map are lists of permissions. */
export function isOfLists({ kind, element }: ListType): boolean {
  return kind === 'map' && element !== undefined && textOf(element) === '[]string';
}

/**
 * Whether a value that cannot be read as a list may be a `map[string][]string`: what another
 * repository gives, or a function of this one whose result is of such a type.
 */
export function mayBePermissionMap(repo: Repo, value: Expr): boolean {
  const found = resolve(repo, value);
  if ('outside' in found) return !isLibrary(found.outside);
  if ('why' in found) return true;
  const node = goNode(found.expr).withoutParens.withoutAddressOf;
  if (node.type === 'call_expression') return mayGiveMap(repo, node);
  return node.type === 'identifier' || node.type === 'selector_expression';
}

function mayGiveMap(repo: Repo, call: GoNode): boolean {
  const called = calledFunction(repo, call);
  if (called) {
    const result = childByField(called.node, 'result');
    return result !== undefined && mayBePermissionType(repo, exprAt(called, result));
  }
  const { callee } = call;
  const imported = callee && importedPackage(repo, callee);
  return imported ? !isLibrary(imported.path) : true;
}

/**
 * Whether a path is a package of Go's library or of the SDK. None of them declares a type for
 * permissions or gives a map of them, but for the SDK's example app, and `maps`, which copies one.
 */
function isLibrary(path: string | undefined): boolean {
  if (path === undefined || path === 'maps' || /\/simapp(?=\/|\.|$)/.test(path)) return false;
  const [host] = path.split('/');
  return (
    !host!.includes('.') ||
    host === 'cosmossdk.io' ||
    path.startsWith('github.com/cosmos/cosmos-sdk/')
  );
}
