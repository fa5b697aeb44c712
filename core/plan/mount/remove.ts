import { appFolders, callsIn } from '../../chain/app/app-code.ts';
import { keeperConstructions, keeperFields } from '../../chain/app/keepers.ts';
import { storeName } from '../../chain/app/upgrades.ts';
import type { App, MountedModule } from '../../chain/chain.ts';
import { readAppConfigs } from '../../chain/depinject/app-configs.ts';
import { managerCalls, moduleType } from '../../chain/modules/manager.ts';
import { orderCalls } from '../../chain/modules/orders.ts';
import { readPermissions } from '../../chain/modules/permissions.ts';
import { removeAligned } from '../../edit/aligned-line.ts';
import type { EditBatch } from '../../go/edit/edit-batch.ts';
import { nodeAt, removeElement } from '../../go/edit/repairs.ts';
import { withoutUnusedImports } from '../../go/edit/unused-imports.ts';
import { argumentItems, stringsOf } from '../../go/eval/lists.ts';
import { behindLocals } from '../../go/eval/locals.ts';
import type { Expr } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { locationOf } from '../../go/source/location.ts';
import { Refusal } from '../../refusal.ts';
import type { Draft } from '../draft.ts';
import type { DeclaredMount, Step } from '../task.ts';
import { removeConstruction } from './place/construction.ts';
import { listAround } from './place/neighbour.ts';

/** What is taken out of an app, and the edits that do so. */
interface Removal {
  readonly repo: Repo;
  readonly app: App;
  readonly changes: EditBatch;
  readonly module: MountedModule & { readonly name: string; readonly package: string };
  /** The ranges that go, by file: what uses the keeper outside of them stands in the way. */
  readonly gone: { readonly file: string; readonly start: number; readonly end: number }[];
}

/** The module that the app mounts and a name, a folder or an import path means. */
export function mountedModule(repo: Repo, app: App, wanted: string): Removal['module'] {
  const dir = wanted.replace(/^\.\//, '').replace(/\/+$/, '');
  const paths = [dir, repo.importPath(dir), repo.importPath(`${dir}/module`)];
  const found = app.mounted.filter(
    one => one.name === dir || (one.package !== null && paths.includes(one.package)),
  );
  const [only] = found;
  if (!only || only.name === null || only.package === null)
    throw new Refusal(`this app mounts no module ${wanted} that could be taken out`);
  return { ...only, name: only.name, package: only.package };
}

/** Takes a module out of an app that is wired by hand. */
export function unmount(app: App, wanted: string): Step {
  return {
    name: `take ${wanted} out`,
    apply(draft) {
      const { repo } = draft;
      if (readAppConfigs(repo, appFolders(repo, app.dir)).length > 0)
        throw new Refusal(
          'a module of an app that depinject builds is taken out by hand: its entry, its name in ' +
            'the orders, its account and its keeper',
          { file: app.dir },
        );
      const module = mountedModule(repo, app, wanted);
      const removal: Removal = { repo, app, changes: draft.edits, module, gone: [] };
      return [takeOut(removal, draft)];
    },
  };
}

function takeOut(removal: Removal, draft: Draft): DeclaredMount {
  const { repo, app, module } = removal;
  const stores = app.stores.filter(({ const: constant }) => isOfModule(removal, constant));
  const keepers = keeperFields(repo, app.dir, app.type).filter(
    field => field.package !== undefined && rootOf(field.package) === rootOf(module.package),
  );
  for (const { items } of managerCalls(repo, app.dir))
    for (const { expr } of items) removeModule(removal, expr);
  removeKeys(removal);
  removeNames(removal);
  const hadAccount = removeAccounts(removal);
  const made = keeperConstructions(repo, app.dir, app.type);
  for (const field of keepers) {
    const construction = made.find(one => one.field === field);
    if (construction) removal.gone.push(...removeConstruction(removal.changes, construction));
    removal.gone.push({ file: field.facts.path, start: field.node.start, end: field.node.end });
    removeAligned(removal.changes, field.facts, field.node);
  }
  refuseUsers(
    removal,
    keepers.map(({ name }) => name),
  );
  draft.tidy.push((file, text) => withoutUnusedImports(repo, file, text));
  noteLoss(
    draft,
    module.name,
    stores.map(({ name, const: constant }) => name ?? constant!),
    hadAccount,
  );
  return {
    kind: 'mount',
    dir: app.dir,
    name: module.name,
    stores: stores.flatMap(({ name }) => name ?? []),
    keepers: keepers.map(({ name }) => name),
    orders: [],
    removes: true,
  };
}

function noteLoss(
  draft: Draft,
  name: string,
  stores: readonly string[],
  hadAccount: boolean,
): void {
  for (const store of stores)
    draft.note(`The upgrade that deletes the store "${store}" destroys its data on every node.`);
  if (hadAccount)
    draft.note(
      `${name} has a module account: its balances are not moved. Send them elsewhere in the ` +
        'handler, before the migrations, or they are lost.',
    );
  draft.note(`The code of ${name} stays: upgrades and tests may still need it.`);
}

/** The module that a package belongs to: `…/x/bank` of `…/x/bank/keeper`. */
function rootOf(path: string): string {
  return path.replace(/\/(keeper|types|module|exported)$/, '');
}

function isOfModule({ module }: Removal, constant: string | undefined): boolean {
  return (
    constant !== undefined && rootOf(constant.replace(/\.\w+$/, '')) === rootOf(module.package)
  );
}

/** Takes a module out of what a manager is given. */
function removeModule(removal: Removal, expr: Expr): void {
  const { repo, app, module } = removal;
  const made = moduleType(repo, app, behindLocals(expr));
  if (made?.path !== module.package) return;
  const isHere = behindLocals(expr).node === expr.node;
  if (!isHere || !listAround(expr))
    throw new Refusal(
      `${module.name} is given to a manager by way of a variable; take it out by hand`,
      placeOf(expr),
    );
  take(removal, expr);
}

function take({ changes, gone }: Removal, { facts, node }: Expr): void {
  removeElement(changes, facts, node);
  gone.push({ file: facts.path, start: node.start, end: node.end });
}

function placeOf({ facts, node }: Expr): { file: string; line: number } {
  const { file, line } = locationOf(facts, node);
  return { file, line };
}

const keyMakers = [
  'NewKVStoreKeys',
  'NewTransientStoreKeys',
  'NewMemoryStoreKeys',
  'NewObjectStoreKeys',
];

function removeKeys(removal: Removal): void {
  const { repo, app } = removal;
  for (const { call } of callsIn(repo, appFolders(repo, app.dir), keyMakers))
    for (const { expr, value } of stringsOf(repo, argumentItems(repo, call)))
      if (isOfModule(removal, storeName(value).const)) take(removal, expr);
}

/** Takes the module's name out of the orders; a list that several share once. */
function removeNames(removal: Removal): void {
  const { repo, app, module } = removal;
  const done = new Set<unknown>();
  for (const { names } of orderCalls(repo, app.dir))
    for (const { expr, value } of names) {
      if (storeName(value).name !== module.name || done.has(expr.node)) continue;
      done.add(expr.node);
      take(removal, expr);
    }
}

/** Takes the module's accounts out of the permissions; gives whether it had one. */
function removeAccounts(removal: Removal): boolean {
  const { repo, app, module, changes } = removal;
  const { accounts } = readPermissions(repo, app.dir);
  const account = accounts.get(module.name);
  const facts = account && repo.facts(account.location.file);
  const node = facts && nodeAt(facts, account.location);
  if (!facts || !node) return false;
  removeAligned(changes, facts, node);
  return true;
}

/** Refuses, naming them, while other code of the repository uses the keeper. */
function refuseUsers({ repo, app, module, gone }: Removal, keepers: readonly string[]): void {
  if (keepers.length === 0) return;
  const pattern = new RegExp(`\\.(${keepers.join('|')})\\b`, 'g');
  const users: string[] = [];
  for (const dir of appFolders(repo, app.dir)) {
    for (const facts of repo.filesOf(dir, new RegExp(pattern.source))) {
      for (const { index } of facts.text.matchAll(pattern)) {
        const isGone = gone.some(
          one => one.file === facts.path && one.start <= index && index < one.end,
        );
        const { file, line } = locationOf(facts, { start: index, end: index });
        if (!isGone) users.push(`${file}:${line}`);
      }
    }
  }
  const [first] = users;
  if (first === undefined) return;
  const shown = [...new Set(users)].slice(0, 8).join(', ');
  const more = users.length > 8 ? ' …' : '';
  throw new Refusal(
    `the keeper of ${module.name} (${keepers.join(', ')}) is still used: ${shown}${more}; ` +
      'take that out first',
    { file: first.replace(/:\d+$/, '') },
  );
}
