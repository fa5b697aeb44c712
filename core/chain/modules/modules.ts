import type { Int } from '../../go/eval/integers.ts';
import { intValue } from '../../go/eval/integers.ts';
import type { Value } from '../../go/eval/value.ts';
import { memoize } from '../../go/repo/memoize.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { Location } from '../../go/source/location.ts';
import { locationOf } from '../../go/source/location.ts';
import { typeRefOf } from '../../go/source/type-ref.ts';
import { returnedValue } from '../../go/syntax/results.ts';
import { childByField, namedChildren } from '../../go/syntax/syntax.ts';
import { allFilesWith } from '../app/app-code.ts';
import type { Module, Unknown } from '../chain.ts';
import type { Registered } from './migrations.ts';
import { registeredMigrations } from './migrations.ts';
import { folderName, moduleName } from './module-names.ts';

/**
 * The modules of a repository: every type with a ConsensusVersion, and every module that migrations
 * are registered for. A migration belongs to the module it names, wherever it is registered.
 */
export function readModules(repo: Repo, unknown: (unknown: Unknown) => void): Module[] {
  const modules = versioned(repo, unknown);
  for (const migration of registeredMigrations(repo, unknown)) {
    const owner = ownerOf(modules, migration);
    if (owner) owner.migrations.push(migration);
    else {
      const { dir, name, location } = migration;
      const module = { dir, type: '', name, version: null, migrations: [migration] };
      modules.push(module);
      unknown({
        location,
        why:
          `migrations of ${label(module)} are registered here, ` +
          'but its ConsensusVersion is not written in this repository',
      });
    }
  }
  return modules
    .map(
      (module): Module => ({
        name: label(module),
        dir: module.dir,
        consensusVersion: module.version,
        ...(module.location ? { versionPlace: module.location } : {}),
        ...(isManaged(repo, module.dir) ? {} : { managed: false as const }),
        migrations: module.migrations
          .map(({ from, location, handler }) => ({ from, location, handler }))
          .sort((a, b) => a.from - b.from),
      }),
    )
    .sort(byFolderAndName);
}

function byFolderAndName(a: Module, b: Module): number {
  if (a.dir !== b.dir) return a.dir < b.dir ? -1 : 1;
  return a.name < b.name ? -1 : 1;
}

/**
 * Whether the module registers its services with the SDK's own configurator, as far as that is
 * written here.
 */
function isManaged(repo: Repo, dir: string): boolean {
  const own = repo
    .functions(dir, 'RegisterServices')
    .filter(({ func }) => func.receiver && func.syntax);
  return (
    own.length === 0 ||
    own.some(({ facts, func }) => {
      const parameter = namedChildren(childByField(func.syntax!, 'parameters'))[0];
      const qualifier = typeRefOf(childByField(parameter, 'type'), facts.text)?.qualifier;
      const path = qualifier === undefined ? undefined : repo.importFor(facts, qualifier);
      return path === undefined || path.endsWith('/types/module') || path.endsWith('/grpc');
    })
  );
}

interface Growing {
  readonly dir: string;
  readonly type: string;
  readonly name: Value;
  readonly version: number | null;
  readonly location?: Location;
  readonly migrations: Registered[];
}

function label(module: Pick<Growing, 'name' | 'dir'>): string {
  return module.name.kind === 'known' ? module.name.value : folderName(module.dir);
}

/** What two mentions of one module have in common: the name, or the constant that holds it. */
function identity(name: Value): string | undefined {
  switch (name.kind) {
    case 'known':
      return `= ${name.value}`;
    case 'named':
      return `const ${name.const}`;
    case 'unknown':
      return undefined;
  }
}

/** The types with a ConsensusVersion. */
function versioned(repo: Repo, unknown: (unknown: Unknown) => void): Growing[] {
  const files = allFilesWith(repo, 'versions', text => /\)\s*ConsensusVersion\(\)/.test(text));
  return [...files].flatMap(([dir, found]) => {
    // The SDK's own adaptors have a ConsensusVersion that stands for any module's.
    if (/(^|\/)types\/module$/.test(dir)) return [];
    const here = found.flatMap(facts => versionsIn(repo, dir, facts, unknown));
    return here.filter(module => !isShadowed(module, here));
  });
}

function versionsIn(
  repo: Repo,
  dir: string,
  facts: FileFacts,
  unknown: (unknown: Unknown) => void,
): Growing[] {
  const versioning = memoize(facts, 'versioning', () =>
    facts.funcs.filter(({ name, receiver }) => name === 'ConsensusVersion' && receiver),
  );
  return versioning.flatMap(func => {
    if (!func.receiver || !func.syntax) return [];
    const node = returnedValue(func.syntax, facts.text);
    const version: Int = node
      ? intValue(repo, { facts, node })
      : { why: 'it returns in several places' };
    const location = locationOf(facts, node ?? { start: func.nameStart, end: func.nameEnd });
    if ('why' in version)
      unknown({ location, why: `a ConsensusVersion is not known: ${version.why}` });
    const { type } = func.receiver;
    return {
      dir,
      type,
      name: moduleName(repo, dir, type),
      version: 'value' in version ? version.value : null,
      location,
      migrations: [],
    };
  });
}

/** An AppModuleBasic's version behind the AppModule's own. */
function isShadowed(module: Growing, here: readonly Growing[]): boolean {
  const basic = /Basics?$/;
  return (
    basic.test(module.type) &&
    here.some(
      other =>
        other.type === module.type.replace(basic, '') &&
        identity(other.name) === identity(module.name),
    )
  );
}

function ownerOf(modules: readonly Growing[], migration: Registered): Growing | undefined {
  const wanted = identity(migration.name);
  const named = modules.filter(m => wanted !== undefined && identity(m.name) === wanted);
  if (named.length > 0)
    return named.reduce((best, m) =>
      shared(m.dir, migration.dir) > shared(best.dir, migration.dir) ? m : best,
    );
  // A name that cannot be compared: the type that registers it, if that is a module.
  return migration.name.kind === 'known'
    ? undefined
    : modules.find(
        m =>
          m.dir === migration.dir &&
          (m.type === migration.receiver || modules.filter(o => o.dir === m.dir).length === 1),
      );
}

/** How many folders two paths share from the top. */
function shared(a: string, b: string): number {
  const [left, right] = [a.split('/'), b.split('/')];
  const differs = left.findIndex((part, i) => part !== right[i]);
  return differs < 0 ? left.length + (left.length === right.length ? 1 : 0) : differs;
}
