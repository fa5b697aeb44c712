import type { App } from '../chain/chain.ts';
import { basename, join } from '../files.ts';
import type { Repo } from '../go/repo/repo.ts';

/** A command of the repository that runs the app's node. */
export interface Daemon {
  /** The folder of its main package. */
  readonly dir: string;
  /** What its binary is called. */
  readonly name: string;
  /** The folder of the go.mod it is built with. */
  readonly modDir: string;
}

/**
 * The commands that could be an app's node: main packages that reach the app. Where some of them
 * start it by the SDK's `svrcmd.Execute`, only those; of these the ones in `cmd/`. More than one
 * means that it cannot be determined.
 */
export function findDaemons(repo: Repo, app: Pick<App, 'dir'>): Daemon[] {
  const mains = [...repo.packages.values()].filter(
    ({ dir, files }) =>
      !/(^|\/)(tests?|testutil|scripts?|e2e|interchaintest)(\/|$)/.test(dir) &&
      files.some(path => isMain(repo, path)) &&
      repo.layout.closureOf([dir]).has(app.dir),
  );
  const sdkServer = /"(github\.com\/cosmos\/cosmos-sdk\/server\/cmd|cosmossdk\.io\/server\/v2)"/;
  const starting = narrowed(mains, ({ files }) =>
    files.some(path => sdkServer.test(repo.texts.get(path)!)),
  );
  return narrowed(starting, ({ dir }) => /(^|\/)cmd\/[^/]+$/.test(dir)).map(({ dir }) =>
    daemonOf(repo, dir),
  );
}

function narrowed<T>(items: readonly T[], keep: (item: T) => boolean): readonly T[] {
  const kept = items.filter(keep);
  return kept.length > 0 ? kept : items;
}

function daemonOf(repo: Repo, dir: string): Daemon {
  const mod = repo.modOf(dir);
  const modDir = mod?.dir ?? '';
  // `go build` names a binary after the package's path: for the module's own folder the module,
  // without a major version.
  const ofModule = basename((mod?.module ?? '').replace(/\/v\d+$/, ''));
  const ofFolder = dir === modDir ? ofModule : basename(dir);
  const saysNothing = ofFolder === 'cmd' || ofFolder === 'main';
  return { dir, name: saysNothing ? ofModule : ofFolder, modDir };
}

function isMain(repo: Repo, path: string): boolean {
  return (
    repo.memoByText(path, 'command', text => /^package main\b/m.test(text)) &&
    repo.memoByText(
      path,
      'starts',
      text => /^func main\(/m.test(text) && !/^\/\/go:build ignore/m.test(text),
    )
  );
}

/** The package as `go build` takes it, seen from the folder of its go.mod. */
export function packageArgument({ dir, modDir }: Daemon): string {
  const below = dir.slice(modDir.length).replace(/^\//, '');
  return `./${join(below)}`;
}
