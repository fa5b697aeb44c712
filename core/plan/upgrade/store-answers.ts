import type { App, Chain, Store } from '../../chain/chain.ts';
import { kvStores, mayBeSame, sameApp, sameStoreId, storeId } from '../../chain/compare.ts';
import type { StoreChoice, StoreChoices } from '../../edit/store-code.ts';
import { storeConstant } from '../../sdk/registry.ts';
import type { Answers } from '../question.ts';
import { answerItems } from '../question.ts';

/**
 * The difference between what the app mounts now and what it mounted at the last release; `unsure`
 * are stores that may be new. Renames cannot be told from it: what the answers rename is left out.
 */
export function derivedStores(
  app: App,
  base: Chain | undefined,
  answers: Answers = {},
): { added: Store[]; deleted: Store[]; unsure: Store[] } {
  const before = sameApp(base, app);
  // A store that is only assumed, or not known at all, could be any of the others: then nothing is
  // sure to be new.
  if (!before || [before, app].some(a => kvStores(a).some(s => storeId(s) === undefined)))
    return { added: [], deleted: [], unsure: [] };
  const has = (
    stores: readonly Pick<Store, 'name' | 'const'>[] | undefined,
    id: string | undefined,
  ) =>
    id !== undefined &&
    (stores?.some(s => sameStoreId(storeId(s), id) || sameStoreId(s.const, id)) ?? false);
  // A constant whose value is not here may hold the very name that is mounted there: then it is
  // left to the user.
  const unsure = (store: Store, others: readonly Store[]) =>
    others.some(o => (o.name === null || store.name === null ? mayBeSame(o, store) : false));
  const renamed = new Set(answerItems(answers['renamed'])?.flatMap(pair => pair.split('=')));
  const elsewhere = (store: Store) =>
    [store.name, store.const].some(id => id != null && renamed.has(id));
  const planned = app.upgrades.filter(u => !before.upgrades.some(o => o.name === u.name));
  // Sorted as the doors list them, so that taking what is offered and asking nothing give the same
  // bytes.
  const once = (stores: Store[]) =>
    stores
      .filter((s, i) => stores.findIndex(o => storeId(o) === storeId(s)) === i)
      .sort((a, b) => (storeId(a)! < storeId(b)! ? -1 : 1));
  const fresh = kvStores(app).filter(
    s => !has(before.stores, storeId(s)) && !planned.some(u => has(u.stores?.added, storeId(s))),
  );
  return {
    added: once(fresh.filter(s => !elsewhere(s) && !unsure(s, kvStores(before)))),
    unsure: once(fresh.filter(s => unsure(s, kvStores(before)))),
    deleted: once(
      kvStores(before).filter(
        s =>
          !has(app.stores, storeId(s)) &&
          !elsewhere(s) &&
          !unsure(s, kvStores(app)) &&
          !planned.some(u => has(u.stores?.deleted, storeId(s))),
      ),
    ),
  };
}

/** Reads the store answers. An error is one line that says what to do. */
export function readStoreAnswers(
  app: App,
  base: Chain | undefined,
  answers: Answers,
): StoreChoices | { readonly error: string } {
  const derived = derivedStores(app, base, answers);
  const given = (id: string) => answerItems(answers[id]);
  const added: StoreChoice[] = [];
  const deleted: StoreChoice[] = [];
  const renamed: { from: StoreChoice; to: StoreChoice }[] = [];
  for (const key of given('added') ?? derived.added.map(s => storeId(s)!)) {
    const choice = mounted(app, key);
    if ('error' in choice) return choice;
    added.push(choice);
  }
  for (const key of given('deleted') ?? derived.deleted.flatMap(s => s.name ?? [])) {
    const choice = gone(app, base, key);
    if ('error' in choice) return choice;
    deleted.push(choice);
  }
  for (const pair of given('renamed') ?? []) {
    const [old, now, ...rest] = pair.split('=');
    if (!old || !now || rest.length) return { error: `"${pair}" is no rename; write OLD=NEW` };
    const to = mounted(app, now);
    if ('error' in to) return to;
    const from = gone(app, base, old);
    if ('error' in from) return from;
    renamed.push({ from, to });
  }
  const twice = [...added, ...deleted, ...renamed.flatMap(r => [r.from, r.to])]
    .map(s => s.name)
    .find((n, i, all) => all.indexOf(n) !== i);
  if (twice !== undefined)
    return {
      error: `the store ${twice} is given twice; name it once, as added, deleted or renamed`,
    };
  return { added, deleted, renamed };
}

/**
 * A store that the app mounts now; adding one it does not mount would be ignored silently
 * (docs/background/sdk.md#store-loading).
 */
function mounted(app: App, key: string): StoreChoice | { error: string } {
  const found = app.stores.find(s => s.name === key || s.const === key) ?? viaConstant(app, key);
  if (found && found.kind !== 'kv')
    return { error: `${key} is a ${found.kind} store; only KV stores belong in StoreUpgrades` };
  const id = found && storeId(found);
  if (id !== undefined) return { name: id, ...(found!.const ? { const: found!.const } : {}) };
  const known = app.stores.filter(s => s.kind === 'kv' && s.name !== null).map(s => s.name!);
  const near = closest(key, known);
  return {
    error: `${app.dir || 'the app'} mounts no store ${key}${near ? ` (did you mean ${near}?)` : ''}; mount it first, or the upgrade would ignore it`,
  };
}

function viaConstant(app: App, key: string): Store | undefined {
  const value = key.includes('/') ? storeConstant(key)?.value : undefined;
  return value === undefined ? undefined : app.stores.find(s => s.name === value);
}

function gone(app: App, base: Chain | undefined, key: string): StoreChoice | { error: string } {
  const name = key.includes('/') ? (storeConstant(key)?.value ?? undefined) : key;
  if (name === undefined)
    return { error: `the value of ${key} is not known; give the store's name instead` };
  const before = sameApp(base, app);
  const known = [...(before?.stores ?? []), ...app.stores]
    .filter(s => s.kind === 'kv')
    .map(s => s.name)
    .filter((n): n is string => n !== null);
  const complete = before && !before.stores.some(s => s.name === null);
  if (complete && !known.includes(name)) {
    const near = closest(name, known);
    return {
      error: `the last release mounts no store ${name}${near ? ` (did you mean ${near}?)` : ''}; check its name`,
    };
  }
  if (!/^[^\s/"'`\\]+$/.test(name)) return { error: `"${name}" is no store name` };
  return { name, ...(key.includes('/') ? { const: key } : {}) };
}

/** The known name nearest to a misspelt one, at most two letters away. */
export function closest(name: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = 3;
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
    for (let j = 1; j <= b.length; j++)
      next.push(
        Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)),
      );
    row = next;
  }
  return row[b.length]!;
}
