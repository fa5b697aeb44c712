import { dirname } from '../files.ts';
import type { GoNode } from '../go/eval/go-node.ts';
import { goNode } from '../go/eval/go-node.ts';
import { localDefinition, parameterType } from '../go/eval/scope.ts';
import type { Expr } from '../go/eval/value.ts';
import { calledFunction, exprAt, textOf } from '../go/eval/value.ts';
import type { Repo } from '../go/repo/repo.ts';
import type { SyntaxNode } from '../go/syntax/syntax.ts';
import { childByField, childrenByField, findAll, namedChildren } from '../go/syntax/syntax.ts';

/**
 * Whether an expression is a map with the keys of an app's persistent stores, by what declares it;
 * by its usual name, `keys`, where nothing here does.
 */
export function isStoreKeyMap(repo: Repo, map: Expr): boolean {
  const here = goNode(map).withoutParens;
  return isDeclaredKeyMap(repo, here) ?? here.name === 'keys';
}

const deepest = 4;

/** Undefined where no declaration is found. */
function isDeclaredKeyMap(repo: Repo, map: GoNode, depth = 0): boolean | undefined {
  if (depth > deepest) return undefined;
  switch (map.type) {
    case 'call_expression':
      return givesKeyMap(repo, map);
    case 'composite_literal':
      return isKeyMapType(map.field('type'));
    case 'selector_expression':
      return isKeyMapField(repo, map);
    case 'identifier':
      return isNamedKeyMap(repo, map, depth);
    default:
      return undefined;
  }
}

/** `NewKVStoreKeys(…)`, `make(map[string]*KVStoreKey)`, or a function with such a result. */
function givesKeyMap(repo: Repo, call: GoNode): boolean | undefined {
  const { callee } = call;
  if (callee?.name === 'NewKVStoreKeys') return true;
  if (callee?.text === 'make') return isKeyMapType(call.arguments[0]);
  const called = calledFunction(repo, call);
  const result = called && firstResult(childByField(called.node, 'result'));
  return result && isKeyMapType(goNode(exprAt(called, result)));
}

/** The type of a function's only result, or of the first of several. */
function firstResult(result: SyntaxNode | undefined): SyntaxNode | undefined {
  if (result?.type !== 'parameter_list') return result;
  const [first] = namedChildren(result);
  return childByField(first, 'type') ?? first;
}

function isNamedKeyMap(repo: Repo, name: GoNode, depth: number): boolean | undefined {
  const { facts, node, text } = name;
  const local = localDefinition(node, text, facts.text);
  if (local === 'parameter') {
    const type = parameterType(node, text, facts.text);
    return type && isKeyMapType(goNode(exprAt(name, type)));
  }
  if (typeof local === 'object')
    return isDeclaredKeyMap(repo, goNode(exprAt(name, local)).withoutParens, depth + 1);
  const found = local === undefined ? repo.value(dirname(facts.path), text) : undefined;
  if (!found) return undefined;
  const { type, value } = found.spec;
  if (type) return isKeyMapType(goNode({ facts: found.facts, node: type }));
  return value && isDeclaredKeyMap(repo, goNode({ facts: found.facts, node: value }), depth + 1);
}

/** Whether a struct of the package has a field of that name with such a map. */
function isKeyMapField(repo: Repo, selector: GoNode): boolean | undefined {
  const types = fieldTypes(repo, dirname(selector.facts.path), selector.name);
  return types.length === 0 ? undefined : types.some(isKeyMapType);
}

function fieldTypes(repo: Repo, dir: string, name: string): GoNode[] {
  return repo.filesOf(dir, new RegExp(`\\b${name}\\b`)).flatMap(facts =>
    facts.types
      .flatMap(({ syntax }) => findAll(syntax, 'field_declaration'))
      .filter(field =>
        childrenByField(field, 'name').some(each => textOf({ facts, node: each }) === name),
      )
      .flatMap(field => childByField(field, 'type') ?? [])
      .map(node => goNode({ facts, node })),
  );
}

/** `map[string]*storetypes.KVStoreKey`. */
function isKeyMapType(type: GoNode | undefined): boolean {
  const value = type?.type === 'map_type' ? type.field('value') : undefined;
  return value !== undefined && /(^|[*.])(KVStoreKey|StoreKey)$/.test(value.text);
}
