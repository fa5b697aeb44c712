import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { callsOf, childByField, childrenByField, namedChildren } from '../../go/syntax/syntax.ts';
import type { HandlerFunction } from '../../wiring/registration/handler-function.ts';
import { registeredFunction } from '../../wiring/registration/registered-function.ts';
import type { Registration } from '../../wiring/style.ts';
import { nameOf } from '../upgrade/neighbour.ts';

/** A parameter list as written, with the names and types in it. */
export interface Parameters {
  readonly text: string;
  readonly list: readonly { readonly name: string; readonly type: string; readonly text: string }[];
}

/**
 * How a chain writes an upgrade handler: the function that makes it (absent for a closure given
 * directly) and the closure.
 */
export interface HandlerShape {
  readonly facts: FileFacts;
  /** The plan name it belongs to. */
  readonly upgrade: string;
  readonly maker?: {
    readonly node: SyntaxNode;
    readonly name: string | undefined;
    readonly parameters: Parameters;
    readonly result: string;
  };
  readonly closure: {
    readonly node: SyntaxNode;
    readonly parameters: Parameters;
    readonly result: string;
    readonly body: SyntaxNode;
  };
}

/** The handler behind a registration; undefined where none was found. */
export function registeredHandler(
  repo: Repo,
  registration: Registration,
): HandlerShape | undefined {
  const found = registeredFunction(repo, registration);
  return found && shapeOf(found, nameOf(registration));
}

function shapeOf({ facts, node, maker }: HandlerFunction, upgrade: string): HandlerShape {
  return {
    facts,
    upgrade,
    ...(maker
      ? {
          maker: {
            node: maker,
            name: identifierOf(maker, facts.text),
            parameters: handlerParameters(maker, facts),
            result: resultOf(maker, facts.text),
          },
        }
      : {}),
    closure: closureOf(node, facts),
  };
}

function closureOf(node: SyntaxNode, facts: FileFacts): HandlerShape['closure'] {
  return {
    node,
    parameters: handlerParameters(node, facts),
    result: resultOf(node, facts.text),
    body: childByField(node, 'body')!,
  };
}

/** A function's parameters, as text and one by one. */
export function handlerParameters(fn: SyntaxNode, facts: FileFacts): Parameters {
  const list = childByField(fn, 'parameters')!;
  const text = facts.text.slice(list.start, list.end);
  return {
    text,
    list: namedChildren(list).flatMap(p => {
      const type = childByField(p, 'type');
      const typeText = type ? facts.text.slice(type.start, type.end) : '';
      const names = childrenByField(p, 'name').map(n => facts.text.slice(n.start, n.end));
      return (names.length ? names : ['']).map(name => ({
        name,
        type: typeText,
        text: name ? `${name} ${typeText}` : typeText,
      }));
    }),
  };
}

function resultOf(fn: SyntaxNode, text: string): string {
  const result = childByField(fn, 'result');
  return result ? text.slice(result.start, result.end) : '';
}

function identifierOf(fn: SyntaxNode, text: string): string | undefined {
  const name = childByField(fn, 'name');
  return name && text.slice(name.start, name.end);
}

/** How migrations are run: what it is called on, and the configurator. */
export interface MigrationCall {
  readonly manager: string;
  readonly configurator: string;
  readonly node: SyntaxNode;
}

/** The RunMigrations call of a handler. */
export function migrationCall(shape: HandlerShape): MigrationCall | undefined {
  const { text } = shape.facts;
  const node = callsOf(shape.closure.body, text, 'RunMigrations')[0];
  const callee = node && childByField(node, 'function');
  if (callee?.type !== 'selector_expression') return undefined;
  const manager = childByField(callee, 'operand')!;
  const given = namedChildren(childByField(node, 'arguments'));
  if (given.length !== 3) return undefined;
  return {
    node: node!,
    manager: text.slice(manager.start, manager.end),
    configurator: text.slice(given[1]!.start, given[1]!.end),
  };
}

/** A parameter's name, or another one where it has none that code could use. */
export function usableName(parameter: { name: string } | undefined, fallback: string): string {
  return parameter && parameter.name !== '' && parameter.name !== '_' ? parameter.name : fallback;
}

/**
 * Whether another handler calls context and version map as a handler does, or leaves them unnamed;
 * so that its statements mean the same there.
 */
export function hasSameNames(other: HandlerShape, shape: HandlerShape): boolean {
  const names = shape.closure.parameters.list.map(p => p.name);
  const plan = 1;
  return other.closure.parameters.list.every(
    ({ name }, i) => name === '' || name === '_' || i === plan || name === names[i],
  );
}
