import type { Analysis } from '../../core/chain/analysis.ts';
import type { Baseline } from '../../core/chain/baseline.ts';
import type { App, Chain, StoreName, StoreUpgrades, Upgrade } from '../../core/chain/chain.ts';
import { fullMessage } from '../../core/lint/diagnostic.ts';
import { lint } from '../../core/lint/lint.ts';

/** What was read of a chain, as texts that can be compared; how it is written is left out. */
export interface Reading {
  /** What the chain consists of. */
  readonly parts: ReadonlyMap<string, string>;
  /** What was not understood: places, stores that were not read, names that are not known. */
  readonly gaps: readonly string[];
  /** What the rules find. */
  readonly findings: readonly string[];
}

/** What is read of a repository, and found in it in comparison with a release. */
export function readingOf(analysis: Analysis, base: Baseline | undefined): Reading {
  const parts = new Parts();
  addChain(parts, analysis.chain);
  const found = lint(analysis, base ? { bases: [base] } : {});
  return {
    parts: parts.texts,
    gaps: parts.gaps.sort(),
    findings: found
      .map(one => `${one.severity} ${one.rule} ${withoutPlaces(fullMessage(one))}`)
      .sort(),
  };
}

/** Texts without the lines that they speak of. */
function withoutPlaces(text: string): string {
  return text.replace(/[\w./-]+\.go(:\d+)*/g, 'a file');
}

/** A reason without the code that it quotes, which is rewritten. */
function withoutCode(why: string): string {
  return withoutPlaces(why).replace(
    /^.*(?= (is|are|cannot|takes|may|fills|returns|calls)\b)/s,
    '…',
  );
}

class Parts {
  readonly texts = new Map<string, string>();
  readonly gaps: string[] = [];

  /** Parts of one name are told apart by their number. */
  add(name: string, value: unknown): void {
    const text = JSON.stringify(value);
    const known = this.texts.get(name);
    this.texts.set(
      name,
      known === undefined ? text : [...known.split('\n'), text].sort().join('\n'),
    );
  }

  gap(what: string): void {
    this.gaps.push(what);
  }

  /** A name, or the constant that it was written with where no more is known. */
  name(what: string, { name, const: constant }: StoreName): string {
    if (name !== null) return name;
    if (constant === undefined) this.gap(`${what} is not known`);
    return constant ?? '?';
  }
}

function addChain(parts: Parts, chain: Chain): void {
  for (const app of chain.apps) addApp(parts, app);
  for (const module of chain.modules) {
    const { name, dir, consensusVersion, managed, migrations, versionPlace } = module;
    if (consensusVersion === null && versionPlace) parts.gap(`the version of ${name} is not known`);
    const from = migrations.map(migration => migration.from);
    parts.add(`module ${dir}`, [name, consensusVersion, managed, from]);
  }
  for (const { why } of chain.unknown) parts.gap(withoutCode(why));
}

function addApp(parts: Parts, app: App): void {
  const { dir, type, sdk, preBlocker, initChainer, registration, storeStyle } = app;
  const hooks = [preBlocker !== undefined, initChainer?.setsVersionMap];
  const isWired = [registration.length > 0, storeStyle.length > 0];
  parts.add(`app ${dir}`, [type, sdk, hooks, isWired]);
  for (const upgrade of app.upgrades) addUpgrade(parts, dir, upgrade);
  for (const store of app.stores) {
    const name = parts.name('the name of a store', store);
    parts.add(`store ${name} of ${dir}`, [store.kind, store.assumed, store.conditional]);
  }
  for (const { kind, names } of app.orders) {
    const known = names.map(name => parts.name(`a name in ${kind}`, name));
    parts.add(`order ${kind} of ${dir}`, known);
  }
}

function addUpgrade(parts: Parts, dir: string, upgrade: Upgrade): void {
  const { registered, stores, storesUnread, loader } = upgrade;
  const name = parts.name('the name of an upgrade', upgrade);
  if (storesUnread) parts.gap(`the stores of ${name} are not read`);
  const changes = stores ? changesOf(parts, stores) : [];
  const isEmpty = changes.every(list => list.length === 0);
  parts.add(`upgrade ${name} of ${dir}`, [
    registered,
    isEmpty ? [] : changes,
    storesUnread !== undefined,
    isEmpty ? undefined : loader !== undefined,
  ]);
}

function changesOf(parts: Parts, { added, deleted, renamed }: StoreUpgrades) {
  const name = (store: StoreName) => parts.name('a store of an upgrade', store);
  return [
    added.map(name),
    deleted.map(name),
    renamed.map(({ from, to }) => `${name(from)}=${name(to)}`),
  ];
}
