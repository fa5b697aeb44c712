import { join } from '../../files.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { Generation } from '../chain.ts';
import { fromConsensusEngine, sdkModule } from './gomod-evidence.ts';
import { agreed } from './witness.ts';

/**
 * The generation of an SDK that lies in the repository itself, by the packages and modules only one
 * generation has.
 */
export function fromSdkTree(repo: Repo, dir: string): Generation | null {
  const has = (path: string) => repo.packages.has(join(dir, path));
  const mod = (path: string) => repo.mods.find(m => m.dir === join(dir, path));
  const text = (path: string) => repo.texts.get(join(dir, path)) ?? '';
  if (!has('x/upgrade')) return null;
  if (mod('x/upgrade')) return has('x/protocolpool') || has('x/epochs') ? '0.53' : '0.50';
  const own = repo.mods.find(m => m.dir === dir);
  const hasSecondStore = has('store/v2') || own?.require.has(`${sdkModule}/store/v2`);
  if (hasSecondStore || has('x/protocolpool')) {
    const engine = own && fromConsensusEngine(own);
    return (engine && agreed([engine])) ?? (has('x/params') ? '0.54' : null);
  }
  if (has('x/consensus')) return '0.47';
  if (has('x/group') || has('x/nft')) return '0.46';
  const manager = text('types/module/module.go');
  if (manager.includes('OrderMigrations')) return '0.45';
  // 0.43 and 0.44 look the same from here.
  if (manager.includes('VersionMap')) return null;
  return has('x/upgrade/types') ? '0.42' : '0.39';
}
