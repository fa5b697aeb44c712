import type { SyntaxNode } from '../syntax/syntax.ts';
import { descend, namedChildren } from '../syntax/syntax.ts';
import type { FileFacts } from './facts.ts';

const lists = new Set(['literal_value', 'argument_list', 'parameter_list']);

/**
 * Where a file first stops being Go, or undefined where it is all well. Beyond what the parser
 * notices this finds the most common slip: a list whose closing bracket stands on a line of its
 * own, without a comma before it.
 */
export function brokenAt(facts: FileFacts): number | undefined {
  const missing = copiedSyntax(facts)
    .flatMap(node => [...descend(node)])
    .flatMap(node => missingComma(node, facts.text) ?? []);
  const all = [...missing, ...(facts.syntaxError === undefined ? [] : [facts.syntaxError])];
  return all.length ? Math.min(...all) : undefined;
}

function copiedSyntax(facts: FileFacts): SyntaxNode[] {
  return [
    ...facts.consts.map(c => c.value),
    ...facts.vars.map(v => v.value),
    ...facts.funcs.map(f => f.syntax),
  ].filter(node => node !== undefined);
}

function missingComma(node: SyntaxNode, text: string): number | undefined {
  const last = lists.has(node.type) ? namedChildren(node).at(-1) : undefined;
  if (!last) return undefined;
  const rest = text
    .slice(last.end, node.end - 1)
    .replace(/\/\/.*|\/\*[\s\S]*?\*\//g, comment => (comment.includes('\n') ? '\n' : ''));
  return rest.includes('\n') && !rest.includes(',') ? last.end : undefined;
}
