import type { GoNode } from '../../go/eval/go-node.ts';
import { goNode } from '../../go/eval/go-node.ts';
import { exprAt, stringValue } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { onlyResult } from '../../go/syntax/results.ts';
import { runeLiteral } from '../../go/syntax/syntax.ts';

/** Takes a text apart as a call does; empty pieces may be among them. */
export type Separator = (text: string) => string[];

/** `strings.Fields`. */
export const whitespace: Separator = text => text.split(/\s+/);

/** `strings.Lines`. */
export const lineEnds: Separator = text => text.split(/\r?\n/);

/**
 * How a call takes its first argument apart: the functions of `strings` and `bytes` that split.
 * Undefined for other calls, and where what separates is not known.
 */
export function separatorOf(repo: Repo, call: GoNode): Separator | undefined {
  const name = /^(?:strings|bytes)\.(\w+)$/.exec(call.callee?.text ?? '')?.[1];
  const second = call.arguments[1];
  switch (name?.replace(/Seq$/, '')) {
    case 'Fields':
      return whitespace;
    case 'Lines':
      return lineEnds;
    case 'Split':
    case 'SplitAfter':
      return second && byText(repo, second);
    case 'FieldsFunc':
      return second && byFunction(second);
    default:
      return undefined;
  }
}

function byText(repo: Repo, written: GoNode): Separator | undefined {
  const bytes = written.type === 'type_conversion_expression' ? written.field('operand') : written;
  const value = bytes && stringValue(repo, bytes);
  if (value?.kind !== 'known' || value.value === '') return undefined;
  return text => text.split(value.value);
}

/** `func(r rune) bool { return r == '\n' || unicode.IsSpace(r) }`, `unicode.IsSpace`. */
function byFunction(written: GoNode): Separator | undefined {
  if (written.text === 'unicode.IsSpace') return whitespace;
  const result = written.type === 'func_literal' ? onlyResult(written.node) : undefined;
  const separates = result && condition(goNode(exprAt(written, result)).withoutParens);
  if (!separates) return undefined;
  return text => {
    const pieces = [''];
    for (const character of text) {
      if (separates(character)) pieces.push('');
      else pieces.push(pieces.pop()! + character);
    }
    return pieces;
  };
}

/** What a condition says of a character; undefined where it asks something else. */
function condition(asked: GoNode): ((character: string) => boolean) | undefined {
  if (asked.callee?.text === 'unicode.IsSpace') return character => /\s/.test(character);
  const [left, right] = [asked.field('left'), asked.field('right')];
  if (!left || !right) return undefined;
  if (asked.operator === '||') {
    const [one, other] = [condition(left.withoutParens), condition(right.withoutParens)];
    return one && other && (character => one(character) || other(character));
  }
  const rune = [left, right].map(side => runeLiteral(side.node, side.facts.text)).find(Boolean);
  return asked.operator === '==' && rune ? character => character === rune : undefined;
}
