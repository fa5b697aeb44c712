import { listItems, stringsOf } from '../../go/eval/lists.ts';
import type { Expr, Value } from '../../go/eval/value.ts';
import { exprAt, stringValue, textOf } from '../../go/eval/value.ts';
import { memoize } from '../../go/repo/memoize.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts, ValueSpec } from '../../go/source/facts.ts';
import type { Location } from '../../go/source/location.ts';
import { locationOf } from '../../go/source/location.ts';
import { namedChildren } from '../../go/syntax/syntax.ts';
import { listParts } from '../../wiring/registration/lists.ts';
import { appFolders } from '../app/app-code.ts';
import type { Unknown } from '../chain.ts';
import { isOfLists, mayBePermissionMap, mayBePermissionType } from './permission-map.ts';

/** A module account's permissions. */
export interface Permissions {
  /** In lower case, sorted; undefined where one of them is not known. */
  readonly permissions: readonly string[] | undefined;
  readonly location: Location;
}

/** The module accounts that an app gives to the account keeper. */
export interface ModuleAccounts {
  /** By name; by the constant, as it is written, where the name is not known. */
  readonly accounts: ReadonlyMap<string, Permissions>;
  /** Places where reading stopped: accounts without a name, permissions that are not known. */
  readonly unread: readonly Unknown[];
}

/**
 * The module accounts of an app: the variables of its packages that hold a `map[string][]string` of
 * permissions. Empty where there is none.
 */
export function readPermissions(repo: Repo, appDir: string): ModuleAccounts {
  return memoize(repo, `permissions of ${appDir}`, () => findPermissions(repo, appDir));
}

const named = /acc\w*perm|module\w*account/i;
/** Such a name after `var`, before the next function. */
const declared = new RegExp(`^var\\b(?:(?!^func\\b)[^])*?(?:${named.source})`, 'im');

function findPermissions(repo: Repo, appDir: string): ModuleAccounts {
  const accounts = new Map<string, Permissions>();
  const unread: Unknown[] = [];
  const files = repo.memoForFolders(appFolders(repo, appDir), 'with permissions', dir =>
    nonEmpty(repo.filesOf(dir, declared)),
  );
  for (const facts of [...files.values()].flat()) {
    for (const spec of facts.vars.filter(({ name }) => named.test(name)))
      readVariable(repo, facts, spec, { accounts, unread });
  }
  return { accounts, unread };
}

interface Found {
  readonly accounts: Map<string, Permissions>;
  readonly unread: Unknown[];
}

function readVariable(repo: Repo, facts: FileFacts, spec: ValueSpec, found: Found): void {
  if (!spec.value) {
    noteWithoutValue(repo, facts, spec, found);
    return;
  }
  const value = { facts, node: spec.value };
  const parts = listParts(repo, value);
  if (parts.length === 0 || parts.some(part => part.unread)) {
    if (mayBeMap(repo, spec, value))
      found.unread.push(unknownAt(value, `what ${spec.name} holds is not known`));
    return;
  }
  for (const { type, elements } of parts) {
    if (type && isOfLists(type)) {
      for (const element of elements) readEntry(repo, element, found);
    }
  }
}

/** Whether a variable whose entries were not read may hold permissions. */
function mayBeMap(repo: Repo, { type }: ValueSpec, value: Expr): boolean {
  return type
    ? mayBePermissionType(repo, exprAt(value, type))
    : value.node.type !== 'composite_literal' && mayBePermissionMap(repo, value);
}

/** A value that is too large is not kept; what is declared by its type alone is filled elsewhere. */
function noteWithoutValue(repo: Repo, facts: FileFacts, spec: ValueSpec, { unread }: Found): void {
  if (!spec.type || mayBePermissionType(repo, { facts, node: spec.type }))
    unread.push({ location: locationOf(facts, spec), why: `what ${spec.name} holds is not known` });
}

function readEntry(repo: Repo, element: Expr, { accounts, unread }: Found): void {
  const [key, value] = namedChildren(element.node);
  if (element.node.type !== 'keyed_element' || !key || !value) return;
  const written = exprAt(element, key);
  const name = stringValue(repo, written);
  if (name.kind === 'unknown') {
    unread.push(unknownAt(written, `a module account has a name that is not known: ${name.why}`));
    return;
  }
  const account = name.kind === 'known' ? name.value : textOf(written);
  const items = stringsOf(repo, listItems(repo, exprAt(element, value)));
  const permissions = items.map(item => permissionOf(item.value));
  const isKnown = permissions.every(permission => permission !== undefined);
  if (!isKnown)
    unread.push(
      unknownAt(written, `the permissions of the module account ${account} are not known`),
    );
  accounts.set(account, {
    permissions: isKnown ? permissions.sort() : undefined,
    location: locationOf(element.facts, element.node),
  });
}

/** `authtypes.Minter` and `"minter"` are one permission; other constants may hold any. */
function permissionOf(value: Value): string | undefined {
  if (value.kind === 'known') return value.value.toLowerCase();
  const constant = value.kind === 'named' ? value.const.replace(/^.*\./, '') : '';
  return /^(Minter|Burner|Staking)$/.test(constant) ? constant.toLowerCase() : undefined;
}

function unknownAt({ facts, node }: Expr, why: string): Unknown {
  return { location: locationOf(facts, node), why };
}

function nonEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}
