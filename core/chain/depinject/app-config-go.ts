import { goNode } from '../../go/eval/go-node.ts';
import type { Item } from '../../go/eval/lists.ts';
import { listItems, stringsOf } from '../../go/eval/lists.ts';
import type { Expr, StructValue } from '../../go/eval/value.ts';
import { exprAt, fieldOf, stringValue, structOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { locationOf } from '../../go/source/location.ts';
import { typeRefOf } from '../../go/source/type-ref.ts';
import { callArguments } from '../../go/syntax/syntax.ts';
import { callsIn } from '../app/app-code.ts';
import type { Unknown } from '../chain.ts';
import type { AppConfig, ConfiguredModule, ConfiguredName, ConfiguredOrder } from './app-config.ts';
import { orderFields } from './app-config.ts';
import { isLeftOver } from './left-over.ts';

/**
 * The configurations that an app composes in Go:
 * `appconfig.Compose(&appv1alpha1.Config{Modules: …})`.
 */
export function composedConfigs(repo: Repo, folders: readonly string[]): AppConfig[] {
  return composed(repo, folders).map(expr => readComposed(repo, expr));
}

/** The elements of their lists of modules, with the syntax, for what is added to them. */
export function composedModules(repo: Repo, folders: readonly string[]): Item[] {
  return composed(repo, folders).flatMap(expr => {
    const struct = structOf(repo, expr);
    const list = struct && fieldOf(struct, 'Modules');
    return list ? listItems(repo, list) : [];
  });
}

/** What `appconfig.Compose` is given. */
function composed(repo: Repo, folders: readonly string[]): Expr[] {
  const isWiredByHand = callsIn(repo, folders, ['MountKVStores', 'MountStores']).length > 0;
  return callsIn(repo, folders, ['Compose']).flatMap(({ call, dir, func }) => {
    const { callee, arguments: given } = goNode(call);
    const qualifier = callee?.operand?.text ?? '';
    const isAppConfig = repo.importFor(call.facts, qualifier)?.endsWith('/appconfig');
    if (!given[0] || !isAppConfig) return [];
    if (isWiredByHand && isLeftOver(repo, { call, dir, func })) return [];
    return [given[0]];
  });
}

/** A configuration while it is read. */
interface Composed extends AppConfig {
  readonly modules: ConfiguredModule[];
  readonly overrides: { module: ConfiguredName['value']; store: ConfiguredName }[];
  readonly skipped: ConfiguredName['value'][];
  readonly orders: ConfiguredOrder[];
  readonly unknown: Unknown[];
}

function readComposed(repo: Repo, expr: Expr): AppConfig {
  const config: Composed = { modules: [], overrides: [], skipped: [], orders: [], unknown: [] };
  const struct = structOf(repo, expr);
  const list = struct && fieldOf(struct, 'Modules');
  if (!list) note(config, expr, 'the modules of this app configuration cannot be read');
  for (const item of list ? listItems(repo, list) : []) readModule(repo, item, config);
  return config;
}

function note(config: Composed, { facts, node }: Expr, why: string): void {
  config.unknown.push({ location: locationOf(facts, node), why });
}

function readModule(repo: Repo, item: Item, config: Composed): void {
  const module = item.why === undefined ? structOf(repo, item.expr) : undefined;
  const name = module && fieldOf(module, 'Name');
  if (!module || !name) {
    const why = item.why ?? 'a module of this app configuration cannot be read';
    note(config, item.expr, why);
    return;
  }
  const settings = settingsOf(repo, module);
  const type = settings ? typePath(repo, settings) : '';
  const prefix = settings && fieldOf(settings, 'Bech32Prefix');
  config.modules.push({
    ...named(repo, name),
    type,
    ...(prefix && { bech32Prefix: stringValue(repo, prefix) }),
  });
  if (settings && type.includes('/app/runtime/')) readRuntime(repo, settings, config);
}

/** Reads the runtime module's own settings: orders, and which store keys are others or none. */
function readRuntime(repo: Repo, settings: StructValue, config: Composed): void {
  for (const [field, kind] of Object.entries(orderFields)) {
    const names = fieldOf(settings, pascal(field));
    if (!names || names.node.type === 'nil') continue;
    const location = locationOf(names.facts, names.node);
    config.orders.push({ kind, names: namesOf(repo, names), location });
  }
  const keys = fieldOf(settings, 'OverrideStoreKeys');
  for (const { expr } of keys ? listItems(repo, keys) : []) {
    const struct = structOf(repo, expr);
    const module = struct && fieldOf(struct, 'ModuleName');
    const store = struct && fieldOf(struct, 'KvStoreKey');
    if (module && store)
      config.overrides.push({ module: stringValue(repo, module), store: named(repo, store) });
    else note(config, expr, 'this store key override cannot be read');
  }
  const skip = fieldOf(settings, 'SkipStoreKeys');
  if (skip) config.skipped.push(...namesOf(repo, skip).map(({ value }) => value));
}

function named(repo: Repo, expr: Expr): ConfiguredName {
  return { value: stringValue(repo, expr), location: locationOf(expr.facts, expr.node) };
}

function namesOf(repo: Repo, list: Expr): ConfiguredName[] {
  return stringsOf(repo, listItems(repo, list)).map(({ expr, value }) => ({
    value,
    location: locationOf(expr.facts, expr.node),
  }));
}

/** The struct inside `Config: appconfig.WrapAny(&bankmodulev1.Module{…})`. */
export function settingsOf(repo: Repo, module: StructValue): StructValue | undefined {
  const config = fieldOf(module, 'Config');
  const wrapped =
    config?.node.type === 'call_expression' ? callArguments(config.node)[0] : undefined;
  return config && wrapped ? structOf(repo, exprAt(config, wrapped)) : undefined;
}

/** The import path of a struct's type; `''` for one of the file's own package. */
function typePath(repo: Repo, { type, expr }: StructValue): string {
  const qualifier = typeRefOf(type, expr.facts.text)?.qualifier;
  return qualifier === undefined ? '' : (repo.importFor(expr.facts, qualifier) ?? '');
}

/** A field as Go spells it: `BeginBlockers` of `begin_blockers`. */
export function pascal(field: string): string {
  return field.replace(/(^|_)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
}
