import { givenToLocal } from '../../go/eval/given.ts';
import type { GoNode } from '../../go/eval/go-node.ts';
import { goNode } from '../../go/eval/go-node.ts';
import type { Expr } from '../../go/eval/value.ts';
import { bind, calledFunction, exprAt, localDefinition } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import {
  callsOf,
  childByField,
  descend,
  enclosing,
  enclosingFunction,
  findAll,
  namedChildren,
  rangeClause,
  returnsOf,
  runeLiteral,
  stringLiteral,
} from '../../go/syntax/syntax.ts';
import { definitionOf, embeddedText } from './embedded-text.ts';
import type { Separator } from './separators.ts';
import { lineEnds, separatorOf, whitespace } from './separators.ts';

/** A text file that a Go file embeds, the words in it, and the variables they go through. */
export interface EmbeddedNames {
  readonly path: string;
  readonly names: readonly string[];
  readonly variables: readonly string[];
}

/** The file, and how code takes it apart. */
interface Pieces {
  readonly path: string;
  readonly text: string;
  readonly variables: readonly string[];
  readonly separator: Separator;
  /** The functions that take part, where lines may be left out. */
  readonly code: readonly Expr[];
}

const deepest = 6;

/**
 * The plan names of an embedded text file (R9), where code splits it into a list: by `strings.Fields`
 * and its like, by a scanner, in a helper, in `init`.
 */
export function embeddedNames(repo: Repo, list: Expr): EmbeddedNames | undefined {
  return namesIn(piecesOf(repo, goNode(list), 0));
}

/**
 * The same for what a loop goes over: such a list, or the lines of a `bufio.Scanner`. `name` is what
 * the loop makes of each; undefined where that is another name.
 */
export function namesOfLoop(repo: Repo, loop: Expr, name: Expr): EmbeddedNames | undefined {
  const clause = rangeClause(loop.node);
  if (!clause)
    return comesFrom(goNode(name), scannerOf(loop)) ? namesIn(scanned(repo, loop)) : undefined;
  const over = childByField(clause, 'right');
  const element = namedChildren(childByField(clause, 'left')).at(-1);
  return over && element && comesFrom(goNode(name), goNode(exprAt(loop, element)).text)
    ? namesIn(piecesOf(repo, goNode(exprAt(loop, over)), 0))
    : undefined;
}

/** The names in the pieces, unless some are comments and no code is seen that leaves these out. */
function namesIn(pieces: Pieces | undefined): EmbeddedNames | undefined {
  if (!pieces) return undefined;
  const words = pieces.separator(pieces.text).map(word => word.trim());
  const isComment = (word: string) => word.startsWith('#') || word.startsWith('//');
  const names = words.filter(word => word !== '' && !isComment(word));
  const hasComments = words.some(isComment);
  const isUnclear = names.some(name => name.includes('#') || name.includes('//'));
  if (isUnclear || (hasComments && !pieces.code.some(leavesComments))) return undefined;
  return { path: pieces.path, names, variables: pieces.variables };
}

/** Whether code asks for the mark of a comment: `"#"`, `'#'`. */
function leavesComments({ facts, node }: Expr): boolean {
  return [...descend(node)].some(one =>
    isCommentMark(stringLiteral(one, facts.text) ?? runeLiteral(one, facts.text)),
  );
}

function isCommentMark(text: string | undefined): boolean {
  return text === '#' || text === '//';
}

function piecesOf(repo: Repo, list: GoNode, depth: number): Pieces | undefined {
  const at = list.withoutParens.withoutAddressOf;
  if (depth > deepest) return undefined;
  if (at.type === 'identifier' || at.type === 'selector_expression') {
    const target = definitionOf(repo, at);
    const found =
      target && !('spec' in target)
        ? piecesOf(repo, goNode(target), depth + 1)
        : gathered(repo, at, depth);
    return found && { ...found, variables: [at.name, ...found.variables] };
  }
  if (!at.callee) return undefined;
  const separator = separatorOf(repo, at);
  if (separator) return splitText(repo, at.arguments[0], separator, at);
  if (/^(slices\.(Sorted|Clone|Compact|Collect|Values)|maps\.Keys)$/.test(at.callee.text))
    return at.arguments[0] && piecesOf(repo, at.arguments[0], depth + 1);
  return returnedPieces(repo, at, depth);
}

function splitText(
  repo: Repo,
  text: GoNode | undefined,
  separator: Separator,
  at: GoNode,
): Pieces | undefined {
  const found = text && embeddedText(repo, text);
  const fn = enclosingFunction(at.node);
  return found && { ...found, separator, code: fn ? [exprAt(at, fn)] : [] };
}

/** What a function returns, besides `nil` where something failed. */
function returnedPieces(repo: Repo, call: GoNode, depth: number): Pieces | undefined {
  const fn = calledFunction(repo, call);
  if (!fn) return undefined;
  const bindings = bind(call, fn, fn.facts.text);
  const results = returnsOf(fn.node)
    .map(statement => namedChildren(namedChildren(statement)[0])[0])
    .filter(result => result !== undefined && result.type !== 'nil');
  const [only, ...others] = results;
  return only && others.length === 0
    ? piecesOf(repo, goNode({ facts: fn.facts, node: only, bindings }), depth + 1)
    : undefined;
}

/** A local list to which a loop appends each name, those aside that are empty or comments. */
function gathered(repo: Repo, list: GoNode, depth: number): Pieces | undefined {
  if (list.type !== 'identifier') return undefined;
  const given = (givenToLocal(list) ?? []).map(({ value }) => value && goNode(value));
  const appended = given.filter(value => value?.callee?.text === 'append');
  const others = given.filter(value => value?.callee?.text !== 'append');
  const [call] = appended;
  const [base, word, ...more] = call?.arguments ?? [];
  if (!call || appended.length > 1 || !word || more.length > 0 || base?.text !== list.text)
    return undefined;
  if (!others.every(value => value && startsEmpty(value))) return undefined;
  const loop = enclosing(call.node, 'for_statement');
  if (!loop || !onlyLeavesOutBlanks(exprAt(call, loop))) return undefined;
  const over = rangeClause(loop);
  const source = childByField(over, 'right');
  if (!source) {
    const scanning = exprAt(call, loop);
    return comesFrom(word, scannerOf(scanning)) ? scanned(repo, scanning) : undefined;
  }
  const element = namedChildren(childByField(over, 'left')).at(-1);
  return element && comesFrom(word, goNode(exprAt(call, element)).text)
    ? piecesOf(repo, goNode(exprAt(call, source)), depth + 1)
    : undefined;
}

/** Whether a word is a variable, or what it holds trimmed. */
function comesFrom(word: GoNode, variable: string | undefined, depth = 0): boolean {
  const at = word.withoutParens;
  if (variable === undefined || depth > 4) return false;
  if (at.type === 'identifier') {
    if (at.text === variable) return true;
    const local = localDefinition(at.node, at.text, at.facts.text);
    return typeof local === 'object' && comesFrom(goNode(exprAt(at, local)), variable, depth + 1);
  }
  if (!at.callee) return false;
  const [first] = at.arguments;
  if (at.callee.operand?.text === variable) return /^(Text|Bytes)$/.test(at.callee.name);
  const keeps = /^(string|(strings|bytes)\.Trim\w*)$/.test(at.callee.text);
  return keeps && first !== undefined && comesFrom(first, variable, depth + 1);
}

/** Whether the conditions of a loop only ask for empty words and comments. */
function onlyLeavesOutBlanks(loop: Expr): boolean {
  return findAll(loop.node, 'if_statement').every(node => {
    const asked = goNode(exprAt(loop, node)).field('condition');
    return asked !== undefined && asksForBlank(asked.withoutParens);
  });
}

function asksForBlank(asked: GoNode): boolean {
  const [left, right] = [asked.field('left'), asked.field('right')];
  if (asked.operator === '!') return asksForBlank(asked.operand!.withoutParens);
  if (asked.callee) {
    const mark = asked.arguments[1];
    return (
      asked.callee.text === 'strings.HasPrefix' &&
      mark !== undefined &&
      isCommentMark(stringLiteral(mark.node, mark.facts.text))
    );
  }
  if (!left || !right) return false;
  if (asked.operator === '||' || asked.operator === '&&')
    return asksForBlank(left.withoutParens) && asksForBlank(right.withoutParens);
  const isEmptyText = [left, right].some(
    ({ node, facts }) => stringLiteral(node, facts.text) === '',
  );
  return isEmptyText || (left.callee?.text === 'len' && right.text === '0');
}

/** `nil`, `[]string{}`, `make([]string, 0)`. */
function startsEmpty(value: GoNode): boolean {
  const at = value.withoutParens;
  if (at.type === 'composite_literal') return at.field('body')?.children.length === 0;
  return at.type === 'nil' || at.callee?.text === 'make';
}

/** The scanner whose `Scan()` a loop asks at each round. */
function scannerOf(loop: Expr): string | undefined {
  const condition = goNode(loop).children.find(({ type }) => type === 'call_expression');
  return condition?.name === 'Scan' ? condition.callee?.operand?.text : undefined;
}

/** The lines, or words, that a `bufio.Scanner` gives a loop. */
function scanned(repo: Repo, loop: Expr): Pieces | undefined {
  const condition = goNode(loop).children.find(({ type }) => type === 'call_expression');
  const scanner = scannerOf(loop) === undefined ? undefined : condition?.callee?.operand;
  const target = scanner && definitionOf(repo, scanner);
  const made = target && !('spec' in target) ? goNode(target) : undefined;
  const fn = enclosingFunction(loop.node);
  if (made?.callee?.text !== 'bufio.NewScanner' || !fn) return undefined;
  const splits = callsOf(fn, loop.facts.text, 'Split').map(node => goNode(exprAt(loop, node)));
  const [own] = splits.filter(call => call.callee?.operand?.text === scanner!.text);
  const how = own?.arguments[0]?.text ?? 'bufio.ScanLines';
  const separator = splitFunctions[how];
  return separator && splitText(repo, made.arguments[0], separator, goNode(loop));
}

const splitFunctions: Readonly<Record<string, Separator | undefined>> = {
  'bufio.ScanLines': lineEnds,
  'bufio.ScanWords': whitespace,
};
