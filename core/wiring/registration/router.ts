import { dirname } from '../../files.ts';
import { givenTo, givenToLocal } from '../../go/eval/given.ts';
import type { GoNode } from '../../go/eval/go-node.ts';
import { goNode } from '../../go/eval/go-node.ts';
import { importedPackage } from '../../go/eval/imported.ts';
import type { Expr } from '../../go/eval/value.ts';
import { calledFunction, exprAt, localDefinition, returnedBy } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts, Func } from '../../go/source/facts.ts';
import { typeRefOf } from '../../go/source/type-ref.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { enclosingFunction, findAll, parameterNames } from '../../go/syntax/syntax.ts';
import { importClosure } from '../call-sites.ts';
import type { AppSource } from '../style.ts';

/** The router whose filling is looked for. */
interface Router {
  readonly app: AppSource;
  /** The folder that declares its type, where that is known. */
  readonly home: string | undefined;
}

const deepest = 6;

/**
 * The calls that fill a router with upgrades, in the order of the text: `.Register(v2.Upgrade)` in
 * a chain behind its constructor, and in statements of functions.
 */
export function fillingCalls(app: AppSource, router: Expr): GoNode[] {
  return callsOn({ app, home: homeOf(app.repo, router, 0) }, goNode(router), 0);
}

function callsOn(router: Router, expr: GoNode, depth: number): GoNode[] {
  const at = expr.withoutAddressOf;
  if (depth > deepest) return [];
  if (at.callee) return callsInChain(router, at, depth);
  if (at.type !== 'identifier' && at.type !== 'selector_expression') return [];
  if (at.type === 'identifier' && isLocal(at)) return callsOnLocal(router, at, depth);
  return callsOnVariable(router, at, depth);
}

/** `NewRouter().Register(a).Register(b)`, or a function that returns a router. */
function callsInChain(router: Router, call: GoNode, depth: number): GoNode[] {
  if (fills(router, call)) return [...callsOn(router, call.callee!.operand!, depth + 1), call];
  const returned = returnedBy(router.app.repo, call);
  return returned ? callsOn(router, goNode(returned), depth + 1) : [];
}

function isLocal(name: GoNode): boolean {
  return localDefinition(name.node, name.text, name.facts.text) !== undefined;
}

function callsOnLocal(router: Router, name: GoNode, depth: number): GoNode[] {
  const bound = name.bindings?.get(name.text);
  if (bound) return callsOn(router, goNode(bound), depth + 1);
  const fn = enclosingFunction(name.node);
  const values = (givenToLocal(name) ?? []).flatMap(({ value }) =>
    value ? callsOn(router, goNode(value), depth + 1) : [],
  );
  const isBefore = (call: GoNode) => call.node.end <= name.node.start;
  const stated = fn
    ? statedIn(router, goNode(exprAt(name, fn)), base => base.text === name.text)
    : [];
  return distinct([...values, ...stated.filter(isBefore)]);
}

/** A variable of a package, or a field of the app. */
function callsOnVariable(router: Router, expr: GoNode, depth: number): GoNode[] {
  const { repo } = router.app;
  const imported = expr.type === 'selector_expression' ? importedPackage(repo, expr) : undefined;
  if (imported && imported.dir === undefined) return [];
  const dir = imported?.dir ?? dirname(expr.facts.path);
  const isField = expr.type === 'selector_expression' && !imported;
  const values = isField ? [] : valuesOf(repo, dir, expr.name);
  const path = repo.importPath(dir);
  const names = (base: GoNode): boolean => {
    if (base.type === 'identifier')
      return (
        !isField && base.text === expr.name && !isLocal(base) && dirname(base.facts.path) === dir
      );
    if (base.type !== 'selector_expression' || base.name !== expr.name) return false;
    const from = importedPackage(repo, base);
    return isField ? !from && dirname(base.facts.path) === dir : from?.path === path;
  };
  return distinct([
    ...values.flatMap(value => callsOn(router, goNode(value), depth + 1)),
    ...functionsThatName(router.app, dir, expr.name).flatMap(({ facts, func }) =>
      statedIn(router, goNode({ facts, node: func.syntax! }), names),
    ),
  ]);
}

/** What a package's variable is declared with and given. */
function valuesOf(repo: Repo, dir: string, name: string): Expr[] {
  const declared = repo
    .values(dir, name)
    .flatMap(({ facts, spec }) => (spec.value ? [{ facts, node: spec.value }] : []));
  const given = givenTo(repo, dir, name).flatMap(({ facts, value }) =>
    value ? [{ facts, node: value }] : [],
  );
  return [...declared, ...given];
}

/** The functions of the app's packages that may speak of a package's variable. */
function functionsThatName(
  app: AppSource,
  dir: string,
  name: string,
): { readonly facts: FileFacts; readonly func: Func }[] {
  const { repo } = app;
  const isExported = /^[A-Z]/.test(name);
  const folders = isExported ? [...new Set([...importClosure(repo, app.dir), dir])].sort() : [dir];
  const spoken = new RegExp(`\\b${name}\\.`);
  return folders.flatMap(folder =>
    repo
      .filesOf(folder, spoken)
      .flatMap(facts =>
        facts.funcs
          .filter(func => func.syntax && spoken.test(facts.text.slice(func.start, func.end)))
          .map(func => ({ facts, func })),
      ),
  );
}

/** The calls in a function that fill the router that `names` knows, chained or one by one. */
function statedIn(router: Router, fn: GoNode, names: (base: GoNode) => boolean): GoNode[] {
  return findAll(fn.node, 'call_expression')
    .map(node => goNode(exprAt(fn, node)))
    .filter(call => fills(router, call) && names(baseOf(router, call)))
    .sort((a, b) => a.node.end - b.node.end);
}

/** What stands before the first of the filling calls of a chain. */
function baseOf(router: Router, call: GoNode): GoNode {
  const operand = call.callee!.operand!.withoutAddressOf;
  return operand.callee && fills(router, operand) ? baseOf(router, operand) : operand;
}

/** Whether a call is of a method that keeps what it is given. */
function fills({ app, home }: Router, call: GoNode): boolean {
  if (call.callee?.type !== 'selector_expression' || call.arguments.length === 0) return false;
  const methods = home === undefined ? [] : app.repo.functions(home, call.name);
  const own = methods.filter(({ func }) => func.receiver);
  return own.length > 0
    ? own.some(({ facts, func }) => keepsArgument(facts, func))
    : call.name === 'Register';
}

/** `r.routes[u.Name] = u`, `r.list = append(r.list, u)`, or handing it on to such a method. */
function keepsArgument(facts: FileFacts, { receiver, syntax, name }: Func): boolean {
  if (!syntax || !receiver?.name) return false;
  const parameters = parameterNames(syntax, facts.text);
  const speaksOf = (node: SyntaxNode | undefined) =>
    findAll(node, 'identifier').some(one =>
      parameters.includes(facts.text.slice(one.start, one.end)),
    );
  const isKept = findAll(syntax, 'assignment_statement').some(node => {
    const statement = goNode({ facts, node });
    const target = statement.field('left')?.children[0];
    const value = statement.field('right')?.children[0];
    const isOwn = target?.text.startsWith(receiver.name) ?? false;
    const isEntry = target?.type === 'index_expression' || value?.callee?.text === 'append';
    return isOwn && isEntry && speaksOf(value?.node);
  });
  return isKept || name === 'Register';
}

/** The folder of a router's type: that of its constructor, or of the type of its literal. */
function homeOf(repo: Repo, expr: Expr, depth: number): string | undefined {
  const at = goNode(expr).withoutAddressOf;
  if (depth > deepest) return undefined;
  if (at.type === 'composite_literal') return folderOfType(repo, at.field('type'));
  if (at.callee) {
    const called = calledFunction(repo, at);
    if (called) return called.dir;
    const before = at.callee.operand;
    return before && homeOf(repo, before, depth + 1);
  }
  if (at.type !== 'identifier' && at.type !== 'selector_expression') return undefined;
  for (const value of at.type === 'identifier' && isLocal(at)
    ? (givenToLocal(at) ?? []).flatMap(given => given.value ?? [])
    : valuesBehind(repo, at)) {
    const home = homeOf(repo, value, depth + 1);
    if (home !== undefined) return home;
  }
  return undefined;
}

function valuesBehind(repo: Repo, name: GoNode): Expr[] {
  const dir = repo.folderOf(name.facts, name.qualifier);
  if (dir === undefined) return [];
  const type = repo.value(dir, name.name);
  const written = type?.spec.type && { facts: type.facts, node: type.spec.type };
  return [...(written ? [literalOf(written)] : []), ...valuesOf(repo, dir, name.name)];
}

/** A type as if a literal were written with it. */
function literalOf(type: Expr): Expr {
  const { node } = type;
  return exprAt(type, {
    ...node,
    type: 'composite_literal',
    children: [{ ...node, field: 'type' }],
  });
}

function folderOfType(repo: Repo, type: GoNode | undefined): string | undefined {
  const ref = typeRefOf(type?.node, type?.facts.text ?? '');
  return ref && type && repo.folderOf(type.facts, ref.qualifier);
}

function distinct(calls: readonly GoNode[]): GoNode[] {
  const seen = new Set<SyntaxNode>();
  return calls.filter(({ node }) => !seen.has(node) && seen.add(node));
}
