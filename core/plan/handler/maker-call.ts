import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { callArguments, childByField } from '../../go/syntax/syntax.ts';

/**
 * A call of a handler's constructor with a neighbour's arguments at the kept positions, laid out as
 * there.
 */
export function makerCall(
  handler: SyntaxNode,
  text: string,
  callee: string,
  kept: readonly number[],
): string {
  if (handler.type !== 'call_expression') return callee;
  const given = callArguments(handler);
  const texts = kept
    .map(i => given[i])
    .filter((a): a is SyntaxNode => a !== undefined)
    .map(a => text.slice(a.start, a.end));
  const list = childByField(handler, 'arguments')!;
  const source = text.slice(list.start, list.end);
  if (!source.includes('\n')) return `${callee}(${texts.join(', ')})`;
  // Which arguments share a line is kept: `app.mm, app.configurator,` often do.
  let out = '(';
  let last: SyntaxNode | undefined;
  for (const i of kept) {
    const a = given[i];
    if (!a) continue;
    out +=
      (last
        ? /\n/.test(text.slice(last.end, a.start))
          ? ',\n\t'
          : ', '
        : /\n/.test(text.slice(list.start, a.start))
          ? '\n\t'
          : '') + text.slice(a.start, a.end);
    last = a;
  }
  return `${callee}${out}${/,\s*\n\s*\)$/.test(source) ? ',\n)' : ')'}`;
}
