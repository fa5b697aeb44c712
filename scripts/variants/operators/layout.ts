import { lineStart } from '../../../core/go/edit/edit.ts';
import type { SyntaxNode } from '../../../core/go/syntax/syntax.ts';
import {
  callArguments,
  childByField,
  findAll,
  namedChildren,
} from '../../../core/go/syntax/syntax.ts';
import type { GoFile } from '../go-file.ts';
import { textOf } from '../go-file.ts';
import type { Rewriter } from '../rewriter.ts';
import { edit, insert, replacing, rewriting } from '../rewriter.ts';
import { indentOf, isPure, statementsIn } from '../statements.ts';

/** Nodes that begin their line, and have no comment above that could be about them. */
function opensLine({ text }: GoFile, node: SyntaxNode): boolean {
  const start = lineStart(text, node.start);
  const above = text.slice(lineStart(text, start - 1), start);
  return text.slice(start, node.start).trim() === '' && !above.includes('//');
}

function elementsIn(file: GoFile): SyntaxNode[] {
  return [
    ...findAll(file.root, 'literal_value').flatMap(namedChildren),
    ...findAll(file.root, 'call_expression').flatMap(callArguments),
  ];
}

function lineRewriter(
  name: string,
  line: string,
  nodesIn: (file: GoFile) => SyntaxNode[],
): Rewriter {
  return {
    name,
    *places(file) {
      for (const node of nodesIn(file)) {
        if (!opensLine(file, node)) continue;
        const at = lineStart(file.text, node.start);
        const indent = line === '' ? '' : indentOf(file, node);
        yield rewriting(file, node, [insert(at, `${indent}${line}\n`)]);
      }
    },
  };
}

/** Literals without comments and anything else that has to keep its lines. */
function literalsIn(file: GoFile): SyntaxNode[] {
  return findAll(file.root, 'literal_value').filter(
    node =>
      namedChildren(node).length > 0 &&
      findAll(node, 'comment').length +
        findAll(node, 'func_literal', 'raw_string_literal').length ===
        0,
  );
}

const oneLine: Rewriter = {
  name: 'a literal on one line',
  *places(file) {
    for (const node of literalsIn(file)) {
      const texts = namedChildren(node).map(element => textOf(file, element));
      const isLong = textOf(file, node).includes('\n') && texts.every(text => !text.includes('\n'));
      if (isLong) yield replacing(file, node, `{${texts.join(', ')}}`);
    }
  },
};

const manyLines: Rewriter = {
  name: 'a literal on several lines',
  *places(file) {
    for (const node of literalsIn(file)) {
      if (textOf(file, node).includes('\n')) continue;
      const indent = indentOf(file, node);
      const lines = namedChildren(node).map(element => `${indent}\t${textOf(file, element)},\n`);
      yield replacing(file, node, `{\n${lines.join('')}${indent}}`);
    }
  },
};

/** The expressions that stand alone: arguments, values, operands of comparisons. */
function operandsIn(file: GoFile): SyntaxNode[] {
  const values = [...findAll(file.root, 'short_var_declaration'), ...findAll(file.root, 'var_spec')]
    .flatMap(node => [childByField(node, 'right'), childByField(node, 'value')])
    .flatMap(list => namedChildren(list));
  return [...findAll(file.root, 'call_expression').flatMap(callArguments), ...values];
}

const unwrapped =
  /^(variadic_argument|parenthesized_expression|\w+_type|type_identifier|func_literal|literal_value)$/;

const parentheses: Rewriter = {
  name: 'parentheses',
  *places(file) {
    for (const node of operandsIn(file).sort((a, b) => a.start - b.start)) {
      // What stands first in a call of make or new is a type.
      const isType = /^(make|new)$/.test(calleeText(file, node));
      if (isType || unwrapped.test(node.type)) continue;
      yield replacing(file, node, `(${textOf(file, node)})`);
    }
  },
};

function calleeText(file: GoFile, { parent }: SyntaxNode): string {
  const callee =
    parent?.type === 'argument_list' ? childByField(parent.parent, 'function') : undefined;
  return callee ? textOf(file, callee) : '';
}

/** The comparisons by `==` and `!=`, with their sides. */
function comparisonsIn(file: GoFile) {
  return findAll(file.root, 'binary_expression').flatMap(node => {
    const operator = childByField(node, 'operator');
    const left = childByField(node, 'left');
    const right = childByField(node, 'right');
    const sign = operator && textOf(file, operator);
    if (!left || !right || (sign !== '==' && sign !== '!=')) return [];
    return [{ node, sign, left: textOf(file, left), right: textOf(file, right) }];
  });
}

const swapped: Rewriter = {
  name: 'sides of a comparison, swapped',
  *places(file) {
    for (const { node, sign, left, right } of comparisonsIn(file)) {
      const isSimple = isPure(file, node) && !/[{}]/.test(left + right);
      if (isSimple) yield replacing(file, node, `${right} ${sign} ${left}`);
    }
  },
};

const negated: Rewriter = {
  name: 'a comparison, negated twice',
  *places(file) {
    for (const { node, sign, left, right } of comparisonsIn(file)) {
      const other = sign === '==' ? '!=' : '==';
      yield rewriting(file, node, [edit(node, `!(${left} ${other} ${right})`)]);
    }
  },
};

/** Lines, parentheses and comparisons: what a reader hardly sees. */
export const layoutRewriters: readonly Rewriter[] = [
  lineRewriter('comments between statements', '// A remark.', statementsIn),
  lineRewriter('comments between elements', '// A remark.', elementsIn),
  lineRewriter('blank lines between statements', '', statementsIn),
  lineRewriter('blank lines between elements', '', elementsIn),
  oneLine,
  manyLines,
  parentheses,
  swapped,
  negated,
];
