import type { Eras } from '../../chain/eras/eras.ts';
import { readErasOf } from '../../chain/eras/eras.ts';
import { eraStatements } from '../../chain/eras/statements.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { quote } from '../../go/syntax/syntax.ts';
import type { Finding, Rule } from '../rule.ts';

const repair = 'give the switch a behaviour for each era of Supported';

/** A switch lacks an era that this release supports (docs/eras.md). */
export const eraSwitchIncomplete: Rule = {
  name: 'era-switch-incomplete',
  severity: 'error',
  summary: 'a switch has no behaviour for an era that the release supports',
  repair,
  nodeSays: [{ words: { pattern: /era switch \S+: no behaviour for era/ }, repair }],
  *check({ apps }) {
    for (const { repo, app } of apps) {
      const eras = readErasOf(repo, app);
      if (!eras) continue;
      yield* tables(eras);
      yield* statements(repo, eras);
    }
  },
};

/** Switches by `NewSwitch`, which looks for gaps itself. */
function* tables({ switches, supported }: Eras): Iterable<Finding> {
  for (const { name, eras, isWhole, location } of switches) {
    if (!isWhole) continue;
    for (const { name: era } of supported) {
      if (era === null || eras.some(held => held.name === era)) continue;
      yield {
        location,
        message: `the switch ${name ?? ''} has no behaviour for the era ${quote(era)}`,
        consequence:
          `every command of the daemon panics: era switch ${name ?? '…'}: no behaviour for era ` +
          era,
      };
    }
  }
}

/** `switch` statements: doing nothing in an era, or what another does, may be meant. */
function* statements(repo: Repo, eras: Eras): Iterable<Finding> {
  if (!eras.isWhole) return;
  for (const statement of eraStatements(repo, eras)) {
    if (!statement.isWhole) continue;
    for (const { name: era } of eras.supported) {
      if (era === null || statement.eras.some(one => one.name === era)) continue;
      yield {
        location: statement.location,
        severity: 'warning',
        message: `this switch has no case for the era ${quote(era)}`,
        consequence: statement.hasDefault
          ? `in ${era} the chain behaves as its default case says, as in every era to come`
          : `in ${era} none of its cases runs`,
      };
    }
  }
}
