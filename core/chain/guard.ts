import { basename } from '../files.ts';
import { goNode } from '../go/eval/go-node.ts';
import { intValue } from '../go/eval/integers.ts';
import { listItems, stringsOf } from '../go/eval/lists.ts';
import type { Expr } from '../go/eval/value.ts';
import { exprAt, fieldOf, stringValue, structOf } from '../go/eval/value.ts';
import { memoize } from '../go/repo/memoize.ts';
import type { Definition, Repo } from '../go/repo/repo.ts';
import type { Location } from '../go/source/location.ts';
import { locationOf } from '../go/source/location.ts';
import { findAll } from '../go/syntax/syntax.ts';
import type { ServerCommands } from '../wiring/daemon/server-commands.ts';
import { startFlagsOf } from '../wiring/daemon/start-flags.ts';
import type { App } from './chain.ts';
import type { DaemonFacts } from './daemon/daemon.ts';
import { readDaemon } from './daemon/daemon.ts';

/** A row of the table of app versions. */
export interface GuardRelease {
  /** Null where they cannot be read. */
  readonly version: number | null;
  readonly software: string | null;
  /** The plans that lead to it; null where one of them cannot be read. */
  readonly upgrades: readonly (string | null)[];
  readonly location: Location;
  readonly row: Expr;
}

/**
 * The version guard of an app (docs/version-guard.md): what the binary's app version is, which
 * releases had which, and where the daemon's start compares it.
 */
export interface Guard {
  /** The folder of the package with the table. */
  readonly dir: string;
  /** The app version of the binary; null where it cannot be read. */
  readonly current: number | null;
  readonly constant: Definition;
  readonly releases: readonly GuardRelease[];
  /** Whether all rows were read. */
  readonly isWhole: boolean;
  readonly table: Expr;
  /** Where the start command is given to the guard; absent where nothing does. */
  readonly start?: Location;
}

/** The package of the guard, which `guard` writes beside the app. */
const packageName = 'appversion';

/** The version guard of a daemon's app; undefined where there is none. */
export function readGuard(repo: Repo, daemon: DaemonFacts): Guard | undefined {
  for (const dir of repo.layout.closure(daemon.dir)) {
    const guard = basename(dir) === packageName ? guardIn(repo, dir) : undefined;
    if (!guard) continue;
    const start = daemon.commands.flatMap(commands => startOf(repo, guard.dir, commands) ?? [])[0];
    return start ? { ...guard, start } : guard;
  }
  return undefined;
}

/** The version guard of an app, which its only daemon has; undefined where there is none. */
export function readGuardOf(repo: Repo, app: Pick<App, 'dir'>): Guard | undefined {
  // Rules ask at every keystroke, of chains that mostly have none.
  const mayHaveOne = memoize(repo.packages, 'may have a guard', () =>
    [...repo.packages.keys()].some(dir => basename(dir) === packageName),
  );
  if (!mayHaveOne) return undefined;
  return memoize(repo, `guard of ${app.dir}`, () => {
    const daemon = readDaemon(repo, app);
    return daemon && readGuard(repo, daemon);
  });
}

function guardIn(repo: Repo, dir: string): Guard | undefined {
  const constant = repo.value(dir, 'Current');
  const rows = repo.value(dir, 'Releases');
  if (!constant?.spec.value || !rows?.spec.value) return undefined;
  const current = intValue(repo, { facts: constant.facts, node: constant.spec.value });
  const table = { facts: rows.facts, node: rows.spec.value };
  const items = listItems(repo, table);
  const releases = items.flatMap(({ expr, why }) =>
    why === undefined ? (releaseOf(repo, expr) ?? []) : [],
  );
  return {
    dir,
    current: 'value' in current ? current.value : null,
    constant,
    releases,
    isWhole: releases.length === items.length,
    table,
  };
}

function releaseOf(repo: Repo, row: Expr): GuardRelease | undefined {
  const struct = structOf(repo, row);
  if (!struct) return undefined;
  const [version, software, upgrades] = ['Version', 'Software', 'Upgrades'].map(name =>
    fieldOf(struct, name),
  );
  const number = version && intValue(repo, version);
  const names = upgrades ? stringsOf(repo, listItems(repo, upgrades)) : [];
  return {
    version: number && 'value' in number ? number.value : null,
    software: software ? textOf(repo, software) : null,
    upgrades: names.map(({ value }) => (value.kind === 'known' ? value.value : null)),
    location: locationOf(row.facts, row.node),
    row,
  };
}

function textOf(repo: Repo, expr: Expr): string | null {
  const value = stringValue(repo, expr);
  return value.kind === 'known' ? value.value : null;
}

/**
 * Where what gets the start command hands it to a function of a file that uses the guard's package;
 * or that function itself, given to the server.
 */
function startOf(repo: Repo, guardDir: string, commands: ServerCommands): Location | undefined {
  const flags = startFlagsOf(repo, commands);
  if (flags.kind === 'none' || flags.kind === 'other') return undefined;
  const usesGuard = (name: string) =>
    repo
      .functions(commands.within.dir, name)
      .some(({ facts }) =>
        repo.imports(facts.path).some(path => repo.dirOf(path, commands.within.dir) === guardDir),
      );
  if (flags.kind === 'function' && usesGuard(flags.declared.func.name)) {
    const { facts, node } = commands.startFlags!;
    return locationOf(facts, node);
  }
  const { facts } = flags.fn;
  const call = findAll(flags.fn.node, 'call_expression').find(node => {
    const { callee, arguments: given } = goNode(exprAt(flags.fn, node));
    return callee?.type === 'identifier' && given.length === 1 && usesGuard(callee.text);
  });
  return call && locationOf(facts, call);
}
