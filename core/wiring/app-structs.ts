import type { Repo } from '../go/repo/repo.ts';
import type { TypeRef } from '../go/source/type-ref.ts';
import { embeddedTypes } from '../go/source/type-ref.ts';
import type { AppSource, Site } from './style.ts';

const embedsBase = /^\s*\*?(\w+\.(BaseApp|App))\b/m;

/**
 * The folders with files that may hold an app: a struct that embeds `baseapp.BaseApp` or
 * `runtime.App`. Only `appStructs` of such a file tells.
 */
export function filesWithApps(repo: Repo): ReadonlyMap<string, readonly string[]> {
  return repo.memoForPackages('embeds an app', ({ files }) => {
    const candidates = files.filter(path =>
      repo.memoByText(
        path,
        'embeds an app',
        text => embedsBase.test(text) && /BaseApp|runtime\.App/.test(text),
      ),
    );
    return candidates.length > 0 ? candidates : undefined;
  });
}

/** The names of a file's structs that embed the SDK's app. */
export function appStructs(repo: Repo, file: string): string[] {
  const facts = repo.facts(file)!;
  const isApp = ({ qualifier, name }: TypeRef) => {
    const path = qualifier === undefined ? '' : (repo.importFor(facts, qualifier) ?? '');
    return (
      (name === 'BaseApp' && path.endsWith('/baseapp')) ||
      (name === 'App' && path.endsWith('/runtime'))
    );
  };
  return facts.types
    .filter(type => embeddedTypes(type.syntax, facts.text).some(isApp))
    .map(({ name }) => name);
}

/**
 * Whether a call stands in a method that belongs to another app, such as the test app of a library
 * that the repository holds. The methods of an app that this one embeds are its own.
 */
export function isOfAnotherApp(app: AppSource, site: Site): boolean {
  if (!site.func.receiver || site.dir === app.dir) return false;
  return [...filesWithApps(app.repo)].some(
    ([dir, files]) =>
      dir !== app.dir &&
      isInside(site.dir, dir) &&
      !isInside(app.dir, dir) &&
      files
        .flatMap(file => appStructs(app.repo, file))
        .some(type => !embeds(app.repo, app.dir, app.type, { dir, type })),
  );
}

function isInside(dir: string, parent: string): boolean {
  return dir === parent || parent === '' || dir.startsWith(`${parent}/`);
}

/** Whether a struct embeds another type, directly or through what it embeds. */
function embeds(
  repo: Repo,
  dir: string,
  name: string,
  wanted: { readonly dir: string; readonly type: string },
  depth = 0,
): boolean {
  if (depth > 4) return false;
  return repo.types(dir, name).some(({ facts, spec }) =>
    embeddedTypes(spec.syntax, facts.text).some(({ qualifier, name: embedded }) => {
      const home = repo.folderOf(facts, qualifier);
      if (home === undefined) return false;
      return (
        (home === wanted.dir && embedded === wanted.type) ||
        embeds(repo, home, embedded, wanted, depth + 1)
      );
    }),
  );
}
