import type { App, Chain, Module, Upgrade } from '../chain/chain.ts';
import type { Location } from '../go/source/location.ts';
import type { DeclaredChange, DeclaredMigration, DeclaredUpgrade } from '../plan/task.ts';
import { withoutMounted } from './declared-mount.ts';

/** A value as comparable text. Of a location only that there is one: every edit moves them. */
export function meaningOf(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => (isLocation(inner) ? 'here' : inner));
}

function isLocation(value: unknown): value is Location {
  return typeof value === 'object' && value !== null && 'line' in value && 'column' in value;
}

/**
 * Names what of a chain differs from what it was, less what was declared to change; undefined where
 * nothing does. Plain data is compared as a whole, so that what is read in future counts too.
 */
export function undeclaredChange(
  before: Chain,
  after: Chain,
  declared: readonly DeclaredChange[],
): string | undefined {
  const was = partsOf(before, declared);
  const is = partsOf(withoutFirstLoads(before, after, declared), declared);
  for (const [part, meaning] of was) {
    if (is.get(part) !== meaning) return `${part} would change`;
  }
  const added = [...is.keys()].find(part => !was.has(part));
  return added && `${added} would be added`;
}

/**
 * A chain without the stores of upgrades that nothing loaded before: a loader that is called now for
 * the new upgrade's sake loads those of others too, as it was written to.
 */
function withoutFirstLoads(
  before: Chain,
  after: Chain,
  declared: readonly DeclaredChange[],
): Chain {
  const isExtended = ({ dir }: App) =>
    declared.some(change => change.kind === 'upgrade' && change.dir === dir);
  const apps = after.apps.map(app => {
    const was = before.apps.find(({ dir }) => dir === app.dir);
    if (!was || !isExtended(app)) return app;
    const upgrades = app.upgrades.map(upgrade => {
      const earlier = was.upgrades.find(({ name }) => name !== null && name === upgrade.name);
      if (!earlier || earlier.stores || earlier.loader || !upgrade.loader) return upgrade;
      const { stores: _stores, ...rest } = upgrade;
      return rest;
    });
    return { ...app, upgrades };
  });
  return { ...after, apps };
}

/** What a chain consists of, each part by a name that people know it by. */
function partsOf(chain: Chain, declared: readonly DeclaredChange[]): Map<string, string> {
  const parts = new Map<string, string>();
  const mounts = declared.filter(change => change.kind === 'mount');
  for (const whole of chain.apps) {
    const app = withoutMounted(whole, mounts);
    const upgrade = declared
      .filter(change => change.kind === 'upgrade')
      .find(change => change.dir === app.dir);
    addApp(parts, app, upgrade);
  }
  const frameworks = declared.flatMap(change =>
    change.kind === 'era' && change.framework !== undefined ? [change.framework] : [],
  );
  for (const module of chain.modules) {
    if (frameworks.includes(module.dir)) continue;
    const migration = declared
      .filter(change => change.kind === 'migration')
      .find(change => change.dir === module.dir && change.name === module.name);
    add(parts, `the module ${module.name} in ${module.dir}`, moduleLess(module, migration));
  }
  for (const { why } of chain.unknown) add(parts, 'what is not understood', why);
  return parts;
}

function addApp(parts: Map<string, string>, app: App, upgrade: DeclaredUpgrade | undefined): void {
  const { dir, registration, storeStyle, upgrades, orders, stores, sdk, ...rest } = app;
  const where = dir === '' ? 'the app' : `the app in ${dir}`;
  add(parts, where, rest);
  add(parts, `the SDK of ${where}`, sdk);
  for (const store of stores)
    add(parts, `the store ${store.name ?? store.const ?? 'without a name'}`, [dir, store]);
  for (const order of orders) add(parts, `the order ${order.kind}`, [dir, order]);
  // How the upgrades of an app are registered may change with a new one: the first upgrade makes a
  // list, a converted chain gets one.
  if (!upgrade) add(parts, `how ${where} registers upgrades`, [registration, storeStyle]);
  for (const other of upgrades) {
    if (upgrade && isDeclared(other, upgrade)) continue;
    const title = `the upgrade ${other.name ?? other.const ?? other.package}`;
    add(parts, title, [dir, upgrade ? upgradeMeaning(other) : other]);
  }
}

/** Parts of one name are told apart by their number. */
function add(parts: Map<string, string>, name: string, value: unknown): void {
  const meaning = meaningOf(value);
  const known = parts.get(name);
  parts.set(name, known === undefined ? meaning : [known, meaning].sort().join('\n'));
}

function isDeclared(
  { name }: Upgrade,
  { name: made, replaces, retires }: DeclaredUpgrade,
): boolean {
  return name !== null && [made, replaces, retires].includes(name);
}

/**
 * What an upgrade means: not how it is registered, nor by which loader, which are judged for all
 * upgrades of the app together.
 */
function upgradeMeaning({ style: _style, loader: _loader, ...meaning }: Upgrade): object {
  return meaning;
}

function moduleLess(module: Module, declared: DeclaredMigration | undefined): object {
  if (!declared) return module;
  const { consensusVersion: _version, migrations, ...rest } = module;
  return { ...rest, migrations: migrations.filter(({ from }) => from !== declared.from) };
}
