import type { SyntaxNode } from '../../../core/go/syntax/syntax.ts';
import {
  childByField,
  enclosing,
  findAll,
  quote,
  stringLiteral,
} from '../../../core/go/syntax/syntax.ts';
import type { GoFile } from '../go-file.ts';
import { textOf, within } from '../go-file.ts';
import { declaredNames, freshName } from '../names.ts';
import type { Rewriter, Rewriting } from '../rewriter.ts';
import { append, edit, insert, replacing, rewritersOf, rewriting } from '../rewriter.ts';
import { declarationOf, hasLabels, linesBefore, statementOf } from '../statements.ts';

/** The string literals that stand for values: no import paths, no tags of fields. */
function stringsIn(file: GoFile): SyntaxNode[] {
  return findAll(file.root, 'interpreted_string_literal').filter(
    node => !enclosing(node, 'import_spec', 'field_declaration'),
  );
}

/** A rewriter of string literals. */
const literalRewriter = rewritersOf(stringsIn);

/** The literals that are not a constant's value. */
function isConstant(literal: SyntaxNode): boolean {
  return enclosing(literal, 'const_declaration') !== undefined;
}

const concatenated = literalRewriter('a literal in two pieces', (file, literal) => {
  const value = stringLiteral(literal, file.text)!;
  const half = Math.ceil(value.length / 2);
  if (value.length < 2 || !/^[\w./ -]+$/.test(value)) return undefined;
  const text = `${quote(value.slice(0, half))} + ${quote(value.slice(half))}`;
  const isOperand = /^(binary|selector|index)_expression$/.test(literal.parent?.type ?? '');
  return replacing(file, literal, isOperand ? `(${text})` : text);
});

const raw = literalRewriter('a raw literal', (file, literal) => {
  const body = textOf(file, literal).slice(1, -1);
  return /[`\\]/.test(body) ? undefined : replacing(file, literal, `\`${body}\``);
});

const packageConstant = literalRewriter('a literal as a constant', (file, literal) => {
  if (isConstant(literal)) return undefined;
  const name = freshName('text', file, literal);
  const declared = append(file, `const ${name} = ${textOf(file, literal)}`);
  return rewriting(file, literal, [edit(literal, name), declared]);
});

/** A declaration before the statement that a literal stands in, and its name in its place. */
function declaredBefore(
  file: GoFile,
  literal: SyntaxNode,
  stem: string,
  declare: (name: string, text: string) => string,
): Rewriting | undefined {
  const statement = statementOf(literal);
  const fn = declarationOf(literal);
  if (!statement || !fn || hasLabels(fn) || enclosing(literal, 'const_declaration'))
    return undefined;
  const name = freshName(stem, file, literal);
  const line = declare(name, textOf(file, literal));
  return rewriting(file, literal, [
    insert(statement.start, linesBefore(file, statement, [line])),
    edit(literal, name),
  ]);
}

const localConstant = literalRewriter('a literal as a local constant', (file, literal) =>
  declaredBefore(file, literal, 'text', (name, text) => `const ${name} = ${text}`),
);

const localVariable = literalRewriter('a literal as a local variable', (file, literal) =>
  declaredBefore(file, literal, 'text', (name, text) => `${name} := ${text}`),
);

const fromFunction = literalRewriter('a literal from a function', (file, literal) => {
  if (isConstant(literal)) return undefined;
  const name = freshName('text', file, literal);
  const text = textOf(file, literal);
  const declared = append(file, `func ${name}() string {\n\treturn ${text}\n}`);
  return rewriting(file, literal, [edit(literal, `${name}()`), declared]);
});

/** A constant's value where its name stood. */
const inlined: Rewriter = {
  name: 'a constant, inlined',
  *places(file, project) {
    const qualifiers = new Map(project.importsOf(file).map(({ name }) => [name, 0]));
    const selectors = findAll(file.root, 'selector_expression');
    const operandOf = (node: SyntaxNode) => textOf(file, childByField(node, 'operand')!);
    for (const node of [...selectors, ...findAll(file.root, 'qualified_type')]) {
      const name =
        node.type === 'qualified_type' ? textOf(file, node).split('.')[0]! : operandOf(node);
      qualifiers.set(name, (qualifiers.get(name) ?? 0) + 1);
    }
    const names = findAll(file.root, 'identifier').filter(isOwnConstantUse);
    for (const node of [...selectors, ...names].sort((a, b) => a.start - b.start)) {
      const value = isHidden(file, node) ? undefined : project.stringConstant(file, node);
      if (value === undefined) continue;
      if (node.type === 'selector_expression') {
        // The import has to stay in use.
        const left = qualifiers.get(operandOf(node))! - 1;
        if (left === 0) continue;
        qualifiers.set(operandOf(node), left);
      }
      yield replacing(file, node, quote(value));
    }
  },
};

function isOwnConstantUse(node: SyntaxNode): boolean {
  const isDeclared = node.field === 'name' || node.field === 'key' || node.field === 'label';
  return !isDeclared && node.parent?.type !== 'selector_expression';
}

/** Whether a declaration of the function hides the package's name. */
function isHidden(file: GoFile, node: SyntaxNode): boolean {
  const fn = declarationOf(node);
  const [first] = textOf(file, node).split('.');
  if (fn && declaredNames(file, fn).includes(first!)) return true;
  const spec = enclosing(node, 'var_spec', 'const_spec');
  return spec !== undefined && within(node, spec) && node.field === 'name';
}

/** String literals, written in other ways and places. */
export const literalRewriters: readonly Rewriter[] = [
  concatenated,
  raw,
  packageConstant,
  localConstant,
  localVariable,
  fromFunction,
  inlined,
];
