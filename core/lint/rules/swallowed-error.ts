import type { Handler, HandlerBody } from '../../chain/app/handler-code.ts';
import { bodiesOf, handlersOf } from '../../chain/app/handler-code.ts';
import { dirname } from '../../files.ts';
import { textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { locationOf } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, findAll, namedChildren } from '../../go/syntax/syntax.ts';
import { mayFail } from '../dropped-error.ts';
import { moduleIsBehind } from '../node-words.ts';
import type { Finding, Rule } from '../rule.ts';
import { handlersNotRead } from '../unread.ts';

/** A keeper's error that a handler discards (docs/background/incidents.md#errors-thrown-away). */
export const swallowedError: Rule = {
  name: 'swallowed-error',
  severity: 'warning',
  summary: 'a handler discards an error returned by a keeper',
  repair: 'return the error from the handler',
  nodeSays: [{ words: moduleIsBehind, rank: 2 }],
  silentUntilLater: 5,
  notJudged: handlersNotRead,
  *check({ apps }) {
    for (const { repo, app, wiring, pending } of apps) {
      for (const handler of handlersOf(repo, app, wiring)) {
        if (!pending.includes(handler.upgrade)) continue;
        for (const body of bodiesOf(repo, handler)) {
          yield* inBody(body);
          if (isOwn(handler, body)) yield* bareCalls(repo, body);
        }
      }
    }
  },
};

function* inBody({ facts, body }: HandlerBody): Iterable<Finding> {
  for (const statement of findAll(body, 'assignment_statement')) {
    const discarded = discardedCall(statement);
    const callee = discarded && childByField(discarded.call, 'function');
    if (!callee || textOf({ facts, node: discarded.target }) !== '_') continue;
    const name = textOf({ facts, node: callee });
    if (writesState.test(name)) yield discardedAt(facts, statement, name);
  }
}

/** Whether a body is the handler's, or that of a helper beside it: not what a chain runs every day. */
function isOwn({ facts }: Handler, body: HandlerBody): boolean {
  return dirname(body.facts.path) === dirname(facts.path);
}

/** Calls that stand alone, whose last result is an error. */
function* bareCalls(repo: Repo, { facts, body }: HandlerBody): Iterable<Finding> {
  for (const call of findAll(body, 'call_expression')) {
    if (!isStatement(call)) continue;
    const name = textOf({ facts, node: childByField(call, 'function') ?? call });
    // What closes something has done its work already.
    if (closing.test(name) || !mayFail(repo, { facts, node: call })) continue;
    yield discardedAt(facts, call, name);
  }
}

const closing = /\.(Close|Flush|Sync)$/;

function isStatement({ parent }: SyntaxNode): boolean {
  return parent?.type === 'expression_statement' || parent?.type === 'block';
}

function discardedAt(facts: FileFacts, node: SyntaxNode, name: string): Finding {
  return {
    location: locationOf(facts, node),
    message: `the error of ${name} is discarded`,
    consequence: 'a step of the upgrade that failed goes unnoticed',
  };
}

/** A method of a keeper that changes state, as it is called. */
const writesState = /[kK]eeper\b[\w.()]*\.(Set|Create|Delete|Update|Mint|Burn|Send|Migrate)\w*$/;

/** The parts of an assignment `target = call(…)` with one target. */
function discardedCall(
  statement: SyntaxNode,
): { readonly target: SyntaxNode; readonly call: SyntaxNode } | undefined {
  const [target, ...others] = namedChildren(childByField(statement, 'left'));
  const call = namedChildren(childByField(statement, 'right'))[0];
  if (!target || others.length > 0 || call?.type !== 'call_expression') return undefined;
  return { target, call };
}
