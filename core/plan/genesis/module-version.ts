import type { Chain, Module, StoreName } from '../../chain/chain.ts';
import { dirname } from '../../files.ts';
import type { EditBatch } from '../../go/edit/edit-batch.ts';
import type { FoundFunc, Repo } from '../../go/repo/repo.ts';
import { quote } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { importClosure } from '../../wiring/call-sites.ts';
import { isExported } from '../go-tree.ts';
import { importInto } from '../handler/before-migrations.ts';
import type { HandlerShape } from '../handler/handler-shape.ts';
import { migrationCall } from '../handler/handler-shape.ts';
import { nameIn } from './genesis-answers.ts';

/** What a module's `types` or `module` package is called by habit: `shelftypes`. */
export function typesAlias(path: string): string | undefined {
  const [, module, last] = /([\w-]+)\/(types|module)$/.exec(path) ?? [];
  return module === undefined ? undefined : `${module.replace(/\W/g, '')}${last!}`;
}

/**
 * A name for a package that its path's last element does not tell, or that the SDK's `module` has
 * already.
 */
export function packageAlias(repo: Repo, path: string, from: string): string | undefined {
  const name = repo.packageName(path, from);
  if (name === 'module') return typesAlias(path);
  return path.endsWith(`/${name}`) ? undefined : name;
}

/** The repository's own module of that name. */
export function ownModule(chain: Chain, { name }: StoreName): Module | undefined {
  const found = chain.modules.filter(m => m.name === name);
  return found.length === 1 ? found[0] : undefined;
}

/** A module's name in a handler: its constant, imported there, or the name itself. */
export function moduleKey(
  repo: Repo,
  changes: EditBatch,
  shape: HandlerShape,
  { name, const: constant }: StoreName,
): string {
  const [, path, ident] = /^(.+)\.(\w+)$/.exec(constant ?? '') ?? [];
  const here = dirname(shape.facts.path);
  if (ident !== undefined && path === repo.importPath(here)) return ident;
  if (ident !== undefined && path?.includes('/') && isExported(ident)) {
    const spec = { path, alias: typesAlias(path) };
    return `${importInto(repo, changes, shape, spec, here)}.${ident}`;
  }
  if (name === null)
    throw new Refusal(
      `the name of the module ${constant ?? ''} is not known where the handler is written`,
    );
  return quote(name);
}

/**
 * A module's version as a handler can say it: what its AppModule says, where that is written here,
 * else what the module manager says (`GetVersionMap`, since SDK 0.43).
 */
export function moduleVersion(
  repo: Repo,
  chain: Chain,
  changes: EditBatch,
  shape: HandlerShape,
  module: StoreName,
  key: string,
): string {
  const own = ownModule(chain, module);
  const fromType = own && ownVersion(repo, changes, shape, own);
  if (fromType !== undefined) return fromType;
  const isComplete = managerInterfaces(repo).every(written => /\bGetVersionMap\(/.test(written));
  if (!isComplete)
    throw new Refusal(
      'the handler is given a module manager without GetVersionMap, so it cannot tell the ' +
        `version of ${nameIn(module)}; add GetVersionMap to its interface`,
      { file: shape.facts.path },
    );
  return `${migrationCall(shape)!.manager}.GetVersionMap()[${key}]`;
}

/** `counter.AppModule{}.ConsensusVersion()`; undefined where the handler cannot write that. */
function ownVersion(
  repo: Repo,
  changes: EditBatch,
  shape: HandlerShape,
  own: Module,
): string | undefined {
  const here = dirname(shape.facts.path);
  const path = repo.importPath(own.dir);
  const type = versionMethod(repo, own)?.func.receiver;
  if (own.consensusVersion === null || path === undefined || !type || !isExported(type.type))
    return undefined;
  // Go forbids circles of imports.
  if (own.dir === here || importClosure(repo, own.dir).has(here)) return undefined;
  const spec = { path, alias: packageAlias(repo, path, here) };
  const made = `${importInto(repo, changes, shape, spec, here)}.${type.type}{}`;
  return `${type.pointer ? `(&${made})` : made}.ConsensusVersion()`;
}

/** The method that was read for a module's version. */
function versionMethod(repo: Repo, { dir, versionPlace }: Module): FoundFunc | undefined {
  if (!versionPlace) return undefined;
  return repo
    .functions(dir, 'ConsensusVersion')
    .find(
      ({ facts, func }) =>
        func.receiver &&
        facts.path === versionPlace.file &&
        func.start <= versionPlace.start &&
        versionPlace.end <= func.end,
    );
}

/** The repository's own interfaces that handlers may know the module manager by, as written. */
export function managerInterfaces(repo: Repo): string[] {
  return [...repo.packages.keys()].flatMap(dir =>
    repo.filesOf(dir, /\bRunMigrations\(/).flatMap(({ text, types }) =>
      types
        .filter(({ syntax }) => syntax.type === 'interface_type')
        .map(({ syntax }) => text.slice(syntax.start, syntax.end))
        .filter(written => /\bRunMigrations\(/.test(written)),
    ),
  );
}
