import { sameModule } from '../../chain/compare.ts';
import { readGuardOf } from '../../chain/guard.ts';
import { locationOf } from '../../go/source/location.ts';
import { quote } from '../../go/syntax/syntax.ts';
import type { AppContext, Rule, RuleContext } from '../rule.ts';

/** The state changes, and the app version is that of the last release (docs/version-guard.md). */
export const appVersionNotRaised: Rule = {
  name: 'app-version-not-raised',
  severity: 'warning',
  summary: 'an upgrade is pending and the app version is that of the last release',
  repair: 'raise Current by one and add its row, with the plan that leads to it',
  *check(subject) {
    for (const app of subject.apps) {
      const guard = readGuardOf(app.repo, app.app);
      const was = app.base?.repo && readGuardOf(app.base.repo, app.base.app);
      if (guard?.current == null || !was || was.current !== guard.current) continue;
      const why = changeOf(app, subject);
      if (why === undefined) continue;
      const { facts, spec } = guard.constant;
      yield {
        location: locationOf(facts, { start: spec.nameStart, end: spec.nameEnd }),
        message: `${why}, and the app version is ${guard.current} as in ${app.base!.ref}`,
        consequence:
          'the guard takes the states before and after the upgrade for one: ' +
          'it stops neither binary on the wrong one',
      };
    }
  },
};

/** What changes the state since the last release; undefined where nothing is known to. */
function changeOf({ pending }: AppContext, { chain, base }: RuleContext): string | undefined {
  const [upgrade] = pending.filter(({ name, registered }) => registered && name !== null);
  if (upgrade) return `the upgrade ${quote(upgrade.name!)} is new`;
  const raised = chain.modules.find(module => {
    const before = base && sameModule(base.chain.modules, module)?.consensusVersion;
    return before != null && module.consensusVersion !== null && module.consensusVersion > before;
  });
  return raised && `x/${raised.name} is at another version`;
}
