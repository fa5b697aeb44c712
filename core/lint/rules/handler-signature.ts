import { handlersOf } from '../../chain/app/handler-code.ts';
import { exprAt, stringValue, textOf } from '../../go/eval/value.ts';
import { importsOf } from '../../go/source/facts.ts';
import { locationOf } from '../../go/source/location.ts';
import {
  callArguments,
  callsOf,
  childByField,
  descend,
  enclosing,
  namedChildren,
} from '../../go/syntax/syntax.ts';
import { generationIsBefore, importsOfGeneration } from '../../sdk/generations.ts';
import type { AppContext, Finding, Rule } from '../rule.ts';

/**
 * A handler whose parameters are those of another SDK, and a guard that asks for another name than
 * the one that is registered (incidents.md R24).
 */
export const handlerSignature: Rule = {
  name: 'handler-signature',
  severity: 'error',
  summary: "a handler does not have this SDK's parameters, or its guard names another upgrade",
  *check({ apps }) {
    for (const subject of apps) {
      yield* parameters(subject);
      yield* guards(subject);
    }
  },
};

function* parameters({ repo, app, wiring }: AppContext): Iterable<Finding> {
  const { generation } = app.sdk;
  if (!generation) return;
  const { handlerContext } = importsOfGeneration(generation);
  for (const { facts, fn, parameters: names } of handlersOf(repo, app, wiring)) {
    const list = childByField(fn, 'parameters');
    const type = childByField(namedChildren(list)[0], 'type');
    if (!list || type?.type !== 'qualified_type') continue;
    const [qualifier, name] = textOf({ facts, node: type }).split('.');
    const path =
      repo.importFor(facts, qualifier!) ?? importsOf(facts).find(i => i.path === qualifier)?.path;
    if (name !== 'Context' || path === undefined) continue;
    const is =
      path === 'context'
        ? 'context'
        : path === 'github.com/cosmos/cosmos-sdk/types'
          ? 'sdk'
          : undefined;
    const wanted = handlerContext === 'context' ? 'context' : 'sdk';
    if (is !== undefined && is !== wanted) {
      yield {
        location: locationOf(facts, type),
        message: `with Cosmos SDK ${app.sdk.version ?? generation} a handler takes ${wanted === 'context' ? 'a context.Context' : 'an sdk.Context'}; this does not compile`,
      };
    } else if (
      names.length !== (handlerContext === 'none' ? 2 : 3) &&
      !generationIsBefore(generation, '0.42') &&
      (names.length === 2 || names.length === 3)
    ) {
      yield {
        location: locationOf(facts, list),
        message: `with Cosmos SDK ${app.sdk.version ?? generation} a handler takes ${handlerContext === 'none' ? 'a context and a plan' : 'a context, a plan and a version map'}; this does not compile`,
      };
    }
  }
}

/**
 * `if HasHandler(v1) { panic }; SetUpgradeHandler(v2, …)`: a name that was changed in one of two
 * places.
 */
function* guards({ repo, wiring }: AppContext): Iterable<Finding> {
  for (const { site, name, nameExpr } of wiring.registrations) {
    const { facts } = site.call;
    const checks = callsOf(site.fn, facts.text, 'HasHandler').filter(
      c =>
        c.end <= site.call.node.start && enclosing(c, 'if_statement')?.end! <= site.call.node.start,
    );
    const check = checks.at(-1);
    const asked = check && callArguments(check)[0];
    const registered = callArguments(site.call.node)[0]!;
    if (
      !asked ||
      name.kind !== 'known' ||
      [...descend(site.fn)].some(
        n =>
          n.type === 'call_expression' &&
          n !== site.call.node &&
          n.start > check.end &&
          n.end < site.call.node.start &&
          /SetUpgradeHandler$/.test(textOf({ facts, node: childByField(n, 'function') ?? n })),
      )
    )
      continue;
    const guard = stringValue(repo, exprAt(site.call, asked));
    if (guard.kind !== 'known' || guard.value === name.value) continue;
    yield {
      location: locationOf(facts, asked),
      message: `this asks whether "${guard.value}" has a handler, and then "${name.value}" is registered; a second handler for "${name.value}" would silently replace the first`,
      related: [
        { location: locationOf(nameExpr.facts, nameExpr.node), message: `"${name.value}"` },
      ],
      fixes: [
        {
          title: `Ask for "${name.value}"`,
          edit: changes =>
            changes.edit(
              facts.path,
              asked.start,
              asked.end,
              facts.text.slice(registered.start, registered.end),
            ),
        },
      ],
    };
  }
}
