import { appFolders } from '../../chain/app/app-code.ts';
import { storeName } from '../../chain/app/upgrades.ts';
import type { App, MountedModule, Store } from '../../chain/chain.ts';
import { readAppConfigs } from '../../chain/depinject/app-configs.ts';
import { rootOfModule } from '../../chain/modules/module-folders.ts';
import type { EditBatch } from '../../go/edit/edit-batch.ts';
import { removeElement } from '../../go/edit/repairs.ts';
import type { Expr } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { locationOf } from '../../go/source/location.ts';
import type { Gone } from './place/construction.ts';

/** A module that an app mounts, by its name and its package. */
export type NamedModule = MountedModule & { readonly name: string; readonly package: string };

/** What is taken out of an app, and the edits that do so. */
export interface Removal {
  readonly repo: Repo;
  readonly app: App;
  readonly changes: EditBatch;
  /** New texts of files that are no Go. */
  readonly plain: Map<string, string>;
  readonly module: NamedModule;
  /** The ranges that go, by file: what uses the keeper outside of them stands in the way. */
  readonly gone: Gone[];
  /** The whole statements among them, which are taken out together. */
  readonly statements: Gone[];
}

/** Takes an element out of its list. */
export function take({ changes, gone }: Removal, { facts, node }: Expr): void {
  removeElement(changes, facts, node);
  gone.push({ file: facts.path, start: node.start, end: node.end });
}

/** Whether a place is among those that go. */
export function isGone(gone: readonly Gone[], file: string, at: number): boolean {
  return gone.some(one => one.file === file && one.start <= at && at < one.end);
}

/** The file and the line of an expression. */
export function sourceLine({ facts, node }: Expr): { file: string; line: number } {
  const { file, line } = locationOf(facts, node);
  return { file, line };
}

/** The module that a package belongs to: `…/x/bank` of `…/x/bank/keeper`. */
export function moduleRoot(path: string): string {
  return path.replace(/\/(keeper|types|module|exported)$/, '');
}

/**
 * The folder of a module of this repository: `x/bank`, which itself may hold no Go; undefined where
 * the module is elsewhere.
 */
export function folderOfModule(repo: Repo, { package: path }: NamedModule): string | undefined {
  const dir = repo.dirOf(path) ?? repo.dirOf(moduleRoot(path));
  return dir === undefined ? undefined : rootOfModule(dir);
}

/** Whether a folder belongs to a module of this repository. */
export function isInModule(dir: string, module: string | undefined): boolean {
  return module !== undefined && (dir === module || dir.startsWith(`${module}/`));
}

/** Whether a constant, such as `…/x/bank/types.StoreKey`, is one of the module's. */
export function isOfModule(module: NamedModule, constant: string | undefined): boolean {
  return (
    constant !== undefined &&
    moduleRoot(constant.replace(/\.\w+$/, '')) === moduleRoot(module.package)
  );
}

/**
 * The stores of a mounted module: those whose key is one of its constants, and those that a
 * depinject configuration has for it.
 */
export function storesOfModule(repo: Repo, app: App, module: NamedModule): Store[] {
  const configs = readAppConfigs(repo, appFolders(repo, app.dir));
  const places = configs.flatMap(({ modules, overrides }) => [
    ...modules.filter(({ value }) => storeName(value).name === module.name),
    ...overrides.flatMap(one => (storeName(one.module).name === module.name ? [one.store] : [])),
  ]);
  const isConfigured = ({ location }: Store) =>
    places.some(
      one => one.location.file === location.file && one.location.start === location.start,
    );
  return app.stores.filter(store => isOfModule(module, store.const) || isConfigured(store));
}
