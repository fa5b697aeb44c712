import type { Value } from '../../go/eval/value.ts';
import {
  bind,
  calledFunction,
  exprAt,
  localDefinition,
  returnedBy,
  stringValue,
  textOf,
} from '../../go/eval/value.ts';
import { calleeName, withoutParens } from '../../go/syntax/syntax.ts';
import { callersOfFunction } from './lists.ts';
import type { RegistrationStyle } from './style-at.ts';
import { fromCall, guardedByPlan } from './style-at.ts';

/**
 * Names that come from outside the function: the result of an interface's method (R6), or a
 * parameter that every caller fills (R5; R15 where guarded).
 */
export const handedIn: RegistrationStyle = {
  codes: ['R5', 'R6', 'R15'],
  recognise(call) {
    const { app, site, name } = call;
    const node = withoutParens(name.node);
    if (
      node.type === 'call_expression' &&
      /^(Name|UpgradeName|PlanName)$/.test(calleeName(node, name.facts.text))
    ) {
      const unknown: Value = { kind: 'unknown', why: `${textOf(name)} is the result of a method` };
      const callers = callersOfFunction(app.repo, site);
      if (callers.length === 0) return [{ ...fromCall(call), code: 'R6', name: unknown }];
      return callers.map(({ expr }) => {
        const bindings = bind(expr, { node: site.fn }, name.facts.text);
        const method = { ...exprAt(name, node), bindings };
        const given = stringValue(app.repo, method);
        const made = calledFunction(app.repo, method);
        return {
          ...fromCall(call),
          code: 'R6',
          place: expr,
          name: given.kind === 'unknown' ? unknown : given,
          nameExpr: returnedBy(app.repo, method) ?? name,
          handler: { ...call.handler, bindings },
          ...(made ? { package: made.dir } : {}),
        };
      });
    }
    if (
      node.type !== 'identifier' ||
      localDefinition(node, textOf(exprAt(name, node)), name.facts.text) !== 'parameter'
    )
      return undefined;
    const code = guardedByPlan(site) ? 'R15' : 'R5';
    const unknown = (why: string): Value => ({ kind: 'unknown', why });
    const callers = callersOfFunction(app.repo, site);
    if (callers.length === 0)
      return [{ ...fromCall(call), code: 'R5', name: unknown(`${textOf(name)} is a parameter`) }];
    return callers.map(({ expr }) => {
      const given = bind(expr, { node: site.fn }, name.facts.text).get(textOf(name));
      const bindings = bind(expr, { node: site.fn }, name.facts.text);
      return {
        ...fromCall(call),
        code,
        place: expr,
        handler: { ...call.handler, bindings },
        nameExpr: given ?? name,
        name: given ? stringValue(app.repo, given) : unknown(`${textOf(name)} is not given`),
      };
    });
  },
};
