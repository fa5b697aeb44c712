import { isForTests } from '../../chain/app/app-code.ts';
import { locationOf } from '../../go/source/location.ts';
import { callArguments, callsOf, childByField, namedChildren } from '../../go/syntax/syntax.ts';
import type { Rule } from '../rule.ts';

/**
 * A RegisterMigration whose error nobody looks at: a second migration from one version is dropped
 * without a word (incidents.md R22).
 */
export const migrationUnchecked: Rule = {
  name: 'migration-unchecked',
  severity: 'warning',
  summary: 'the result of RegisterMigration is not checked',
  *check({ repo }) {
    for (const [dir] of repo.packages) {
      if (isForTests(dir) || /(^|\/)types\/module$/.test(dir)) continue;
      for (const facts of repo.filesOf(dir, /\.RegisterMigration\(/)) {
        for (const func of facts.funcs) {
          for (const call of callsOf(func.syntax, facts.text, 'RegisterMigration')) {
            const statement =
              call.parent?.type === 'expression_list' ? call.parent.parent : call.parent;
            const dropped =
              statement?.type === 'expression_statement' ||
              statement?.type === 'block' ||
              (statement?.type === 'assignment_statement' &&
                namedChildren(childByField(statement, 'left')).every(
                  t => facts.text.slice(t.start, t.end) === '_',
                ));
            if (dropped && callArguments(call).length === 3)
              yield {
                location: locationOf(facts, call),
                message:
                  'the error of RegisterMigration is dropped; where this migration is refused (one from that version exists, or the version is 0) the upgrade runs without it',
              };
          }
        }
      }
    }
  },
};
