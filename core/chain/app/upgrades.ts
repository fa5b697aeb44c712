import { dirname } from '../../files.ts';
import type { Expr, StructValue, Value } from '../../go/eval/value.ts';
import { exprAt, fieldsOf, stringValue, structOf, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts, ValueSpec } from '../../go/source/facts.ts';
import { locationOf } from '../../go/source/location.ts';
import { childByField } from '../../go/syntax/syntax.ts';
import { importPaths } from '../../wiring/call-sites.ts';
import { isStoreUpgrades, storeLists } from '../../wiring/loading/read-store-upgrades.ts';
import type {
  Registration,
  StoreLists,
  StoreLoading,
  Wiring,
  WrittenName,
} from '../../wiring/style.ts';
import type { StoreEntry, StoreName, StoreUpgrades, Upgrade } from '../chain.ts';

export { isStoreUpgrades };

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
      ({ loading, name, stores }): Upgrade => ({
        ...named(name),
        package: wiring.app.dir,
        registered: false,
        location: locationOf(loading.site.call.facts, loading.site.call.node),
        buildTags: tagsOf(loading.site.call.facts),
        ...(stores ? { stores: toStores(stores) } : {}),
        loader: locationOf(loading.site.call.facts, loading.site.call.node),
      }),
    );
  for (const u of served) names.add(u.name);
  const unique = served.filter((u, i) => served.findIndex(other => other.name === u.name) === i);
  const known = new Set(
    wiring.registrations.map(r => `${r.nameExpr.facts.path}:${r.nameExpr.node.start}`),
  );
  return [...registered, ...unique, ...leftBehind(repo, wiring, names, known)];
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
  const own =
    registration.struct &&
    fieldsOf(registration.struct)
      .map(f => f.value)
      .find(value => isStoreUpgrades(repo, value));
  const ownLists = registration.stores
    ? storeLists(repo, registration.stores)
    : own
      ? storeLists(repo, own)
      : registration.struct && listsInside(repo, registration.struct);
  const serving = served.find(s => sameName(s.name, registration.name));
  const stores = ownLists ?? serving?.stores;
  // A loader that takes the stores from the upgrade itself, or looks the upgrade up, serves all
  // that are registered this way.
  const common = loadings.find(
    l =>
      (registration.list && l.code === 'S1') ||
      ((registration.struct ?? registration.stores) &&
        /^S[4579]$/.test(l.code) &&
        l.serves.length === 0),
  );
  const loader = common ?? serving?.loading;
  return {
    ...named(registration.name),
    package: registration.package,
    registered: true,
    style: registration.code,
    location: locationOf(facts, node),
    buildTags: tagsOf(facts),
    ...(stores ? { stores: toStores(stores) } : {}),
    ...(!stores && serving?.unread ? { storesUnread: true as const } : {}),
    ...(loader ? { loader: locationOf(loader.site.call.facts, loader.site.call.node) } : {}),
  };
}

/** Stores that stand in the upgrade's own fields rather than in a StoreUpgrades (R7a). */
function listsInside(repo: Repo, struct: StructValue): StoreLists | undefined {
  const declared =
    fieldsOf(struct).some(f => /^(Added|Deleted|Renamed)$/.test(f.name)) ||
    repo
      .filesOf(dirname(struct.expr.facts.path), /\bAdded\s+\[\]string\b/)
      .some(facts =>
        facts.types.some(t => /\bAdded\s+\[\]string\b/.test(facts.text.slice(t.start, t.end))),
      );
  return declared ? storeLists(repo, struct.expr) : undefined;
}

function sameName(a: Value, b: Value): boolean {
  if (a.kind === 'known' && b.kind === 'known') return a.value === b.value;
  return a.kind === 'named'
    ? b.kind === 'named' && a.const === b.const
    : a.kind === 'unknown' && b.kind === 'unknown';
}

function named(value: Value): { name: string | null; const?: string } {
  return {
    name: value.kind === 'known' ? value.value : null,
    ...(value.kind !== 'unknown' && value.const ? { const: value.const } : {}),
  };
}

/** A store's name as the chain holds it. */
export function storeName(value: Value): StoreName {
  return named(value);
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

const nameConstant = /^(\w*upgrade_?name\w*|\w*plan_?name\w*|name)$/i;

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
  const parents = new Set(
    wiring.registrations.filter(r => r.package !== wiring.app.dir).map(r => dirname(r.package)),
  );
  const here = wiring.app.dir ? `${wiring.app.dir}/` : '';
  const found: Upgrade[] = [];
  // Where names only show at run time, a package that the app imports may well be registered.
  const hidden = wiring.registrations.some(r => r.name.kind === 'unknown');
  const imported = hidden ? importsOfPackage(repo, wiring.app.dir) : new Set<string>();
  for (const [dir, pkg] of repo.packages) {
    const below =
      dir.startsWith(`${here}upgrades/`) ||
      dir.startsWith(`${here}upgrade/`) ||
      dir === `${here}upgrades` ||
      [...parents].some(p => p && dir.startsWith(`${p}/`));
    if (
      !below ||
      !pkg.files.some(path =>
        repo.memoByText(path, 'may be an upgrade', text =>
          /UpgradeHandler|module\.VersionMap/.test(text),
        ),
      )
    )
      continue;
    for (const { facts, spec, ...name } of repo.memoWithDependencies(dir, 'upgrades defined', () =>
      definedIn(repo, dir),
    )) {
      if (
        taken.has(name.value) ||
        known.has(`${facts.path}:${name.at}`) ||
        found.some(u => u.name === name.value && u.package === dir)
      )
        continue;
      const stores = name.stores && storeLists(repo, name.stores);
      found.push({
        name: name.value,
        package: dir,
        registered: imported.has(dir),
        location: locationOf(facts, { start: spec.start, end: spec.end }),
        buildTags: tagsOf(facts),
        ...(stores ? { stores: toStores(stores) } : {}),
      });
    }
  }
  // A constant and the struct that uses it are one upgrade; the struct knows more.
  return found.filter(
    u =>
      u.stores !== undefined ||
      !found.some(
        o => o !== u && o.name === u.name && o.package === u.package && o.stores !== undefined,
      ),
  );
}

function importsOfPackage(repo: Repo, dir: string): Set<string | undefined> {
  return new Set(
    repo.filesOf(dir).flatMap(f => importPaths(f.text).map(path => repo.dirOf(path, dir))),
  );
}

interface Defined {
  value: string;
  at: number;
  stores?: Expr;
}

/** The upgrades that a package's constants and variables define. */
function definedIn(
  repo: Repo,
  dir: string,
): (Defined & { readonly facts: FileFacts; readonly spec: ValueSpec })[] {
  return repo.filesOf(dir).flatMap(facts =>
    [...facts.consts, ...facts.vars].flatMap(spec => {
      const name = spec.value && upgradeName(repo, facts, spec.name, { facts, node: spec.value });
      return name ? [{ ...name, facts, spec }] : [];
    }),
  );
}

function upgradeName(
  repo: Repo,
  facts: FileFacts,
  ident: string,
  value: Expr,
): Defined | undefined {
  if (value.node.type === 'composite_literal') {
    const type = childByField(value.node, 'type');
    if (!type || !/(^|\.)Upgrade$/.test(textOf(exprAt(value, type)))) return undefined;
    const struct = structOf(repo, value);
    const fields = struct ? fieldsOf(struct) : [];
    const named = fields.find(f => /name$/i.test(f.name));
    const name = named && stringValue(repo, named.value);
    const stores = fields.find(f => isStoreUpgrades(repo, f.value));
    return name?.kind === 'known'
      ? {
          value: name.value,
          at: named!.value.node.start,
          ...(stores ? { stores: stores.value } : {}),
        }
      : undefined;
  }
  if (!nameConstant.test(ident)) return undefined;
  const name = stringValue(repo, { facts, node: value.node });
  return name.kind === 'known' ? { value: name.value, at: value.node.start } : undefined;
}
