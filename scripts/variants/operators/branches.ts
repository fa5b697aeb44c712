import type { SyntaxNode } from '../../../core/go/syntax/syntax.ts';
import {
  childByField,
  childrenByField,
  enclosing,
  enclosingFunction,
  findAll,
  namedChildren,
} from '../../../core/go/syntax/syntax.ts';
import type { GoFile } from '../go-file.ts';
import { innerText, textOf } from '../go-file.ts';
import { declaredNames } from '../names.ts';
import type { Rewriter, Rewriting } from '../rewriter.ts';
import { replacing, rewritersOf } from '../rewriter.ts';
import {
  breaksOut,
  declarationOf,
  endsInReturn,
  hasLabels,
  indentOf,
  isPlain,
  isStatement,
  statementsIn,
  statementsOf,
} from '../statements.ts';

/** An `if` with its parts. */
interface If {
  readonly node: SyntaxNode;
  readonly initializer: SyntaxNode | undefined;
  readonly condition: SyntaxNode;
  readonly then: SyntaxNode;
  readonly otherwise: SyntaxNode | undefined;
}

function ifOf(node: SyntaxNode | undefined): If | undefined {
  if (node?.type !== 'if_statement') return undefined;
  const condition = childByField(node, 'condition');
  const then = childByField(node, 'consequence');
  if (!condition || !then) return undefined;
  const initializer = childByField(node, 'initializer');
  return { node, initializer, condition, then, otherwise: childByField(node, 'alternative') };
}

function ifsIn(file: GoFile): If[] {
  return statementsIn(file).flatMap(node => ifOf(node) ?? []);
}

/** The branches of an `if … else if …` chain; the last one without a condition is its `else`. */
function chainOf(first: If): If[] | undefined {
  const chain = [first];
  for (let at = ifOf(first.otherwise); at; at = ifOf(at.otherwise)) chain.push(at);
  const hasInitializer = chain.slice(1).some(({ initializer }) => initializer);
  return hasInitializer || breaksOut(first.node) ? undefined : chain;
}

/** A rewriter of `if` statements that stand in a block. */
const ifRewriter = rewritersOf(ifsIn);

/** A `switch` in place of an `if` chain, from what follows `switch` and each `case`. */
function switchFor(
  file: GoFile,
  chain: readonly If[],
  head: string,
  caseOf: (statement: If) => string,
): Rewriting {
  const indent = indentOf(file, chain[0]!.node);
  const cases = chain.map(
    branch => `${indent}case ${caseOf(branch)}:${innerText(file, branch.then).trimEnd()}\n`,
  );
  const last = chain.at(-1)!.otherwise;
  const otherwise = last ? `${indent}default:${innerText(file, last).trimEnd()}\n` : '';
  const text = `switch ${head}{\n${cases.join('')}${otherwise}${indent}}`;
  return replacing(file, chain[0]!.node, text);
}

const tagless = ifRewriter('a switch without a value for if', (file, statement) => {
  const chain = chainOf(statement);
  if (!chain) return undefined;
  const { initializer } = statement;
  const head = initializer ? `${textOf(file, initializer)}; ` : '';
  return switchFor(file, chain, head, ({ condition }) => textOf(file, condition));
});

/** The two sides of `x == value`, the value being a literal or another name. */
function comparisonOf(file: GoFile, condition: SyntaxNode) {
  const operator = childByField(condition, 'operator');
  const left = childByField(condition, 'left');
  const right = childByField(condition, 'right');
  if (!operator || textOf(file, operator) !== '==' || !left || !right) return undefined;
  const isValue = isPlain(right) || right.type === 'interpreted_string_literal';
  return isPlain(left) && isValue ? { tag: textOf(file, left), value: right } : undefined;
}

const tagged = ifRewriter('a switch for if', (file, statement) => {
  const chain = chainOf(statement);
  const sides = chain?.flatMap(({ condition }) => comparisonOf(file, condition) ?? []) ?? [];
  const [first] = sides;
  if (!chain || !first || sides.length !== chain.length) return undefined;
  const values = new Set(sides.map(({ value }) => textOf(file, value)));
  const isDistinct = sides.every(({ value }) => value.type === 'interpreted_string_literal');
  if (sides.some(({ tag }) => tag !== first.tag) || values.size < sides.length) return undefined;
  if (sides.length > 1 && !isDistinct) return undefined;
  const { initializer } = statement;
  const head = `${initializer ? `${textOf(file, initializer)}; ` : ''}${first.tag} `;
  return switchFor(file, chain, head, ({ condition }) =>
    textOf(file, comparisonOf(file, condition)!.value),
  );
});

const inverted = ifRewriter('branches of if, swapped', (file, statement) => {
  const { condition, then, otherwise } = statement;
  if (otherwise?.type !== 'block') return undefined;
  const header = file.text.slice(statement.node.start, condition.start);
  const negated = `!(${textOf(file, condition)})`;
  const text = `${header}${negated} ${textOf(file, otherwise)} else ${textOf(file, then)}`;
  return replacing(file, statement.node, text);
});

const nested = ifRewriter('an if within an if for &&', (file, statement) => {
  const { node, condition, then, otherwise } = statement;
  const operator = childByField(condition, 'operator');
  if (otherwise || !operator || textOf(file, operator) !== '&&') return undefined;
  const left = textOf(file, childByField(condition, 'left')!);
  const right = textOf(file, childByField(condition, 'right')!);
  const header = file.text.slice(node.start, condition.start);
  const indent = indentOf(file, node);
  const body = `\n${indent}\tif ${right} ${textOf(file, then).replaceAll('\n', '\n\t')}\n${indent}`;
  return hasRawText(then) ? undefined : replacing(file, node, `${header}${left} {${body}}`);
});

/** Whether an indent would become part of a text. */
function hasRawText(node: SyntaxNode): boolean {
  return findAll(node, 'raw_string_literal').length > 0;
}

const hoisted = ifRewriter(
  'the statement of an if before it',
  (file, { node, initializer, condition }) => {
    if (!initializer) return undefined;
    const indent = indentOf(file, node);
    const rest = file.text.slice(condition.start, node.end);
    return replacing(
      file,
      node,
      `{\n${indent}${textOf(file, initializer)}\n${indent}if ${rest}\n${indent}}`,
    );
  },
);

/** What follows a statement in its block, up to the last one. */
function restOf({ node }: If): SyntaxNode[] {
  const siblings = statementsOf(node.parent!);
  return siblings.slice(siblings.indexOf(node) + 1);
}

const elseForReturn = ifRewriter('else for an early return', (file, statement) => {
  const { node, then, otherwise } = statement;
  const rest = restOf(statement);
  const fn = declarationOf(node);
  const isBody = node.parent?.type === 'block' && node.parent.field === 'body';
  const isFunction = node.parent?.parent === enclosingFunction(node);
  if (otherwise || !isBody || !isFunction || !fn || hasLabels(fn)) return undefined;
  if (rest.length === 0 || !endsInReturn(then)) return undefined;
  const end = rest.at(-1)!.end;
  const tail = file.text.slice(node.end, end).trim();
  const place = { start: node.start, end };
  const indent = indentOf(file, node);
  return replacing(file, place, `${textOf(file, node)} else {\n${indent}${tail}\n${indent}}`);
});

const returnForElse = ifRewriter('no else after a return', (file, statement) => {
  const { node, initializer, then, otherwise } = statement;
  const fn = declarationOf(node);
  const block = node.parent;
  if (initializer || otherwise?.type !== 'block' || !fn || block?.type !== 'block')
    return undefined;
  if (!endsInReturn(then) || hasLabels(fn) || !staysAlone(file, otherwise, fn)) return undefined;
  const head = file.text.slice(node.start, then.end);
  const rest = innerText(file, otherwise).trim();
  return replacing(file, node, `${head}\n${indentOf(file, node)}${rest}`);
});

/** Whether what a block declares may as well be declared around it. */
function staysAlone(file: GoFile, block: SyntaxNode, fn: SyntaxNode): boolean {
  const all = declaredNames(file, fn);
  return declaredNames(file, block).every(name => all.filter(other => other === name).length === 1);
}

const guarded = ifRewriter('a guard for if', (file, statement) => {
  const { node, initializer, condition, then, otherwise } = statement;
  const block = node.parent;
  const fn = declarationOf(node);
  if (initializer || otherwise || block?.type !== 'block' || !fn || hasLabels(fn)) return undefined;
  const around = block.parent;
  const isLoop = around?.type === 'for_statement';
  const isFunction = around === enclosingFunction(node) && !childByField(around, 'result');
  if ((!isLoop && !isFunction) || restOf(statement).length > 0) return undefined;
  if (!staysAlone(file, then, fn)) return undefined;
  const indent = indentOf(file, node);
  const leave = `if !(${textOf(file, condition)}) {\n${indent}\t${isLoop ? 'continue' : 'return'}\n${indent}}`;
  return replacing(file, node, `${leave}\n${indent}${innerText(file, then).trim()}`);
});

/** A `switch` over a value that can be asked twice, with nothing that an `if` could not do. */
function casesOf(node: SyntaxNode): SyntaxNode[] | undefined {
  const tag = childByField(node, 'value');
  const cases = namedChildren(node).filter(({ type }) => type.endsWith('_case'));
  const isOdd =
    (tag && !isPlain(tag)) ||
    breaksOut(node) ||
    findAll(node, 'fallthrough_statement').length > 0 ||
    hasBreak(node);
  return isOdd || cases.every(({ type }) => type === 'default_case') ? undefined : cases;
}

/** Whether a `break` leaves the switch itself. */
function hasBreak(node: SyntaxNode): boolean {
  return findAll(node, 'break_statement').some(
    statement =>
      enclosing(
        statement,
        'for_statement',
        'expression_switch_statement',
        'type_switch_statement',
        'select_statement',
      ) === node,
  );
}

function bodyOf(file: GoFile, node: SyntaxNode): string {
  const values = childByField(node, 'value');
  const from = file.text.indexOf(':', values?.end ?? node.start) + 1;
  return file.text.slice(from, node.end).trimEnd();
}

const ifForSwitch: Rewriter = {
  name: 'if for a switch',
  *places(file) {
    for (const node of statementsIn(file)) {
      if (node.type !== 'expression_switch_statement') continue;
      const cases = casesOf(node);
      if (cases) yield replacing(file, node, ifChain(file, node, cases));
    }
  },
};

function ifChain(file: GoFile, node: SyntaxNode, cases: readonly SyntaxNode[]): string {
  const tag = childByField(node, 'value');
  const initializer = childByField(node, 'initializer');
  const indent = indentOf(file, node);
  const branches = cases
    .filter(({ type }) => type === 'expression_case')
    .map(one => {
      const values = namedChildren(childByField(one, 'value')).map(value => textOf(file, value));
      const tests = values.map(value => (tag ? `${textOf(file, tag)} == ${value}` : value));
      const test = tests.length === 1 ? tests[0]! : tests.map(text => `(${text})`).join(' || ');
      return `if ${test} {${bodyOf(file, one)}\n${indent}}`;
    });
  const fallback = cases.find(({ type }) => type === 'default_case');
  const last = fallback ? ` else {${bodyOf(file, fallback)}\n${indent}}` : '';
  const chain = `${branches.join(' else ')}${last}`;
  const init = initializer ? `${textOf(file, initializer)}; ` : '';
  return chain.replace('if ', () => `if ${init}`);
}

const reversedCases: Rewriter = {
  name: 'cases of a switch, reversed',
  *places(file, project) {
    for (const node of statementsIn(file)) {
      if (node.type !== 'expression_switch_statement' || !childByField(node, 'value')) continue;
      const cases = casesOf(node)?.filter(({ type }) => type === 'expression_case') ?? [];
      const values = cases.flatMap(one => namedChildren(childrenByField(one, 'value')[0]));
      const isConstant = (value: SyntaxNode) =>
        value.type === 'interpreted_string_literal' ||
        project.stringConstant(file, value) !== undefined;
      const [first, last] = [cases[0], cases.at(-1)];
      if (!first || !last || cases.length < 2 || !values.every(isConstant)) continue;
      // What stands between two cases, such as a comment, belongs to nobody.
      if (cases.some((one, i) => i > 0 && !isAdjacent(file, cases[i - 1]!, one))) continue;
      const indent = indentOf(file, first);
      const texts = cases.map(one => textOf(file, one).trimEnd()).reverse();
      const end = last.start + texts[0]!.length;
      yield replacing(file, { start: first.start, end }, texts.join(`\n${indent}`));
    }
  },
};

function isAdjacent(file: GoFile, a: SyntaxNode, b: SyntaxNode): boolean {
  return file.text.slice(a.end, b.start).trim() === '' && !isStatement(a);
}

const blocked: Rewriter = {
  name: 'a statement in a block of its own',
  *places(file) {
    for (const node of statementsIn(file)) {
      if (!/^(expression|if|for|expression_switch)_statement$/.test(node.type)) continue;
      if (node.parent?.type !== 'block') continue;
      const indent = indentOf(file, node);
      yield replacing(file, node, `{\n${indent}\t${textOf(file, node)}\n${indent}}`);
    }
  },
};

/** Branches, written in other ways. */
export const branchRewriters: readonly Rewriter[] = [
  tagless,
  tagged,
  ifForSwitch,
  reversedCases,
  inverted,
  nested,
  hoisted,
  elseForReturn,
  returnForElse,
  guarded,
  blocked,
];
