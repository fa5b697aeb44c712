import type { FoundFunc, Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import {
  callArguments,
  callsOf,
  childByField,
  findAll,
  namedChildren,
  withoutParens,
} from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { literalType, nodeText } from '../go-tree.ts';
import { handlerParameters } from '../handler/handler-shape.ts';
import type { ParamsType } from './params.ts';

/** A module's function that gives its default parameters, and the fields that it sets. */
export interface DefaultParams {
  /** `types.DefaultParams` */
  readonly text: string;
  readonly fields: readonly string[];
}

/**
 * The default parameters of a module; refused where its code does not say which fields they set.
 */
export function defaultParams(repo: Repo, type: ParamsType): DefaultParams {
  const found = [`Default${type.name}`, 'DefaultParams']
    .map(name => repo.func(type.dir, name))
    .find(f => f !== undefined);
  const syntax = found && repo.syntaxOf(found);
  if (!found || !syntax)
    throw new Refusal(
      `${type.dir} has no DefaultParams, from which new parameters could take their values`,
      { file: type.dir },
    );
  if (handlerParameters(syntax, found.facts).list.length > 0)
    throw new Refusal(
      `${found.func.name} in ${found.facts.path} takes what a migration does not have; ` +
        'write the migration by hand',
      { file: found.facts.path },
    );
  return {
    text: type.text.replace(/\w+$/, found.func.name),
    fields: [...new Set(fieldsSet(repo, type, found, 0))],
  };
}

/**
 * The fields that a function sets in the parameters it gives, by itself or by way of a function it
 * calls, such as NewParams.
 */
function fieldsSet(repo: Repo, type: ParamsType, found: FoundFunc, depth: number): string[] {
  const syntax = repo.syntaxOf(found);
  if (!syntax || depth > 3) return [];
  const below = calledFunctions(found.facts, syntax)
    .flatMap(name => repo.func(type.dir, name) ?? [])
    .filter(other => other.func !== found.func && gives(repo, other, type));
  return [
    ...literalFields(found.facts, syntax, type),
    ...assignedFields(found.facts, syntax),
    ...below.flatMap(other => fieldsSet(repo, type, other, depth + 1)),
  ];
}

/** The keys of literals of the parameters' type. */
function literalFields(facts: FileFacts, syntax: SyntaxNode, { name }: ParamsType): string[] {
  return findAll(syntax, 'composite_literal')
    .filter(literal => literalType(facts, literal) === name)
    .flatMap(literal => namedChildren(childByField(literal, 'body')))
    .filter(element => element.type === 'keyed_element')
    .map(element => nodeText(facts, namedChildren(element)[0]));
}

/** The fields of a variable such as `params` that are assigned. */
function assignedFields(facts: FileFacts, syntax: SyntaxNode): string[] {
  return findAll(syntax, 'assignment_statement')
    .flatMap(statement => namedChildren(childByField(statement, 'left')))
    .map(withoutParens)
    .filter(node => node.type === 'selector_expression')
    .filter(node => /^(p|params|default\w*)$/.test(nodeText(facts, childByField(node, 'operand'))))
    .map(node => nodeText(facts, childByField(node, 'field')));
}

/** The functions of its own package that code calls, each once. */
function calledFunctions(facts: FileFacts, syntax: SyntaxNode): string[] {
  const callees = findAll(syntax, 'call_expression')
    .map(call => childByField(call, 'function'))
    .filter(callee => callee?.type === 'identifier');
  return [...new Set(callees.map(callee => nodeText(facts, callee)))];
}

/** Whether a function gives parameters of that type. */
function gives(repo: Repo, found: FoundFunc, { name }: ParamsType): boolean {
  const result = nodeText(found.facts, childByField(repo.syntaxOf(found), 'result'));
  return new RegExp(`^\\(?(\\w+ )?\\*?${name}\\b`).test(result);
}

/** The keys of x/params by field, as ParamSetPairs lists them. */
export function paramKeys(repo: Repo, type: ParamsType): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  const lists = repo
    .functions(type.dir, 'ParamSetPairs')
    .filter(({ func }) => func.receiver?.type === type.name);
  for (const found of lists) {
    for (const call of callsOf(repo.syntaxOf(found), found.facts.text, 'NewParamSetPair')) {
      const [key, value] = callArguments(call);
      const field = value && referredField(found.facts, value);
      if (key && field !== undefined) keys.set(field, nodeText(found.facts, key));
    }
  }
  return keys;
}

/** `MaxEntries` of `&p.MaxEntries`. */
function referredField(facts: FileFacts, value: SyntaxNode): string | undefined {
  const isReference =
    value.type === 'unary_expression' && nodeText(facts, childByField(value, 'operator')) === '&';
  const operand = isReference ? childByField(value, 'operand') : undefined;
  if (childByField(operand, 'operand')?.type !== 'identifier') return undefined;
  return nodeText(facts, childByField(operand, 'field'));
}
