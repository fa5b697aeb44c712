import { stringValue } from '../../go/eval/value.ts';
import type { RegistrationStyle } from './style-at.ts';
import { fromCall, packageBehind } from './style-at.ts';

/**
 * R3: a single handler of the app's own, rewritten at each release. R4: several of them. Which of
 * the two it is only shows when all calls are known; a new R4 handler is one more statement
 * (statements.ts), R3 is rewritten by its plan.
 */
export const closures: RegistrationStyle = {
  codes: ['R3', 'R4'],
  recognise(call) {
    return [
      {
        ...fromCall(call),
        code: 'R3',
        name: stringValue(call.app.repo, call.name),
        package: packageBehind(call.app.repo, call.name) ?? call.app.dir,
      },
    ];
  },
};
