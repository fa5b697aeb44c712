import type { Syn } from '../../go/syntax/syntax.ts';
import { args, child } from '../../go/syntax/syntax.ts';

/**
 * A call of a handler's constructor with a neighbour's arguments at the kept positions, laid out as
 * there.
 */
export function makerCall(
  handler: Syn,
  text: string,
  callee: string,
  kept: readonly number[],
): string {
  if (handler.type !== 'call_expression') return callee;
  const given = args(handler);
  const texts = kept
    .map(i => given[i])
    .filter((a): a is Syn => a !== undefined)
    .map(a => text.slice(a.start, a.end));
  const list = child(handler, 'arguments')!;
  const source = text.slice(list.start, list.end);
  if (!source.includes('\n')) return `${callee}(${texts.join(', ')})`;
  // Which arguments share a line is kept: `app.mm, app.configurator,` often do.
  let out = '(';
  let last: Syn | undefined;
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
