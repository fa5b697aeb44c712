import type { Generation } from './generations.ts';
import type { ModuleRow } from './modules.ts';
import { modules } from './modules.ts';

/** What the module registry says about a constant. */
export interface StoreConstant {
  readonly value: string;
  readonly kind: ModuleRow['kind'];
  readonly mounted: boolean;
  readonly row: ModuleRow;
}

/**
 * Import paths without their major version, so that a release newer than the registry is still
 * found; IBC's as of ibc-go, which took it out of the SDK.
 */
function versionless(path: string): string {
  return path
    .replace(/\/v\d+(?=\/|$)/g, '')
    .replace(
      'github.com/cosmos/cosmos-sdk/x/ibc/applications/',
      'github.com/cosmos/ibc-go/modules/apps/',
    )
    .replace('github.com/cosmos/cosmos-sdk/x/ibc/core/', 'github.com/cosmos/ibc-go/modules/core/');
}

const byConstant = new Map<string, ModuleRow>();
const rowsByConstant = new Map<string, ModuleRow[]>();
const byLooseConstant = new Map<string, ModuleRow>();
for (const row of modules) {
  if (row.const !== null) {
    // Where a value changed between releases the newest row wins.
    const constant = `${row.importPath}.${row.const}`;
    byConstant.set(constant, row);
    rowsByConstant.set(constant, [...(rowsByConstant.get(constant) ?? []), row]);
    byLooseConstant.set(`${versionless(row.importPath)}.${row.const}`, row);
  }
}
const byPackage = new Map<string, ModuleRow>();
for (const row of modules)
  if (!byPackage.has(versionless(row.importPath))) byPackage.set(versionless(row.importPath), row);

/**
 * Looks up `importpath.Ident`: a store key constant, or a module's `ModuleName` (`SubModuleName` of
 * the ICA modules).
 */
export function storeConstant(constant: string): StoreConstant | undefined {
  if (!found.has(constant)) found.set(constant, findConstant(constant));
  return found.get(constant);
}

/** Chains name the same few hundred constants again and again. */
const found = new Map<string, StoreConstant | undefined>();

function findConstant(constant: string): StoreConstant | undefined {
  const dot = constant.lastIndexOf('.');
  const path = constant.slice(0, dot);
  const name = constant.slice(dot + 1);
  // Up to SDK 0.39 the module's own package repeats the constants of its `types`.
  const row =
    byConstant.get(constant) ??
    byLooseConstant.get(`${versionless(path)}.${name}`) ??
    byConstant.get(`${path}/types.${name}`) ??
    byConstant.get(`${path}/internal/types.${name}`);
  if (row?.value != null) return { value: row.value, kind: row.kind, mounted: row.mounted, row };
  const module =
    byPackage.get(versionless(path)) ??
    (name === 'ModuleName'
      ? (byPackage.get(`${versionless(path)}/types`) ?? moduleBelow(versionless(path)))
      : undefined);
  if (!module) return undefined;
  if (name === 'ModuleName')
    return { value: module.moduleName, kind: 'none', mounted: false, row: module };
  if (name === 'SubModuleName' && module.value !== null)
    return { value: module.value, kind: 'kv', mounted: true, row: module };
  return undefined;
}

/**
 * The one module whose constants stand in packages below a path: `x/authz` holds `ModuleName`,
 * `x/authz/keeper` the store key.
 */
function moduleBelow(path: string): ModuleRow | undefined {
  const below = modules.filter(row => versionless(row.importPath).startsWith(`${path}/`));
  return below.every(row => row.moduleName === below[0]!.moduleName) ? below[0] : undefined;
}

/**
 * The value a constant has in an SDK generation, where it changed between releases; else undefined.
 */
export function valueIn(constant: string, generation: Generation): string | undefined {
  const rows = rowsByConstant.get(constant) ?? [];
  if (rows.length < 2 || new Set(rows.map(({ value }) => value)).size < 2) return undefined;
  const row = rows.find(({ releases }) =>
    releases.some(release => release.startsWith(`cosmos-sdk v${generation}`)),
  );
  return row?.value ?? undefined;
}

/**
 * The consensus version that a module of the SDK has in a generation, by a constant of its package
 * such as `…/x/bank/types.ModuleName`; undefined for modules of other projects, whose releases do
 * not follow from the generation.
 */
export function sdkModuleVersion(constant: string, generation: Generation): number | undefined {
  if (!/^(github\.com\/cosmos\/cosmos-sdk|cosmossdk\.io)\/x\//.test(constant)) return undefined;
  const { consensusVersions } = storeConstant(constant)?.row ?? {};
  return consensusVersions?.[`cosmos-sdk v${generation}`];
}

/** The registry's store key constants for a store name, newest releases last. */
export function constantsFor(store: string): ModuleRow[] {
  return modules.filter(
    row => row.value === store && row.kind === 'kv' && row.mounted && row.const !== null,
  );
}
