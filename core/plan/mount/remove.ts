import { appFolders, callsIn } from '../../chain/app/app-code.ts';
import type { AppField } from '../../chain/app/app-fields.ts';
import { appFields } from '../../chain/app/app-fields.ts';
import { keeperConstructions, keeperFields } from '../../chain/app/keepers.ts';
import { storeName } from '../../chain/app/upgrades.ts';
import type { App, Store } from '../../chain/chain.ts';
import { readAppConfigs } from '../../chain/depinject/app-configs.ts';
import { managerCalls, moduleType } from '../../chain/modules/manager.ts';
import { orderCalls } from '../../chain/modules/orders.ts';
import { readPermissions } from '../../chain/modules/permissions.ts';
import { removeAligned } from '../../edit/aligned-line.ts';
import { nodeAt } from '../../go/edit/repairs.ts';
import { withoutUnusedImports } from '../../go/edit/unused-imports.ts';
import { argumentItems, stringsOf } from '../../go/eval/lists.ts';
import { behindLocals } from '../../go/eval/locals.ts';
import type { Expr } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { Refusal } from '../../refusal.ts';
import type { Draft } from '../draft.ts';
import type { DeclaredMount, Step } from '../task.ts';
import { fieldUsers } from './field-users.ts';
import { injectedUsers } from './injected.ts';
import { refuseKeyUsers } from './key-users.ts';
import { refuseLocals } from './local-users.ts';
import { packageUsers } from './package-users.ts';
import { constructionOf, removeStatements } from './place/construction.ts';
import { listAround } from './place/neighbour.ts';
import { takeArgument } from './place/remove-registered.ts';
import type { NamedModule, Removal } from './removal.ts';
import {
  isOfModule,
  moduleRoot,
  sourceLine,
  storesOfModule,
  take,
  withEmptied,
} from './removal.ts';
import { refuseBothWirings, removeConfigured } from './remove-configured.ts';

/** The module that the app mounts and a name, a folder or an import path means. */
export function mountedModule(repo: Repo, app: App, wanted: string): NamedModule {
  const dir = wanted.replace(/^\.\//, '').replace(/\/+$/, '');
  const paths = [dir, repo.importPath(dir), repo.importPath(`${dir}/module`)];
  const found = app.mounted.filter(
    one => one.name === dir || (one.package !== null && paths.includes(one.package)),
  );
  const [only] = found;
  if (!only || only.name === null || only.package === null)
    throw new Refusal(
      only
        ? `the package of ${wanted} is not known: ${only.location.file}:${only.location.line} ` +
            'names it; take it out by hand'
        : `this app mounts no module ${wanted} that could be taken out`,
    );
  return { ...only, name: only.name, package: only.package };
}

/** Takes a module out of an app. */
export function unmount(app: App, wanted: string): Step {
  return {
    name: `take ${wanted} out`,
    apply(draft) {
      const { repo } = draft;
      const removal: Removal = {
        repo,
        app,
        changes: draft.edits,
        plain: draft.texts,
        module: mountedModule(repo, app, wanted),
        gone: [],
        statements: [],
        emptied: [],
      };
      return [takeOut(removal, draft)];
    },
  };
}

function takeOut(removal: Removal, draft: Draft): DeclaredMount {
  const { repo, app, module } = removal;
  if (/\/x\/consensus$/.test(moduleRoot(module.package)))
    throw new Refusal(
      `${module.name} keeps the parameters that limit blocks; an app cannot run without it`,
    );
  const isConfigured = readAppConfigs(repo, appFolders(repo, app.dir)).length > 0;
  if (isConfigured) refuseBothWirings(removal);
  const stores = storesOfModule(repo, app, module);
  const fields = fieldsOf(removal, isConfigured);
  for (const { items } of managerCalls(repo, app.dir))
    for (const { expr } of items) removeModule(removal, expr);
  removeKeys(removal);
  removeNames(removal);
  removeFields(removal, fields);
  const inConfig = isConfigured && removeConfigured(removal, draft, fields);
  const hadAccount = removeAccounts(removal) || inConfig;
  removeStatements(removal.changes, removal.statements);
  const keepers = keeperFields(repo, app.dir, app.type)
    .filter(field => fields.includes(field))
    .map(({ name }) => name);
  const users = [
    ...fieldUsers(removal, fields),
    ...(isConfigured ? [...injectedUsers(removal), ...packageUsers(removal)] : []),
  ];
  refuseUsers(module.name, keepers, users);
  refuseKeyUsers(removal);
  refuseLocals(removal);
  draft.tidy.push((file, text) =>
    withEmptied(removal, file, withoutUnusedImports(repo, file, text)),
  );
  // Other stores are empty whenever a node starts.
  const kept = stores.filter(({ kind }) => kind === 'kv');
  noteLoss(draft, module.name, kept, hadAccount);
  return {
    kind: 'mount',
    dir: app.dir,
    name: module.name,
    stores: stores.flatMap(({ name }) => name ?? []),
    keepers,
    orders: [],
    removes: true,
  };
}

/** The fields of the app with the module's keepers; depinject fills those of other types too. */
function fieldsOf({ repo, app, module }: Removal, isConfigured: boolean): AppField[] {
  const all = (isConfigured ? appFields : keeperFields)(repo, app.dir, app.type);
  return all.filter(
    field =>
      field.package !== undefined && moduleRoot(field.package) === moduleRoot(module.package),
  );
}

function removeFields(removal: Removal, fields: readonly AppField[]): void {
  const { repo, app, changes, gone, statements } = removal;
  const made = keeperConstructions(repo, app.dir, app.type);
  // Several fields of the type may share a declaration.
  const declarations = new Map(fields.map(({ node, facts }) => [node, facts]));
  for (const [node, facts] of declarations) {
    gone.push({ file: facts.path, start: node.start, end: node.end });
    removeAligned(changes, facts, node);
  }
  for (const field of fields) {
    const construction = made.find(one => one.field === field);
    if (construction && !construction.injected) {
      const lines = constructionOf(construction);
      statements.push(...lines);
      gone.push(...lines);
    }
  }
}

function noteLoss(draft: Draft, name: string, stores: readonly Store[], hadAccount: boolean): void {
  for (const { name: store, const: constant, assumed } of stores)
    draft.note(
      assumed
        ? `It is not known whether ${name} has a store "${store ?? constant!}": if it has, an ` +
            'upgrade has to delete it.'
        : `The upgrade that deletes the store "${store ?? constant!}" destroys its data on every node.`,
    );
  if (hadAccount)
    draft.note(
      `${name} has a module account: its balances are not moved. Send them elsewhere in the ` +
        'handler, before the migrations, or they are lost.',
    );
  draft.note(`The code of ${name} stays: upgrades and tests may still need it.`);
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
      sourceLine(expr),
    );
  takeArgument(removal, expr);
}

const keyMakers = [
  'NewKVStoreKeys',
  'NewTransientStoreKeys',
  'NewMemoryStoreKeys',
  'NewObjectStoreKeys',
];

function removeKeys(removal: Removal): void {
  const { repo, app, module } = removal;
  for (const { call } of callsIn(repo, appFolders(repo, app.dir), keyMakers))
    for (const { expr, value } of stringsOf(repo, argumentItems(repo, call)))
      if (isOfModule(module, storeName(value).const)) take(removal, expr);
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
function refuseUsers(module: string, keepers: readonly string[], users: readonly string[]): void {
  const [first] = users;
  if (first === undefined) return;
  const all = [...new Set(users)];
  const shown = all.slice(0, 8).join(', ') + (all.length > 8 ? ' …' : '');
  const fields = keepers.length > 0 ? ` (${keepers.join(', ')})` : '';
  throw new Refusal(
    `the keeper of ${module}${fields} is still used: ${shown}; take that out first`,
    { file: first.replace(/:\d+$/, '') },
  );
}
