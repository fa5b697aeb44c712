import type { Expr } from '../../go/eval/value.ts';
import { exprAt, stringValue, textOf } from '../../go/eval/value.ts';
import { memoize } from '../../go/repo/memoize.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { Location } from '../../go/source/location.ts';
import { locationOf } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, namedChildren } from '../../go/syntax/syntax.ts';
import { elementsOf } from '../../wiring/registration/lists.ts';
import { appFolders } from '../app/app-code.ts';

/** A module account's permissions as comparable text, sorted. */
export interface Permissions {
  readonly permissions: string;
  readonly location: Location;
}

/**
 * The `map[string][]string` of module account permissions of an app, by account; empty where it is
 * not found.
 */
export function readPermissions(repo: Repo, appDir: string): ReadonlyMap<string, Permissions> {
  return memoize(repo, `permissions of ${appDir}`, () => findPermissions(repo, appDir));
}

function findPermissions(repo: Repo, appDir: string): Map<string, Permissions> {
  const found = new Map<string, Permissions>();
  for (const files of repo
    .memoForFolders(appFolders(repo, appDir), 'with maps to lists', dir =>
      nonEmpty(repo.filesOf(dir, /map\[string\]\[\]string\{/)),
    )
    .values()) {
    for (const facts of files) {
      for (const { name, value } of facts.vars) {
        if (value?.type !== 'composite_literal' || !/acc\w*perm|module\w*account/i.test(name))
          continue;
        for (const element of elementsOf({ facts, node: childByField(value, 'body')! }))
          addEntry(repo, element, found);
      }
    }
  }
  return found;
}

function addEntry(repo: Repo, element: Expr, found: Map<string, Permissions>): void {
  const [key, value] = namedChildren(element.node);
  if (element.node.type !== 'keyed_element' || !key || !value) return;
  const name = stringValue(repo, exprAt(element, key));
  const account = name.kind === 'known' ? name.value : textOf(exprAt(element, key));
  found.set(account, {
    permissions: [...permissionsIn(value)]
      .map(node => last(textOf(exprAt(element, node))))
      .sort()
      .join(', '),
    location: locationOf(element.facts, element.node),
  });
}

function permissionsIn(value: SyntaxNode): SyntaxNode[] {
  const body = value.type === 'composite_literal' ? childByField(value, 'body') : value;
  return body?.type === 'literal_value' ? namedChildren(body) : [];
}

/** `authtypes.Minter` and `"minter"` are one permission. */
function last(text: string): string {
  return text.replace(/^.*\./, '').replace(/"/g, '').toLowerCase();
}

function nonEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}
