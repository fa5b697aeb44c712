import type { Analysis } from '../../core/chain/analysis.ts';
import { readChain } from '../../core/chain/analysis.ts';
import { compareNames, isPrerelease } from '../../core/chain/app/plan-names.ts';
import type { App, Upgrade } from '../../core/chain/chain.ts';
import { sameStore } from '../../core/chain/compare.ts';
import { EditBatch } from '../../core/go/edit/edit-batch.ts';
import { nodeAt, removeElement, statementAround } from '../../core/go/edit/repairs.ts';
import type { Repo } from '../../core/go/repo/repo.ts';
import { enclosing } from '../../core/go/syntax/syntax.ts';
import type { Registration } from '../../core/wiring/style.ts';
import { outermost } from './operators/nodes.ts';

/** A chain without its newest upgrade, and without the stores that the upgrade adds. */
export interface Cut {
  readonly repo: Repo;
  readonly newest: Upgrade;
}

/**
 * Takes the newest upgrade out. Undefined where the chain has none whose registration can be taken
 * out by itself.
 */
export function withoutUpgrade({ repo, wiringOf }: Analysis, app: App): Cut | undefined {
  const { registrations } = wiringOf(app);
  const newest = newestUpgrade(app, registrations);
  if (!newest) return undefined;
  const changes = new EditBatch(repo);
  const registration = registrations[app.upgrades.indexOf(newest)]!;
  if (!removeRegistration(repo, changes, newest, registration)) return undefined;
  removeStores(repo, changes, app, newest);
  // A case or condition of the loader names it too.
  if (!registration.list) removeBranch(repo, changes, newest);

  const applied = tryApply(repo, changes);
  if (!applied) return undefined;
  const cut = isAloneInPackage(app, newest) ? withoutPackage(applied, newest.package) : applied;
  return readChain(cut).apps.some(one => one.dir === app.dir) ? { repo: cut, newest } : undefined;
}

/** The newest registered upgrade that is no release candidate. */
function newestUpgrade(app: App, registrations: readonly Registration[]): Upgrade | undefined {
  const named = app.upgrades.filter(
    ({ registered, name }, i) =>
      registered && name !== null && registrations[i] && !isPrerelease(name),
  );
  const newer = (best: Upgrade, other: Upgrade) =>
    (compareNames(best.name!, other.name!) ?? -1) > 0 ? best : other;
  return named.reduce<Upgrade | undefined>(
    (best, other) => (best ? newer(best, other) : other),
    undefined,
  );
}

/** Takes out a list's element or a statement; false where it is registered in another way. */
function removeRegistration(
  repo: Repo,
  changes: EditBatch,
  { location }: Upgrade,
  { list, code }: Registration,
): boolean {
  const facts = repo.facts(location.file)!;
  const node = nodeAt(facts, location);
  if (!node) return false;
  const element = outermost(node);
  if (list && element.parent?.type === 'literal_value') {
    removeElement(changes, facts, element);
    return true;
  }
  const statement = statementAround(node);
  if (!/^R[245]$/.test(code) || statement.type !== 'expression_statement') return false;
  changes.edit(facts.path, statement.start, statement.end, '');
  return true;
}

/** Takes the stores that an upgrade adds out of those that the app mounts. */
function removeStores(repo: Repo, changes: EditBatch, app: App, { stores }: Upgrade): void {
  for (const added of stores?.added ?? []) {
    const store = app.stores.find(one => sameStore(one, added));
    const facts = store && repo.facts(store.location.file);
    const key = facts && nodeAt(facts, store.location);
    if (key) removeElement(changes, facts, key);
  }
}

/** Takes out the case or condition that holds an upgrade's stores. */
function removeBranch(repo: Repo, changes: EditBatch, { stores }: Upgrade): void {
  const facts = stores && repo.facts(stores.location.file);
  const literal = facts && nodeAt(facts, stores.location);
  const branch = literal && enclosing(literal, 'expression_case', 'if_statement');
  if (branch) changes.edit(facts.path, branch.start, branch.end, '');
}

/** The repository after the changes; undefined where they meet each other. */
function tryApply(repo: Repo, changes: EditBatch): Repo | undefined {
  try {
    return repo.with(changes.texts());
  } catch {
    return undefined;
  }
}

function isAloneInPackage(app: App, upgrade: Upgrade): boolean {
  const neighbours = app.upgrades.filter(other => other.package === upgrade.package);
  return neighbours.length === 1 && upgrade.package !== app.dir;
}

/** Its package goes too: what is written and not registered would be known already. */
function withoutPackage(repo: Repo, dir: string): Repo {
  const files = repo.packages.get(dir)?.files ?? [];
  return repo.with(files.map(path => [path, undefined] as const));
}
