import type { App, Upgrade } from '../../chain/chain.ts';
import { Refusal } from '../../refusal.ts';
import type { Answers } from '../question.ts';
import { checkPlanName } from '../upgrade/plan-name.ts';
import { suggestion } from '../upgrade/store-answers.ts';
import { textAnswer } from './place.ts';

/** The names of the plans that an app has handlers for, as they are registered. */
export function registeredNames({ upgrades }: App): string[] {
  return upgrades.flatMap(({ name, registered }) => (registered && name !== null ? [name] : []));
}

/**
 * The plan that the answers name, which has to be one that the app registers, unless they say
 * otherwise. Throws `Refusal`.
 */
export function wantedPlan(app: App, answers: Answers): string {
  const name = textAnswer(answers, 'name');
  const names = registeredNames(app);
  if (names.includes(name)) return name;
  const fault = checkPlanName(name);
  if (fault?.severity === 'error') throw new Refusal(fault.message);
  if (answers['unregistered'] === true) return name;
  throw new Refusal(
    `no handler is registered for ${name}${suggestion(name, names)}: a node that adopts it stops ` +
      'at its height; register it, or pass --unregistered',
  );
}

/** The upgrade of a plan, where the app has it. */
export function upgradeNamed({ upgrades }: App, name: string): Upgrade | undefined {
  const named = upgrades.filter(upgrade => upgrade.name === name);
  return named.find(({ registered }) => registered) ?? named[0];
}
