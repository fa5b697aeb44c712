import { readChain } from '../../core/chain/analysis.ts';
import { compareNames, isPrerelease } from '../../core/chain/app/plan-names.ts';
import type { App, Chain, Upgrade } from '../../core/chain/chain.ts';
import { sameStore } from '../../core/chain/compare.ts';
import { EditBatch } from '../../core/go/edit/edit-batch.ts';
import { nodeAt, removeElement, statementAround } from '../../core/go/edit/repairs.ts';
import type { Repo } from '../../core/go/repo/repo.ts';
import { enclosing } from '../../core/go/syntax/syntax.ts';
import { recognise } from '../../core/wiring/recognise.ts';

/** A chain without its newest upgrade, and without the stores that the upgrade adds. */
export interface Cut {
  readonly repo: Repo;
  readonly newest: Upgrade;
}

/**
 * Takes the newest upgrade out. Undefined where the chain has none whose registration can be taken
 * out by itself.
 */
export function withoutUpgrade(repo: Repo, chain: Chain, app: App): Cut | undefined {
  void chain;
  const wiring = recognise({ repo: repo, dir: app.dir, type: app.type });
  const named = app.upgrades.filter(
    (u, i) => u.registered && u.name !== null && wiring.registrations[i] && !isPrerelease(u.name),
  );
  const newest = named.reduce<Upgrade | undefined>(
    (best, u) => (best && (compareNames(best.name!, u.name!) ?? -1) > 0 ? best : u),
    undefined,
  );
  const registration = newest && wiring.registrations[app.upgrades.indexOf(newest)];
  if (!newest || !registration) return undefined;
  const changes = new EditBatch(repo);
  const facts = repo.facts(newest.location.file)!;
  const node = nodeAt(facts, newest.location);
  if (!node) return undefined;
  let element = node;
  while (
    element.parent &&
    element.parent.start === element.start &&
    element.parent.end === element.end
  )
    element = element.parent;
  if (registration.list && element.parent?.type === 'literal_value')
    removeElement(changes, facts, element);
  else if (
    /^R[245]$/.test(registration.code) &&
    statementAround(node).type === 'expression_statement'
  )
    changes.edit(facts.path, statementAround(node).start, statementAround(node).end, '');
  else return undefined;
  for (const added of newest.stores?.added ?? []) {
    const store = app.stores.find(s => sameStore(s, added));
    const at = store && repo.facts(store.location.file);
    const key = at && nodeAt(at, store!.location);
    if (at && key) removeElement(changes, at, key);
  }
  // A case or condition of the loader names it too.
  const literal = newest.stores && !registration.list && repo.facts(newest.stores.location.file);
  const stores = literal && nodeAt(literal, newest.stores!.location);
  const branch = stores && enclosing(stores, 'expression_case', 'if_statement');
  if (literal && branch) changes.edit(literal.path, branch.start, branch.end, '');
  let cut: Repo;
  try {
    cut = repo.with(changes.texts());
  } catch {
    return undefined;
  }
  // Its package goes too: what is written and not registered would be known already.
  const own =
    app.upgrades.filter(u => u.package === newest.package).length === 1 &&
    newest.package !== app.dir;
  if (own)
    cut = cut.with(
      (repo.packages.get(newest.package)?.files ?? []).map(path => [path, undefined] as const),
    );
  return readChain(cut).apps.some(a => a.dir === app.dir) ? { repo: cut, newest } : undefined;
}
