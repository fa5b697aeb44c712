import type { FileFacts } from '../go/facts.ts';
import type { Repo } from '../go/repo.ts';
import { bare, callsOf, child, childrenOf, descend, enclosing, parts } from '../go/syntax.ts';
import type { Syn } from '../go/syntax.ts';
import { at, calledFunction, resolve, textOf } from '../go/value.ts';
import type { Expr } from '../go/value.ts';
import { dirname } from '../files.ts';

/** A parameter list as written, with the names and types in it. */
export interface Parameters { readonly text: string; readonly list: readonly { readonly name: string; readonly type: string; readonly text: string }[] }

/** How a chain writes an upgrade handler: the function that makes it (absent for a closure given directly) and the closure. */
export interface HandlerShape {
  readonly facts: FileFacts;
  /** The plan name it belongs to. */
  readonly upgrade: string;
  readonly maker?: { readonly node: Syn; readonly name: string | undefined; readonly parameters: Parameters; readonly result: string };
  readonly closure: { readonly node: Syn; readonly parameters: Parameters; readonly result: string; readonly body: Syn };
}

/** Reads the handler behind an expression: a constructor's call or name, a function literal, a variable. */
export function handlerShape(repo: Repo, expr: Expr, upgrade: string): HandlerShape | undefined {
  const fn = functionBehind(repo, expr);
  if (!fn) return undefined;
  const { facts, node } = fn;
  if (takesPlan(node, facts.text)) return { facts, upgrade, closure: closureOf(node, facts) };
  const inner = parts(child(node, 'body')).filter(s => s.type === 'return_statement').flatMap(s => [...descend(s)]).find(n => n.type === 'func_literal');
  if (!inner) return undefined;
  return {
    facts, upgrade,
    maker: { node, name: nameOf(node, facts.text), parameters: parametersOf(node, facts), result: resultOf(node, facts.text) },
    closure: closureOf(inner, facts),
  };
}

function functionBehind(repo: Repo, expr: Expr): { facts: FileFacts; node: Syn } | undefined {
  const node = bare(expr.node);
  if (node.type === 'func_literal') return { facts: expr.facts, node };
  if (node.type === 'call_expression') {
    const called = calledFunction(repo, at(expr, node));
    return called && { facts: called.facts, node: called.node };
  }
  if (node.type !== 'identifier' && node.type !== 'selector_expression') return undefined;
  // A function's name, in this package or another.
  const name = node.type === 'identifier' ? textOf(at(expr, node)) : textOf(at(expr, child(node, 'field')!));
  const operand = node.type === 'selector_expression' ? child(node, 'operand')! : undefined;
  const path = operand && repo.importFor(expr.facts, textOf(at(expr, operand)));
  const dir = path ? repo.dirOf(path, dirname(expr.facts.path)) : operand ? undefined : dirname(expr.facts.path);
  const found = dir === undefined ? undefined : repo.func(dir, name);
  if (found?.func.syntax) return { facts: found.facts, node: found.func.syntax };
  const target = resolve(repo, at(expr, node));
  return 'expr' in target && target.expr.node !== node ? functionBehind(repo, target.expr) : undefined;
}

/** Whether a function is a handler itself rather than one that makes one. */
function takesPlan(fn: Syn, text: string): boolean {
  return /\bPlan\b/.test(text.slice(child(fn, 'parameters')?.start ?? 0, child(fn, 'parameters')?.end ?? 0));
}

function closureOf(node: Syn, facts: FileFacts): HandlerShape['closure'] {
  return { node, parameters: parametersOf(node, facts), result: resultOf(node, facts.text), body: child(node, 'body')! };
}

/** A function's parameters, as text and one by one. */
export function parametersOf(fn: Syn, facts: FileFacts): Parameters {
  const list = child(fn, 'parameters')!;
  const text = facts.text.slice(list.start, list.end);
  return {
    text,
    list: parts(list).flatMap(p => {
      const type = child(p, 'type');
      const typeText = type ? facts.text.slice(type.start, type.end) : '';
      const names = childrenOf(p, 'name').map(n => facts.text.slice(n.start, n.end));
      return (names.length ? names : ['']).map(name => ({ name, type: typeText, text: name ? `${name} ${typeText}` : typeText }));
    }),
  };
}

function resultOf(fn: Syn, text: string): string {
  const result = child(fn, 'result');
  return result ? text.slice(result.start, result.end) : '';
}

function nameOf(fn: Syn, text: string): string | undefined {
  const name = child(fn, 'name');
  return name && text.slice(name.start, name.end);
}

/** How migrations are run: what stands before `.RunMigrations`, and the configurator. */
export interface MigrationCall { readonly manager: string; readonly configurator: string; readonly node: Syn }

/** The RunMigrations call of a handler. */
export function migrationCall(shape: HandlerShape): MigrationCall | undefined {
  const { text } = shape.facts;
  const node = callsOf(shape.closure.body, text, 'RunMigrations')[0];
  const callee = node && child(node, 'function');
  if (callee?.type !== 'selector_expression') return undefined;
  const manager = child(callee, 'operand')!, given = parts(child(node, 'arguments'));
  if (given.length !== 3) return undefined;
  return { node: node!, manager: text.slice(manager.start, manager.end), configurator: text.slice(given[1]!.start, given[1]!.end) };
}

/** The statements of a block with their comments. */
export function statementsOf(block: Syn): readonly Syn[] {
  return block.children;
}

/** The function a node stands in directly. */
export function directFunction(node: Syn): Syn | undefined {
  return enclosing(node, 'func_literal', 'function_declaration', 'method_declaration');
}
