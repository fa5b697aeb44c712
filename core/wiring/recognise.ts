import { literalListType } from '../go/eval/list-type.ts';
import type { Expr } from '../go/eval/value.ts';
import { exprAt, fieldLike, stringValue, structOf } from '../go/eval/value.ts';
import type { Repo } from '../go/repo/repo.ts';
import { typeRefOf } from '../go/source/type-ref.ts';
import type { SyntaxNode } from '../go/syntax/syntax.ts';
import { callArguments, calleeName, calleeOf, callsOf, childByField } from '../go/syntax/syntax.ts';
import { isOfAnotherApp } from './app-structs.ts';
import { codeOfOtherApps, declaredName } from './app-types.ts';
import { importClosure, isNeverNamed, sitesOf } from './call-sites.ts';
import { recogniseLoading } from './loading/loading.ts';
import { closures } from './registration/closures.ts';
import { computed, conditional } from './registration/computed-name.ts';
import { list } from './registration/list.ts';
import type { ListLiteral } from './registration/lists.ts';
import { listLiteral } from './registration/lists.ts';
import { takenBranches } from './registration/loop-branches.ts';
import { handedIn } from './registration/name-from-parameter.ts';
import { looped } from './registration/range-over-other.ts';
import { elsewhere } from './registration/registered-by-package.ts';
import { packageOfUpgrade, statements } from './registration/statements.ts';
import type { RegistrationStyle } from './registration/style-at.ts';
import { silentStyles } from './registration/without-registration.ts';
import type {
  AppSource,
  ListShape,
  Registration,
  Site,
  StyleCode,
  Unread,
  UpgradeList,
  Wiring,
} from './style.ts';

/** The styles in the order in which they are tried: the first that recognises a call has it. */
const styles: readonly RegistrationStyle[] = [
  elsewhere,
  list,
  looped,
  handedIn,
  computed,
  conditional,
  statements,
  closures,
];

/** Finds how an app registers its upgrade handlers and loads its stores. */
export function recognise(app: AppSource): Wiring {
  const closure = importClosure(app.repo, app.dir);
  const unread: Unread[] = [];
  const lists: UpgradeList[] = [];
  const sites = sitesOf(app, closure, 'SetUpgradeHandler', 2).filter(site => isOfApp(app, site));
  const all = sites.flatMap(site => {
    if (!site.reachable) return uncalledAt(app, site);
    const registrations = registrationsAt(app, site, lists);
    if (!registrations)
      unread.push({
        expr: site.call,
        why: 'this registration is made in a way that is not understood',
      });
    return registrations ?? [];
  });
  const uncalled = all.filter(
    r =>
      r.uncalled !== undefined &&
      r.name.kind === 'known' &&
      isNeverNamed(app.repo, r.site.dir, r.uncalled),
  );
  const called = all.filter(r => r.uncalled === undefined);
  const found = takenBranches(app.repo, called);
  const nameless = found.flatMap(({ name, nameExpr }) =>
    name.kind === 'unknown' ? [{ expr: nameExpr, why: name.why }] : [],
  );
  const registrations = settle(app, found);
  const loadings = sitesOf(app, closure, 'SetStoreLoader', 1)
    .filter(site => site.reachable && isOfApp(app, site) && !onKeeper(site))
    .map(site => recogniseLoading(app.repo, site));
  const silent = silentStyles(app, closure, registrations, loadings);
  // A list without elements registers nothing, yet it is how this chain does it.
  const empty = registrations.length === 0 ? lists.map(l => l.code) : [];
  const codes = empty.length ? [...empty, ...silent.filter(c => c.startsWith('S'))] : silent;
  const unknown = [...unread, ...nameless];
  return { app, registrations, uncalled, loadings, lists, unread, unknown, codes };
}

/** What a SetUpgradeHandler call in a function of the app would register that nothing calls. */
function uncalledAt(app: AppSource, site: Site): Registration[] {
  const isNear = site.dir === app.dir || site.dir.startsWith(`${app.dir}/`);
  const registrations = isNear ? registrationsAt(app, site, []) : undefined;
  return (registrations ?? []).map(r => ({ uncalled: site.func.name, ...r }));
}

/** What a SetUpgradeHandler call registers, as the first style has it that recognises the call. */
function registrationsAt(
  app: AppSource,
  site: Site,
  lists: UpgradeList[],
): Registration[] | undefined {
  const [name, handler] = callArguments(site.call.node).map(node => exprAt(site.call, node));
  const call = { app, site, name: name!, handler: handler!, lists };
  for (const style of styles) {
    const registrations = style.recognise(call);
    if (registrations) return registrations;
  }
  return undefined;
}

/** Whether a call does what its name says, for this app. */
function isOfApp(app: AppSource, site: Site): boolean {
  const { repo, dir } = app;
  if (isOwnMethod(app, site) || isOfAnotherApp(app, site)) return false;
  return site.dir !== dir || !codeOfOtherApps(repo, dir).has(declaredName(site.func));
}

/** A method of the app itself that happens to have the name. */
function isOwnMethod(app: AppSource, site: Site): boolean {
  const callee = calleeOf(site.call.node, site.call.facts.text);
  const operand = callee && childByField(callee, 'operand');
  return (
    operand?.type === 'identifier' &&
    app.repo
      .functions(site.dir)
      .some(
        ({ func }) =>
          func.receiver !== undefined &&
          func.name === calleeName(site.call.node, site.call.facts.text) &&
          func.receiver.type === app.type,
      )
  );
}

/**
 * Whether a store loader would be set on what handlers are set on: an upgrade keeper, which has no
 * such method.
 */
function onKeeper({ call: { facts, node }, fn, func }: Site): boolean {
  const on = (call: SyntaxNode) => {
    const of = childByField(calleeOf(call, facts.text), 'operand');
    return of && facts.text.slice(of.start, of.end);
  };
  const operand = on(node);
  return (
    operand !== undefined &&
    operand !== func.receiver?.name &&
    callsOf(fn, facts.text, 'SetUpgradeHandler').some(call => on(call) === operand)
  );
}

/** What can only be said of all registrations together. */
function settle(app: AppSource, registrations: readonly Registration[]): Registration[] {
  const packaged = registrations.filter(r => r.code === 'R2');
  const inline = registrations.filter(r => r.code === 'R3');
  // A few closures beside handlers from packages are one chain's habit, not a style of their own.
  const closureCode = packaged.length > inline.length ? 'R2' : codeOfClosures(inline);
  const side =
    packaged.length > 0 && !mixedLists(registrations) ? sideListOf(app, packaged) : undefined;
  const codeFor = (r: Registration): StyleCode => {
    if (r.code !== 'R3' && r.code !== 'R2') return r.code;
    if (taggedTwice(app, r)) return 'R17';
    if (r.code === 'R3') return closureCode;
    return side ? 'R2s' : 'R2';
  };
  const packageFor = (r: Registration) =>
    r.code === 'R2' ? packageOfUpgrade(app.repo, r, packaged) : r.package;
  return registrations
    .map(r => ({ ...r, code: codeFor(r), package: packageFor(r) }))
    .map(r => (side && r.code === 'R2s' ? withElement(app, r, side) : r));
}

/** How an app registers its closures. */
function codeOfClosures(inline: readonly Registration[]): StyleCode {
  if (inline.length <= 1) return 'R3';
  // A method for each upgrade (R5) is a habit that one more closure beside them would break. A name
  // that is set twice is still one upgrade.
  const makers = new Set(inline.map(r => r.site.func)).size;
  const names = new Set(inline.map(r => JSON.stringify(r.name))).size;
  return makers > 1 && makers === names ? 'R5' : 'R4';
}

/** R17: the registering function exists twice, under opposite build tags. */
function taggedTwice(app: AppSource, registration: Registration): boolean {
  const { facts } = registration.site.call;
  const { name } = registration.site.func;
  return (
    facts.buildTags !== undefined &&
    app.repo
      .functions(app.dir)
      .some(
        ({ facts: other, func }) =>
          func.name === name && other.path !== facts.path && other.buildTags !== undefined,
      )
  );
}

/** Whether some upgrades are registered from a list: then that is what the list is for. */
function mixedLists(registrations: readonly Registration[]): boolean {
  return registrations.some(r => r.list !== undefined);
}

/**
 * R2s: a list of upgrades that no handler is registered from; it only serves the stores of those
 * that are.
 */
function sideListOf(app: AppSource, packaged: readonly Registration[]): ListLiteral | undefined {
  for (const facts of app.repo.filesOf(app.dir)) {
    for (const { value } of facts.vars) {
      if (!value || !isUpgradeSlice(app.repo, { facts, node: value })) continue;
      const found = listLiteral(app.repo, { facts, node: value });
      if (found && packaged.every(r => withElement(app, r, found).element)) return found;
    }
  }
  return undefined;
}

/** `[]upgrades.Upgrade{…}`, or a literal of a type that is declared so. */
function isUpgradeSlice(repo: Repo, expr: Expr): boolean {
  const type = expr.node.type === 'composite_literal' ? literalListType(repo, expr) : undefined;
  if (type?.kind !== 'slice' || !type.element) return false;
  const element = typeRefOf(type.element.node, type.element.facts.text);
  const isOfAnotherPackage = element?.qualifier !== undefined || type.element.facts !== expr.facts;
  return isOfAnotherPackage && element?.name === 'Upgrade';
}

/** The side list's element of a registration: that of its name. */
function withElement(app: AppSource, registration: Registration, side: ListLiteral): Registration {
  const wanted = JSON.stringify(registration.name);
  for (const element of side.elements) {
    const struct = structOf(app.repo, element);
    const name = struct && fieldLike(struct, /name$/i);
    if (!struct || !name || JSON.stringify(stringValue(app.repo, name.value)) !== wanted) continue;
    const shape: ListShape = {
      literal: side.body,
      name: side.name,
      nameField: name.name,
      handlerField: fieldLike(struct, /handler/i)?.name ?? 'CreateUpgradeHandler',
      local: false,
    };
    return { ...registration, struct, element, list: shape };
  }
  return registration;
}
