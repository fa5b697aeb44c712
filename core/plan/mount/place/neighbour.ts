import { insertElement } from '../../../edit/list-element.ts';
import type { EditBatch } from '../../../go/edit/edit-batch.ts';
import { importedPackage } from '../../../go/eval/imported.ts';
import { behindLocals } from '../../../go/eval/locals.ts';
import type { Expr } from '../../../go/eval/value.ts';
import { exprAt } from '../../../go/eval/value.ts';
import type { Repo } from '../../../go/repo/repo.ts';
import type { SyntaxNode } from '../../../go/syntax/syntax.ts';

/** Whether an element, such as `x.ModuleName` or `x.NewAppModule(…)`, is of this repository. */
export function isOfRepository(repo: Repo, expr: Expr): boolean {
  const made = behindLocals(expr).withoutAddressOf;
  const selector = made.callee ?? made.field('type') ?? made;
  if (selector.type === 'qualified_type') {
    const path = repo.importFor(selector.facts, selector.qualifier!);
    return path !== undefined && repo.dirOf(path) !== undefined;
  }
  return importedPackage(repo, selector)?.dir !== undefined;
}

/** The literal or the arguments that an element stands in. */
export function listAround({ node }: Expr): SyntaxNode | undefined {
  const { parent } = node;
  if (parent?.type === 'literal_value' || parent?.type === 'argument_list') return parent;
  return undefined;
}

/**
 * Of the lists that elements stand in the longest one, with its elements; undefined where they stand
 * in none that can be added to.
 */
export function longestList(
  items: readonly Expr[],
): { readonly list: Expr; readonly elements: readonly Expr[] } | undefined {
  const lists = new Map<SyntaxNode, Expr[]>();
  for (const item of items) {
    const list = listAround(item);
    if (!list) continue;
    const known = lists.get(list);
    if (known) known.push(item);
    else lists.set(list, [item]);
  }
  const [longest] = [...lists].sort((a, b) => b[1].length - a[1].length);
  return longest && { list: exprAt(longest[1][0]!, longest[0]), elements: longest[1] };
}

/** Adds an element behind the last one of the repository's own, else behind the last one. */
export function addBesideOwn(
  repo: Repo,
  changes: EditBatch,
  list: Expr,
  elements: readonly Expr[],
  text: string,
): void {
  const own = elements.filter(element => isOfRepository(repo, element)).at(-1);
  const neighbour = own ?? elements.at(-1);
  insertElement(changes, list, neighbour?.node, text, false);
}
