import { readErasOf } from '../../chain/eras/eras.ts';
import { Refusal } from '../../refusal.ts';
import type { PlanInput } from '../plan-input.ts';
import type { Answers } from '../question.ts';
import type { Step } from '../task.ts';
import { isEraName } from './facts.ts';
import { frameworkSteps } from './framework.ts';
import { givenText } from './given-text.ts';
import { newEraSteps } from './new-era.ts';
import { retireSteps } from './retire.ts';

/**
 * The steps that add an era, with the framework where the app has none yet; or that retire one.
 * Throws `Refusal` where the chain or an answer hinders it.
 */
export function eraSteps(input: PlanInput, answers: Answers): readonly Step[] {
  const name = givenText(answers, 'name');
  if (name === undefined) throw new Refusal('name the era, such as pythagoras');
  if (!isEraName(name))
    throw new Refusal(
      `"${name}" is no name of an era: small letters, digits and hyphens, such as pythagoras`,
    );
  const eras = readErasOf(input.analysis.repo, input.app);
  if (answers['retire'] === true) return retireSteps(input, eras, name);
  if (!eras) return frameworkSteps(input, name, answers);
  return newEraSteps(input, eras, name, answers);
}
