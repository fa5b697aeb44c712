import { indentAt, lineEnd, lineStart } from '../../../core/go/edit/edit.ts';
import { EditBatch } from '../../../core/go/edit/edit-batch.ts';
import { statementAround } from '../../../core/go/edit/repairs.ts';
import type { Repo } from '../../../core/go/repo/repo.ts';
import type { FileFacts } from '../../../core/go/source/facts.ts';
import type { SyntaxNode } from '../../../core/go/syntax/syntax.ts';
import type { Changes } from './operator.ts';

/** The outermost node that covers the same text. */
export function outermost(node: SyntaxNode): SyntaxNode {
  let outer = node;
  while (outer.parent?.start === outer.start && outer.parent.end === outer.end)
    outer = outer.parent;
  return outer;
}

/** The text of a node. */
export function sourceOf(facts: FileFacts, node: { start: number; end: number }): string {
  return facts.text.slice(node.start, node.end);
}

/** One new file of a package: its code behind the package clause. */
export function added(repo: Repo, dir: string, name: string, code: readonly string[]): Changes {
  const clause = `package ${repo.filesOf(dir)[0]!.package}`;
  return { texts: () => new Map([[`${dir}/${name}`, [clause, '', ...code, ''].join('\n')]]) };
}

/** One edit: a text in place of a node, or of any other range. */
export function replaced(
  repo: Repo,
  file: string,
  range: { start: number; end: number },
  text: string,
): EditBatch {
  const changes = new EditBatch(repo);
  changes.edit(file, range.start, range.end, text);
  return changes;
}

/** Lines of code in place of the statement around a node, at its indentation. */
export function replacedStatement(
  repo: Repo,
  facts: FileFacts,
  node: SyntaxNode,
  lines: readonly string[],
): EditBatch {
  const statement = statementAround(node);
  const indent = indentAt(facts.text, node.start);
  const range = {
    start: lineStart(facts.text, statement.start),
    end: lineEnd(facts.text, statement.end),
  };
  return replaced(repo, facts.path, range, lines.map(line => `${indent}${line}\n`).join(''));
}

/** What is found for the first item for which anything is. */
export function firstOf<Item, Found>(
  items: readonly Item[],
  find: (item: Item) => Found | undefined,
): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
