import type { Analysis } from '../chain/analysis.ts';
import type { Chain } from '../chain/chain.ts';
import { readGuardOf } from '../chain/guard.ts';
import { registeredHandler } from '../plan/handler/handler-shape.ts';
import type { DeclaredRename } from '../plan/task.ts';
import { nameOf } from '../plan/upgrade/neighbour.ts';

/**
 * A chain as it has to be once a plan has its new name: that name, and the folders and identifiers
 * that follow it, wherever what was read names them.
 */
export function asRenamed(chain: Chain, renames: readonly DeclaredRename[]): Chain {
  return renames.reduce(
    (all, rename) => inNewWords(withNewName(all, rename), rename) as Chain,
    chain,
  );
}

function withNewName(chain: Chain, { dir, from, to }: DeclaredRename): Chain {
  const apps = chain.apps.map(app =>
    app.dir === dir
      ? {
          ...app,
          upgrades: app.upgrades.map(one => (one.name === from ? { ...one, name: to } : one)),
        }
      : app,
  );
  return { ...chain, apps };
}

function inNewWords(value: unknown, rename: DeclaredRename): unknown {
  if (typeof value === 'string') return inNewWord(value, rename);
  if (Array.isArray(value)) return value.map(item => inNewWords(item, rename));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, inNewWords(item, rename)]),
  );
}

function inNewWord(text: string, { folders, identifiers }: DeclaredRename): string {
  const identifier = identifiers.find(one => text === `${one.path}.${one.from}`);
  const named = identifier ? `${identifier.path}.${identifier.to}` : text;
  for (const { from, to, path, newPath } of folders) {
    if (named === from || named.startsWith(`${from}/`)) return to + named.slice(from.length);
    const [pointer, bare] = named.startsWith('*') ? ['*', named.slice(1)] : ['', named];
    if (bare === path || bare.startsWith(`${path}.`) || bare.startsWith(`${path}/`))
      return pointer + newPath + bare.slice(path.length);
  }
  return named;
}

/** What is wrong with a renamed plan besides what the chain is; undefined where nothing is. */
export function renameFault(
  before: Analysis,
  now: Analysis,
  declared: DeclaredRename,
): string | undefined {
  const { from, to, dir } = declared;
  const handlers = (analysis: Analysis, name: string) => {
    const app = analysis.chain.apps.find(one => one.dir === dir);
    const own = app ? analysis.wiringOf(app).registrations.filter(r => nameOf(r) === name) : [];
    return own.map(one => registeredHandler(analysis.repo, one) !== undefined).join();
  };
  if (handlers(before, from) !== handlers(now, to))
    return `the handler of ${to} would not be found`;
  const rows = (analysis: Analysis, name: (plan: string | null) => string | null) => {
    const app = analysis.chain.apps.find(one => one.dir === dir);
    const releases = app ? (readGuardOf(analysis.repo, app)?.releases ?? []) : [];
    return JSON.stringify(releases.map(({ version, upgrades }) => [version, upgrades.map(name)]));
  };
  const renamed = rows(before, plan => (plan === from ? to : plan));
  return renamed === rows(now, plan => plan)
    ? undefined
    : 'the rows of the version guard would change';
}
