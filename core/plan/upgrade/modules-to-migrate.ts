import type { Chain, Module } from '../../chain/chain.ts';
import { raisedFrom, sameModule } from '../../chain/compare.ts';

/**
 * The modules whose state an upgrade may change: with a version that can be raised and was not yet
 * since the last release. New ones have no state to migrate.
 */
export function modulesToMigrate({ modules }: Chain, base: Chain | undefined): Module[] {
  return modules.filter(module => {
    const { consensusVersion, managed, migrations } = module;
    if (consensusVersion === null || consensusVersion < 1 || managed === false) return false;
    if (migrations.some(({ from }) => from === consensusVersion)) return false;
    if (!base) return true;
    const wasThere = sameModule(base.modules, module) !== undefined;
    return wasThere && raisedFrom(base, module) === undefined;
  });
}
