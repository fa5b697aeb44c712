import { bodiesOf, handlersOf } from '../../chain/app/handler-code.ts';
import { locationOf } from '../../go/source/location.ts';
import { childByField, findAll, namedChildren } from '../../go/syntax/syntax.ts';
import type { Rule } from '../rule.ts';

/** A keeper's error that a handler throws away (incidents.md R22). */
export const swallowedError: Rule = {
  name: 'swallowed-error',
  severity: 'warning',
  summary: "a handler throws away a keeper's error",
  *check({ apps }) {
    for (const { repo, app, wiring, pending } of apps) {
      for (const handler of handlersOf(repo, app, wiring)) {
        if (!pending.includes(handler.upgrade)) continue;
        for (const { facts, body } of bodiesOf(repo, handler)) {
          const text = (node: { start: number; end: number }) =>
            facts.text.slice(node.start, node.end);
          for (const statement of findAll(body, 'assignment_statement')) {
            const left = namedChildren(childByField(statement, 'left'));
            const right = namedChildren(childByField(statement, 'right'))[0];
            const callee = right && childByField(right, 'function');
            if (
              right?.type !== 'call_expression' ||
              !callee ||
              left.length !== 1 ||
              text(left[0]!) !== '_' ||
              !/[kK]eeper\b[\w.()]*\.(Set|Create|Delete|Update|Mint|Burn|Send|Migrate)\w*$/.test(
                text(callee),
              )
            )
              continue;
            yield {
              location: locationOf(facts, statement),
              message: `the error of ${text(callee)} is thrown away; a step of the upgrade that failed goes unnoticed`,
            };
          }
        }
      }
    }
  },
};
