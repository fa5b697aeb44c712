import { dirname } from '../../files.ts';
import { goNode } from '../../go/eval/go-node.ts';
import type { StructValue, Value } from '../../go/eval/value.ts';
import { fieldsOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { locationOf } from '../../go/source/location.ts';
import { findAll } from '../../go/syntax/syntax.ts';
import { importPaths } from '../../wiring/call-sites.ts';
import { isStoreUpgrades, storeLists } from '../../wiring/loading/read-store-upgrades.ts';
import type {
  Registration,
  StoreLists,
  StoreLoading,
  StyleCode,
  Unread,
  Wiring,
  WrittenName,
} from '../../wiring/style.ts';
import type { StoreEntry, StoreName, StoreUpgrades, Unknown, Upgrade } from '../chain.ts';
import { definedIn, whereWritten } from './defined-upgrades.ts';

/**
 * The upgrades of an app: registered ones in the order of registration, then names only a store
 * loader knows, then packages nothing registers.
 */
export function readUpgrades(wiring: Wiring): Upgrade[] {
  const { repo } = wiring.app;
  const serving = wiring.loadings.flatMap(loading => loading.serves.map(s => ({ loading, ...s })));
  const registered = wiring.registrations.map(r =>
    fromRegistration(repo, r, wiring.loadings, serving),
  );
  const names = new Set(registered.map(u => u.name));
  const served = serving
    .filter(({ name }) => name.kind === 'known' && !names.has(name.value))
    .map(
      ({ loading, name, stores, unread }): Upgrade => ({
        ...asName(name),
        package: wiring.app.dir,
        registered: false,
        location: locationOf(loading.site.call.facts, loading.site.call.node),
        buildTags: tagsOf(loading.site.call.facts),
        ...(stores ? { stores: toStores(stores) } : {}),
        ...(unread ? { storesUnread: toUnknown(unread) } : {}),
        loader: locationOf(loading.site.call.facts, loading.site.call.node),
      }),
    );
  for (const u of served) names.add(u.name);
  const unique = served.filter((u, i) => served.findIndex(other => other.name === u.name) === i);
  const known = new Set(wiring.registrations.map(r => whereWritten(r.nameExpr)));
  const left = leftBehind(repo, wiring, names, known);
  return [...registered, ...unique, ...withUncalled(wiring, left, names)];
}

/**
 * Upgrades that nothing registers together with those that a function would register which nothing
 * calls: often the same.
 */
function withUncalled(
  { app, uncalled }: Wiring,
  left: readonly Upgrade[],
  taken: ReadonlySet<string | null>,
): Upgrade[] {
  const found: Upgrade[] = left.map(upgrade => {
    const by = uncalled.find(r => asName(r.name).name === upgrade.name)?.uncalled;
    return by === undefined || upgrade.registered ? upgrade : { ...upgrade, uncalled: by };
  });
  for (const { name, package: dir, place, uncalled: by, ...registration } of uncalled) {
    const named = asName(name);
    if (taken.has(named.name) || found.some(upgrade => upgrade.name === named.name)) continue;
    const stores = listsOf(app.repo, registration);
    found.push({
      ...named,
      package: dir,
      registered: false,
      location: locationOf(place.facts, place.node),
      buildTags: tagsOf(place.facts),
      ...(stores ? { stores: toStores(stores) } : {}),
      uncalled: by!,
    });
  }
  return found;
}

/** The loaders that may have stores of any plan, and why that is not known. */
export function readLoadersUnread({ loadings }: Wiring): Unknown[] {
  return loadings.flatMap(({ serves, site }) => {
    const [first] = serves.filter(
      ({ name, stores, unread }) => name.kind === 'unknown' && (stores || unread),
    );
    if (first?.name.kind !== 'unknown') return [];
    const { call } = site;
    const location = locationOf(call.facts, call.node);
    if (first.unread) return [{ location, why: first.unread.why }];
    const { why, cause } = first.name;
    return [{ location, why, ...(cause && { cause }) }];
  });
}

/** The stores that a loader has for a name. */
type Served = StoreLoading['serves'][number] & { readonly loading: StoreLoading };

function fromRegistration(
  repo: Repo,
  registration: Registration,
  loadings: readonly StoreLoading[],
  served: readonly Served[],
): Upgrade {
  const { facts, node } = registration.place;
  const ownLists = listsOf(repo, registration);
  const servings = served.filter(s => sameName(s.name, registration.name));
  const serving = servings.find(s => s.stores) ?? servings[0];
  const stores = ownLists ?? serving?.stores;
  const servedUnread = ownLists ? undefined : servings.find(s => s.unread)?.unread;
  const unread = servedUnread ?? (stores ? undefined : elementUnread(registration, loadings));
  // A loader that takes the stores from the upgrade itself, or looks the upgrade up, serves all
  // that are registered this way.
  const hasOwn = registration.struct !== undefined || registration.stores !== undefined;
  const common = loadings.find(
    loading =>
      (registration.list && loading.code === 'S1') ||
      (hasOwn && lookingUp.has(loading.code) && servesAny(loading)),
  );
  const loader = common ?? serving?.loading;
  return {
    ...asName(registration.name),
    package: registration.package,
    registered: true,
    style: registration.code,
    location: locationOf(facts, node),
    buildTags: tagsOf(facts),
    ...(stores ? { stores: toStores(stores) } : {}),
    ...(unread ? { storesUnread: toUnknown(unread) } : {}),
    ...(loader ? { loader: locationOf(loader.site.call.facts, loader.site.call.node) } : {}),
  };
}

/** A part of a list that cannot be read has stores that a loader takes from it unseen. */
function elementUnread(
  { list, struct, name, place }: Registration,
  loadings: readonly StoreLoading[],
): Unread | undefined {
  if (!list || struct || name.kind !== 'unknown' || !loadings.some(takesOwnStores))
    return undefined;
  return { expr: place, why: name.why };
}

/** Whether a loader takes the stores that upgrades themselves say. */
export function takesOwnStores({ code }: StoreLoading): boolean {
  return code === 'S1' || lookingUp.has(code);
}

/** Whether a loader compares no name that is known. */
function servesAny({ serves }: StoreLoading): boolean {
  return serves.every(({ name }) => name.kind === 'unknown');
}

function toUnknown({ expr, why }: Unread): Unknown {
  return { location: locationOf(expr.facts, expr.node), why };
}

/** Codes of loaders that take what an upgrade itself says. */
const lookingUp: ReadonlySet<StyleCode> = new Set(['S4', 'S5', 'S7', 'S9']);

/** The stores that the upgrade itself says it changes. */
function listsOf(
  repo: Repo,
  { struct, stores }: Pick<Registration, 'struct' | 'stores'>,
): StoreLists | undefined {
  if (stores) return storeLists(repo, stores);
  if (!struct) return undefined;
  const { facts, bindings } = struct.expr;
  // What parameters stand for is told by the caller.
  if (bindings) return listsInStruct(repo, struct);
  const what = `lists of ${facts.path} ${struct.body.start} ${struct.body.end}`;
  return repo.memoWithDependencies(dirname(facts.path), what, () => listsInStruct(repo, struct));
}

function listsInStruct(repo: Repo, struct: StructValue): StoreLists | undefined {
  const own = fieldsOf(struct).find(field => isStoreUpgrades(repo, field.value));
  return own ? storeLists(repo, own.value) : listsInside(repo, struct);
}

/** Stores that stand in the upgrade's own fields rather than in a StoreUpgrades (R7a). */
function listsInside(repo: Repo, struct: StructValue): StoreLists | undefined {
  const isWritten = fieldsOf(struct).some(({ name }) => storeFields.has(name));
  return isWritten || declaresStores(repo, dirname(struct.expr.facts.path))
    ? storeLists(repo, struct.expr)
    : undefined;
}

const storeFields = new Set(['Added', 'Deleted', 'Renamed']);

/** Whether a type of the package has the field `Added []string`. */
function declaresStores(repo: Repo, dir: string): boolean {
  return repo.filesOf(dir, /\bAdded\s+\[\]string\b/).some(facts =>
    facts.types.some(type =>
      findAll(type.syntax, 'field_declaration').some(node => {
        const field = goNode({ facts, node });
        return field.field('name')?.text === 'Added' && field.field('type')?.text === '[]string';
      }),
    ),
  );
}

function sameName(a: Value, b: Value): boolean {
  if (a.kind === 'known' && b.kind === 'known') return a.value === b.value;
  return a.kind === 'named'
    ? b.kind === 'named' && a.const === b.const
    : a.kind === 'unknown' && b.kind === 'unknown';
}

/** A value as the chain holds it. */
function asName(value: Value): { name: string | null; const?: string } {
  return {
    name: value.kind === 'known' ? value.value : null,
    ...(value.kind !== 'unknown' && value.const ? { const: value.const } : {}),
  };
}

/** A store's name as the chain holds it. */
export function storeName(value: Value): StoreName {
  return asName(value);
}

function entry(written: WrittenName): StoreEntry {
  return { ...storeName(written), location: locationOf(written.expr.facts, written.expr.node) };
}

function toStores(lists: StoreLists): StoreUpgrades {
  return {
    added: lists.added.map(entry),
    deleted: lists.deleted.map(entry),
    renamed: lists.renamed.map(({ from, to }) => ({ from: entry(from), to: entry(to) })),
    location: locationOf(lists.literal.facts, lists.literal.node),
  };
}

function tagsOf(facts: FileFacts): string[] {
  return facts.buildTags === undefined ? [] : [facts.buildTags];
}

/**
 * Upgrade packages that nothing registers: beside the registered ones, or in the app's `upgrades`
 * folder.
 */
function leftBehind(
  repo: Repo,
  wiring: Wiring,
  taken: ReadonlySet<string | null>,
  known: ReadonlySet<string>,
): Upgrade[] {
  const found: Upgrade[] = [];
  // Where names only show at run time, a package that the app imports may well be registered.
  const isHidden = wiring.registrations.some(r => r.name.kind === 'unknown');
  const imported = isHidden ? importsOfPackage(repo, wiring.app.dir) : new Set<string>();
  for (const dir of upgradeFolders(repo, wiring)) {
    for (const { facts, spec, by, ...name } of repo.memoWithDependencies(
      dir,
      'upgrades defined',
      () => definedIn(repo, dir),
    )) {
      const isKnown =
        taken.has(name.value) ||
        known.has(name.at) ||
        found.some(u => u.name === name.value && u.package === dir && (u.stores || !name.stores));
      if (isKnown) continue;
      const stores = name.stores && storeLists(repo, name.stores);
      found.push({
        name: name.value,
        package: dir,
        registered: imported.has(dir),
        location: locationOf(facts, { start: spec.start, end: spec.end }),
        buildTags: tagsOf(facts),
        ...(stores ? { stores: toStores(stores) } : {}),
        ...(by === undefined ? {} : { uncalled: by }),
      });
    }
  }
  // A constant and the struct that uses it are one upgrade; the struct knows more.
  const withStores = found.filter(upgrade => upgrade.stores !== undefined);
  return found.filter(
    ({ stores, name, package: dir }) =>
      stores !== undefined || !withStores.some(o => o.name === name && o.package === dir),
  );
}

/** The folders where an app's upgrades lie, of packages that may be one. */
function upgradeFolders(repo: Repo, { app, registrations }: Wiring): string[] {
  const here = app.dir ? `${app.dir}/` : '';
  const parents = new Set(
    registrations.filter(r => r.package !== app.dir).map(r => dirname(r.package)),
  );
  parents.delete('');
  const above = [...parents, `${here}upgrades`, `${here}upgrade`];
  const isBelow = (dir: string) =>
    dir === `${here}upgrades` || above.some(folder => dir.startsWith(`${folder}/`));
  const mayBeUpgrade = (path: string) =>
    repo.memoByText(path, 'may be an upgrade', text =>
      /UpgradeHandler|module\.VersionMap/.test(text),
    );
  return [...repo.packages.values()]
    .filter(({ dir, files }) => isBelow(dir) && files.some(mayBeUpgrade))
    .map(({ dir }) => dir);
}

function importsOfPackage(repo: Repo, dir: string): Set<string | undefined> {
  return new Set(
    repo.filesOf(dir).flatMap(f => importPaths(f.text).map(path => repo.dirOf(path, dir))),
  );
}
