import type { YAMLMap } from 'yaml';
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { join } from '../../files.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { embedPatterns } from '../../go/source/embed.ts';
import type { Location } from '../../go/source/location.ts';
import { locationOf } from '../../go/source/location.ts';
import type { AppConfig, ConfiguredName } from './app-config.ts';
import { orderFields } from './app-config.ts';

/** The configurations that an app embeds as YAML and gives to `appconfig.LoadYAML`. */
export function embeddedConfigs(repo: Repo, folders: readonly string[]): AppConfig[] {
  const paths = new Set<string>();
  for (const dir of folders)
    for (const path of repo.memoByPackage(dir, 'embedded', () => embeddedYaml(repo, dir)))
      paths.add(path);
  return [...paths].map(path =>
    repo.texts.has(path)
      ? repo.memoByText(path, 'app config', text => readYaml(path, text))
      : readYaml(path, undefined),
  );
}

/** The paths of the YAML files that an app's package embeds for `appconfig.LoadYAML`. */
export function embeddedYaml(repo: Repo, dir: string): string[] {
  const texts = (repo.packages.get(dir)?.files ?? []).map(path => repo.texts.get(path)!);
  if (!texts.some(text => text.includes('LoadYAML('))) return [];
  return texts
    .flatMap(embedPatterns)
    .filter(name => /\.ya?ml$/.test(name))
    .map(name => join(dir, name.replace(/^all:/, '')));
}

/** A text file, for locations in it. */
interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** Reads an app configuration in YAML; what is not as the runtime wants it is left to `unknown`. */
export function readYaml(path: string, text: string | undefined): AppConfig {
  const file = { path, text: text ?? '' };
  if (text === undefined)
    return unreadable(
      file,
      undefined,
      `the embedded app configuration ${path} is not here or is no text`,
    );
  const document = parseDocument(text.charCodeAt(0) === 0xfeff ? ` ${text.slice(1)}` : text, {
    logLevel: 'silent',
  });
  const error = document.errors[0];
  if (error) return unreadable(file, error.pos, `not YAML: ${error.message.split('\n')[0]!}`);
  const modules: unknown = document.get('modules');
  if (!isSeq(modules)) return unreadable(file, undefined, 'no list of modules');
  const config: Mutable = { modules: [], overrides: [], skipped: [], orders: [], unknown: [] };
  for (const item of modules.items) readModule(file, item, config);
  return config;
}

/** A configuration that says nothing but why it cannot be read. */
function unreadable(file: TextFile, range: Range, why: string): AppConfig {
  const unknown = [{ location: placeAt(file, range), why }];
  return { modules: [], overrides: [], skipped: [], orders: [], unknown };
}

function readModule(file: TextFile, item: unknown, config: Mutable): void {
  const name = isMap(item) ? nameAt(file, item.get('name', true)) : undefined;
  if (!isMap(item) || !name) {
    const { range } = item as { range?: Range };
    config.unknown.push({ location: placeAt(file, range), why: 'a module without a name' });
    return;
  }
  const settings: unknown = item.get('config');
  const type: unknown = isMap(settings) ? settings.get('@type') : undefined;
  const typeName = typeof type === 'string' ? type : '';
  const prefix = isMap(settings) ? nameAt(file, either(settings, 'bech32_prefix')) : undefined;
  config.modules.push({
    ...name,
    type: typeName,
    ...(prefix && { bech32Prefix: prefix.value }),
  });
  if (isMap(settings) && typeName.startsWith('cosmos.app.runtime.'))
    readRuntime(file, settings, config);
}

/** Reads the runtime module's own settings: orders, and which store keys are others or none. */
function readRuntime(file: TextFile, settings: YAMLMap, config: Mutable): void {
  for (const [field, kind] of Object.entries(orderFields)) {
    const list = either(settings, field);
    if (isSeq(list))
      config.orders.push({ kind, names: namesAt(file, list), location: placeAt(file, list.range) });
  }
  const overrides = either(settings, 'override_store_keys');
  for (const entry of isSeq(overrides) ? overrides.items : []) {
    if (!isMap(entry)) continue;
    const module = nameAt(file, either(entry, 'module_name'));
    const store = nameAt(file, either(entry, 'kv_store_key'));
    if (module && store) config.overrides.push({ module: module.value, store });
  }
  const skipped = namesAt(file, either(settings, 'skip_store_keys'));
  config.skipped.push(...skipped.map(({ value }) => value));
}

/** The runtime reads the configuration by protobuf's JSON rules, which take both spellings. */
export function either(map: YAMLMap, field: string): unknown {
  return map.get(field, true) ?? map.get(camel(field), true);
}

function nameAt(file: TextFile, node: unknown): ConfiguredName | undefined {
  if (!isScalar(node)) return undefined;
  const { value } = node;
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
    return undefined;
  return { value: { kind: 'known', value: String(value) }, location: placeAt(file, node.range) };
}

function namesAt(file: TextFile, node: unknown): ConfiguredName[] {
  return isSeq(node) ? node.items.flatMap(item => nameAt(file, item) ?? []) : [];
}

type Mutable = {
  -readonly [K in keyof AppConfig]: AppConfig[K] extends readonly (infer E)[] ? E[] : never;
};
type Range = readonly number[] | null | undefined;

function placeAt(file: TextFile, range: Range): Location {
  return locationOf(file, { start: range?.[0] ?? 0, end: range?.[1] ?? 0 });
}

function camel(field: string): string {
  return field.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
