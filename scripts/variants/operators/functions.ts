import type { SyntaxNode } from '../../../core/go/syntax/syntax.ts';
import {
  callArguments,
  callsOf,
  childByField,
  childrenByField,
  findAll,
  namedChildren,
  returnsOf,
} from '../../../core/go/syntax/syntax.ts';
import type { GoFile } from '../go-file.ts';
import { functionsIn, nameOf, textOf } from '../go-file.ts';
import { declaredNames, freshName, isFree, mentionedNames } from '../names.ts';
import type { Rewriter } from '../rewriter.ts';
import { append, edit, insert, replacing, rewriting } from '../rewriter.ts';
import {
  declarationOf,
  hasLabels,
  indentOf,
  isPure,
  isStatement,
  leaves,
  linesBefore,
  statementsIn,
  typeText,
} from '../statements.ts';

const closure: Rewriter = {
  name: 'a statement in a closure called at once',
  *places(file) {
    for (const node of statementsIn(file)) {
      if (!/^(expression|if|for|expression_switch)_statement$/.test(node.type)) continue;
      if (leaves(file, node)) continue;
      const indent = indentOf(file, node);
      yield replacing(file, node, `func() {\n${indent}\t${textOf(file, node)}\n${indent}}()`);
    }
  },
};

const method: Rewriter = {
  name: 'a statement in a method of its own',
  *places(file) {
    for (const node of statementsIn(file)) {
      const fn = declarationOf(node);
      const receiver = fn && receiverOf(file, fn);
      if (!fn || !receiver || leaves(file, node)) continue;
      if (!/^(expression|if|for)_statement$/.test(node.type)) continue;
      const outer = declaredNames(file, fn);
      for (const name of declaredNames(file, node)) outer.splice(outer.indexOf(name), 1);
      const mentioned = mentionedNames(file, node);
      const needsMore = outer.some(name => name !== receiver.name && mentioned.has(name));
      if (needsMore || outer.filter(name => name === receiver.name).length > 1) continue;
      const name = freshName('step', file, node);
      const head = `func ${receiver.text} ${name}()`;
      yield rewriting(file, node, [
        edit(node, `${receiver.name}.${name}()`),
        append(file, `${head} {\n\t${textOf(file, node)}\n}`),
      ]);
    }
  },
};

/** A method's receiver that is a pointer and has a name. */
function receiverOf(file: GoFile, fn: SyntaxNode) {
  const list = childByField(fn, 'receiver');
  const [parameter] = namedChildren(list);
  const name = childByField(parameter, 'name');
  const isPointer = childByField(parameter, 'type')?.type === 'pointer_type';
  if (!list || !name || !isPointer || textOf(file, name) === '_') return undefined;
  return { text: textOf(file, list), name: textOf(file, name) };
}

/** The arguments that hand a function's own parameters on; undefined where one has no name. */
function handedOn(file: GoFile, fn: SyntaxNode): string | undefined {
  const names: string[] = [];
  for (const parameter of namedChildren(childByField(fn, 'parameters'))) {
    const own = childrenByField(parameter, 'name').map(name => textOf(file, name));
    if (own.length === 0 || own.includes('_')) return undefined;
    const isVariadic = parameter.type === 'variadic_parameter_declaration';
    names.push(...own.map(name => (isVariadic ? `${name}...` : name)));
  }
  return names.join(', ');
}

const delegated: Rewriter = {
  name: 'a function that calls another with its parameters',
  *places(file) {
    for (const fn of functionsIn(file)) {
      const isMethod = fn.type === 'method_declaration';
      const receiver = isMethod ? namedChildren(childByField(fn, 'receiver'))[0] : undefined;
      const receiverName = receiver && nameOf(file, receiver);
      const values = handedOn(file, fn);
      const isGeneric = childByField(fn, 'type_parameters') !== undefined;
      if (values === undefined || isGeneric || receiverName === '' || receiverName === '_')
        continue;
      if (callsOf(fn, file.text, 'recover').length > 0) continue;
      const nameNode = childByField(fn, 'name')!;
      const body = childByField(fn, 'body')!;
      const other = freshName('do', file, fn);
      const call = `${receiverName === undefined ? '' : `${receiverName}.`}${other}(${values})`;
      const keyword = childByField(fn, 'result') ? 'return ' : '';
      const head = file.text.slice(fn.start, nameNode.start);
      const rest = file.text.slice(nameNode.end, fn.end);
      yield rewriting(file, fn, [
        edit(body, `{\n\t${keyword}${call}\n}`),
        append(file, `${head}${other}${rest}`),
      ]);
    }
  },
};

/** The types of a function's results, where they have no names. */
function resultTypes(file: GoFile, fn: SyntaxNode): string[] | undefined {
  const result = childByField(fn, 'result');
  if (!result) return undefined;
  if (result.type !== 'parameter_list') return [textOf(file, result)];
  const types = namedChildren(result);
  return types.some(type => childByField(type, 'name'))
    ? undefined
    : types.map(type => textOf(file, type));
}

function functionsAndClosures(file: GoFile): SyntaxNode[] {
  return functionsIn(file).flatMap(fn => [fn, ...findAll(fn, 'func_literal')]);
}

const namedResult: Rewriter = {
  name: 'results with names',
  *places(file) {
    for (const fn of functionsAndClosures(file)) {
      const types = resultTypes(file, fn);
      const returns = returnsOf(fn);
      if (!types || returns.length === 0 || returns.length > 3) continue;
      const names = types.map((_, i) => freshName(`result${i}n`, file, fn));
      const results = types.map((type, i) => `${names[i]} ${type}`).join(', ');
      yield rewriting(file, fn, [
        edit(childByField(fn, 'result')!, `(${results})`),
        ...returns.map(statement => {
          const value = textOf(file, namedChildren(statement)[0]!);
          return edit(
            statement,
            `${names.join(', ')} = ${value}\n${indentOf(file, statement)}return`,
          );
        }),
      ]);
    }
  },
};

const localResult: Rewriter = {
  name: 'a result in a variable',
  *places(file) {
    for (const fn of functionsAndClosures(file)) {
      const types = resultTypes(file, fn);
      for (const statement of types ? returnsOf(fn) : []) {
        const values = namedChildren(namedChildren(statement)[0]);
        const [value] = values;
        const isValue = /^(call_expression|composite_literal|func_literal)$/.test(
          value?.type ?? '',
        );
        if (!value || values.length > 1 || !isValue || hasLabels(fn) || !isStatement(statement))
          continue;
        if (types!.length > 1 && value.type !== 'call_expression') continue;
        const names = types!.map((_, i) => freshName(`value${i}n`, file, statement)).join(', ');
        const line = `${names} := ${textOf(file, value)}`;
        const before = linesBefore(file, statement, [line]);
        yield replacing(file, statement, `${before}return ${names}`);
      }
    }
  },
};

/** An expression that names its type, in the result of a function of its own. */
const constructed: Rewriter = {
  name: 'a function that makes a literal',
  *places(file) {
    for (const node of findAll(file.root, 'composite_literal', 'unary_expression')) {
      const type = typeText(file, node);
      const isWhole =
        node.parent?.type !== 'unary_expression' && node.parent?.type !== 'selector_expression';
      if (type === undefined || !isWhole || !isFree(file, node)) continue;
      // An address of what is made anew each time is another one each time, as the literal's is.
      const name = freshName('make', file, node);
      yield rewriting(file, node, [
        edit(node, `${name}()`),
        append(file, `func ${name}() ${type} {\n\treturn ${textOf(file, node)}\n}`),
      ]);
    }
  },
};

const extracted: Rewriter = {
  name: 'an argument in a variable',
  *places(file) {
    for (const call of findAll(file.root, 'call_expression')) {
      for (const argument of callArguments(call)) {
        const statement = firstEvaluatedIn(file, argument);
        const fn = declarationOf(argument);
        if (!statement || !fn || hasLabels(fn) || !isExtractable(argument)) continue;
        if (argument.type === 'call_expression' && callArguments(call).length < 2) continue;
        const name = freshName('argument', file, argument);
        const line = `${name} := ${textOf(file, argument)}`;
        yield rewriting(file, argument, [
          insert(statement.start, linesBefore(file, statement, [line])),
          edit(argument, name),
        ]);
      }
    }
  },
};

const extractable =
  /^(composite_literal|func_literal|call_expression|selector_expression|unary_expression)$/;

function isExtractable({ type, parent }: SyntaxNode): boolean {
  return extractable.test(type) && parent?.type === 'argument_list';
}

/**
 * The statement that evaluates an expression once, before anything else in it that does something.
 * Undefined where it may do without, or does other things before.
 */
export function firstEvaluatedIn(file: GoFile, node: SyntaxNode): SyntaxNode | undefined {
  let at = node;
  while (at.parent && !isStatement(at)) {
    const { parent } = at;
    if (!isPureBefore(file, parent, at) || evaluatesLate(file, parent, at)) return undefined;
    at = parent;
  }
  return isStatement(at) && at !== node ? at : undefined;
}

function isPureBefore(file: GoFile, parent: SyntaxNode, at: SyntaxNode): boolean {
  return parent.children
    .slice(0, parent.children.indexOf(at))
    .every(child => child.type === 'comment' || isPure(file, child));
}

const headers: Readonly<Record<string, readonly string[]>> = {
  if_statement: ['initializer'],
  expression_switch_statement: ['initializer'],
  range_clause: ['right'],
};

/** Whether a node's parent evaluates it under a condition, more than once, or later. */
function evaluatesLate(file: GoFile, parent: SyntaxNode, at: SyntaxNode): boolean {
  if (/^(func_literal|defer_statement|go_statement|block)$/.test(parent.type)) return true;
  if (/^(for_statement|select_statement|type_switch_statement)$/.test(parent.type))
    return at.type !== 'range_clause';
  if (/_case$/.test(parent.type)) return true;
  if (parent.type === 'binary_expression') {
    const operator = childByField(parent, 'operator');
    return at.field === 'right' && /&&|\|\|/.test(operator ? textOf(file, operator) : '');
  }
  const fields = headers[parent.type];
  if (!fields) return parent.type === 'const_spec';
  const isFirst = fields.includes(at.field ?? '');
  const hasInitializer = childByField(parent, 'initializer') !== undefined;
  const isHeader = at.field === 'condition' || at.field === 'value';
  return !isFirst && (hasInitializer || !isHeader);
}

const methodValue: Rewriter = {
  name: 'a method in a variable',
  *places(file, project) {
    const imports = new Set(project.importsOf(file).map(({ name }) => name));
    for (const node of statementsIn(file)) {
      const call = node.type === 'expression_statement' ? namedChildren(node)[0] : undefined;
      const callee = childByField(call, 'function');
      if (call?.type !== 'call_expression' || callee?.type !== 'selector_expression') continue;
      const [root] = textOf(file, callee).split('.');
      const fn = declarationOf(node);
      const isSimple = isPure(file, callee) && /^[\w.]+$/.test(textOf(file, callee));
      if (!isSimple || imports.has(root!) || !fn || hasLabels(fn)) continue;
      const name = freshName('call', file, node);
      yield rewriting(file, callee, [
        insert(node.start, linesBefore(file, node, [`${name} := ${textOf(file, callee)}`])),
        edit(callee, name),
      ]);
    }
  },
};

/** Functions and calls, written in other ways. */
export const functionRewriters: readonly Rewriter[] = [
  closure,
  method,
  delegated,
  namedResult,
  localResult,
  constructed,
  extracted,
  methodValue,
];
