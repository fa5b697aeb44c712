import { appFolders, callsIn } from '../chain/app/app-code.ts';
import type { Handler } from '../chain/app/handler-code.ts';
import { migrationRuns } from '../chain/app/handler-code.ts';
import type { App } from '../chain/chain.ts';
import type { GoNode } from '../go/eval/go-node.ts';
import { goNode } from '../go/eval/go-node.ts';
import { usesOf, variableAt } from '../go/eval/uses.ts';
import type { Expr } from '../go/eval/value.ts';
import { bind, exprAt, localDefinition } from '../go/eval/value.ts';
import type { Repo } from '../go/repo/repo.ts';
import type { SyntaxNode } from '../go/syntax/syntax.ts';
import {
  calleeName,
  childByField,
  enclosing,
  enclosingFunction,
  findAll,
  namedChildren,
  parameterNames,
} from '../go/syntax/syntax.ts';
import { callersOfFunction } from '../wiring/registration/callers.ts';

const deepest = 6;

/**
 * The NewConfigurator call of a configurator that RunMigrations of a handler is given, where no
 * module can have registered its migrations with it: nothing else is done with it. Undefined where
 * that is not sure, and where the app registers no services in a way that is read.
 */
export function unregisteredConfigurator(repo: Repo, app: App, handler: Handler): Expr | undefined {
  if (callsIn(repo, appFolders(repo, app.dir), ['RegisterServices']).length === 0) return undefined;
  for (const { call, via } of migrationRuns(repo, handler)) {
    const given = goNode(call).arguments[1];
    const origin = given && !via ? originOf(repo, handler, given) : undefined;
    if (origin && isForHandlersOnly(repo, app, handler, origin)) return origin.made;
  }
  return undefined;
}

/** Where a configurator was made, and the variable or field that it was kept in. */
interface Origin {
  readonly made: Expr;
  readonly kept: GoNode | undefined;
}

function originOf(
  repo: Repo,
  handler: Handler,
  given: GoNode,
  kept?: GoNode,
  depth = 0,
): Origin | undefined {
  const here = given.withoutParens;
  if (depth > deepest) return undefined;
  if (isMaker(here)) return { made: here, kept };
  if (here.type === 'selector_expression') {
    const made = onlyValueOfField(repo, handler, here);
    return made && originOf(repo, handler, made, here, depth + 1);
  }
  if (here.type !== 'identifier') return undefined;
  const local = localDefinition(here.node, here.text, here.facts.text);
  if (typeof local === 'object') {
    const value = goNode(exprAt(here, local));
    return originOf(repo, handler, value, kept ?? here, depth + 1);
  }
  // What a variable is made of has one name only: a second one could be used elsewhere.
  const argument = local === 'parameter' && !kept ? argumentFor(repo, handler, here) : undefined;
  return argument && originOf(repo, handler, argument, undefined, depth + 1);
}

function isMaker(expr: GoNode): boolean {
  return expr.callee?.name === 'NewConfigurator';
}

/** What the function that makes the handler, or the one that registers it, is called with. */
function argumentFor(repo: Repo, handler: Handler, name: GoNode): GoNode | undefined {
  const { site } = handler.registration;
  const maker = declaring(name);
  if (!maker) return undefined;
  const index = parameterNames(maker, name.facts.text).indexOf(name.text);
  if (maker === site.fn) {
    const [only, ...others] = callersOfFunction(repo, site, [name.text]);
    const bound = only && bind(only.expr, { node: maker }, name.facts.text).get(name.text);
    return bound && others.length === 0 ? goNode(bound) : undefined;
  }
  return maker === enclosingFunction(handler.fn)
    ? makingCall(handler)?.arguments[index]
    : undefined;
}

/** The function that has a name as its parameter. */
function declaring({ node, facts: { text } }: GoNode): SyntaxNode | undefined {
  return variableAt(node, text)?.scope;
}

/** The call that makes the handler, where it is registered: `upgrade.CreateUpgradeHandler(…)`. */
function makingCall({ registration: { site } }: Handler): GoNode | undefined {
  const registered = goNode(site.call).arguments[1];
  return registered?.type === 'call_expression' ? registered : undefined;
}

/** What a field is set to where that is done once in the folder of the one that speaks of it. */
function onlyValueOfField(repo: Repo, handler: Handler, field: GoNode): GoNode | undefined {
  const [only, ...others] = mentionsOf(repo, handler, field.name).flatMap(mention => {
    const statement = enclosing(mention.node, 'assignment_statement');
    const targets = namedChildren(childByField(statement, 'left'));
    const values = namedChildren(childByField(statement, 'right'));
    const value = values.length === targets.length && values[targets.indexOf(mention.node)];
    return value ? [goNode(exprAt(mention, value))] : [];
  });
  return others.length === 0 ? only : undefined;
}

/** The places in the app's own folder that speak of a field of that name. */
function mentionsOf(repo: Repo, handler: Handler, field: string): GoNode[] {
  const { dir } = handler.registration.site;
  return repo
    .functions(dir)
    .filter(({ facts, func }) => facts.text.slice(func.start, func.end).includes(`.${field}`))
    .flatMap(found => {
      const selectors = findAll(repo.syntaxOf(found), 'selector_expression');
      return selectors.map(node => goNode({ facts: found.facts, node }));
    })
    .filter(({ name }) => name === field);
}

/** Whether nothing but handlers gets a configurator. */
function isForHandlersOnly(repo: Repo, app: App, handler: Handler, { kept }: Origin): boolean {
  if (!kept) return true;
  if (kept.type === 'selector_expression') {
    const isHere = handler.registration.site.dir === app.dir;
    return isHere && mentionsOf(repo, handler, kept.name).every(isGivenToHandlers);
  }
  const { text } = kept.facts;
  const variable = variableAt(kept.node, text);
  return (
    variable !== undefined &&
    usesOf(variable, text).every(
      ({ node, setting }) => setting !== undefined || isGivenToHandlers(goNode(exprAt(kept, node))),
    )
  );
}

/** Whether a place sets a configurator, runs migrations with it, or makes a handler of it. */
function isGivenToHandlers({ node, facts }: GoNode): boolean {
  if (enclosing(node, 'expression_list')?.field === 'left') return true;
  const call = node.parent?.type === 'argument_list' ? node.parent.parent : undefined;
  const around = call && enclosing(call, 'call_expression');
  return (
    call !== undefined &&
    (calleeName(call, facts.text) === 'RunMigrations' ||
      (around !== undefined && calleeName(around, facts.text) === 'SetUpgradeHandler'))
  );
}
