import type { Handler } from '../chain/app/handler-code.ts';
import { handlersOf } from '../chain/app/handler-code.ts';
import { dirname } from '../files.ts';
import type { GoNode } from '../go/eval/go-node.ts';
import { goNode } from '../go/eval/go-node.ts';
import { importedPackage } from '../go/eval/imported.ts';
import { declarationCalled, declaredType } from '../go/eval/methods.ts';
import { usesOf, variableAt } from '../go/eval/uses.ts';
import type { Expr } from '../go/eval/value.ts';
import {
  calledFunction,
  exprAt,
  functionNamed,
  localDefinition,
  textOf,
} from '../go/eval/value.ts';
import type { Repo } from '../go/repo/repo.ts';
import { withoutLayout } from '../go/source/without-layout.ts';
import type { SyntaxNode } from '../go/syntax/syntax.ts';
import {
  callArguments,
  childByField,
  findAll,
  isFunction,
  namedChildren,
} from '../go/syntax/syntax.ts';
import type { AppContext } from './rule.ts';

/** What the handlers of an app's pending upgrades run, as far as calls can be followed. */
export interface HandledCode {
  /** Their bodies and those of all functions that these call, comments aside. */
  readonly bodies: readonly { readonly path: string; readonly text: string }[];
  /** Calls of functions that are only known when they run: these may do anything. */
  readonly unread: readonly Expr[];
}

/** How many functions of a handler are looked at. */
const most = 400;

/** What the handlers of the pending upgrades of an app run. */
export function handledCode({ repo, app, wiring, pending }: AppContext): HandledCode {
  const found = handlersOf(repo, app, wiring)
    .filter(({ upgrade }) => pending.includes(upgrade))
    .map(handler =>
      repo.memoWithDependencies(
        dirname(handler.facts.path),
        `code that ${handler.facts.path}:${handler.body.start} runs`,
        () => codeOf(repo, handler),
      ),
    );
  return {
    bodies: found.flatMap(({ bodies }) => bodies),
    unread: found.flatMap(({ unread }) => unread),
  };
}

function codeOf(repo: Repo, { facts, body }: Handler): HandledCode {
  const waiting: Expr[] = [{ facts, node: body }];
  const seen = new Set<SyntaxNode>([body]);
  const bodies: { path: string; text: string }[] = [];
  const unread: Expr[] = [];
  for (let at = waiting.pop(); at; at = waiting.pop()) {
    const text = withoutLayout(at.facts.text.slice(at.node.start, at.node.end));
    bodies.push({ path: at.facts.path, text });
    for (const node of findAll(at.node, 'call_expression')) {
      const call = { facts: at.facts, node };
      const called = functionsRun(repo, call);
      const fresh = called.filter(one => !seen.has(one.node));
      const isTooMuch = fresh.length > 0 && seen.size >= most;
      // What a function's own parameters stand for is looked at where it is called.
      const isGiven = at.node !== body && isParameter(goNode(call));
      const isOpen = called.length === 0 && !isGiven && isValue(repo, goNode(call));
      if (isTooMuch || isOpen) unread.push(call);
      if (isTooMuch) continue;
      for (const one of fresh) {
        seen.add(one.node);
        waiting.push(one);
      }
    }
    unread.push(...indexedCalls(repo, at));
  }
  return { bodies, unread };
}

/** Calls like `steps[i](ctx)` and `apply[int](ctx)`, which are read as conversions to a type. */
function indexedCalls(repo: Repo, { facts, node: body }: Expr): Expr[] {
  return findAll(body, 'type_conversion_expression').flatMap(node => {
    const [type] = node.children;
    const [name] = type?.type === 'generic_type' ? type.children : [];
    const text = name ? textOf({ facts, node: name }) : '';
    const isType =
      !name || (!localDefinition(name, text, facts.text) && !isDeclared(repo, facts, text));
    return isType ? [] : [{ facts, node }];
  });
}

function isDeclared(repo: Repo, { path }: Expr['facts'], name: string): boolean {
  const here = dirname(path);
  return repo.func(here, name) !== undefined || repo.value(here, name) !== undefined;
}

/** The bodies of the function that is called, and of those that it is given by their names. */
function functionsRun(repo: Repo, call: Expr): Expr[] {
  const named = callArguments(call.node)
    .filter(({ type }) => type === 'identifier' || type === 'selector_expression')
    .map(node => functionNamed(repo, exprAt(call, node)));
  const found = [calledFunction(repo, call) ?? declarationCalled(repo, call), ...named];
  return found.flatMap(one => {
    const node = one && childByField(one.node, 'body');
    return node ? [{ facts: one.facts, node }] : [];
  });
}

/**
 * Whether a call is that of a value: a function in a variable, a list or a field, what a function
 * gives, or a method behind an interface of this repository. Those of keepers name what they change,
 * and what comes from outside the repository changes nothing of it.
 */
function isValue(repo: Repo, call: GoNode): boolean {
  const { callee } = call;
  if (!callee) return false;
  switch (callee.type) {
    case 'identifier':
      return isVariable(repo, callee);
    case 'selector_expression':
      return isMember(repo, call, callee);
    case 'index_expression':
      return !isFromOutside(repo, goNode(exprAt(callee, childByField(callee.node, 'operand')!)));
    case 'call_expression':
      return !isFromOutside(repo, callee.callee);
    default:
      return false;
  }
}

function isMember(repo: Repo, call: GoNode, callee: GoNode): boolean {
  const { operand } = callee;
  if (!operand) return false;
  const imported = importedPackage(repo, callee);
  if (imported)
    return imported.dir !== undefined && isPackageVariable(repo, imported.dir, callee.name);
  const asField = new RegExp(`\\b${callee.name}\\s+func\\(`);
  const type = declaredType(repo, operand);
  if (type?.dir === undefined) {
    const here = dirname(call.facts.path);
    return operand.type === 'identifier' && repo.filesOf(here, asField).length > 0;
  }
  if (/Keeper$/.test(type.name)) return false;
  const declared = declarationCalled(repo, call);
  if (declared) return !isFunction(declared.node);
  return repo.filesOf(type.dir, asField).length > 0;
}

/** Whether a name is that of a variable which does not stand for one function of this repository. */
function isVariable(repo: Repo, name: GoNode): boolean {
  const { facts, node, text } = name;
  const local = localDefinition(node, text, facts.text);
  if (local === undefined) return isPackageVariable(repo, dirname(facts.path), text);
  const call = callGiving(name);
  if (call) return !isFromOutside(repo, call.callee);
  return typeof local !== 'object' || local.type !== 'func_literal';
}

/** The only call that gives a variable its value, alone or beside others: `cacheCtx, write := f()`. */
function callGiving({ facts, node }: GoNode): GoNode | undefined {
  const variable = variableAt(node, facts.text);
  const uses = variable ? usesOf(variable, facts.text) : [];
  const [statement, ...others] = new Set(uses.flatMap(({ setting }) => setting ?? []));
  const [value, ...more] = namedChildren(childByField(statement, 'right'));
  const isOnly = others.length === 0 && more.length === 0 && value?.type === 'call_expression';
  return isOnly ? goNode({ facts, node: value }) : undefined;
}

function isPackageVariable(repo: Repo, dir: string, name: string): boolean {
  return repo.func(dir, name) === undefined && repo.value(dir, name) !== undefined;
}

/** Whether a name leads out of this repository: to a package of another, or a method of its types. */
function isFromOutside(repo: Repo, callee: GoNode | undefined): boolean {
  if (callee?.type !== 'selector_expression') return false;
  const imported = importedPackage(repo, callee);
  if (imported) return imported.dir === undefined;
  const type = callee.operand && declaredType(repo, callee.operand);
  return type === undefined || type.dir === undefined;
}

/** Whether a call is that of a parameter. */
function isParameter({ callee }: GoNode): boolean {
  if (callee?.type !== 'identifier') return false;
  return localDefinition(callee.node, callee.text, callee.facts.text) === 'parameter';
}
