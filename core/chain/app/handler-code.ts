import type { Expr } from '../../go/eval/value.ts';
import { calledFunction, exprAt } from '../../go/eval/value.ts';
import { memoize } from '../../go/repo/memoize.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import {
  callArguments,
  callsOf,
  childByField,
  childrenByField,
  descend,
  findAll,
  namedChildren,
} from '../../go/syntax/syntax.ts';
import { registeredFunction } from '../../wiring/registration/registered-function.ts';
import type { Registration, Wiring } from '../../wiring/style.ts';
import type { App, Upgrade } from '../chain.ts';

/** A registered upgrade with the function that runs at its height. */
export interface Handler {
  readonly upgrade: Upgrade;
  readonly registration: Registration;
  readonly facts: FileFacts;
  /** The function: its parameters and body. */
  readonly fn: SyntaxNode;
  readonly body: SyntaxNode;
  /** The parameters' names, in order; `_` and missing ones are undefined. */
  readonly parameters: readonly (string | undefined)[];
}

/** The handlers of an app's registered upgrades, as far as they can be found. */
export function handlersOf(repo: Repo, app: App, wiring: Wiring): readonly Handler[] {
  // Many rules look at the same handlers: each is found, and its calls followed, once for an app.
  // Not for a wiring, which outlives the chain that was read from it, and with it the upgrades that
  // handlers point to.
  return memoize(app, 'handlers', () => findHandlers(repo, app, wiring));
}

function findHandlers(repo: Repo, app: App, wiring: Wiring): Handler[] {
  return wiring.registrations.flatMap((registration, i): Handler[] => {
    // Registered upgrades come first, in the order of their registrations.
    const upgrade = app.upgrades[i];
    const fn = registeredFunction(repo, registration);
    const body = fn && childByField(fn.node, 'body');
    return upgrade && fn && body
      ? [
          {
            upgrade,
            registration,
            facts: fn.facts,
            fn: fn.node,
            body,
            parameters: parameterNames(fn.node, fn.facts.text),
          },
        ]
      : [];
  });
}

function parameterNames(fn: SyntaxNode, text: string): (string | undefined)[] {
  return namedChildren(childByField(fn, 'parameters')).flatMap(p => {
    const names = childrenByField(p, 'name').map(n => text.slice(n.start, n.end));
    return names.length === 0 ? [undefined] : names.map(n => (n === '_' ? undefined : n));
  });
}

/**
 * What the version map is called in a handler; undefined where it has no name or the handler takes
 * none (0.42 and older).
 */
export function versionMapOf({ parameters }: Handler): string | undefined {
  return parameters[2];
}

/**
 * A body that a handler runs: its own, or that of a function of the repository which it calls
 * directly.
 */
export interface HandlerBody {
  readonly facts: FileFacts;
  readonly body: SyntaxNode /** The call that leads there, in the handler's own body. */;
  readonly via: SyntaxNode | undefined;
}

/** The handler's body and those of the functions it calls, one call deep. */
export function bodiesOf(repo: Repo, handler: Handler): readonly HandlerBody[] {
  return memoize(handler, 'bodies', () => findBodies(repo, handler));
}

function findBodies(repo: Repo, { facts, body }: Handler): HandlerBody[] {
  const called = findAll(body, 'call_expression').flatMap((call): HandlerBody[] => {
    const fn = calledFunction(repo, { facts, node: call });
    const inner = fn && childByField(fn.node, 'body');
    return inner && inner !== body ? [{ facts: fn.facts, body: inner, via: call }] : [];
  });
  return [{ facts, body, via: undefined }, ...called];
}

/** The names and texts in a body, comments aside. */
export function wordsIn({ facts, body }: HandlerBody): string[] {
  const words = [
    ...findAll(body, 'identifier', 'field_identifier'),
    ...findAll(body, 'interpreted_string_literal'),
  ];
  return words.map(({ start, end }) => facts.text.slice(start, end));
}

/** The RunMigrations calls among them. */
export function migrationRuns(
  repo: Repo,
  handler: Handler,
): { readonly call: Expr; readonly via: SyntaxNode | undefined }[] {
  return bodiesOf(repo, handler).flatMap(({ facts, body, via }) =>
    callsOf(body, facts.text, 'RunMigrations')
      .filter(call => callArguments(call).length >= 2)
      .map(node => ({ call: { facts, node }, via })),
  );
}

/** An assignment to an entry of a map: `m[key] = value`. */
export interface EntryWrite {
  readonly map: string;
  readonly key: Expr;
  readonly value: Expr;
  readonly statement: SyntaxNode;
}

/** The assignments to map entries in a body. */
export function entryWrites({ facts, body }: Pick<HandlerBody, 'facts' | 'body'>): EntryWrite[] {
  const found: EntryWrite[] = [];
  for (const node of descend(body)) {
    if (node.type !== 'assignment_statement') continue;
    const left = namedChildren(childByField(node, 'left'))[0];
    const right = namedChildren(childByField(node, 'right'))[0];
    const operand = left?.type === 'index_expression' ? childByField(left, 'operand') : undefined;
    const key = left && childByField(left, 'index');
    if (operand && key && right)
      found.push({
        map: facts.text.slice(operand.start, operand.end),
        key: exprAt({ facts, node }, key),
        value: exprAt({ facts, node }, right),
        statement: node,
      });
  }
  return found;
}
