import { listItems, stringsOf } from '../../go/eval/lists.ts';
import type { Expr, StructValue } from '../../go/eval/value.ts';
import { exprAt, fieldOf, stringValue, structOf, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { locationOf } from '../../go/source/location.ts';
import { callArguments, childByField } from '../../go/syntax/syntax.ts';
import { callsIn } from '../app/app-code.ts';
import type { Unknown } from '../chain.ts';
import type { AppConfig, ConfiguredModule, ConfiguredName, ConfiguredOrder } from './app-config.ts';
import { orderFields } from './app-config.ts';

/**
 * The configurations that an app composes in Go:
 * `appconfig.Compose(&appv1alpha1.Config{Modules: …})`.
 */
export function composedConfigs(repo: Repo, folders: readonly string[]): AppConfig[] {
  return callsIn(repo, folders, ['Compose']).flatMap(({ call }) => {
    const callee = childByField(call.node, 'function')!;
    const given = callArguments(call.node)[0];
    const qualifier =
      callee.type === 'selector_expression'
        ? textOf(exprAt(call, childByField(callee, 'operand')!))
        : '';
    if (!given || !repo.importFor(call.facts, qualifier)?.endsWith('/appconfig')) return [];
    return [readComposed(repo, exprAt(call, given))];
  });
}

function readComposed(repo: Repo, expr: Expr): AppConfig {
  const modules: ConfiguredModule[] = [];
  const orders: ConfiguredOrder[] = [];
  const unknown: Unknown[] = [];
  const overrides: { module: ConfiguredName['value']; store: ConfiguredName }[] = [];
  const skipped: ConfiguredName['value'][] = [];
  const note = (where: Expr, why: string) =>
    unknown.push({ location: locationOf(where.facts, where.node), why });
  const config = structOf(repo, expr);
  const list = config && fieldOf(config, 'Modules');
  if (!list) note(expr, 'the modules of this app configuration cannot be read');
  for (const item of list ? listItems(repo, list) : []) {
    const module = item.why === undefined ? structOf(repo, item.expr) : undefined;
    const name = module && fieldOf(module, 'Name');
    if (!module || !name) {
      note(item.expr, item.why ?? 'a module of this app configuration cannot be read');
      continue;
    }
    const settings = settingsOf(repo, module);
    const type = settings ? typePath(repo, settings) : '';
    modules.push({
      value: stringValue(repo, name),
      location: locationOf(name.facts, name.node),
      type,
    });
    if (settings && /\/app\/runtime\//.test(type)) runtime(settings);
  }
  return { modules, overrides, skipped, orders, unknown };

  function runtime(settings: StructValue): void {
    for (const [field, kind] of Object.entries(orderFields)) {
      const names = fieldOf(settings, pascal(field));
      if (names && names.node.type !== 'nil')
        orders.push({
          kind,
          names: namesOf(repo, names),
          location: locationOf(names.facts, names.node),
        });
    }
    const keys = fieldOf(settings, 'OverrideStoreKeys');
    const skip = fieldOf(settings, 'SkipStoreKeys');
    for (const { expr: entry } of keys ? listItems(repo, keys) : []) {
      const struct = structOf(repo, entry);
      const module = struct && fieldOf(struct, 'ModuleName');
      const store = struct && fieldOf(struct, 'KvStoreKey');
      if (module && store)
        overrides.push({ module: stringValue(repo, module), store: named(repo, store) });
      else note(entry, 'this store key override cannot be read');
    }
    if (skip) skipped.push(...namesOf(repo, skip).map(n => n.value));
  }
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
function settingsOf(repo: Repo, module: StructValue): StructValue | undefined {
  const config = fieldOf(module, 'Config');
  const wrapped =
    config?.node.type === 'call_expression' ? callArguments(config.node)[0] : undefined;
  return config && wrapped ? structOf(repo, exprAt(config, wrapped)) : undefined;
}

function typePath(repo: Repo, struct: StructValue): string {
  const written = struct.type ? textOf(exprAt(struct.expr, struct.type)) : '';
  return written.includes('.')
    ? (repo.importFor(struct.expr.facts, written.slice(0, written.indexOf('.'))) ?? '')
    : '';
}

function pascal(field: string): string {
  return field.replace(/(^|_)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
}
