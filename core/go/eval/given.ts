import type { Repo } from '../repo/repo.ts';
import type { FileFacts, Func } from '../source/facts.ts';
import type { SyntaxNode } from '../syntax/syntax.ts';
import {
  childByField,
  childrenByField,
  descend,
  enclosing,
  enclosingFunction,
  findAll,
  namedChildren,
} from '../syntax/syntax.ts';
import type { Expr } from './expr.ts';
import { exprAt, textOf } from './expr.ts';
import { goNode } from './go-node.ts';
import { localDefinition } from './scope.ts';

/** An assignment by which a function gives a variable of its package a value. */
export interface Given {
  readonly facts: FileFacts;
  readonly func: Func;
  readonly statement: SyntaxNode;
  /** Absent where one call gives several values at once. */
  readonly value: SyntaxNode | undefined;
}

/** The assignments to a package's variable, in the order of the files. */
export function givenTo(repo: Repo, dir: string, name: string): readonly Given[] {
  return repo.memoByPackage(dir, `given to ${name}`, () => {
    const written = new RegExp(`(^|[^\\w.])${name}\\b[^=\\n]*=`, 'm');
    return repo.filesOf(dir, written).flatMap(facts =>
      facts.funcs
        .filter(func => written.test(facts.text.slice(func.start, func.end)))
        .map(func => ({ ...func, syntax: repo.syntaxOf({ facts, func }) }))
        .flatMap(func => givenIn(facts, func, name)),
    );
  });
}

/** A statement that declares or sets a local variable; `value` as in `Given`. */
export interface LocalGiven {
  readonly statement: Expr;
  readonly value: Expr | undefined;
}

/**
 * What a local variable is declared with and given before the place where it is used, in order; a
 * declaration without a value is left out. Undefined where it is declared twice, or elsewhere.
 */
export function givenToLocal(use: Expr): LocalGiven[] | undefined {
  const name = textOf(use);
  const fn = enclosingFunction(use.node);
  const statements = [...(fn ? descend(fn) : [])].filter(
    node =>
      node.end <= use.node.start &&
      setting.has(node.type) &&
      targetsOf(node).some(target => textOf(exprAt(use, target)) === name),
  );
  const declarations = statements.filter(({ type }) => type !== 'assignment_statement');
  if (declarations.length !== 1 || declarations[0] !== statements[0]) return undefined;
  return statements.flatMap(node => {
    const values = valuesOf(node);
    if (values.length === 0) return [];
    const targets = targetsOf(node);
    const index = targets.findIndex(target => textOf(exprAt(use, target)) === name);
    const isPlain = goNode({ facts: use.facts, node }).operator.length <= 1;
    const value = isPlain && values.length === targets.length ? values[index] : undefined;
    return [{ statement: exprAt(use, node), value: value && exprAt(use, value) }];
  });
}

const setting = new Set(['short_var_declaration', 'var_spec', 'assignment_statement']);

function targetsOf(statement: SyntaxNode): SyntaxNode[] {
  return statement.type === 'var_spec'
    ? childrenByField(statement, 'name')
    : namedChildren(childByField(statement, 'left'));
}

function valuesOf(statement: SyntaxNode): SyntaxNode[] {
  return namedChildren(childByField(statement, statement.type === 'var_spec' ? 'value' : 'right'));
}

/**
 * The statements `name[key] = value` by which functions enter something into a map of their package,
 * each as the keyed element that a literal would have.
 */
export function enteredInto(repo: Repo, dir: string, name: string): readonly Expr[] {
  return repo.memoByPackage(dir, `entered into ${name}`, () => {
    const written = new RegExp(`\\b${name}\\[`);
    return repo
      .filesOf(dir, written)
      .flatMap(facts =>
        facts.funcs
          .filter(func => written.test(facts.text.slice(func.start, func.end)))
          .flatMap(({ syntax }) => entriesIn(facts, syntax, map => isVariable(facts, map, name))),
      );
  });
}

/** The same of a local variable, before the place where it is used. */
export function enteredIntoLocal(use: Expr): Expr[] {
  const name = textOf(use);
  const entries = entriesIn(
    use.facts,
    enclosingFunction(use.node),
    map => textOf(exprAt(use, map)) === name,
  );
  return entries
    .filter(({ node }) => node.end <= use.node.start)
    .map(({ node }) => exprAt(use, node));
}

function entriesIn(
  facts: FileFacts,
  fn: SyntaxNode | undefined,
  isMap: (operand: SyntaxNode) => boolean,
): Expr[] {
  return findAll(fn, 'assignment_statement').flatMap(statement => {
    const [target, ...others] = namedChildren(childByField(statement, 'left'));
    const value = namedChildren(childByField(statement, 'right'))[0];
    const operand = target?.type === 'index_expression' && childByField(target, 'operand');
    const key = target && childByField(target, 'index');
    if (!operand || !key || !value || others.length > 0 || !isMap(operand)) return [];
    if (goNode({ facts, node: statement }).operator !== '=') return [];
    const node = { ...statement, type: 'keyed_element', children: [key, value] };
    return [{ facts, node }];
  });
}

function givenIn(facts: FileFacts, func: Func, name: string): Given[] {
  return findAll(func.syntax, 'assignment_statement').flatMap(statement => {
    const targets = namedChildren(childByField(statement, 'left'));
    const values = namedChildren(childByField(statement, 'right'));
    const index = targets.findIndex(target => isVariable(facts, target, name));
    if (index < 0) return [];
    const isPlain = goNode({ facts, node: statement }).operator === '=';
    const value = isPlain && targets.length === values.length ? values[index] : undefined;
    return [{ facts, func, statement, value }];
  });
}

function isVariable({ text }: FileFacts, target: SyntaxNode, name: string): boolean {
  return (
    target.type === 'identifier' &&
    text.slice(target.start, target.end) === name &&
    !localDefinition(target, name, text)
  );
}

/** What a package's variable is set to where it is set once, before the program begins. */
export function givenAtStart(repo: Repo, dir: string, name: string): Expr | undefined {
  const [only, ...others] = givenTo(repo, dir, name);
  const isSure = only && others.length === 0 && runsAtStart(only) && !only.facts.buildTags;
  return isSure && only.value ? { facts: only.facts, node: only.value } : undefined;
}

/** Whether an assignment always runs before the program begins: straight in an `init` function. */
export function runsAtStart({ func, statement }: Given): boolean {
  return (
    func.name === 'init' && !func.receiver && enclosing(statement, 'block')?.parent === func.syntax
  );
}
