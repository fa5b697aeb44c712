import type { Repo } from '../../go/repo/repo.ts';
import type { ModuleRow } from '../../sdk/modules.ts';
import { modules as registry } from '../../sdk/modules.ts';
import { storeName } from '../app/upgrades.ts';
import type { Generation, Store, StoreKind, Unknown } from '../chain.ts';
import { moduleNames } from '../modules/module-names.ts';
import type { AppConfig, ConfiguredModule } from './app-config.ts';

/**
 * The stores of the modules in a depinject configuration. The runtime makes a key for every kind of
 * store a module asks for: the KV store bears the module's configured name or its override, the
 * others `transient:`, `memory:` and `object:` before the name (docs/background/sdk.md#store-keys).
 */
export function configuredStores(
  repo: Repo,
  folders: readonly string[],
  config: AppConfig,
  generation: Generation | null,
  unknown: (unknown: Unknown) => void,
): Store[] {
  const own = askedFor(repo, folders);
  const skipped = new Set(config.skipped.map(nameOf));
  return config.modules.flatMap((module): Store[] => {
    if (/cosmos.app.runtime/.test(module.type)) return [];
    const name = nameOf(module.value);
    if (name === null) {
      const reason = module.value.kind === 'unknown' ? `: ${module.value.why}` : '';
      const why = `a configured module's name is not known${reason}`;
      unknown({ location: module.location, why });
      return [];
    }
    const override = config.overrides.find(o => nameOf(o.module) === name)?.store;
    const asks = own.get(name) ?? fromRegistry(name, module.type, generation);
    const kinds = asks ?? (storeless.has(name) ? [] : ['kv' as const]);
    const sure = asks !== undefined || override !== undefined;
    return kinds
      .filter(kind => !skipped.has(name) || kind !== 'kv')
      .map(kind => {
        if (kind === 'kv' && override)
          return { ...storeName(override.value), kind, location: override.location };
        if (kind === 'kv')
          return {
            ...storeName(module.value),
            kind,
            location: module.location,
            ...(sure ? {} : { assumed: true as const }),
          };
        return { name: `${kind}:${name}`, kind, location: module.location };
      });
  });
}

function nameOf(value: ConfiguredModule['value']): string | null {
  return value.kind === 'known' ? value.value : null;
}

/** Configured like modules, without being any. */
const storeless = new Set(['tx', 'validate']);

/**
 * The kinds of stores that the registry's module of that name mounts, or undefined where it does
 * not know the module.
 */
function fromRegistry(
  name: string,
  type: string,
  generation: Generation | null,
): StoreKind[] | undefined {
  const rows = registry.filter(
    row => row.moduleName === name && isSameProject(type, row.importPath),
  );
  if (rows.length === 0) return undefined;
  // Modules gained and lost their other stores with SDK releases; the KV store is what every
  // release has.
  const now = (row: ModuleRow) =>
    row.kind === 'kv' ||
    row.releases.some(
      release =>
        (generation !== null && release.startsWith(`cosmos-sdk v${generation}`)) ||
        !release.startsWith('cosmos-sdk '),
    );
  return [
    ...new Set(
      rows.flatMap(row => (row.mounted && row.kind !== 'none' && now(row) ? [row.kind] : [])),
    ),
  ];
}

/**
 * Whether a configuration's type and a package belong together: different projects have modules of
 * the same name.
 */
function isSameProject(type: string, importPath: string): boolean {
  if (/^(cosmos\.|cosmossdk\.io\/)/.test(type))
    return /^(cosmossdk\.io|github\.com\/cosmos\/(cosmos-sdk|ibc-go))\//.test(importPath);
  const project = (path: string) => path.split('/').slice(0, 3).join('/');
  return type.includes('/') && project(type) === project(importPath);
}

/**
 * What the repository's own modules ask of depinject, by module name: the store keys and services
 * among their inputs.
 */
function askedFor(
  repo: Repo,
  folders: readonly string[],
): ReadonlyMap<string, readonly StoreKind[]> {
  const byFolder = repo.memoForFolders(folders, 'asked of depinject', dir => askedIn(repo, dir));
  return new Map(
    [...byFolder].flatMap(([dir, kinds]) =>
      moduleNames(repo, dir).map(name => [name, kinds] as const),
    ),
  );
}

const inputs = /\bdepinject\.In\b/;

/** The kinds of stores that a package asks for; undefined where it asks depinject for nothing. */
function askedIn(repo: Repo, dir: string): readonly StoreKind[] | undefined {
  const paths = (repo.packages.get(dir)?.files ?? []).filter(path =>
    inputs.test(repo.texts.get(path)!),
  );
  if (paths.length === 0) return undefined;
  const fields = paths
    .map(path => repo.facts(path)!)
    .flatMap(({ text, types }) => types.map(({ start, end }) => text.slice(start, end)))
    .filter(type => inputs.test(type));
  const kinds = fields.flatMap(type =>
    [...type.matchAll(/\b(KV|Transient|Memory|Object)Store(?:Key|Service)\b/g)].map(
      ([, kind]) => kindOf[kind!]!,
    ),
  );
  return [...new Set(kinds)];
}

const kindOf: Readonly<Record<string, StoreKind>> = {
  KV: 'kv',
  Transient: 'transient',
  Memory: 'memory',
  Object: 'object',
};
