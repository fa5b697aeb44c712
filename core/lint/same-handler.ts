import type { StoreName, Upgrade } from '../chain/chain.ts';
import type { GoNode } from '../go/eval/go-node.ts';
import { goNode } from '../go/eval/go-node.ts';
import type { Expr } from '../go/eval/value.ts';
import { exprAt, textOf } from '../go/eval/value.ts';
import type { Repo } from '../go/repo/repo.ts';
import { childByField, enclosing, namedChildren } from '../go/syntax/syntax.ts';
import { registeredFunction } from '../wiring/registration/registered-function.ts';
import type { Registration, Site } from '../wiring/style.ts';

/** An upgrade and the registration it was read from. */
export interface RegisteredUpgrade {
  readonly upgrade: Upgrade;
  readonly registration: Registration;
}

/**
 * Whether two registrations set the same handler: one function, made with the same arguments, for
 * the same stores. False where one of these is not known, and for two elements of lists: whoever
 * lists an upgrade twice rather meant another one.
 */
export function setSameHandler(repo: Repo, a: RegisteredUpgrade, b: RegisteredUpgrade): boolean {
  const areListed = a.registration.list !== undefined && b.registration.list !== undefined;
  return (
    !areListed &&
    isOnItsOwn(repo, a) &&
    isOnItsOwn(repo, b) &&
    isSameFunction(repo, a, b) &&
    haveSameArguments(a, b) &&
    haveSameStores(a.upgrade, b.upgrade)
  );
}

/**
 * Whether a handler is made by a function that knows of the registration only its arguments: no
 * method of a list's element, no closure inside the registering function, no call in an element.
 */
function isOnItsOwn(repo: Repo, { registration }: RegisteredUpgrade): boolean {
  const { handler, site, struct } = registration;
  const made = registeredFunction(repo, registration);
  const isInside =
    made?.facts.path === site.call.facts.path &&
    made.node.start >= site.fn.start &&
    made.node.end <= site.fn.end;
  return (
    made !== undefined &&
    !isInside &&
    enclosing(made.node, 'method_declaration') === undefined &&
    (struct === undefined || (handler !== undefined && goNode(handler).callee === undefined))
  );
}

function isSameFunction(repo: Repo, a: RegisteredUpgrade, b: RegisteredUpgrade): boolean {
  const [one, other] = [a, b].map(each => registeredFunction(repo, each.registration));
  return one !== undefined && other !== undefined && isSamePlace(one, other);
}

function isSamePlace(a: Expr, b: Expr): boolean {
  return a.facts.path === b.facts.path && a.node.start === b.node.start;
}

function haveSameArguments(
  { registration: a }: RegisteredUpgrade,
  { registration: b }: RegisteredUpgrade,
): boolean {
  const [one, other] = [argumentsOf(a), argumentsOf(b)];
  return (
    one.length === other.length &&
    one.every((argument, i) => meansSame(a.site, argument, b.site, other[i]!))
  );
}

/** What the handler is made with at the place that registers it. */
function argumentsOf({ site }: Registration): readonly GoNode[] {
  return goNode(site.call).arguments[1]?.arguments ?? [];
}

/**
 * Whether two arguments are written alike. In two functions only what comes from the receiver is
 * the same: the app's parts.
 */
function meansSame(a: Site, one: GoNode, b: Site, other: GoNode): boolean {
  if (a.fn === b.fn) return one.text === other.text;
  const [ofOne, ofOther] = [partOfReceiver(a, one), partOfReceiver(b, other)];
  return ofOne !== undefined && ofOne === ofOther;
}

/** `mm` of `app.mm` in a method of `app`. */
function partOfReceiver({ fn, call }: Site, argument: GoNode): string | undefined {
  const [receiver] = namedChildren(childByField(fn, 'receiver'));
  const name = receiver && childByField(receiver, 'name');
  const prefix = name && `${textOf(exprAt(call, name))}.`;
  return prefix && argument.text.startsWith(prefix)
    ? argument.text.slice(prefix.length)
    : undefined;
}

function haveSameStores(a: Upgrade, b: Upgrade): boolean {
  if (a.storesUnread || b.storesUnread) return false;
  const [one, other] = [storesOf(a), storesOf(b)];
  return one.every(store => store !== undefined) && one.join() === other.join();
}

/** The stores that an upgrade changes, each with what happens to it; undefined for unknown ones. */
function storesOf({ stores }: Upgrade): (string | undefined)[] {
  const { added = [], deleted = [], renamed = [] } = stores ?? {};
  return [
    ...added.map(store => changeOf('adds', store)),
    ...deleted.map(store => changeOf('deletes', store)),
    ...renamed.flatMap(({ from, to }) => [changeOf('from', from), changeOf('to', to)]),
  ];
}

function changeOf(verb: string, store: StoreName): string | undefined {
  const name = store.name ?? store.const;
  return name === undefined ? undefined : `${verb} ${name}`;
}
