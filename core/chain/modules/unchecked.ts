import type { FileFacts } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, namedChildren } from '../../go/syntax/syntax.ts';

/** Whether the result of a call is looked at by nobody: a statement of its own, or given to `_`. */
export function isUnchecked({ text }: FileFacts, call: SyntaxNode): boolean {
  const parent = call.parent;
  const statement = parent?.type === 'expression_list' ? parent.parent : parent;
  switch (statement?.type) {
    case 'expression_statement':
    case 'block':
      return true;
    case 'assignment_statement':
      return namedChildren(childByField(statement, 'left')).every(
        ({ start, end }) => text.slice(start, end) === '_',
      );
    default:
      return false;
  }
}
