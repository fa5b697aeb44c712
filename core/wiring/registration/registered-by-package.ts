import { dirname } from '../../files.ts';
import { stringValue } from '../../go/eval/value.ts';
import { callsOf, childByField, namedChildren } from '../../go/syntax/syntax.ts';
import type { StyleCode } from '../style.ts';
import type { Registering, RegistrationStyle } from './style-at.ts';
import { fromCall, handlerPackage } from './style-at.ts';

/**
 * Handlers that another package than the app's registers: in `init` or a method of a registry (R8),
 * in a free function that takes the keepers (R11), or in a function that each upgrade's package has
 * (R12).
 */
export const elsewhere: RegistrationStyle = {
  codes: ['R8', 'R11', 'R12'],
  recognise(call) {
    if (dirname(call.site.call.facts.path) === call.app.dir) return undefined;
    const code = codeOf(call);
    return [
      {
        ...fromCall(call),
        code,
        name: stringValue(call.app.repo, call.name),
        package: (code === 'R11' && handlerPackage(call)) || call.site.dir,
      },
    ];
  },
};

function codeOf({ site }: Registering): StyleCode {
  if (site.func.name === 'init' || site.func.receiver) return 'R8';
  const parameters = namedChildren(childByField(site.fn, 'parameters')).length;
  return parameters > 1 || callsOf(site.fn, site.call.facts.text, 'SetUpgradeHandler').length > 1
    ? 'R11'
    : 'R12';
}
