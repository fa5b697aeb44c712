import { basename, join } from '../../files.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { callArguments, callsOf } from '../../go/syntax/syntax.ts';
import { isForTests } from '../../wiring/call-sites.ts';
import type { ServerCommands } from '../../wiring/daemon/server-commands.ts';
import { serverCommandsAdded } from '../../wiring/daemon/server-commands.ts';
import type { App } from '../chain.ts';
import { homeFolder } from './home.ts';
import { readPrefix } from './prefix.ts';

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
      !isForTests(dir) &&
      !/(^|\/)scripts?(\/|$)/.test(dir) &&
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

/** What a chain's daemon says about itself. */
export interface DaemonFacts extends Daemon {
  /** Where it gets the server's commands, `start` among them; several where build tags choose. */
  readonly commands: readonly ServerCommands[];
  /** The file that puts its root command together; null where that was not read. */
  readonly root: string | null;
  /** Its default home, `~` for the user's own; null where that was not read. */
  readonly home: string | null;
  /** The bech32 prefix of accounts; null where the source does not tell it. */
  readonly prefix: string | null;
}

/** Reads the daemon of an app; undefined where none or more than one could be it. */
export function readDaemon(repo: Repo, app: Pick<App, 'dir'>): DaemonFacts | undefined {
  const [daemon, ...others] = findDaemons(repo, app);
  if (!daemon || others.length > 0) return undefined;
  // Below its main package, or in a package that it imports, as chains with a thin main do.
  const folders = repo.layout.closure(daemon.dir);
  const commands = serverCommandsAdded(repo, folders);
  const homes = [
    ...commands.flatMap(({ home }) => home ?? []),
    ...executeHomes(repo, daemon.dir),
  ].map(home => homeFolder(repo, home));
  const files = new Set(commands.map(({ call }) => call.facts.path));
  return {
    ...daemon,
    commands,
    root: files.size > 0 ? [...files][0]! : null,
    home: homes.find(home => home !== undefined) ?? null,
    prefix: readPrefix(repo, app.dir, folders),
  };
}

/** The daemon of a repository's apps; undefined where they have several, as a provider and a consumer do. */
export function readDaemonOf(
  repo: Repo,
  apps: readonly Pick<App, 'dir'>[],
): DaemonFacts | undefined {
  const [daemon, ...others] = apps.flatMap(app => readDaemon(repo, app) ?? []);
  return others.every(({ dir }) => dir === daemon?.dir) ? daemon : undefined;
}

/** The last argument of `svrcmd.Execute(root, "GAIA", app.DefaultNodeHome)` in the main package. */
function executeHomes(repo: Repo, dir: string): Expr[] {
  return repo.filesOf(dir, /\bExecute\(/).flatMap(facts =>
    facts.funcs.flatMap(func =>
      callsOf(repo.syntaxOf({ facts, func }), facts.text, 'Execute').flatMap(call => {
        const given = callArguments(call);
        return given.length === 3 ? [exprAt({ facts, node: call }, given[2]!)] : [];
      }),
    ),
  );
}
