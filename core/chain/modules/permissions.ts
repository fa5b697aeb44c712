import { listItems, stringsOf } from '../../go/eval/lists.ts';
import type { Expr, Value } from '../../go/eval/value.ts';
import { exprAt, stringValue, textOf } from '../../go/eval/value.ts';
import { memoize } from '../../go/repo/memoize.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts, ValueSpec } from '../../go/source/facts.ts';
import type { Location } from '../../go/source/location.ts';
import { locationOf } from '../../go/source/location.ts';
import { childByField, namedChildren } from '../../go/syntax/syntax.ts';
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

/**
 * The permissions of those accounts only that the map of another version has not in the very same
 * words, such as the one of the last release: that is most of them while somebody types.
 */
export function permissionsWrittenAnew(
  repo: Repo,
  appDir: string,
  before: { readonly repo: Repo; readonly appDir: string },
): ModuleAccounts['accounts'] {
  const known = memoize(before.repo, `permissions as written in ${before.appDir}`, () =>
    writtenOnce(entriesOf(before.repo, before.appDir).entries),
  );
  const { entries } = entriesOf(repo, appDir);
  // Of several entries for one account, such as one for each build tag, the last one counts.
  if (!known || !writtenOnce(entries)) return readPermissions(repo, appDir).accounts;
  const anew = entries.filter(entry => !known.has(textOf(entry)) || !isPlain(entry));
  return read(repo, anew).accounts;
}

/** The texts of entries, where each has a key of its own. */
function writtenOnce(entries: readonly Expr[]): ReadonlySet<string> | undefined {
  const keys = entries.map(entry =>
    textOf(exprAt(entry, namedChildren(entry.node)[0] ?? entry.node)),
  );
  return new Set(keys).size === entries.length ? new Set(entries.map(textOf)) : undefined;
}

/** Whether an entry's permissions are written out: `{authtypes.Minter}` or `nil`. */
function isPlain({ node }: Expr): boolean {
  const value = namedChildren(node)[1];
  const list = value?.type === 'composite_literal' ? childByField(value, 'body') : value;
  if (list?.type === 'nil') return true;
  return list?.type === 'literal_value' && namedChildren(list).every(({ type }) => plain.has(type));
}

const plain = new Set(['selector_expression', 'interpreted_string_literal']);

/** The entries of the maps, and the places where reading them stopped. */
interface Entries {
  readonly entries: readonly Expr[];
  readonly unread: readonly Unknown[];
}

function findPermissions(repo: Repo, appDir: string): ModuleAccounts {
  const { entries, unread } = entriesOf(repo, appDir);
  const found = read(repo, entries);
  return { accounts: found.accounts, unread: [...unread, ...found.unread] };
}

function read(repo: Repo, entries: readonly Expr[]): Found {
  const found: Found = { accounts: new Map(), unread: [] };
  for (const entry of entries) readEntry(repo, entry, found);
  return found;
}

function entriesOf(repo: Repo, appDir: string): Entries {
  return memoize(repo, `entries of permissions in ${appDir}`, () => findEntries(repo, appDir));
}

function findEntries(repo: Repo, appDir: string): Entries {
  const files = repo.memoForFolders(appFolders(repo, appDir), 'with permissions', dir =>
    nonEmpty(repo.filesOf(dir, declared)),
  );
  const all = [...files.values()]
    .flat()
    .flatMap(facts =>
      facts.vars
        .filter(({ name }) => named.test(name))
        .map(spec => entriesOfVariable(repo, facts, spec)),
    );
  return {
    entries: all.flatMap(({ entries }) => entries),
    unread: all.flatMap(({ unread }) => unread),
  };
}

interface Found {
  readonly accounts: Map<string, Permissions>;
  readonly unread: Unknown[];
}

function entriesOfVariable(repo: Repo, facts: FileFacts, spec: ValueSpec): Entries {
  if (!spec.value) return { entries: [], unread: withoutValue(repo, facts, spec) };
  const value = { facts, node: spec.value };
  const parts = listParts(repo, value);
  if (parts.length === 0 || parts.some(part => part.unread)) {
    const unread = mayBeMap(repo, spec, value)
      ? [unknownAt(value, `what ${spec.name} holds is not known`)]
      : [];
    return { entries: [], unread };
  }
  const maps = parts.filter(({ type }) => type && isOfLists(type));
  return { entries: maps.flatMap(({ elements }) => elements), unread: [] };
}

/** Whether a variable whose entries were not read may hold permissions. */
function mayBeMap(repo: Repo, { type }: ValueSpec, value: Expr): boolean {
  return type
    ? mayBePermissionType(repo, exprAt(value, type))
    : value.node.type !== 'composite_literal' && mayBePermissionMap(repo, value);
}

/** A value that is too large is not kept; what is declared by its type alone is filled elsewhere. */
function withoutValue(repo: Repo, facts: FileFacts, spec: ValueSpec): Unknown[] {
  return !spec.type || mayBePermissionType(repo, { facts, node: spec.type })
    ? [{ location: locationOf(facts, spec), why: `what ${spec.name} holds is not known` }]
    : [];
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
