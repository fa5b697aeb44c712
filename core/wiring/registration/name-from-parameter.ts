import type { Expr, Value } from '../../go/eval/value.ts';
import {
  bind,
  calledFunction,
  exprAt,
  localDefinition,
  returnedBy,
  stringValue,
  textOf,
} from '../../go/eval/value.ts';
import type { Func } from '../../go/source/facts.ts';
import { calleeName, findAll, withoutParens } from '../../go/syntax/syntax.ts';
import { isReached } from '../call-sites.ts';
import type { Registration } from '../style.ts';
import { callersOfFunction } from './callers.ts';
import type { Registering, RegistrationStyle } from './style-at.ts';
import { fromCall, guardedByPlan } from './style-at.ts';

/**
 * Names that come from outside the function: the result of an interface's method (R6), or a
 * parameter that every caller fills (R5; R15 where guarded).
 */
export const handedIn: RegistrationStyle = {
  codes: ['R5', 'R6', 'R15'],
  recognise(call) {
    const { name } = call;
    const node = withoutParens(name.node);
    if (isNameMethod(exprAt(name, node))) return fromMethod(call, exprAt(name, node));
    const isParameter =
      node.type === 'identifier' &&
      localDefinition(node, textOf(exprAt(name, node)), name.facts.text) === 'parameter';
    return isParameter ? fromCallers(call) : undefined;
  },
};

const nameMethods = new Set(['Name', 'UpgradeName', 'PlanName']);

/** `u.Name()`. */
function isNameMethod({ facts, node }: Expr): boolean {
  return node.type === 'call_expression' && nameMethods.has(calleeName(node, facts.text));
}

/** R6: what the method gives for what each caller hands in. */
function fromMethod(call: Registering, method: Expr): Registration[] {
  const { app, site, name } = call;
  const unknown: Value = { kind: 'unknown', why: `${textOf(name)} is the result of a method` };
  const asked = findAll(method.node, 'identifier').map(node => textOf(exprAt(method, node)));
  const callers = callersOfFunction(app.repo, site, asked);
  if (callers.length === 0) return [{ ...fromCall(call), code: 'R6', name: unknown }];
  return callers.map(({ expr, place, func }) => {
    const bindings = bind(expr, { node: site.fn }, name.facts.text);
    const bound = { ...method, bindings };
    const given = stringValue(app.repo, bound);
    const made = calledFunction(app.repo, bound);
    return {
      ...fromCall(call),
      code: 'R6',
      place,
      name: given.kind === 'unknown' ? unknown : given,
      nameExpr: returnedBy(app.repo, bound) ?? name,
      handler: { ...call.handler, bindings },
      ...uncalledIn(call, func),
      ...(made ? { package: made.dir } : {}),
    };
  });
}

/** R5, R15: the names that the callers give for the parameter. */
function fromCallers(call: Registering): Registration[] {
  const { app, site, name } = call;
  const unknown = (why: string): Value => ({ kind: 'unknown', why });
  const callers = callersOfFunction(app.repo, site, [textOf(name)]);
  if (callers.length === 0)
    return [{ ...fromCall(call), code: 'R5', name: unknown(`${textOf(name)} is a parameter`) }];
  return callers.map(({ expr, place, func }) => {
    const bindings = bind(expr, { node: site.fn }, name.facts.text);
    const given = bindings.get(textOf(name));
    return {
      ...fromCall(call),
      code: guardedByPlan(site) ? 'R15' : 'R5',
      place,
      handler: { ...call.handler, bindings },
      ...uncalledIn(call, func),
      nameExpr: given ?? name,
      name: given ? stringValue(app.repo, given) : unknown(`${textOf(name)} is not given`),
    };
  });
}

/** Says so where nothing calls the function that hands the name in. */
function uncalledIn({ app, site }: Registering, func: Func): Pick<Registration, 'uncalled'> {
  return isReached(app, site.dir, func.name) ? {} : { uncalled: func.name };
}
