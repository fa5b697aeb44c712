import { dirname } from '../../files.ts';
import { memoize } from '../../go/repo/memoize.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { TypeRef } from '../../go/source/type-ref.ts';
import { embeddedTypes } from '../../go/source/type-ref.ts';
import type { AppSource } from '../../wiring/style.ts';

const embedsBase = /^\s*\*?(\w+\.(BaseApp|App))\b/m;

/**
 * The apps of a repository: packages with a struct that embeds `baseapp.BaseApp` or `runtime.App`,
 * which a command of the repository builds. Where no command reaches any, all of them.
 */
export function findApps(repo: Repo): AppSource[] {
  const found: AppSource[] = [];
  const embedding = repo.memoForPackages('embeds an app', ({ files }) => {
    const candidates = files.filter(path =>
      repo.memoByText(
        path,
        'embeds an app',
        text => embedsBase.test(text) && /BaseApp|runtime\.App/.test(text),
      ),
    );
    return candidates.length > 0 ? candidates : undefined;
  });
  for (const [dir, candidates] of embedding) {
    if (
      /(^|\/)(testutil|tests?|mocks?|simulation|e2e|interchaintest|runtime|server)(\/|$)/.test(
        dir,
      ) ||
      dir === 'baseapp'
    )
      continue;
    for (const path of candidates) {
      const type = appType(repo, path);
      if (type) {
        found.push({ repo, dir, type });
        break;
      }
    }
  }
  const built = builtBy(repo);
  const reached = found.filter(app => built.has(app.dir));
  return (reached.length ? reached : found).sort((a, b) => (a.dir < b.dir ? -1 : 1));
}

/** The file's struct that embeds the SDK's app. */
function appType(repo: Repo, file: string): string | undefined {
  const facts = repo.facts(file)!;
  const isApp = ({ qualifier, name }: TypeRef) => {
    const path = qualifier === undefined ? '' : (repo.importFor(facts, qualifier) ?? '');
    return (
      (name === 'BaseApp' && path.endsWith('/baseapp')) ||
      (name === 'App' && path.endsWith('/runtime'))
    );
  };
  return facts.types.find(type => embeddedTypes(type.syntax, facts.text).some(isApp))?.name;
}

/** The folders that the repository's commands are made of. */
function builtBy(repo: Repo): ReadonlySet<string> {
  const commands: string[] = [];
  const mains = repo.memoForPackages(
    'command',
    ({ files }) =>
      files.some(path => repo.memoByText(path, 'command', text => /^package main\b/m.test(text))) ||
      undefined,
  );
  for (const dir of mains.keys()) {
    if (!/(^|\/)(tests?|tools?|scripts?|e2e|interchaintest)(\/|$)/.test(dir)) commands.push(dir);
  }
  return memoize(repo.layout, `built by ${commands.join()}`, () => repo.layout.closureOf(commands));
}

/** The folder a file stands in, for messages. */
export function folderOf(path: string): string {
  return dirname(path) || '.';
}
