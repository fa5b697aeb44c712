import type { KeeperConstruction } from '../../../chain/app/keepers.ts';
import { commentStart } from '../../../go/edit/comment-above.ts';
import { lineEnd, lineStart } from '../../../go/edit/edit.ts';
import type { EditBatch } from '../../../go/edit/edit-batch.ts';
import { statementAround } from '../../../go/edit/repairs.ts';
import type { SyntaxNode } from '../../../go/syntax/syntax.ts';
import { namedChildren } from '../../../go/syntax/syntax.ts';

/** A range of a file. */
interface Gone {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Takes out the statements that make a keeper, with the comment above them and one of the blank
 * lines around: the one that sets the field, the one that makes its value before, and those directly
 * below that set the field once more.
 */
export function removeConstruction(changes: EditBatch, made: KeeperConstruction): Gone[] {
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
  return [...statements].map(statement => {
    const start = commentStart(text, statement.start);
    const end = lineEnd(text, statement.end);
    changes.edit(facts.path, withBlankLine(text, start, end), end, '');
    return { file: facts.path, start, end };
  });
}

/** From the blank line above, where what stands below is apart too, or the block ends there. */
function withBlankLine(text: string, start: number, end: number): number {
  const above = lineStart(text, start - 1);
  const isApart = text.slice(above, start).trim() === '';
  const below = text.slice(end, lineEnd(text, end)).trim();
  return isApart && (below === '' || below === '}') ? above : start;
}
