import { dirname } from '../files.ts';
import type { App, Chain, Store } from '../chain/chain.ts';
import type { FileFacts } from '../go/facts.ts';
import { importsOf } from '../go/facts.ts';
import type { Wanted } from '../go/imports.ts';
import { qualifierOf, takenNames } from '../go/imports.ts';
import type { Repo } from '../go/repo.ts';
import { quote } from '../go/syntax.ts';
import { stringValue } from '../go/value.ts';
import { constantsFor, storeConstant } from '../sdk/registry.ts';
import type { StoresText } from '../wiring/store-field.ts';
import { aliasInUse } from './go-file.ts';
import type { Answers } from './question.ts';

/** A store of the answers: its name (its constant, where only that is known), and the constant it is written with where there is one that can be imported. */
export interface StoreChoice { readonly name: string; readonly const?: string }

/** The stores a new upgrade changes. */
export interface StoreChoices {
  readonly added: readonly StoreChoice[];
  readonly deleted: readonly StoreChoice[];
  readonly renamed: readonly { readonly from: StoreChoice; readonly to: StoreChoice }[];
}

/** What a store is known by: its name, or the constant of another repository that holds it. */
export function storeId(store: Pick<Store, 'name' | 'const'>): string | undefined {
  return store.name ?? store.const;
}

/** The difference between what the app mounts now and what it mounted at the last release. Renames cannot be told from it. */
export function derivedStores(app: App, base: Chain | undefined): { added: Store[]; deleted: Store[] } {
  const before = base?.apps.find(a => a.dir === app.dir) ?? (base?.apps.length === 1 ? base.apps[0] : undefined);
  // A store that is only assumed, or not known at all, could be any of the others: then nothing is sure to be new.
  const sure = (stores: readonly Store[]) => stores.filter(s => s.kind === 'kv' && !s.assumed);
  if (!before || [before, app].some(a => sure(a.stores).some(s => storeId(s) === undefined))) return { added: [], deleted: [] };
  const has = (stores: readonly Pick<Store, 'name' | 'const'>[] | undefined, id: string | undefined) => id !== undefined && (stores?.some(s => sameStore(storeId(s), id) || sameStore(s.const, id)) ?? false);
  const planned = app.upgrades.filter(u => !before.upgrades.some(o => o.name === u.name));
  // Sorted as the doors list them, so that taking what is offered and asking nothing give the same bytes.
  const once = (stores: Store[]) => stores.filter((s, i) => stores.findIndex(o => storeId(o) === storeId(s)) === i).sort((a, b) => (storeId(a)! < storeId(b)! ? -1 : 1));
  return {
    added: once(sure(app.stores).filter(s => !has(before.stores, storeId(s)) && !planned.some(u => has(u.stores?.added, storeId(s))))),
    deleted: once(sure(before.stores).filter(s => !has(app.stores, storeId(s)) && !planned.some(u => has(u.stores?.deleted, storeId(s))))),
  };
}

/** Names are compared as they are, constants without the major version of their module: a new release of a module keeps its store. */
function sameStore(a: string | undefined, b: string): boolean {
  const plain = (id: string) => (id.includes('/') ? id.replace(/\/v\d+(?=[/.])/g, '') : id);
  return a !== undefined && plain(a) === plain(b);
}

/** Reads the store answers. An error is one line that says what to do. */
export function readStoreAnswers(repo: Repo, app: App, base: Chain | undefined, answers: Answers): StoreChoices | { readonly error: string } {
  const derived = derivedStores(app, base);
  const given = (id: string) => (answers[id] === undefined ? undefined : [answers[id]].flat().filter((k): k is string => typeof k === 'string').flatMap(k => k.split(',')).map(k => k.trim()).filter(k => k !== ''));
  const added: StoreChoice[] = [], deleted: StoreChoice[] = [], renamed: { from: StoreChoice; to: StoreChoice }[] = [];
  for (const key of given('added') ?? derived.added.map(s => storeId(s)!)) {
    const choice = mounted(app, key);
    if ('error' in choice) return choice;
    added.push(choice);
  }
  for (const key of given('deleted') ?? derived.deleted.flatMap(s => s.name ?? [])) {
    const choice = gone(repo, app, base, key);
    if ('error' in choice) return choice;
    deleted.push(choice);
  }
  for (const pair of given('renamed') ?? []) {
    const [old, now, ...rest] = pair.split('=');
    if (!old || !now || rest.length) return { error: `"${pair}" is no rename; write OLD=NEW` };
    const to = mounted(app, now);
    if ('error' in to) return to;
    const from = gone(repo, app, base, old);
    if ('error' in from) return from;
    renamed.push({ from, to });
  }
  const twice = [...added, ...deleted, ...renamed.flatMap(r => [r.from, r.to])].map(s => s.name).find((n, i, all) => all.indexOf(n) !== i);
  if (twice !== undefined) return { error: `the store ${twice} is given twice; name it once, as added, deleted or renamed` };
  return { added, deleted, renamed };
}

/** A store that the app mounts now; adding one it does not mount would be ignored silently (sdk.md B.3). */
function mounted(app: App, key: string): StoreChoice | { error: string } {
  const found = app.stores.find(s => s.name === key || s.const === key) ?? viaConstant(app, key);
  if (found && found.kind !== 'kv') return { error: `${key} is a ${found.kind} store; only KV stores belong in StoreUpgrades` };
  const id = found && storeId(found);
  if (id !== undefined) return { name: id, ...(found!.const ? { const: found!.const } : {}) };
  const known = app.stores.filter(s => s.kind === 'kv' && s.name !== null).map(s => s.name!);
  const near = closest(key, known);
  return { error: `${app.dir || 'the app'} mounts no store ${key}${near ? ` (did you mean ${near}?)` : ''}; mount it first, or the upgrade would ignore it` };
}

function viaConstant(app: App, key: string): Store | undefined {
  const value = key.includes('/') ? storeConstant(key)?.value : undefined;
  return value === undefined ? undefined : app.stores.find(s => s.name === value);
}

function gone(repo: Repo, app: App, base: Chain | undefined, key: string): StoreChoice | { error: string } {
  void repo;
  const name = key.includes('/') ? storeConstant(key)?.value ?? undefined : key;
  if (name === undefined) return { error: `the value of ${key} is not known; give the store's name instead` };
  const before = base?.apps.find(a => a.dir === app.dir) ?? (base?.apps.length === 1 ? base.apps[0] : undefined);
  const known = [...(before?.stores ?? []), ...app.stores].filter(s => s.kind === 'kv').map(s => s.name).filter((n): n is string => n !== null);
  const complete = before && !before.stores.some(s => s.name === null);
  if (complete && !known.includes(name)) {
    const near = closest(name, known);
    return { error: `the last release mounts no store ${name}${near ? ` (did you mean ${near}?)` : ''}; check its name` };
  }
  if (!/^[^\s/"'`\\]+$/.test(name)) return { error: `"${name}" is no store name` };
  return { name, ...(key.includes('/') ? { const: key } : {}) };
}

/** The known name nearest to a misspelt one, at most two letters away. */
export function closest(name: string, known: readonly string[]): string | undefined {
  let best: string | undefined, least = 3;
  for (const k of known) {
    const d = distance(name, k, least);
    if (d < least) [best, least] = [k, d];
  }
  return best;
}

function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}

/** Stores as Go expressions for a file, with the imports they need. */
export interface StoreCode { readonly text: StoresText; readonly imports: Map<string, Wanted>; readonly notes: readonly string[] }

/**
 * Writes stores as the constants the app mounts them with; as literals where no constant can be imported.
 * `near` is the file they go into (or the one a new file is modelled on).
 */
export function storeCode(repo: Repo, app: App, choices: StoreChoices, near: FileFacts, intoApp: boolean): StoreCode {
  const imports = new Map<string, Wanted>();
  const notes: string[] = [];
  const taken = takenNames(repo, near);
  const write = (choice: StoreChoice, preferConstant: boolean): string => {
    const constant = preferConstant ? storeKeyConstant(repo, app, choice) : choice.const;
    if (constant === undefined) return quote(choice.name);
    const dot = constant.lastIndexOf('.'), path = constant.slice(0, dot), ident = constant.slice(dot + 1);
    const ownDir = intoApp ? dirname(near.path) : undefined;
    if (ownDir !== undefined && repo.importPath(ownDir) === path) return ident;
    if (!/^[A-Z]/.test(ident)) {
      notes.push(`The store ${choice.name} is written as a literal: its constant ${constant} cannot be imported.`);
      return quote(choice.name);
    }
    const dir = dirname(near.path);
    const present = importsOf(near).find(i => i.path === path && i.alias !== '_' && i.alias !== '.');
    let wanted: Wanted = present ? { path, alias: present.alias } : telling(aliasInUse(repo, app.dir, path)) ?? { path, alias: aliasFor(path, choice) };
    let name = qualifierOf(repo, dir, wanted);
    for (let n = 2; !present && (taken.has(name) || imports.has(name) && imports.get(name)!.path !== path); n++) {
      wanted = { path, alias: `${aliasFor(path, choice)}${n > 2 ? n : ''}` };
      name = wanted.alias!;
    }
    imports.set(name, wanted);
    return `${name}.${ident}`;
  };
  return {
    text: {
      added: choices.added.map(c => write(c, true)),
      // What is deleted is mostly no longer imported; a literal outlives the module.
      deleted: choices.deleted.map(c => write(c, false)),
      renamed: choices.renamed.map(r => ({ from: write(r.from, false), to: write(r.to, true) })),
    },
    imports, notes,
  };
}

/** The StoreKey constant of a store: the one the app mounts it with, or the registry's where the app writes the module's name (sdk.md G.1). */
function storeKeyConstant(repo: Repo, app: App, choice: StoreChoice): string | undefined {
  const mountedWith = choice.const ?? app.stores.find(s => s.name === choice.name)?.const;
  if (mountedWith && !/\.(\w*ModuleName)$/.test(mountedWith)) return mountedWith;
  const path = mountedWith?.slice(0, mountedWith.lastIndexOf('.'));
  if (path !== undefined) {
    const dir = repo.dirOf(path);
    const own = dir === undefined ? undefined : repo.value(dir, 'StoreKey');
    if (own) return `${path}.StoreKey`;
    const row = storeConstant(`${path}.StoreKey`);
    if (row?.value === choice.name) return `${path}.StoreKey`;
    // Some modules keep the store key apart from the name: x/authz has it in x/authz/keeper.
    const below = constantsFor(choice.name).find(r => r.const === 'StoreKey' && r.importPath.startsWith(path + '/'));
    return below ? `${below.importPath}.StoreKey` : mountedWith;
  }
  const own = ownStoreKey(repo, choice.name);
  if (own !== undefined) return own;
  const imported = new Set([...repo.texts].filter(([file]) => file.endsWith('.go') && file.startsWith(app.dir)).flatMap(([, text]) => [...text.matchAll(/"([\w./-]+)"/g)].map(m => m[1]!)));
  const rows = constantsFor(choice.name).filter(r => r.const === 'StoreKey');
  const row = rows.find(r => imported.has(r.importPath)) ?? rows.find(r => r.releases.includes(`cosmos-sdk v${app.sdk.generation}`));
  return row && `${row.importPath}.${row.const}`;
}

/** The StoreKey constant of a module of the repository: with depinject the app itself names none. */
function ownStoreKey(repo: Repo, name: string): string | undefined {
  for (const [dir, pkg] of repo.packages) {
    if (!/(^|\/)x\//.test(dir) || !pkg.files.some(file => /\bStoreKey\b\s*=/.test(repo.texts.get(file)!))) continue;
    const found = repo.value(dir, 'StoreKey');
    const value = found?.spec.value && stringValue(repo, { facts: found.facts, node: found.spec.value });
    if (value?.kind === 'known' && value.value === name && repo.importPath(dir) !== undefined) return `${repo.importPath(dir)}.StoreKey`;
  }
  return undefined;
}

/** An import as used elsewhere, unless it goes by a name that says nothing about the module. */
function telling(wanted: Wanted | undefined): Wanted | undefined {
  return wanted?.alias === undefined && /\/(types|keeper|exported|module)$/.test(wanted?.path ?? '') ? undefined : wanted;
}

/** The alias chains habitually give such a package: `footypes`. */
function aliasFor(path: string, choice: StoreChoice): string {
  const row = constantsFor(choice.name).find(r => r.importPath === path);
  const elements = path.split('/').filter(e => !/^v\d+$/.test(e));
  const last = elements.at(-1)!, owner = elements.at(-2) ?? '';
  return row?.alias ?? `${(last === 'types' || last === 'keeper' ? owner : last).replace(/[^A-Za-z0-9]/g, '')}${last === 'keeper' ? 'keeper' : 'types'}`.toLowerCase();
}
