import { dependenciesOf } from '../../chain/sdk/dependency.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { withoutLayout } from '../../go/source/without-layout.ts';

/** What may change the blocks that a release makes, beside its stores, versions and upgrades. */
export interface ChangedCode {
  /** Files of the packages that the app is built of; tests, generated code and commands left out. */
  readonly files: readonly string[];
  /** Go modules that have another version, as `path from → to`. */
  readonly dependencies: readonly string[];
}

/** What of an app's code is not that of an older state of the repository. */
export function changedCode(now: Repo, then: Repo, appDir: string): ChangedCode {
  const all = [...new Set([...filesOf(now, appDir), ...filesOf(then, appDir)])].sort();
  return {
    files: all.filter(path => codeOf(now, path) !== codeOf(then, path)),
    dependencies: changedDependencies(now, then, appDir),
  };
}

/** The files of all packages of the repository that the app is built of, and that run in blocks. */
function filesOf(repo: Repo, appDir: string): string[] {
  return [...repo.layout.closure(appDir)]
    .filter(dir => !isOutsideOfBlocks(dir, appDir))
    .flatMap(dir => repo.packages.get(dir)?.files ?? []);
}

/** Commands, clients, simulations and helpers of tests: no block depends on what they do. */
function isOutsideOfBlocks(dir: string, appDir: string): boolean {
  const below = dir === appDir || dir.startsWith(`${appDir}/`) ? dir.slice(appDir.length) : dir;
  return /\/(cmd|client|cli|simulation|testutils?)\//.test(`/${below}/`);
}

/** The code of a file, whatever its comments and layout are. */
function codeOf(repo: Repo, path: string): string | undefined {
  const text = repo.texts.get(path);
  return text === undefined ? undefined : withoutLayout(text).trim();
}

/** The Go modules of which another version is built in, the indirect ones too. */
function changedDependencies(now: Repo, then: Repo, appDir: string): string[] {
  const before = dependenciesOf(then, appDir);
  return [...dependenciesOf(now, appDir)]
    .filter(([module, version]) => before.get(module) !== version)
    .map(([module, version]) => `${module} ${before.get(module) ?? 'none'} → ${version}`);
}
