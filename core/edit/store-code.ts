import type { App } from '../chain/chain.ts';
import type { StoreChanges } from '../chain/store-changes.ts';
import { dirname } from '../files.ts';
import type { ImportSpec } from '../go/edit/imports.ts';
import { qualifierOf, takenNames } from '../go/edit/imports.ts';
import { aliasInUse, telling } from '../go/edit/imports-in-use.ts';
import { stringValue } from '../go/eval/value.ts';
import type { Repo } from '../go/repo/repo.ts';
import type { FileFacts } from '../go/source/facts.ts';
import { importsOf } from '../go/source/facts.ts';
import { quote } from '../go/syntax/syntax.ts';
import { constantsFor, storeConstant } from '../sdk/registry.ts';
import type { StoresText } from './write-store-upgrades.ts';

/**
 * A store of the answers: its name (its constant, where only that is known), and the constant it is
 * written with where there is one that can be imported.
 */
export interface StoreChoice {
  readonly name: string;
  readonly const?: string;
}

/** The stores a new upgrade changes. */
export type StoreChoices = StoreChanges<StoreChoice>;

/** Stores as Go expressions for a file, with the imports they need. */
export interface StoreCode {
  readonly text: StoresText;
  readonly imports: Map<string, ImportSpec>;
  readonly notes: readonly string[];
}

/**
 * Writes stores as the constants the app mounts them with; as literals where no constant can be
 * imported. `near` is the file they go into (or the one a new file is modelled on).
 */
export function storeCode(
  repo: Repo,
  app: App,
  choices: StoreChoices,
  near: FileFacts,
  intoApp: boolean,
): StoreCode {
  const imports = new Map<string, ImportSpec>();
  const notes: string[] = [];
  const taken = takenNames(repo, near);
  const ownPath = intoApp ? repo.importPath(dirname(near.path)) : undefined;
  const write = (choice: StoreChoice, constant: string | undefined): string => {
    if (constant === undefined) return quote(choice.name);
    const dot = constant.lastIndexOf('.');
    const path = constant.slice(0, dot);
    const ident = constant.slice(dot + 1);
    if (ownPath === path) return ident;
    if (!/^[A-Z]/.test(ident)) {
      notes.push(
        `The store ${choice.name} is written as a literal: ` +
          `its constant ${constant} cannot be imported.`,
      );
      return quote(choice.name);
    }
    const isTaken = (name: string) =>
      taken.has(name) || (imports.get(name) ?? { path }).path !== path;
    const [name, spec] = importOf(repo, app, near, path, choice, isTaken);
    imports.set(name, spec);
    return `${name}.${ident}`;
  };
  const asMounted = (choice: StoreChoice) => write(choice, storeKeyConstant(repo, app, choice));
  const asWritten = (choice: StoreChoice) => write(choice, choice.const);
  return {
    text: {
      added: choices.added.map(asMounted),
      // What is deleted is mostly no longer imported; a literal outlives the module.
      deleted: choices.deleted.map(asWritten),
      renamed: choices.renamed.map(({ from, to }) => ({
        from: asWritten(from),
        to: asMounted(to),
      })),
    },
    imports,
    notes,
  };
}

/** The import of a store's package and its name: the file's own, the app's, or a free one. */
function importOf(
  repo: Repo,
  app: App,
  near: FileFacts,
  path: string,
  choice: StoreChoice,
  isTaken: (name: string) => boolean,
): [name: string, spec: ImportSpec] {
  const dir = dirname(near.path);
  const present = importsOf(near).find(i => i.path === path && i.alias !== '_' && i.alias !== '.');
  if (present) {
    const spec = { path, alias: present.alias };
    return [qualifierOf(repo, dir, spec), spec];
  }
  const alias = aliasFor(path, choice);
  const spec = telling(aliasInUse(repo, app.dir, path)) ?? { path, alias };
  const name = qualifierOf(repo, dir, spec);
  if (!isTaken(name)) return [name, spec];
  let free = alias;
  for (let n = 3; isTaken(free); n++) free = `${alias}${n}`;
  return [free, { path, alias: free }];
}

/**
 * The StoreKey constant of a store: the one the app mounts it with, or the registry's where the app
 * writes the module's name (docs/background/sdk.md#store-names).
 */
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
    const below = constantsFor(choice.name).find(
      r => r.const === 'StoreKey' && r.importPath.startsWith(`${path}/`),
    );
    return below ? `${below.importPath}.StoreKey` : mountedWith;
  }
  const own = ownStoreKey(repo, choice.name);
  if (own !== undefined) return own;
  const imported = new Set(
    [...repo.texts]
      .filter(([file]) => file.endsWith('.go') && file.startsWith(app.dir))
      .flatMap(([, text]) => [...text.matchAll(/"([\w./-]+)"/g)].map(m => m[1]!)),
  );
  const rows = constantsFor(choice.name).filter(r => r.const === 'StoreKey');
  const { generation } = app.sdk;
  const row =
    rows.find(r => imported.has(r.importPath)) ??
    rows.find(r => generation !== null && r.releases.includes(`cosmos-sdk v${generation}`));
  return row && `${row.importPath}.StoreKey`;
}

/**
 * The StoreKey constant of a module of the repository: with depinject the app itself names none.
 */
function ownStoreKey(repo: Repo, name: string): string | undefined {
  for (const [dir, pkg] of repo.packages) {
    if (
      !/(^|\/)x\//.test(dir) ||
      !pkg.files.some(file => /\bStoreKey\b\s*=/.test(repo.texts.get(file)!))
    )
      continue;
    const found = repo.value(dir, 'StoreKey');
    const value =
      found?.spec.value && stringValue(repo, { facts: found.facts, node: found.spec.value });
    const path = repo.importPath(dir);
    if (value?.kind === 'known' && value.value === name && path !== undefined)
      return `${path}.StoreKey`;
  }
  return undefined;
}

/** The alias chains habitually give such a package: `footypes`. */
function aliasFor(path: string, choice: StoreChoice): string {
  const row = constantsFor(choice.name).find(r => r.importPath === path);
  const elements = path.split('/').filter(e => !/^v\d+$/.test(e));
  const last = elements.at(-1)!;
  const owner = elements.at(-2) ?? '';
  if (row) return row.alias;
  const isOfOwner = last === 'types' || last === 'keeper';
  const stem = (isOfOwner ? owner : last).replace(/[^A-Za-z0-9]/g, '');
  return `${stem}${last === 'keeper' ? 'keeper' : 'types'}`.toLowerCase();
}
