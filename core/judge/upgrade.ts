import type { App, Chain, StoreUpgrades, Upgrade } from '../chain/chain.ts';
import { readChain } from '../chain/read.ts';
import type { Repo } from '../go/repo/repo.ts';
import { brokenAt } from '../go/source/broken.ts';
import { locationOf } from '../go/source/location.ts';
import { lint } from '../lint/lint.ts';
import type { Plan } from '../plan/plan.ts';

/** What an upgrade's plan must have brought about. */
export interface Expected {
  readonly app: App;
  readonly name: string;
  readonly stores: {
    readonly added: readonly string[];
    readonly deleted: readonly string[];
    readonly renamed: readonly { readonly from: string; readonly to: string }[];
  };
  /** The plan name that is rewritten in place, where the chain keeps only one. */
  readonly replaces?: string;
  /**
   * The plan name that stays in the tree and is no longer registered, where the chain registers
   * only its newest upgrade.
   */
  readonly retires?: string;
  /**
   * The build tags under each of which it is registered once; absent where build tags choose
   * between no lists.
   */
  readonly lists?: readonly string[];
}

/**
 * Proves a plan before it is offered: applied in memory and read again, the upgrade is registered
 * exactly once, its stores are loaded under its name, everything else means what it meant, every
 * touched file parses, and no rule reports a new error. Returns what is wrong, or undefined.
 */
export function prove(
  repo: Repo,
  chain: Chain,
  plan: Plan,
  expected: Expected,
): string | undefined {
  const after = repo.with([
    ...plan.creates.map(c => [c.file, c.text] as const),
    ...plan.edits.map(e => [e.file, e.after] as const),
  ]);
  const broken = unparsed(after, plan);
  if (broken !== undefined) return broken;
  const read = readChain(after);
  const app = read.apps.find(a => a.dir === expected.app.dir);
  if (!app) return 'the app would no longer be found';
  const mine = app.upgrades.filter(u => u.registered && u.name === expected.name);
  const tags = mine.map(u => u.buildTags.join());
  const lists = expected.lists ?? [tags[0]];
  if (mine.length !== lists.length || lists.some(l => tags.filter(t => t === l).length !== 1))
    return `${expected.name} would be registered ${mine.length} times${expected.lists ? ` (${tags.join(', ')})` : ''}`;
  return (
    mine.map(u => storesDiffer(u, expected)).find(wrong => wrong !== undefined) ??
    stillRegistered(app, expected) ??
    othersDiffer(chain, read, app, expected) ??
    newErrors(repo, chain, after, read)
  );
}

/** A file of the plan that would not parse. */
export function unparsed(after: Repo, plan: Plan): string | undefined {
  for (const { file } of [...plan.creates, ...plan.edits]) {
    const facts = file.endsWith('.go') ? after.facts(file)! : undefined;
    const broken = facts && brokenAt(facts);
    if (facts && broken !== undefined)
      return `${file} would not parse (line ${locationOf(facts, { start: broken, end: broken }).line})`;
  }
  return undefined;
}

/**
 * An error that the linter reports after the plan, in a file where the rule had found nothing
 * before: what was wrong already is not the plan's doing.
 */
export function newErrors(repo: Repo, chain: Chain, after: Repo, read: Chain): string | undefined {
  const before = new Set(lint(repo, chain).map(p => `${p.rule} ${p.location.file}`));
  const added = lint(after, read).find(
    p => p.severity === 'error' && !before.has(`${p.rule} ${p.location.file}`),
  );
  return (
    added &&
    `the linter would report an error in ${added.location.file}:${added.location.line}: ${added.message} (${added.rule})`
  );
}

/** What a retired upgrade must have become: a package that nothing registers. */
function stillRegistered(app: App, { retires }: Expected): string | undefined {
  const found = app.upgrades.filter(u => u.name === retires);
  if (retires === undefined || (found.length === 1 && !found[0]!.registered)) return undefined;
  return found.length === 0
    ? `${retires} would no longer be found`
    : `${retires} would still be registered`;
}

function storesDiffer(upgrade: Upgrade, { stores, name }: Expected): string | undefined {
  const names = (list: StoreUpgrades['added'] | undefined) =>
    (list ?? []).map(s => s.name ?? s.const).join(', ');
  const renames = (upgrade.stores?.renamed ?? [])
    .map(r => `${r.from.name ?? r.from.const}=${r.to.name ?? r.to.const}`)
    .join(', ');
  if (names(upgrade.stores?.added) !== stores.added.join(', '))
    return `${name} would add the stores "${names(upgrade.stores?.added)}" instead of "${stores.added.join(', ')}"`;
  if (names(upgrade.stores?.deleted) !== stores.deleted.join(', '))
    return `${name} would delete the stores "${names(upgrade.stores?.deleted)}" instead of "${stores.deleted.join(', ')}"`;
  if (renames !== stores.renamed.map(r => `${r.from}=${r.to}`).join(', '))
    return `${name} would rename other stores than asked for`;
  const any = stores.added.length + stores.deleted.length + stores.renamed.length > 0;
  return any && !upgrade.loader ? `nothing would load the stores of ${name}` : undefined;
}

/** Everything else that the chain means, as one comparable text. */
function meaning(upgrade: Upgrade): string {
  const list = (names: StoreUpgrades['added'] | undefined) =>
    (names ?? []).map(s => s.name ?? s.const ?? '?').join();
  const stores = `+${list(upgrade.stores?.added)} -${list(upgrade.stores?.deleted)} ${(upgrade.stores?.renamed ?? []).map(r => `${r.from.name}=${r.to.name}`).join()}`;
  return `${upgrade.name ?? upgrade.const ?? upgrade.package} ${upgrade.registered} ${upgrade.package} ${stores} ${upgrade.loader ? 'loaded' : ''}`;
}

function othersDiffer(
  before: Chain,
  after: Chain,
  app: App,
  expected: Expected,
): string | undefined {
  // A loader made for the new upgrade may serve the old ones of a list too; that they were not
  // loaded before is no loss.
  const plain = (u: Upgrade) => meaning(u).replace(/loaded$/, '');
  const was = expected.app.upgrades
    .filter(u => u.name !== expected.replaces && u.name !== expected.retires)
    .map(plain)
    .sort();
  const is = app.upgrades
    .filter(u => u.name !== expected.name && u.name !== expected.retires)
    .map(plain)
    .sort();
  const lost = was.find(m => !is.includes(m));
  const gained = is.find(m => !was.includes(m));
  if (lost !== undefined) return `another upgrade would change: ${lost}`;
  if (gained !== undefined) return `another upgrade would appear: ${gained}`;
  const unloaded = expected.app.upgrades.find(
    u =>
      u.loader &&
      u.name !== expected.replaces &&
      u.name !== expected.retires &&
      !app.upgrades.some(o => o.name === u.name && o.loader),
  );
  if (unloaded) return `the stores of ${unloaded.name} would no longer be loaded`;
  const rest = (chain: Chain) =>
    JSON.stringify([
      chain.modules.map(m => [m.name, m.consensusVersion, m.migrations.map(g => g.from)]),
      chain.apps.map(a => [
        a.dir,
        a.stores.map(s => [s.name, s.kind]),
        a.dir === app.dir ? [] : a.upgrades.map(meaning),
      ]),
    ]);
  return rest(before) === rest(after) ? undefined : 'something else of the chain would change';
}
