import type { Handler } from '../chain/app/handler-code.ts';
import { handlersOf } from '../chain/app/handler-code.ts';
import type { GoNode } from '../go/eval/go-node.ts';
import { goNode } from '../go/eval/go-node.ts';
import { importedPackage } from '../go/eval/imported.ts';
import { declarationCalled, declaredType } from '../go/eval/methods.ts';
import type { Expr } from '../go/eval/value.ts';
import { calledFunction, localDefinition } from '../go/eval/value.ts';
import { memoize } from '../go/repo/memoize.ts';
import type { Repo } from '../go/repo/repo.ts';
import type { SyntaxNode } from '../go/syntax/syntax.ts';
import { childByField, findAll, isFunction } from '../go/syntax/syntax.ts';
import type { AppContext } from './rule.ts';
import { withoutLayout } from './without-layout.ts';

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
    .map(handler => memoize(handler, 'all code', () => codeOf(repo, handler)));
  return {
    bodies: found.flatMap(({ bodies }) => bodies),
    unread: found.flatMap(({ unread }) => unread),
  };
}

function codeOf(repo: Repo, { facts, body }: Handler): HandledCode {
  const waiting = [{ facts, node: body }];
  const seen = new Set<SyntaxNode>([body]);
  const bodies: { path: string; text: string }[] = [];
  const unread: Expr[] = [];
  for (let at = waiting.pop(); at; at = waiting.pop()) {
    const text = withoutLayout(at.facts.text.slice(at.node.start, at.node.end));
    bodies.push({ path: at.facts.path, text });
    for (const node of findAll(at.node, 'call_expression')) {
      const call = { facts: at.facts, node };
      const called = bodyCalled(repo, call);
      if (called && seen.has(called.node)) continue;
      if (called && seen.size < most) {
        seen.add(called.node);
        waiting.push(called);
      } else if (called || isValue(repo, goNode(call))) {
        unread.push(call);
      }
    }
  }
  return { bodies, unread };
}

function bodyCalled(
  repo: Repo,
  call: Expr,
): { facts: Expr['facts']; node: SyntaxNode } | undefined {
  const found = calledFunction(repo, call) ?? declarationCalled(repo, call);
  const node = found && childByField(found.node, 'body');
  return node && { facts: found.facts, node };
}

/**
 * Whether a call is that of a value: a function in a variable, a parameter or a field, or a method
 * behind an interface of this repository. Those of keepers name what they change.
 */
function isValue(repo: Repo, call: GoNode): boolean {
  const { callee } = call;
  if (callee?.type === 'identifier') return isVariable(callee);
  if (callee?.type !== 'selector_expression' || !callee.operand) return false;
  if (importedPackage(repo, callee)) return false;
  const type = declaredType(repo, callee.operand);
  if (type?.dir === undefined || /Keeper$/.test(type.name)) return false;
  const declared = declarationCalled(repo, call);
  if (declared) return !isFunction(declared.node);
  const asField = new RegExp(`\\b${callee.name}\\s+func\\(`);
  return repo.filesOf(type.dir, asField).length > 0;
}

/** Whether a name is that of a variable which does not stand for one function. */
function isVariable({ facts, node, text }: GoNode): boolean {
  const local = localDefinition(node, text, facts.text);
  return typeof local === 'object' ? local.type !== 'func_literal' : local !== undefined;
}
