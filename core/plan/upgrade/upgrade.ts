import { expectVersions } from '../guard/expect-versions.ts';
import { raiseAppVersion } from '../guard/raise.ts';
import type { PlanInput } from '../plan-input.ts';
import type { Answers } from '../question.ts';
import type { Step } from '../task.ts';
import { adaptToSdkJump } from './adapt-to-sdk-jump.ts';
import { initialiseModules } from './initialise-modules.ts';
import { refuseUnfitApp } from './preconditions.ts';
import { registerUpgrade } from './register-upgrade.ts';
import { readRequest } from './request.ts';
import { startChecks } from './start-checks.ts';
import { migrationsOf } from './upgrade-migrations.ts';

/**
 * The steps to a new upgrade. Answers are those of `upgradeQuestions`; `name` is needed, the others
 * have defaults. Throws `Refusal` where the answers are wrong or the app cannot be extended.
 */
export function upgradeSteps(input: PlanInput, answers: Answers): readonly Step[] {
  refuseUnfitApp(input, answers);
  const request = readRequest(input, answers);
  return [
    registerUpgrade(input, request, answers),
    adaptToSdkJump(input, request.name),
    initialiseModules(input, request),
    ...migrationsOf(input, request.migrate),
    ...expectVersions(input, request.name, answers),
    ...raiseAppVersion(input, request.name, answers),
    ...(request.test ? [startChecks(input, request)] : []),
  ];
}
