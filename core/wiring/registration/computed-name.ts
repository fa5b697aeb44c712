import { stringValue } from '../../go/eval/value.ts';
import { nameValue } from '../name-value.ts';
import type { RegistrationStyle } from './style-at.ts';
import { fromCall, guardedByPlan } from './style-at.ts';

/**
 * R10: the plan's name is computed at run time. It cannot be told from the code, and nothing is
 * guessed about it.
 */
export const computed: RegistrationStyle = {
  codes: ['R10'],
  recognise(call) {
    const name = nameValue(call.app.repo, call.name);
    return name.kind === 'unknown' ? [{ ...fromCall(call), code: 'R10', name }] : undefined;
  },
};

/** R15: the handler is only registered when the plan on disk has its name. */
export const conditional: RegistrationStyle = {
  codes: ['R15'],
  recognise(call) {
    return guardedByPlan(call.site)
      ? [{ ...fromCall(call), code: 'R15', name: stringValue(call.app.repo, call.name) }]
      : undefined;
  },
};
