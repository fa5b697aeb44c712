import type { ImportSpec } from '../../go/edit/imports.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { KnownType } from './known-type.ts';
import { knownTypeIn } from './known-type.ts';
import type { MigrationPackage } from './package.ts';
import type { TakenParameter } from './store-access.ts';

/** A parameter of a migration's function, its type as written. */
export interface TypedParameter extends TakenParameter {
  readonly type: string;
}

const customary: Readonly<Record<KnownType, string>> = {
  sdkContext: 'ctx',
  context: 'ctx',
  kvStore: 'store',
  coreStore: 'store',
  storeService: 'storeService',
  storeKey: 'storeKey',
  codec: 'cdc',
};

/**
 * The parameters of a migration's function, one by one. What the older function did not use, and so
 * left without a name, gets the customary one.
 */
export function parametersOf(
  repo: Repo,
  { dir, imports, parameters }: Pick<MigrationPackage, 'dir' | 'imports' | 'parameters'>,
): TypedParameter[] {
  const list = split(parameters).map(({ name, type }) => ({
    name,
    type,
    known: knownTypeIn(repo, dir, imports, type),
  }));
  const used = new Set(list.map(({ name }) => name));
  return list.map(parameter => {
    if (parameter.name !== '' && parameter.name !== '_') return parameter;
    const wanted = parameter.known ? customary[parameter.known] : '_';
    const name = used.has(wanted) ? '_' : wanted;
    used.add(name);
    return { ...parameter, name };
  });
}

/** A parameter list one by one, each with its own type. */
function split(text: string): { name: string; type: string }[] {
  return text
    .split(/,(?![^([]*[)\]])/)
    .map(parameter => parameter.trim())
    .filter(parameter => parameter !== '')
    .map(parameter => {
      const [, name = '', type = parameter] = /^(\w+)\s+(.+)$/s.exec(parameter) ?? [];
      return { name, type };
    });
}

/**
 * What a migration's function takes, with other names for the packages whose names the body needs
 * for others: older migrations may call anything `storetypes`.
 */
export function withoutClashes(
  repo: Repo,
  made: MigrationPackage,
  ofBody: ReadonlyMap<string, ImportSpec>,
): MigrationPackage {
  const taken = new Set([
    ...ofBody.keys(),
    ...made.imports.map(spec => qualifierOf(repo, made.dir, spec)),
  ]);
  let { parameters, types } = made;
  const imports = made.imports.map(spec => {
    const name = qualifierOf(repo, made.dir, spec);
    const other = ofBody.get(name);
    if (!other || other.path === spec.path) return spec;
    const alias = freeName(spec.path, taken);
    taken.add(alias);
    const use = new RegExp(`(?<![.\\w])${name}(?=\\.)`, 'g');
    parameters = parameters.replace(use, alias);
    types = types?.replace(use, alias);
    return { path: spec.path, alias };
  });
  return { ...made, parameters, imports, ...(types !== undefined && { types }) };
}

/** `corestore` of `cosmossdk.io/core/store`, with a number where that is taken. */
function freeName(path: string, taken: ReadonlySet<string>): string {
  const name = path.split('/').slice(-2).join('').replace(/\W/g, '');
  for (let n = 1; ; n++) {
    const wanted = n === 1 ? name : `${name}${n}`;
    if (!taken.has(wanted)) return wanted;
  }
}
