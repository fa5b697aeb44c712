import type { Eras } from '../../chain/eras/eras.ts';
import { readErasOf } from '../../chain/eras/eras.ts';
import { eraUses } from '../../chain/eras/statements.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { quote } from '../../go/syntax/syntax.ts';
import type { Finding, Rule } from '../rule.ts';

const repair = 'name an era of Supported, or add the era there';

/** Code behaves by an era that this release does not support (docs/eras.md). */
export const eraUnknown: Rule = {
  name: 'era-unknown',
  severity: 'error',
  summary: 'a switch or a comparison names an era that the release does not support',
  repair,
  nodeSays: [{ words: { pattern: /era switch \S+: \S+ is not a supported era/ }, repair }],
  *check({ apps }) {
    for (const { repo, app } of apps) {
      const eras = readErasOf(repo, app);
      if (!eras?.isWhole) continue;
      const supported = new Set(eras.supported.map(({ name }) => name));
      yield* inTables(eras, supported);
      yield* inComparisons(repo, eras, supported);
    }
  },
};

function* inTables({ switches }: Eras, supported: ReadonlySet<string | null>): Iterable<Finding> {
  for (const { name, eras } of switches) {
    for (const { name: era, location } of eras) {
      if (era === null || supported.has(era)) continue;
      yield {
        location,
        message: `the era ${quote(era)} of the switch ${name ?? ''} is not in Supported`,
        consequence:
          `every command of the daemon panics: era switch ${name ?? '…'}: ${era} is not a ` +
          'supported era',
      };
    }
  }
}

/** A comparison that never holds halts nothing. */
function* inComparisons(
  repo: Repo,
  eras: Eras,
  supported: ReadonlySet<string | null>,
): Iterable<Finding> {
  for (const { constant, location } of eraUses(repo, eras)) {
    if (supported.has(constant.name) || constant.name === eras.first) continue;
    yield {
      location,
      severity: 'warning',
      message: `the era ${quote(constant.name)} is not in Supported`,
      consequence: 'the release stops at the height of that era, and this is never reached',
    };
  }
}
