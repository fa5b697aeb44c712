import type { KeeperConstruction } from '../../../chain/app/keepers.ts';
import { commentStart } from '../../../go/edit/comment-above.ts';
import { lineEnd, lineStart } from '../../../go/edit/edit.ts';
import type { EditBatch } from '../../../go/edit/edit-batch.ts';
import { statementAround } from '../../../go/edit/repairs.ts';
import type { FileFacts } from '../../../go/source/facts.ts';
import type { SyntaxNode } from '../../../go/syntax/syntax.ts';
import { namedChildren } from '../../../go/syntax/syntax.ts';

/** A range of a file that goes. */
export interface Gone {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The statements that make a keeper, with the comment above them: the one that sets the field, the
 * one that makes its value before, and those directly below that set the field once more.
 */
export function constructionOf(made: KeeperConstruction): Gone[] {
  const { facts } = made.statement;
  const { text } = facts;
  const own = statementAround(made.statement.node);
  const maker = statementAround(made.call.node);
  const siblings = namedChildren(own.parent);
  const statements = new Set<SyntaxNode>([own, ...(siblings.includes(maker) ? [maker] : [])]);
  for (const next of siblings.slice(siblings.indexOf(own) + 1)) {
    const sets = new RegExp(`^\\w+(\\.\\w+)*\\.${made.field.name} = `);
    if (!sets.test(text.slice(next.start, next.end))) break;
    statements.add(next);
  }
  return [...statements].map(statement => statementLines(facts, statement));
}

/** The lines of a statement, with the comment above them. */
export function statementLines({ path, text }: FileFacts, { start, end }: SyntaxNode): Gone {
  return { file: path, start: commentStart(text, start), end: lineEnd(text, end) };
}

/** Takes statements out, those that touch each other together, with one of the blank lines around. */
export function removeStatements(changes: EditBatch, statements: readonly Gone[]): void {
  const sorted = [...statements].sort((a, b) => a.start - b.start);
  for (const file of new Set(sorted.map(one => one.file))) {
    const { text } = changes.repo.facts(file)!;
    const merged: { start: number; end: number }[] = [];
    for (const { start, end } of sorted.filter(one => one.file === file)) {
      const last = merged.at(-1);
      if (last && start <= last.end) last.end = Math.max(last.end, end);
      else merged.push({ start, end });
    }
    for (const { start, end } of merged)
      changes.edit(file, withBlankLine(text, start, end), end, '');
  }
}

/** From the blank line above, where what stands below is apart too, or the block ends there. */
function withBlankLine(text: string, start: number, end: number): number {
  const above = lineStart(text, start - 1);
  const isApart = text.slice(above, start).trim() === '';
  const below = text.slice(end, lineEnd(text, end)).trim();
  return isApart && (below === '' || below === '}') ? above : start;
}
