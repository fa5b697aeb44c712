import type { SyntaxNode } from '../syntax/syntax.ts';
import { childByField, findAll } from '../syntax/syntax.ts';
import type { FileFacts } from './facts.ts';

/** The methods that an interface's syntax names itself, without those of what it embeds. */
export function methodNames({ text }: FileFacts, type: SyntaxNode): string[] {
  return findAll(type, 'method_elem', 'method_spec').map(method => {
    const { start, end } = childByField(method, 'name')!;
    return text.slice(start, end);
  });
}
