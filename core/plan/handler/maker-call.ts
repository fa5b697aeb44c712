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
  const texts = new Arguments(
    text,
    kept.map(i => given[i]).filter(node => node !== undefined),
  );
  const { start, end } = childByField(handler, 'arguments')!;
  const written = text.slice(start, end);
  if (!written.includes('\n')) return `${callee}(${texts.inOneLine()})`;
  const close = /,\s*\n\s*\)$/.test(written) ? ',\n)' : ')';
  return `${callee}(${texts.inLines(start)}${close}`;
}

/** Arguments of a call that are written again. */
class Arguments {
  private readonly text: string;
  private readonly nodes: readonly SyntaxNode[];

  constructor(text: string, nodes: readonly SyntaxNode[]) {
    this.text = text;
    this.nodes = nodes;
  }

  inOneLine(): string {
    return this.nodes.map(({ start, end }) => this.text.slice(start, end)).join(', ');
  }

  /** On the lines they share: `app.mm, app.configurator,` often do. */
  inLines(listStart: number): string {
    let out = '';
    let from = listStart;
    for (const [i, { start, end }] of this.nodes.entries()) {
      const breaks = this.text.slice(from, start).includes('\n');
      if (i === 0) out += breaks ? '\n\t' : '';
      else out += breaks ? ',\n\t' : ', ';
      out += this.text.slice(start, end);
      from = end;
    }
    return out;
  }
}
