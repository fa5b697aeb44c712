import { appFolders } from '../../chain/app/app-code.ts';
import { dirname } from '../../files.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { codeOnly, withoutComments } from '../../go/source/code-only.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { importsOf } from '../../go/source/facts.ts';
import { locationOf } from '../../go/source/location.ts';
import type { Removal } from './removal.ts';
import { isGone, moduleRoot } from './removal.ts';

/**
 * The places outside of what goes where the app's own package speaks of the module's package or its
 * keeper's: types, bindings and providers by which depinject would look for it. Where an import puts
 * their names beside the file's own, that is the place.
 */
export function packageUsers({ repo, app, module, gone }: Removal): string[] {
  const root = moduleRoot(module.package);
  const paths = new Set([root, `${root}/keeper`, module.package]);
  const isOfApp = (dir: string) => dir === app.dir || dir.startsWith(`${app.dir}/`);
  const folders = appFolders(repo, app.dir).filter(isOfApp);
  return folders
    .flatMap(dir => repo.filesOf(dir))
    .flatMap(facts =>
      [...namings(repo, facts, paths), ...spellings(facts, root), ...dotted(facts, paths)]
        .filter(at => !isGone(gone, facts.path, at))
        .map(at => {
          const { file, line } = locationOf(facts, { start: at, end: at });
          return `${file}:${line}`;
        }),
    );
}

/** Where a file's code names what those packages declare. */
function namings(repo: Repo, facts: FileFacts, paths: ReadonlySet<string>): number[] {
  const names = importsOf(facts)
    .filter(({ path, alias }) => paths.has(path) && alias !== '_' && alias !== '.')
    .map(({ path, alias }) => alias ?? repo.packageName(path, dirname(facts.path)));
  if (names.length === 0) return [];
  const named = new RegExp(`(?<![\\w.])(${names.join('|')})\\.[A-Z]`, 'g');
  return [...codeOnly(facts.text).matchAll(named)].map(({ index }) => index);
}

/** Where a string spells a type as depinject does: the package's path, its name, and the type. */
function spellings({ text }: FileFacts, root: string): number[] {
  const path = root.replace(/[.+]/g, '\\$&');
  const spelt = new RegExp(`["\`]\\*?${path}(/[\\w/*]*)?\\.`, 'g');
  return [...withoutComments(text).matchAll(spelt)].map(({ index }) => index);
}

function dotted(facts: FileFacts, paths: ReadonlySet<string>): number[] {
  return importsOf(facts)
    .filter(({ path, alias }) => alias === '.' && paths.has(path))
    .map(({ start }) => start);
}
