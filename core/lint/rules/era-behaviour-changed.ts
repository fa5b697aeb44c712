import type { Behaviour } from '../../chain/eras/behaviours.ts';
import { behaviourIn } from '../../chain/eras/behaviours.ts';
import type { EraSwitch } from '../../chain/eras/switches.ts';
import { locationOf } from '../../go/source/location.ts';
import { withoutLayout } from '../../go/source/without-layout.ts';
import { quote } from '../../go/syntax/syntax.ts';
import type { ErasSince } from '../released-eras.ts';
import { erasSinceRelease } from '../released-eras.ts';
import type { AppContext, Finding, Rule } from '../rule.ts';

/** What a switch does in an era that the last release supports differs from it (docs/eras.md). */
export const eraBehaviourChanged: Rule = {
  name: 'era-behaviour-changed',
  severity: 'warning',
  summary: 'what a released era does differs from the last release, and no upgrade is pending',
  repair: 'leave it as it is, and give the change to an era that is not released, or to an upgrade',
  *check({ apps }) {
    for (const subject of apps) {
      const eras = erasSinceRelease(subject);
      const hasUpgrade = subject.pending.some(({ registered }) => registered);
      if (eras && !hasUpgrade) yield* changesSince(subject, eras);
    }
  },
};

function* changesSince(
  { repo, base }: AppContext,
  { now, then, ref }: ErasSince,
): Iterable<Finding> {
  for (const one of now.switches) {
    const before = onlyOfName(then.switches, one.name);
    if (!before || onlyOfName(now.switches, one.name) !== one) continue;
    for (const { name } of then.supported) {
      const is = name === null ? undefined : behaviourIn(repo, one, name);
      const was = name === null ? undefined : behaviourIn(base!.repo!, before, name);
      if (!is || !was || textOf(is) === textOf(was)) continue;
      yield {
        location: locationOf(is.value.facts, is.value.node),
        message: `what ${quote(one.name!)} does in the era ${quote(name!)} differs from ${ref}`,
        consequence:
          'nodes of the two releases compute other results in blocks of that era, and their app ' +
          'hashes differ',
      };
    }
  }
}

function onlyOfName(switches: readonly EraSwitch[], name: string | null): EraSwitch | undefined {
  const [only, ...others] = switches.filter(one => name !== null && one.name === name);
  return others.length === 0 ? only : undefined;
}

/** The entry of a table, and the function that it names. */
function textOf({ value, func }: Behaviour): string {
  const body = func ? func.facts.text.slice(func.func.start, func.func.end) : '';
  return withoutLayout(`${value.text} ${body}`);
}
