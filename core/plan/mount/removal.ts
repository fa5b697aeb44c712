import { appFolders } from '../../chain/app/app-code.ts';
import { storeName } from '../../chain/app/upgrades.ts';
import type { App, MountedModule, Store } from '../../chain/chain.ts';
import { readAppConfigs } from '../../chain/depinject/app-configs.ts';
import { rootOfModule } from '../../chain/modules/module-folders.ts';
import { realigned } from '../../edit/aligned-line.ts';
import type { EditBatch } from '../../go/edit/edit-batch.ts';
import { removeElement } from '../../go/edit/repairs.ts';
import type { Expr } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { locationOf } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { enclosing, namedChildren } from '../../go/syntax/syntax.ts';
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
  /** The keys of the lists of several lines that are left without an element, on one. */
  readonly emptied: { readonly file: string; readonly key: string }[];
}

/** Takes an element out of its list. */
export function take({ changes, gone, emptied }: Removal, { facts, node }: Expr): void {
  const key = keyOfOnly(facts, node);
  if (key !== undefined) emptied.push({ file: facts.path, key });
  removeElement(changes, facts, node);
  gone.push({ file: facts.path, start: node.start, end: node.end });
}

/** The key of a list of several lines that an element is the only one of. */
function keyOfOnly({ text }: FileFacts, node: SyntaxNode): string | undefined {
  const keyed = enclosing(node, 'keyed_element');
  const [key] = namedChildren(keyed);
  const isOnly = namedChildren(node.parent).length === 1;
  if (!keyed || !key || !isOnly || !text.slice(keyed.start, keyed.end).includes('\n'))
    return undefined;
  return text.slice(key.start, key.end);
}

/** Sets the columns anew around the lists that are left without an element. */
export function withEmptied({ emptied }: Removal, file: string, text: string): string {
  return emptied
    .filter(one => one.file === file)
    .reduce(
      (now, { key }) => realigned(now, new RegExp(`(?<=^[ \\t]*)${key}:\\s.*\\{\\},`, 'gm')),
      text,
    );
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
