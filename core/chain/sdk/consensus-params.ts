import type { Repo } from '../../go/repo/repo.ts';
import { appFolders } from '../app/app-code.ts';

/**
 * Whether an app moves its consensus parameters from x/params to x/consensus, or did so, in some
 * handler.
 */
export function movesConsensusParams(repo: Repo, appDir: string): boolean {
  return appFolders(repo, appDir).some(dir =>
    repo
      .pathsOf(dir)
      .some(path =>
        /\bMigrateParams\(|\bConsensusParamsKeeper\.(Set|ParamsStore)|ParamsStore\.Set\(/.test(
          repo.texts.get(path)!,
        ),
      ),
  );
}
