import type { HandlerBody } from '../../chain/app/handler-code.ts';
import { bodiesOf, handlersOf } from '../../chain/app/handler-code.ts';
import { textOf } from '../../go/eval/value.ts';
import { locationOf } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, findAll, namedChildren } from '../../go/syntax/syntax.ts';
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
        for (const body of bodiesOf(repo, handler)) yield* inBody(body);
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
    if (!writesState.test(name)) continue;
    yield {
      location: locationOf(facts, statement),
      message: `the error of ${name} is discarded`,
      consequence: 'a step of the upgrade that failed goes unnoticed',
    };
  }
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
