import { appFolders, callsIn } from '../chain/app/app-code.ts';
import type { Handler } from '../chain/app/handler-code.ts';
import { migrationRuns } from '../chain/app/handler-code.ts';
import type { App } from '../chain/chain.ts';
import { dirname } from '../files.ts';
import type { GoNode } from '../go/eval/go-node.ts';
import { goNode } from '../go/eval/go-node.ts';
import { usesOf, variableAt } from '../go/eval/uses.ts';
import type { Expr } from '../go/eval/value.ts';
import { bind, calledFunction, exprAt, localDefinition } from '../go/eval/value.ts';
import type { FoundFunc, Repo } from '../go/repo/repo.ts';
import type { FileFacts } from '../go/source/facts.ts';
import { withoutLayout } from '../go/source/without-layout.ts';
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

/** What is known of the configurator that RunMigrations of a handler is given. */
export type GivenConfigurator =
  /** The NewConfigurator call of one that nothing but handlers gets: no module registers with it. */
  | { readonly made: Expr }
  /** Where reading stopped: it is not known where it was made. */
  | { readonly unread: Expr };

/**
 * The configurators of a handler with which no module can have registered its migrations, and those
 * that are not followed to where they are made. None where the app registers no services in a way
 * that is read, as an app that the SDK's runtime builds.
 */
export function givenConfigurators(repo: Repo, app: App, handler: Handler): GivenConfigurator[] {
  if (callsIn(repo, appFolders(repo, app.dir), ['RegisterServices']).length === 0) return [];
  return migrationRuns(repo, handler).flatMap(({ call, via }): GivenConfigurator[] => {
    const given = goNode(call).arguments[1];
    if (!given) return [];
    const origin = originOf({ repo, handler, via }, given);
    if (!origin) return [{ unread: given }];
    return isForHandlersOnly(repo, origin) ? [{ made: origin.made }] : [];
  });
}

/** The handler that runs migrations, and its call of the function that does it, where one does. */
interface Run {
  readonly repo: Repo;
  readonly handler: Handler;
  readonly via: SyntaxNode | undefined;
}

/** Where a configurator was made, and the variables and fields that it came through. */
interface Origin {
  readonly made: Expr;
  readonly kept: readonly GoNode[];
}

function originOf(run: Run, given: GoNode, kept: readonly GoNode[] = []): Origin | undefined {
  const here = given.withoutParens;
  if (kept.length > deepest) return undefined;
  if (isMaker(here)) return { made: here, kept };
  const value = setTo(run, here);
  return value && originOf(run, value, [...kept, here]);
}

/** What a field, a variable or a parameter is set to, where that is one thing only. */
function setTo(run: Run, here: GoNode): GoNode | undefined {
  if (here.type === 'selector_expression') return onlyValueOfField(run.repo, here);
  if (here.type !== 'identifier') return undefined;
  const local = localDefinition(here.node, here.text, here.facts.text);
  if (typeof local === 'object') return goNode(exprAt(here, local));
  return local === 'parameter' ? argumentFor(run, here) : undefined;
}

function isMaker(expr: GoNode): boolean {
  return expr.callee?.name === 'NewConfigurator';
}

/** What the function that makes the handler, registers it or runs its migrations is called with. */
function argumentFor({ repo, handler, via }: Run, name: GoNode): GoNode | undefined {
  const { site } = handler.registration;
  const maker = declaring(name);
  if (!maker) return undefined;
  const index = parameterNames(maker, name.facts.text).indexOf(name.text);
  if (maker === site.fn) {
    const [only, ...others] = callersOfFunction(repo, site, [name.text]);
    const bound = only && bind(only.expr, { node: maker }, name.facts.text).get(name.text);
    return bound && others.length === 0 && !isCalledElsewhere(repo, site)
      ? goNode(bound)
      : undefined;
  }
  if (maker === enclosingFunction(handler.fn)) return makingCall(handler)?.arguments[index];
  const isHelper = via && calledFunction(repo, { facts: handler.facts, node: via })?.node === maker;
  return isHelper ? goNode({ facts: handler.facts, node: via }).arguments[index] : undefined;
}

/** Whether other packages may call the function that a registration stands in. */
function isCalledElsewhere(repo: Repo, { dir, func: { name } }: Handler['registration']['site']) {
  const calls = new RegExp(`\\.${name}\\b`);
  return (
    isExported(name) &&
    [...repo.packages.keys()].some(other => other !== dir && repo.filesOf(other, calls).length > 0)
  );
}

function isExported(name: string): boolean {
  return /^\p{Lu}/u.test(name);
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

/** What a field is set to, where that is done once. */
function onlyValueOfField(repo: Repo, field: GoNode): GoNode | undefined {
  const [only, ...others] = mentionsOf(repo, field).flatMap(mention => {
    const statement = enclosing(mention.node, 'assignment_statement');
    const targets = namedChildren(childByField(statement, 'left'));
    const values = namedChildren(childByField(statement, 'right'));
    const value = values.length === targets.length && values[targets.indexOf(mention.node)];
    return value ? [goNode(exprAt(mention, value))] : [];
  });
  return others.length === 0 ? only : undefined;
}

/**
 * The places that speak of a field of that name: in its package, and in all where it is exported, as
 * an app that embeds its keepers has their fields too.
 */
function mentionsOf(repo: Repo, { facts, name }: GoNode): GoNode[] {
  return foldersNaming(repo, facts, name).flatMap(folder =>
    repo.memoByPackage(folder, `mentions of .${name}`, () =>
      filesNaming(repo, folder, name).flatMap(file =>
        file.funcs.flatMap(func => mentionsIn(repo, { facts: file, func }, name)),
      ),
    ),
  );
}

function foldersNaming(repo: Repo, { path }: FileFacts, name: string): readonly string[] {
  return isExported(name) ? [...repo.packages.keys()] : [dirname(path)];
}

function filesNaming(repo: Repo, folder: string, name: string): readonly FileFacts[] {
  return repo.filesOf(folder, new RegExp(`\\.${name}\\b`));
}

/** Whether a function in a variable of a package speaks of the field: what it does is not followed. */
function isNamedOutsideFunctions(repo: Repo, { facts, name }: GoNode): boolean {
  return foldersNaming(repo, facts, name).some(folder =>
    repo.memoByPackage(folder, `.${name} outside functions`, () =>
      filesNaming(repo, folder, name).some(file => isOutsideFunctions(file, name)),
    ),
  );
}

function isOutsideFunctions({ text, funcs }: FileFacts, name: string): boolean {
  const ends = [0, ...funcs.map(({ end }) => end)];
  const between = ends.map((end, i) => text.slice(end, funcs[i]?.start ?? text.length));
  return new RegExp(`\\.${name}\\b`).test(withoutLayout(between.join('\n')));
}

function mentionsIn(repo: Repo, found: FoundFunc, name: string): GoNode[] {
  const { facts, func } = found;
  if (!facts.text.slice(func.start, func.end).includes(`.${name}`)) return [];
  return findAll(repo.syntaxOf(found), 'selector_expression')
    .map(node => goNode({ facts, node }))
    .filter(mention => mention.name === name);
}

/** Whether nothing but handlers gets a configurator, under any of its names. */
function isForHandlersOnly(repo: Repo, { kept }: Origin): boolean {
  const passed = new Set(kept.map(({ node }) => node));
  return kept.every(place =>
    usesOfPlace(repo, place)?.every(use => passed.has(use.node) || isGivenToHandlers(use)),
  );
}

/** The places that name a field or a variable; undefined where it is neither. */
function usesOfPlace(repo: Repo, place: GoNode): GoNode[] | undefined {
  if (place.type === 'selector_expression')
    return isNamedOutsideFunctions(repo, place) ? undefined : mentionsOf(repo, place);
  const { text } = place.facts;
  const variable = variableAt(place.node, text);
  return (
    variable &&
    usesOf(variable, text)
      .filter(({ node, setting }) => !setting && node.parent?.type !== 'parameter_declaration')
      .map(({ node }) => goNode(exprAt(place, node)))
  );
}

/** Whether a place sets a configurator, runs migrations with it, or makes a handler of it. */
function isGivenToHandlers({ node, facts }: GoNode): boolean {
  if (node.parent?.type === 'expression_list' && node.parent.field === 'left') return true;
  const call = node.parent?.type === 'argument_list' ? node.parent.parent : undefined;
  const around = call && enclosing(call, 'call_expression');
  return (
    call !== undefined &&
    (calleeName(call, facts.text) === 'RunMigrations' ||
      (around !== undefined && calleeName(around, facts.text) === 'SetUpgradeHandler'))
  );
}
