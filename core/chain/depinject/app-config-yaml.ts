import type { YAMLMap } from 'yaml';
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { join } from '../../files.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { Location } from '../../go/source/location.ts';
import { locationOf } from '../../go/source/location.ts';
import type { AppConfig, ConfiguredName, ConfiguredOrder } from './app-config.ts';
import { orderFields } from './app-config.ts';

/** The configurations that an app embeds as YAML and gives to `appconfig.LoadYAML`. */
export function embeddedConfigs(repo: Repo, folders: readonly string[]): AppConfig[] {
  const paths = new Set<string>();
  for (const dir of folders)
    for (const path of repo.memoByPackage(dir, 'embedded', () => embeddedIn(repo, dir)))
      paths.add(path);
  return [...paths].map(path =>
    repo.texts.has(path)
      ? repo.memoByText(path, 'app config', text => readYaml(path, text))
      : readYaml(path, undefined),
  );
}

function embeddedIn(repo: Repo, dir: string): string[] {
  const texts = (repo.packages.get(dir)?.files ?? []).map(path => repo.texts.get(path)!);
  if (!texts.some(text => text.includes('LoadYAML('))) return [];
  return texts
    .flatMap(text => [...text.matchAll(/^\/\/go:embed\s+(.+?)\s*$/gm)])
    .flatMap(([, names]) => names!.split(/\s+/))
    .filter(name => /\.ya?ml$/.test(name))
    .map(name => join(dir, name.replace(/^["`]|["`]$/g, '')));
}

/** Reads an app configuration in YAML; what is not as the runtime wants it is left to `unknown`. */
export function readYaml(path: string, text: string | undefined): AppConfig {
  const file = { path, text: text ?? '' };
  const config = {
    modules: [],
    overrides: [],
    skipped: [],
    orders: [] as ConfiguredOrder[],
    unknown: [],
  } as Mutable;
  if (text === undefined) {
    config.unknown.push({
      location: locationOf(file, { start: 0, end: 0 }),
      why: `the embedded app configuration ${path} is not here or is no text`,
    });
    return config;
  }
  const document = parseDocument(text.charCodeAt(0) === 0xfeff ? ` ${text.slice(1)}` : text, {
    logLevel: 'silent',
  });
  const error = document.errors[0];
  const modules: unknown = error ? undefined : document.get('modules');
  if (!isSeq(modules)) {
    config.unknown.push({
      location: locationOf(file, { start: error?.pos[0] ?? 0, end: error?.pos[1] ?? 0 }),
      why: error ? `not YAML: ${error.message.split('\n')[0]}` : 'no list of modules',
    });
    return config;
  }
  const name = (node: unknown): ConfiguredName | undefined =>
    isScalar(node) && node.value !== null
      ? { value: { kind: 'known', value: String(node.value) }, location: placeAt(file, node.range) }
      : undefined;
  const names = (node: unknown): ConfiguredName[] =>
    isSeq(node) ? node.items.flatMap(item => name(item) ?? []) : [];
  for (const item of modules.items) {
    const module = isMap(item) ? name(item.get('name', true)) : undefined;
    if (!isMap(item) || !module) {
      config.unknown.push({
        location: placeAt(file, (item as { range?: Range }).range),
        why: 'a module without a name',
      });
      continue;
    }
    const settings: unknown = item.get('config');
    const type = isMap(settings) ? String(settings.get('@type') ?? '') : '';
    config.modules.push({ ...module, type });
    if (isMap(settings) && type.startsWith('cosmos.app.runtime.')) runtime(settings);
  }
  return config;

  function runtime(settings: YAMLMap): void {
    for (const [field, kind] of Object.entries(orderFields)) {
      const list = settings.get(field, true) ?? settings.get(camel(field), true);
      if (isSeq(list))
        config.orders.push({ kind, names: names(list), location: placeAt(file, list.range) });
    }
    const overrides = settings.get('override_store_keys') ?? settings.get('overrideStoreKeys');
    for (const entry of isSeq(overrides) ? overrides.items : []) {
      if (!isMap(entry)) continue;
      const module = name(entry.get('module_name', true) ?? entry.get('moduleName', true));
      const store = name(entry.get('kv_store_key', true) ?? entry.get('kvStoreKey', true));
      if (module && store) config.overrides.push({ module: module.value, store });
    }
    config.skipped.push(
      ...names(settings.get('skip_store_keys') ?? settings.get('skipStoreKeys')).map(n => n.value),
    );
  }
}

type Mutable = {
  -readonly [K in keyof AppConfig]: AppConfig[K] extends readonly (infer E)[] ? E[] : never;
};
type Range = readonly [number, number, number] | null | undefined;

function placeAt(file: { path: string; text: string }, range: Range): Location {
  return locationOf(file, { start: range?.[0] ?? 0, end: range?.[1] ?? 0 });
}

/** The runtime reads the configuration by protobuf's JSON rules, which take both spellings. */
function camel(field: string): string {
  return field.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
