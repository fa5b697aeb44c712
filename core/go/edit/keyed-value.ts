import type { FileFacts } from '../source/facts.ts';
import type { SyntaxNode } from '../syntax/syntax.ts';
import { namedChildren } from '../syntax/syntax.ts';
import type { TextEdit } from './edit.ts';

/**
 * The edits that give a value of a keyed literal another text, with the column of values around it
 * as gofmt wants it then: one-line fields on successive lines share a column, a field of several
 * lines has none. `value` is the value itself, such as the literal of `Stores: StoreUpgrades{…}`.
 */
export function replaceValue(facts: FileFacts, value: SyntaxNode, text: string): TextEdit[] {
  const edits: TextEdit[] = [{ start: value.start, end: value.end, text }];
  const own = keyedElement(value);
  const literal = own?.parent;
  if (!own || !literal || own.end !== value.end) return edits;
  const fields = literal.children
    .filter(c => c.type === 'keyed_element')
    .map(field => {
      const [key, given] = namedChildren(field);
      const after = field === own ? text : facts.text.slice(given!.start, given!.end);
      return {
        key: key!,
        given: given!,
        oneLine: !after.includes('\n'),
        line: lineOf(facts, field.start),
      };
    });
  for (let i = 0; i < fields.length; ) {
    let end = i + 1;
    while (
      fields[i]!.oneLine &&
      end < fields.length &&
      fields[end]!.oneLine &&
      fields[end]!.line === fields[end - 1]!.line + 1
    )
      end++;
    const width = Math.max(...fields.slice(i, end).map(f => f.key.end - f.key.start));
    for (const { key, given } of fields.slice(i, end)) {
      const gap = ' '.repeat(width - (key.end - key.start) + 1);
      if (
        facts.text.slice(key.end + 1, given.start) !== gap &&
        /^ +$/.test(facts.text.slice(key.end + 1, given.start))
      )
        edits.push({ start: key.end + 1, end: given.start, text: gap });
    }
    i = end;
  }
  return edits;
}

function keyedElement(value: SyntaxNode): SyntaxNode | undefined {
  for (let node = value.parent; node; node = node.parent) {
    if (node.type === 'keyed_element') return node;
    if (node.type !== 'literal_element' && node.type !== 'unary_expression') return undefined;
  }
  return undefined;
}

function lineOf({ text }: FileFacts, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
