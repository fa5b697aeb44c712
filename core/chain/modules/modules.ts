import { intValue } from '../../go/eval/integers.ts';
import type { Value } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts, Func } from '../../go/source/facts.ts';
import type { Location } from '../../go/source/location.ts';
import { locationOf } from '../../go/source/location.ts';
import { childByField, enclosing, findAll, namedChildren } from '../../go/syntax/syntax.ts';
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
    let owner = ownerOf(modules, migration);
    if (!owner) {
      const { dir, name } = migration;
      modules.push((owner = { dir, type: '', name, version: null, migrations: [] }));
      unknown({
        location: migration.location,
        why: `migrations of ${label(owner)} are registered here, but its ConsensusVersion is not written in this repository`,
      });
    }
    owner.migrations.push(migration);
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
    .sort((a, b) => (a.dir < b.dir ? -1 : a.dir > b.dir ? 1 : a.name < b.name ? -1 : 1));
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
      const type = childByField(namedChildren(childByField(func.syntax!, 'parameters'))[0], 'type');
      const text = type ? facts.text.slice(type.start, type.end) : '';
      const path = text.includes('.') ? repo.importFor(facts, text.split('.')[0]!) : undefined;
      return path === undefined || /\/types\/module$|\/grpc$/.test(path);
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
  return name.kind === 'known'
    ? `= ${name.value}`
    : name.kind === 'named'
      ? `const ${name.const}`
      : undefined;
}

function versioned(repo: Repo, unknown: (unknown: Unknown) => void): Growing[] {
  const found: Growing[] = [];
  for (const [dir, files] of allFilesWith(repo, 'versions', text =>
    /\)\s*ConsensusVersion\(\)/.test(text),
  )) {
    // The SDK's own adaptors have a ConsensusVersion that stands for any module's.
    if (files.length === 0 || /(^|\/)types\/module$/.test(dir)) continue;
    const here: Growing[] = [];
    for (const facts of files) {
      for (const func of facts.funcs) {
        if (func.name !== 'ConsensusVersion' || !func.receiver || !func.syntax) continue;
        const version = returnedInt(repo, facts, func);
        const location = locationOf(
          facts,
          version.node ?? { start: func.nameStart, end: func.nameEnd },
        );
        here.push({
          dir,
          type: func.receiver.type,
          name: moduleName(repo, dir, func.receiver.type),
          version: 'value' in version ? version.value : null,
          location,
          migrations: [],
        });
        if ('why' in version)
          unknown({ location, why: `a ConsensusVersion is not known: ${version.why}` });
      }
    }
    found.push(...here.filter(module => !isShadowed(module, here)));
  }
  return found;
}

function returnedInt(repo: Repo, facts: FileFacts, func: Func) {
  const body = childByField(func.syntax, 'body');
  const returns = findAll(body, 'return_statement').filter(
    r => enclosing(r, 'func_literal', 'method_declaration') === func.syntax,
  );
  const node = returns.length === 1 ? namedChildren(namedChildren(returns[0])[0])[0] : undefined;
  return node
    ? { node, ...intValue(repo, { facts, node }) }
    : { node, why: 'it returns in several places' };
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
