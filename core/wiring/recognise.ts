import { dirname, basename } from '../files.ts';
import type { Repo } from '../go/repo.ts';
import { args, bare, calleeName, callsOf, child, findAll, parts, unref } from '../go/syntax.ts';
import { at, bind, localDefinition, resolve, stringValue, textOf } from '../go/value.ts';
import type { Expr, Value } from '../go/value.ts';
import { callersOf, listLiteral, loopUse } from './lists.ts';
import { recogniseList } from './list.ts';
import { recogniseLoading } from './loading.ts';
import { importClosure, sitesOf } from './reach.ts';
import { silentStyles } from './silent.ts';
import type { AppSource, EmptyList, Registration, Site, StyleCode, Wiring } from './style.ts';

/** Finds how an app registers its upgrade handlers and loads its stores. */
export function recognise(app: AppSource): Wiring {
  const closure = importClosure(app.repo, app.dir);
  const unknown: { expr: Expr; why: string }[] = [];
  const sites = sitesOf(app, closure, 'SetUpgradeHandler', 2).filter(site => !isOwnMethod(app, site));
  const live = sites.filter(site => site.reachable);
  const lists: EmptyList[] = [];
  let registrations = live.flatMap(site => {
    const found = registrationsAt(app, site, lists);
    if (found.length === 0 && !lists.some(l => l.site === site)) unknown.push({ expr: site.call, why: 'this registration is made in a way that is not understood' });
    for (const r of found) if (r.name.kind === 'unknown') unknown.push({ expr: r.nameExpr, why: r.name.why });
    return found;
  });
  registrations = settle(app, registrations);
  const loadings = sitesOf(app, closure, 'SetStoreLoader', 1).filter(site => site.reachable && !isOwnMethod(app, site))
    .map(site => recogniseLoading(app.repo, site, registrations));
  const codes = silentStyles(app, closure, registrations, loadings);
  return { app, registrations, loadings, lists, unknown, codes: registrations.length === 0 && lists.length > 0 ? [...lists.map(l => l.code), ...codes.filter(c => c.startsWith('S'))] : codes };
}

/** A method of the app itself that happens to bear the name (wiring-styles 7). */
function isOwnMethod(app: AppSource, site: Site): boolean {
  const callee = child(site.call.node, 'function');
  const operand = callee && child(callee, 'operand');
  return operand?.type === 'identifier' && app.repo.functions(site.dir).some(({ func }) =>
    func.receiver !== undefined && func.name === calleeName(site.call.node, site.call.facts.text) && func.receiver.type === app.type);
}

function registrationsAt(app: AppSource, site: Site, lists: EmptyList[]): Registration[] {
  const { repo } = app;
  const [nameNode, handlerNode] = args(site.call.node);
  const name = at(site.call, nameNode!), handler = at(site.call, handlerNode!);
  const base = { site, place: site.call, handler };
  if (dirname(site.call.facts.path) !== app.dir) {
    const value = stringValue(repo, name);
    return [{ ...base, code: elsewhere(site), name: value, nameExpr: name, package: site.dir }];
  }
  const list = recogniseList(repo, site, name, handler);
  if (list) {
    lists.push(list.list);
    return list.registrations;
  }
  const looped = recogniseLooped(repo, site, name, handler);
  if (looped) return looped;
  const interfaceName = bare(name.node);
  if (interfaceName.type === 'call_expression' && /^(Name|UpgradeName|PlanName)$/.test(calleeName(interfaceName, name.facts.text))) {
    return [{ ...base, code: 'R6', name: { kind: 'unknown', why: `${textOf(name)} is the result of a method` }, nameExpr: name, package: app.dir }];
  }
  if (isParameter(name)) return throughParameter(app, site, name, handler);
  const value = stringValue(repo, name);
  const code = value.kind === 'unknown' ? 'R10' : guarded(site) ? 'R15' : handlerStyle(app, handler);
  return [{ ...base, code, name: value, nameExpr: name, package: packageOfName(repo, name, handler, app.dir) }];
}

function elsewhere(site: Site): StyleCode {
  // A registry whose packages register themselves, a free function with keepers, or a function per upgrade package.
  if (site.func.name === 'init' || site.func.receiver) return 'R8';
  const parameters = parts(child(site.fn, 'parameters')).length;
  return parameters > 1 || callsOf(site.fn, site.call.facts.text, 'SetUpgradeHandler').length > 1 ? 'R11' : 'R12';
}

function recogniseLooped(repo: Repo, site: Site, name: Expr, handler: Expr): Registration[] | undefined {
  const use = loopUse(repo, site, name);
  const clause = site.loop?.children.find(c => c.type === 'range_clause');
  const source = clause && at(site.call, child(clause, 'right')!);
  if (!source && !use) return undefined;
  const literal = listLiteral(repo, use?.list ?? source!, site);
  const map = literal && child(literal.literal.node, 'type')?.type === 'map_type';
  const base = { site, place: site.call, nameExpr: name, handler, package: site.dir };
  if (map) {
    return parts(literal.body.node).flatMap(element => {
      const key = parts(element)[0];
      return key ? [{ ...base, code: 'R7a' as StyleCode, name: stringValue(repo, at(literal.body, key)), nameExpr: at(literal.body, key), place: at(literal.body, element), package: dirname(literal.body.facts.path) }] : [];
    });
  }
  const why = `${textOf(name)} takes its name from ${textOf(use?.list ?? source!).slice(0, 60)}`;
  if (literal && !use) {
    return parts(literal.body.node).map(element => ({ ...base, code: 'R9' as StyleCode, name: stringValue(repo, at(literal.body, element)), nameExpr: at(literal.body, element), place: at(literal.body, element) }));
  }
  if (!mentionsLoop(site, name)) return undefined;
  return [{ ...base, code: registryCode(source ?? use!.list), name: { kind: 'unknown', why } }];
}

function registryCode(source: Expr): StyleCode {
  const text = textOf(source);
  return /strings\.|embed|names/i.test(text) ? 'R9' : /router/i.test(text) ? 'R7b' : /\.\w*List\(|\.\w*Upgrades\(|registry/i.test(text) ? 'R8' : 'R7b';
}

function mentionsLoop(site: Site, name: Expr): boolean {
  const clause = site.loop?.children.find(c => c.type === 'range_clause');
  const variables = parts(child(clause, 'left')).map(v => textOf(at(site.call, v)));
  return findAll(name.node, 'identifier').some(n => variables.includes(textOf(at(name, n)))) || bare(name.node).type === 'identifier' && variables.includes(textOf(name));
}

function isParameter(name: Expr): boolean {
  const node = bare(name.node);
  return node.type === 'identifier' && localDefinition(node, textOf(at(name, node)), name.facts.text) === 'parameter';
}

/** The name is handed in: every call of the function registers one upgrade (R5), unless the handler is only set for the plan on disk (R15). */
function throughParameter(app: AppSource, site: Site, name: Expr, handler: Expr): Registration[] {
  const calls = callersOf(app.repo, site);
  const found = calls.map(({ expr }): Registration => {
    const bindings = bind(expr, { node: site.fn }, name.facts.text);
    const given = bindings.get(textOf(name));
    const value: Value = given ? stringValue(app.repo, given) : { kind: 'unknown', why: `${textOf(name)} is not given` };
    return { code: guarded(site) ? 'R15' : 'R5', name: value, nameExpr: given ?? name, package: app.dir, site, place: expr, handler };
  });
  return found.length ? found : [{ code: 'R5', name: { kind: 'unknown', why: `${textOf(name)} is a parameter` }, nameExpr: name, package: app.dir, site, place: site.call, handler }];
}

/** Whether the handler is only registered for the plan found on disk. */
function guarded(site: Site): boolean {
  return site.condition !== undefined && /[iI]nfo|[pP]lan/.test(textOf(at(site.call, child(site.condition, 'condition')!)));
}

/** R2: the handler is made in a package of its own. Otherwise a closure or function of the app. */
function handlerStyle(app: AppSource, handler: Expr): StyleCode {
  const node = unref(handler.node);
  const source = node.type === 'call_expression' ? child(node, 'function')! : node;
  const dir = packageBehind(app.repo, at(handler, source));
  if (dir === undefined || dir === app.dir) return 'R3';
  return basename(dir) === 'upgrade' && (app.repo.packages.get(dir)?.files.length ?? 0) > 0 && !hasVersionFolders(app.repo, dir) ? 'R13' : 'R2';
}

function hasVersionFolders(repo: Repo, dir: string): boolean {
  return [...repo.packages.keys()].some(other => other.startsWith(dir + '/'));
}

/** The folder of the package a selector's qualifier names. */
function packageBehind(repo: Repo, expr: Expr): string | undefined {
  const node = bare(expr.node);
  if (node.type !== 'selector_expression') return undefined;
  const operand = child(node, 'operand')!;
  if (operand.type !== 'identifier' || localDefinition(operand, textOf(at(expr, operand)), expr.facts.text)) return undefined;
  const path = repo.importFor(expr.facts, textOf(at(expr, operand)));
  return path === undefined ? undefined : repo.dirOf(path, dirname(expr.facts.path));
}

function packageOfName(repo: Repo, name: Expr, handler: Expr, otherwise: string): string {
  const node = unref(handler.node);
  const made = packageBehind(repo, at(handler, node.type === 'call_expression' ? child(node, 'function')! : node));
  const named = packageBehind(repo, name);
  return named ?? made ?? otherwise;
}

/** What can only be said of all registrations together. */
function settle(app: AppSource, registrations: Registration[]): Registration[] {
  const own = registrations.filter(r => r.code === 'R3');
  const two = registrations.filter(r => r.code === 'R2');
  const codeFor = (r: Registration): StyleCode => {
    if (r.code === 'R3' || r.code === 'R2') {
      if (taggedTwice(app, r)) return 'R17';
    }
    if (r.code === 'R3' && own.length > 1) return 'R4';
    if (r.code === 'R2' && two.length === 1 && sideList(app)) return 'R2s';
    return r.code;
  };
  const settled = registrations.map(r => ({ ...r, code: codeFor(r) }));
  // Closures beside handlers from packages are one chain's habit, not a style of their own.
  return settled.some(r => r.code === 'R2') && own.length > 0 && own.length < two.length
    ? settled.map(r => r.code === 'R3' || r.code === 'R4' ? { ...r, code: 'R2' as StyleCode } : r) : settled;
}

/** The registering function exists twice, under opposite build tags. */
function taggedTwice(app: AppSource, registration: Registration): boolean {
  const { facts } = registration.site.call, { name } = registration.site.func;
  return facts.buildTags !== undefined && app.repo.functions(app.dir).some(({ facts: other, func }) =>
    func.name === name && other.path !== facts.path && other.buildTags !== undefined);
}

/** A list of upgrades that no handler is registered from: it only serves stores (R2s). */
function sideList(app: AppSource): boolean {
  return app.repo.filesOf(app.dir).some(facts => facts.vars.some(v => {
    const type = v.value?.type === 'composite_literal' ? child(v.value, 'type') : undefined;
    return type?.type === 'slice_type' && /\.Upgrade$/.test(facts.text.slice(type.start, type.end));
  }));
}

/** Whether a name resolves at all; used by callers that only want to know. */
export function isConstant(repo: Repo, expr: Expr): boolean {
  return 'expr' in resolve(repo, expr);
}
