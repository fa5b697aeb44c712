import { dependenciesOf, goLinesOf } from '../../chain/sdk/dependency.ts';
import { dirname } from '../../files.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { withoutLayout } from '../../go/source/without-layout.ts';

/** What may change the blocks that a release makes, beside its stores, versions and upgrades. */
export interface ChangedCode {
  /** Files of the packages that the app is built of; tests and generated code left out. */
  readonly files: readonly string[];
  /** What go.mod has otherwise: `path from → to`. */
  readonly dependencies: readonly string[];
}

/** What of an app's code is not that of an older state of the repository. */
export function changedCode(now: Repo, then: Repo, appDir: string): ChangedCode {
  const files = [...new Set([...filesOf(now, appDir), ...filesOf(then, appDir)])].sort();
  const before = new Map([...dependenciesOf(then, appDir), ...goLinesOf(then, appDir)]);
  const after = new Map([...dependenciesOf(now, appDir), ...goLinesOf(now, appDir)]);
  const all = [...new Set([...after.keys(), ...before.keys()])];
  return {
    files: files.filter(path => codeOf(now, path) !== codeOf(then, path)),
    dependencies: all
      .filter(one => before.get(one) !== after.get(one))
      .map(one => `${one} ${before.get(one) ?? 'none'} → ${after.get(one) ?? 'none'}`),
  };
}

/** The files of all packages of the repository that the app is built of, and its configuration. */
function filesOf(repo: Repo, appDir: string): string[] {
  const folders = repo.layout.closure(appDir);
  const beside = repo.otherPaths.filter(
    path => /\.(ya?ml|json|txt)$/.test(path) && folders.has(dirname(path)),
  );
  return [...[...folders].flatMap(dir => repo.packages.get(dir)?.files ?? []), ...beside];
}

/** The code of a file, whatever its comments and layout are, with the comments that Go reads. */
function codeOf(repo: Repo, path: string): string | undefined {
  const text = repo.texts.get(path);
  if (text === undefined || !path.endsWith('.go') || text.includes('import "C"')) return text;
  const directives = text.match(/^\/\/(go:|export |\s*\+build).*$/gm) ?? [];
  return [withoutLayout(text).trim(), ...directives].join('\n');
}
