import type { Handler } from '../../chain/app/handler-code.ts';
import { handlersOf } from '../../chain/app/handler-code.ts';
import { exprAt, stringValue, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { importsOf } from '../../go/source/facts.ts';
import { locationOf } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import {
  callArguments,
  callsOf,
  childByField,
  enclosing,
  namedChildren,
} from '../../go/syntax/syntax.ts';
import type { Generation } from '../../sdk/generations.ts';
import { generationIsBefore, importsOfGeneration } from '../../sdk/generations.ts';
import type { Registration, Site } from '../../wiring/style.ts';
import type { Finding, Rule, SuggestedFix } from '../rule.ts';
import { handlersNotRead, sdkNotRead } from '../unread.ts';

/**
 * A handler whose parameters are those of another SDK, and a guard that asks for another name than
 * the one that is registered (docs/background/incidents.md#handler-signature).
 */
export const handlerSignature: Rule = {
  name: 'handler-signature',
  severity: 'error',
  summary: "a handler does not have this SDK's parameters, or its guard names another upgrade",
  notJudged: subject => [...sdkNotRead(subject), ...handlersNotRead(subject)],
  *check({ apps }) {
    for (const { repo, app, wiring } of apps) {
      const { generation, version } = app.sdk;
      if (generation) {
        for (const handler of handlersOf(repo, app, wiring)) {
          const finding = wrongParameters(repo, handler, generation, version ?? generation);
          if (finding) yield finding;
        }
      }
      yield* guards(repo, wiring.registrations);
    }
  },
};

/** What the handlers of a generation take: `context.Context` or `sdk.Context`, and how many. */
function signatureOf(generation: Generation): {
  readonly context: string;
  readonly count: number;
} {
  const { handlerContext } = importsOfGeneration(generation);
  return {
    context: handlerContext === 'context' ? 'context.Context' : 'sdk.Context',
    count: handlerContext === 'none' ? 2 : 3,
  };
}

const contexts: Readonly<Record<string, string>> = {
  context: 'context.Context',
  'github.com/cosmos/cosmos-sdk/types': 'sdk.Context',
};

function wrongParameters(
  repo: Repo,
  { facts, fn, parameters }: Handler,
  generation: Generation,
  version: string,
): Finding | undefined {
  const list = childByField(fn, 'parameters');
  const type = childByField(namedChildren(list)[0], 'type');
  const path = list && type && contextPath(repo, facts, type);
  if (path === undefined) return undefined;
  const wanted = signatureOf(generation);
  const context = contexts[path];
  const consequence = 'this does not compile';
  if (context !== undefined && context !== wanted.context) {
    const article = wanted.context === 'context.Context' ? 'a' : 'an';
    return {
      location: locationOf(facts, type!),
      message: `with Cosmos SDK ${version} a handler takes ${article} ${wanted.context}`,
      consequence,
    };
  }
  const count = parameters.length;
  const isHandler = count === 2 || count === 3;
  if (count === wanted.count || !isHandler || generationIsBefore(generation, '0.42'))
    return undefined;
  const takes = wanted.count === 2 ? 'a context and a plan' : 'a context, a plan and a version map';
  return {
    location: locationOf(facts, list!),
    message: `with Cosmos SDK ${version} a handler takes ${takes}`,
    consequence,
  };
}

/** The import path of the `Context` that a parameter's type names; undefined for other types. */
function contextPath(repo: Repo, facts: FileFacts, type: SyntaxNode): string | undefined {
  if (type.type !== 'qualified_type') return undefined;
  const [qualifier, name] = textOf({ facts, node: type }).split('.');
  if (name !== 'Context') return undefined;
  return (
    repo.importFor(facts, qualifier!) ??
    importsOf(facts).find(imported => imported.path === qualifier)?.path
  );
}

/**
 * `if HasHandler(v1) { panic }; SetUpgradeHandler(v2, …)`: a name that was changed in one of two
 * places.
 */
function* guards(repo: Repo, registrations: readonly Registration[]): Iterable<Finding> {
  for (const { site, name, nameExpr } of registrations) {
    const { facts } = site.call;
    const check = guardOf(site);
    const asked = check && callArguments(check)[0];
    if (!asked || name.kind !== 'known') continue;
    const guard = stringValue(repo, exprAt(site.call, asked));
    if (guard.kind !== 'known' || guard.value === name.value) continue;
    yield {
      location: locationOf(facts, asked),
      message:
        `this checks whether "${guard.value}" has a handler, ` +
        `but then "${name.value}" is registered`,
      consequence: `a second handler for "${name.value}" would silently replace the first`,
      related: [
        { location: locationOf(nameExpr.facts, nameExpr.node), message: `"${name.value}"` },
      ],
      fixes: askFix(site, asked, name.value),
    };
  }
}

/** The HasHandler call that guards a registration: the last one before it, with none between. */
function guardOf({ call, fn }: Site): SyntaxNode | undefined {
  const { text } = call.facts;
  const { start } = call.node;
  const guard = callsOf(fn, text, 'HasHandler')
    .filter(check => {
      const condition = enclosing(check, 'if_statement');
      return check.end <= start && condition !== undefined && condition.end <= start;
    })
    .at(-1);
  const isForAnother =
    guard &&
    callsOf(fn, text, 'SetUpgradeHandler').some(
      other => other !== call.node && other.start > guard.end && other.end < start,
    );
  return isForAnother ? undefined : guard;
}

function askFix({ call }: Site, asked: SyntaxNode, name: string): SuggestedFix[] {
  const { facts, node } = call;
  const registered = textOf(exprAt(call, callArguments(node)[0]!));
  return [
    {
      title: `Ask for "${name}"`,
      // The other one of the two names may be the right one.
      preferred: false,
      edit: changes => changes.edit(facts.path, asked.start, asked.end, registered),
    },
  ];
}
