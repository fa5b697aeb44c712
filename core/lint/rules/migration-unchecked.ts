import { isUnchecked } from '../../chain/modules/unchecked.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { locationOf } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { callArguments, callsOf } from '../../go/syntax/syntax.ts';
import { isForTests } from '../../wiring/call-sites.ts';
import { migrationExists, migrationsStartAtOne, noMigrationFound } from '../node-words.ts';
import type { Rule } from '../rule.ts';

/**
 * A RegisterMigration whose error nobody looks at: a second migration from one version is dropped
 * silently (docs/background/incidents.md#errors-thrown-away).
 */
export const migrationUnchecked: Rule = {
  name: 'migration-unchecked',
  severity: 'warning',
  summary: 'the error of RegisterMigration is not checked',
  nodeSays: [
    { words: noMigrationFound, rank: 5 },
    { words: migrationsStartAtOne, rank: 2 },
    { words: migrationExists, rank: 2 },
  ],
  *check({ repo }) {
    for (const [dir] of repo.packages) {
      if (isForTests(dir) || /(^|\/)types\/module$/.test(dir)) continue;
      for (const facts of repo.filesOf(dir, /\.RegisterMigration\b/)) {
        for (const call of registrationsIn(facts)) {
          if (!isUnchecked(facts, call)) continue;
          yield {
            location: locationOf(facts, call),
            message: 'the error of RegisterMigration is discarded',
            consequence:
              'where this migration is refused (one from that version exists, ' +
              'or the version is 0) the upgrade runs without it',
          };
        }
      }
    }
  },
};

function registrationsIn(facts: FileFacts): SyntaxNode[] {
  return facts.funcs
    .flatMap(({ syntax }) => callsOf(syntax, facts.text, 'RegisterMigration'))
    .filter(call => callArguments(call).length === 3);
}
