import type { SyntaxNode } from '../../../core/go/syntax/syntax.ts';
import {
  childByField,
  childrenByField,
  descend,
  enclosing,
  findAll,
  namedChildren,
} from '../../../core/go/syntax/syntax.ts';
import type { GoFile } from '../go-file.ts';
import { onlyExpression, textOf, within } from '../go-file.ts';
import { declaredNames, freshName, isFree, isKey, mentionedNames, usesOf } from '../names.ts';
import type { Project } from '../project.ts';
import type { Rewriter, Rewriting } from '../rewriter.ts';
import { append, edit, replacing, rewritersOf, rewriting } from '../rewriter.ts';
import { declarationOf, hasLabels, indentOf, isPure, statementsIn } from '../statements.ts';

/** A literal of a slice type that is written out, with its elements. */
interface SliceLiteral {
  readonly node: SyntaxNode;
  readonly type: SyntaxNode;
  readonly elements: readonly SyntaxNode[];
}

function sliceOf(node: SyntaxNode | undefined): SliceLiteral | undefined {
  const type = node?.type === 'composite_literal' ? childByField(node, 'type') : undefined;
  if (type?.type !== 'slice_type') return undefined;
  const elements = namedChildren(childByField(node, 'body'));
  const isKeyed = elements.some(element => element.type === 'keyed_element');
  return isKeyed ? undefined : { node: node!, type, elements };
}

/** The last element as it can stand alone: with its type where the list's type gave it one. */
function lastElement(file: GoFile, { type, elements }: SliceLiteral): string | undefined {
  const last = elements.at(-1);
  if (!last) return undefined;
  if (last.type !== 'literal_value') return textOf(file, last);
  const element = childByField(type, 'element')!;
  const written = textOf(file, element);
  const isPointer = element.type === 'pointer_type';
  return `${isPointer ? `&${written.slice(1)}` : written}${textOf(file, last)}`;
}

/** The literal without its last element. */
function allButLast(file: GoFile, { type, elements }: SliceLiteral): string {
  const others = elements.slice(0, -1).map(element => textOf(file, element));
  return `${textOf(file, type)}{${others.join(', ')}}`;
}

const appended: Rewriter = {
  name: 'append for the last element of a list',
  *places(file) {
    for (const node of findAll(file.root, 'composite_literal')) {
      const slice = sliceOf(node);
      const last = slice && lastElement(file, slice);
      if (!slice || last === undefined) continue;
      yield replacing(file, node, `append(${allButLast(file, slice)}, ${last})`);
    }
  },
};

/** The local variables that are set to a literal: `x := T{…}`, `x := &T{…}`. */
function literalsOf(file: GoFile) {
  return statementsIn(file).flatMap(statement => {
    if (statement.type !== 'short_var_declaration') return [];
    const name = onlyExpression(statement, 'left');
    const value = onlyExpression(statement, 'right');
    const fn = declarationOf(statement);
    if (name?.type !== 'identifier' || !value || !fn || hasLabels(fn)) return [];
    const text = textOf(file, name);
    const isOnly = declaredNames(file, fn).filter(other => other === text).length === 1;
    return isOnly && text !== '_' ? [{ statement, name: text, value, fn }] : [];
  });
}

const appendedLater: Rewriter = {
  name: 'append after a list',
  *places(file) {
    for (const { statement, name, value } of literalsOf(file)) {
      const slice = sliceOf(value);
      const last = slice && lastElement(file, slice);
      if (!slice || last === undefined || mentionedNames(file, value).has(name)) continue;
      const indent = indentOf(file, statement);
      const text = `${name} := ${allButLast(file, slice)}\n${indent}${name} = append(${name}, ${last})`;
      yield replacing(file, statement, text);
    }
  },
};

const namedList: Rewriter = {
  name: 'a list of a named type',
  *places(file, project) {
    for (const node of findAll(file.root, 'composite_literal')) {
      const slice = sliceOf(node);
      const declared = node.parent?.parent;
      if (!slice || !/^(var_spec|short_var_declaration)$/.test(declared?.type ?? '')) continue;
      const isTyped = childByField(declared, 'type') !== undefined;
      if (isTyped || !isFree(file, slice.type)) continue;
      const names = [
        ...childrenByField(declared, 'name'),
        ...namedChildren(childByField(declared, 'left')),
      ];
      const [name] = names.map(one => textOf(file, one));
      if (names.length !== 1 || isAddressed(file, name!, project)) continue;
      const type = freshName('list', file, node);
      yield rewriting(file, slice.type, [
        edit(slice.type, type),
        append(file, `type ${type} ${textOf(file, slice.type)}`),
      ]);
    }
  },
};

/** A pointer to a list of another type is another type. */
function isAddressed(file: GoFile, name: string, project: Project): boolean {
  return [file, ...project.mentioning(name)].some(other =>
    findAll(other.root, 'unary_expression').some(node =>
      new RegExp(`^&(\\w+\\.)?${name}$`).test(textOf(other, node)),
    ),
  );
}

/** The elements of a struct's or map's literal, where all have keys. */
function keyedElements(node: SyntaxNode): SyntaxNode[] {
  const elements = namedChildren(node);
  return elements.every(({ type }) => type === 'keyed_element') ? elements : [];
}

const reordered: Rewriter = {
  name: 'fields in reverse order',
  *places(file) {
    for (const body of findAll(file.root, 'literal_value')) {
      const elements = keyedElements(body);
      if (elements.length < 2 || !elements.every(element => isPure(file, element))) continue;
      const texts = elements.map(element => textOf(file, element)).reverse();
      yield rewriting(
        file,
        body,
        elements.map((element, i) => edit(element, texts[i]!)),
      );
    }
  },
};

/** A struct's literal, whose last field has a name that is nothing but a field's. */
function lastField(file: GoFile, value: SyntaxNode, project: Project) {
  const literal = value.type === 'unary_expression' ? childByField(value, 'operand') : value;
  const type = childByField(literal, 'type');
  if (
    literal?.type !== 'composite_literal' ||
    !/^(type_identifier|qualified_type)$/.test(type!.type)
  )
    return undefined;
  const elements = keyedElements(childByField(literal, 'body')!);
  const last = elements.at(-1);
  const key = childByField(last, 'key');
  if (!last || key?.type !== 'identifier') return undefined;
  const field = textOf(file, key);
  const fn = declarationOf(value)!;
  const isValue = project.packageNames(file).has(field) || declaredNames(file, fn).includes(field);
  return isValue ? undefined : { elements, last, field, body: childByField(literal, 'body')! };
}

const setLater: Rewriter = {
  name: 'a field set after the literal',
  *places(file, project) {
    for (const { statement, name, value } of literalsOf(file)) {
      const found = lastField(file, value, project);
      if (!found || mentionedNames(file, value).has(name)) continue;
      const others = found.elements.slice(0, -1).map(element => textOf(file, element));
      const indent = indentOf(file, statement);
      const set = textOf(file, childByField(found.last, 'value')!);
      if (childByField(found.last, 'value')!.type === 'literal_value') continue;
      const head = file.text.slice(statement.start, found.body.start);
      const text = `${head}{${others.join(', ')}}\n${indent}${name}.${found.field} = ${set}`;
      yield replacing(file, statement, text);
    }
  },
};

/** How each use of a variable is written once it is a pointer, or no longer one. */
function otherUse(file: GoFile, use: SyntaxNode, isPointer: boolean) {
  const { parent } = use;
  const isField = parent?.type === 'selector_expression' && use.field === 'operand';
  if (isField) return undefined;
  const sign = isPointer ? '*' : '&';
  const isUnary =
    parent?.type === 'unary_expression' &&
    textOf(file, parent).startsWith(sign) &&
    use.field === 'operand';
  if (isUnary) return edit(parent, textOf(file, use));
  const text = `${isPointer ? '&' : '*'}${textOf(file, use)}`;
  const needsParens =
    /^(index|slice|call|selector)_expression$/.test(parent?.type ?? '') && use.field !== undefined;
  return edit(use, needsParens ? `(${text})` : text);
}

const pointerRewriter = rewritersOf(literalsOf);

function otherIndirection(
  file: GoFile,
  { statement, name, value, fn }: ReturnType<typeof literalsOf>[number],
  fromPointer: boolean,
): Rewriting | undefined {
  const operand = childByField(value, 'operand');
  const literal = fromPointer ? operand : value;
  const type = childByField(literal, 'type');
  const isStruct = /^(type_identifier|qualified_type)$/.test(type?.type ?? '');
  if (literal?.type !== 'composite_literal' || !isStruct || isKey(file, fn, name)) return undefined;
  const uses = usesOf(file, fn, name).filter(use => use.start > statement.end);
  // A pointer that is set anew shares nothing with the first one.
  const isSet = uses.some(
    use => use.parent?.parent?.type === 'assignment_statement' && use.parent.field === 'left',
  );
  if (fromPointer && isSet) return undefined;
  const edits = uses.flatMap(use => otherUse(file, use, fromPointer) ?? []);
  return rewriting(file, fn, [
    edit(value, fromPointer ? textOf(file, literal) : `&${textOf(file, value)}`),
    ...edits,
  ]);
}

/** A loop over a list that is written out, or a parameter that is one. */
const byIndex: Rewriter = {
  name: 'a loop by index',
  *places(file, project) {
    for (const loop of statementsIn(file)) {
      const clause = loop.type === 'for_statement' ? loop.children.find(isRange) : undefined;
      const left = namedChildren(childByField(clause, 'left')).map(node => textOf(file, node));
      const list = childByField(clause, 'right');
      const body = childByField(loop, 'body');
      const isFirst = left.length === 2 && left[0] === '_' && left[1] !== '_';
      if (!clause || !list || !body || !isFirst || !isSliceName(file, list, project)) continue;
      const name = textOf(file, list);
      if (isAssigned(file, body, name) || !textOf(file, clause).includes(':=')) continue;
      const index = freshName('i', file, loop);
      const indent = indentOf(file, loop);
      const line = `\n${indent}\t${left[1]} := ${name}[${index}]`;
      const isUsed = usesOf(file, body, left[1]!).length > 0;
      const isHidden = declaredNames(file, body).includes(name);
      if (!isUsed || isHidden || isShared(file, body, left[1]!)) continue;
      yield rewriting(file, loop, [
        edit(clause, `${index} := range ${name}`),
        edit({ start: body.start + 1, end: body.start + 1 }, line),
      ]);
    }
  },
};

/**
 * Whether rounds may share a loop's variable, as they do before Go 1.22: its address is taken, or a
 * closure keeps it.
 */
function isShared(file: GoFile, body: SyntaxNode, name: string): boolean {
  return usesOf(file, body, name).some(use => {
    const closure = enclosing(use, 'func_literal');
    if (closure && within(closure, body)) return true;
    const address = enclosing(use, 'unary_expression');
    return address !== undefined && textOf(file, address).startsWith(`&${name}`);
  });
}

function isRange({ type }: SyntaxNode): boolean {
  return type === 'range_clause';
}

/** Whether a name is surely a slice: the package's only variable of that name is set to one. */
function isSliceName(file: GoFile, node: SyntaxNode, project: Project): boolean {
  const fn = declarationOf(node);
  const name = textOf(file, node);
  if (node.type !== 'identifier' || !fn) return false;
  const roots = declaredNames(file, fn).includes(name)
    ? [fn]
    : project.packageOf(file).map(({ root }) => root);
  const files = declaredNames(file, fn).includes(name) ? [file] : project.packageOf(file);
  const found = roots.flatMap((root, i) => slicesNamed(files[i]!, root, name));
  return found.length === 1 && found[0]!;
}

/** For each declaration of the name below a node, whether its value is a slice's literal. */
function slicesNamed(file: GoFile, root: SyntaxNode, name: string): boolean[] {
  return [...descend(root)].flatMap(node => {
    if (!/^(var_spec|short_var_declaration|parameter_declaration)$/.test(node.type)) return [];
    if (root.type === 'source_file' && declarationOf(node)) return [];
    if (!declaredNames(file, node).includes(name)) return [];
    const value = onlyExpression(node, node.type === 'var_spec' ? 'value' : 'right');
    const type = childByField(node, 'type') ?? childByField(value, 'type');
    return [type?.type === 'slice_type'];
  });
}

function isAssigned(file: GoFile, body: SyntaxNode, name: string): boolean {
  return findAll(body, 'assignment_statement').some(node =>
    namedChildren(childByField(node, 'left')).some(left => textOf(file, left).startsWith(name)),
  );
}

/** Lists, structs and loops over them, written in other ways. */
export const compositeRewriters: readonly Rewriter[] = [
  appended,
  appendedLater,
  namedList,
  reordered,
  setLater,
  pointerRewriter('a pointer for a value', (file, local) => otherIndirection(file, local, false)),
  pointerRewriter('a value for a pointer', (file, local) => otherIndirection(file, local, true)),
  byIndex,
];
