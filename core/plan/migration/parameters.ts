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
